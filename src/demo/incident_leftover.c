/*
 * incident_leftover.c - J-07: access opened for an outage, and never closed (T-09).
 */
#include "demo/script.h"

static void
grant(struct script *s, const char *kind, const char *subject, int sys, const char *from,
      const char *to)
{
	demo_row(&s->w->grants, "GL-%02u,%s,%s,%s,%s,%s,outage support,E00001\n", ++s->grants, kind,
		 subject, system_rows[sys].id, from, to);
}

/* The retailer's own consumers: the matrix has nothing against it, the way in is what is wrong. */
static void
weekly(struct script *s, uint32_t account, int sys)
{
	struct req q = at_desk(s, account);
	int day = some_day(s, 10, 80);

	q.sys = (uint8_t)sys;
	burst(s, q, clock_at(s, day, 10, 0, 0), 2, 80, POOL_KEP);
	burst(s, q, clock_at(s, plain_day_after(s, day + 5), 10, 0, 0), 2, 80, POOL_KEP);
}

/* A system that is not KEP's; what opens it to somebody there is a grant, and no grant lasts. */
static void
not_keps(struct script *s, const uint32_t a[3], int sys)
{
	struct world *w = s->w;
	char from[32], to[32];
	int day;

	grant(s, "account", w->accounts[a[0]].name, sys, "2020-09-01", "2020-09-10");
	weekly(s, a[0], sys);
	tell(s, (struct truth){ "leftover-grant", EASY, "TMP-01", "ORG-02", "ORG-01", 4, -1, 1,
				"the grant ended two years ago" });
	weekly(s, a[1], sys);
	tell(s, (struct truth){ "leftover-no-row", MEDIUM, "ORG-02", NULL, "ORG-01,TMP-01", -1, -1,
				1, "a system that is not KEP's, and no grant at all" });
	day = some_day(s, 20, 70);
	if (day >= 0) {
		struct req q = at_desk(s, a[2]);
		int64_t end = clock_at(s, day, 9, 0, 0);

		grant(s, "account", w->accounts[a[2]].name, sys, "2022-01-01",
		      time_text(end, from));
		grant(s, "account", w->accounts[a[2]].name, sys, time_text(end + DAY_S, from),
		      time_text(end + days_s(30), to));
		q.sys = (uint8_t)sys;
		burst(s, q, end + hours_s(3), 3, 60, POOL_KEP);
		tell(s, (struct truth){ "leftover-gap", HARD, "TMP-01", "ORG-02", "ORG-01", 3, 1, 1,
					"used between two grants" });
	}
}

void
incident_leftover(struct script *s)
{
	struct world *w = s->w;
	uint32_t a[4];

	for (int i = 0; i < 4; i++)
		a[i] = actor(s, KEP, ROLE_SALES);
	if (w->systems > 2)
		not_keps(s, a, w->systems > 3 ? 3 : 2);
	grant(s, "network", w->nets[N_EPNAT].cidr, 0, "2020-09-01", "2020-09-10");
	burst(s, by(s, a[3], N_EPNAT, NOBODY), clock_at(s, some_day(s, 10, 80), 16, 0, 0), 3, 60,
	      POOL_KEP);
	tell(s, (struct truth){ "leftover-nat", VERY_HARD, NULL, "TMP-01", "ORG-01", 0, 0, 0,
				"behind an address that many share" });
}
