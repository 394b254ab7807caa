/*
 * incident_factor.c - J-15: logins to the system that wants a second factor, without one or with somebody else's (T-18).
 */
#include "demo/script.h"

enum { FACTOR_SYSTEM = 2 };

static void
login(struct script *s, uint32_t a, int64_t at, int64_t mfa_at, const char *device)
{
	struct req q = at_desk(s, a);
	char text[32];

	q.sys = FACTOR_SYSTEM;
	q.what = DO_LOGIN;
	send(s, q, at, 0);
	q.what = DO_VIEW;
	burst(s, aside(q), at + 60, 3, 60, POOLS);
	if (mfa_at != 0)
		demo_row(&s->w->auth, "%s,%s,mfa,%s,yes\n", time_text(mfa_at, text),
			 s->w->accounts[a].name, device);
}

void
incident_factor(struct script *s)
{
	int64_t at = clock_at(s, some_day(s, 10, 90), 10, 30, 0);
	uint32_t a[4];

	if (s->w->systems <= FACTOR_SYSTEM || at < 0)
		return;
	for (int i = 0; i < 4; i++)
		a[i] = actor(s, KPG, ROLE_OFFICE);
	login(s, a[0], at, 0, "");
	tell(s, (struct truth){ "factor-none", EASY, "AUT-01", NULL, "ORG-01", 1, 1, 1,
				"none at all" });
	login(s, a[1], at, at + 20, "DV-9999");
	login(s, a[2], at + 900, at + 915, "DV-9999");
	tell(s, (struct truth){ "factor-shared", MEDIUM, "AUT-02", NULL, "ORG-01,AUT-01", -1, -1, 1,
				"one device for two owners" });
	login(s, a[3], at, at + 360, "DV-9998");
	tell(s, (struct truth){ "factor-late", HARD, "AUT-01", NULL, "ORG-01", 1, 1, 1,
				"six minutes after the login" });
}
