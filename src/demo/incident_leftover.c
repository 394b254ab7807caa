/*
 * incident_leftover.c - J-07: access opened for an outage, and never closed (T-09).
 */
#include "demo/script.h"

static void
grant(struct script *s, const char *kind, const char *subject, const char *from, const char *to)
{
	demo_row(&s->w->grants, "GL-%02u,%s,%s,%s,%s,%s,outage support,E00001\n", ++s->grants, kind,
		 subject, system_rows[0].id, from, to);
}

/* The retailer's own consumers: the matrix has nothing against it, the way in is what is wrong. */
static void
weekly(struct script *s, struct req q, int64_t at)
{
	for (int i = 0; i < 2; i++)
		burst(s, q, at + days_s(i), 2, 80, POOL_KEP);
}

void
incident_leftover(struct script *s)
{
	struct world *w = s->w;
	uint32_t a[4];
	char from[32], to[32];
	int day;
	struct req q;

	for (int i = 0; i < 4; i++)
		a[i] = actor(s, KEP, ROLE_SALES);
	grant(s, "account", w->accounts[a[0]].name, "2020-09-01", "2020-09-10");
	weekly(s, at_desk(s, a[0]), clock_at(s, some_day(s, 10, 80), 10, 0, 0));
	tell(s, (struct truth){ "leftover-grant", EASY, "TMP-01", NULL, "ORG-01", 4, -1, 1,
				"the grant ended two years ago" });
	if (w->systems > 3) {
		q = at_desk(s, a[1]);
		q.sys = 3;
		weekly(s, q, clock_at(s, some_day(s, 10, 80), 10, 0, 0));
		tell(s, (struct truth){ "leftover-no-row", MEDIUM, "ORG-02", NULL, "ORG-01", 4, -1,
					1, "a system that is not KEP's, and no grant at all" });
	}
	day = some_day(s, 20, 70);
	if (day >= 0) {
		int64_t end = clock_at(s, day, 9, 0, 0);

		grant(s, "account", w->accounts[a[2]].name, "2022-01-01", time_text(end, from));
		grant(s, "account", w->accounts[a[2]].name, time_text(end + DAY_S, from),
		      time_text(end + days_s(30), to));
		burst(s, at_desk(s, a[2]), end + hours_s(3), 3, 60, POOL_KEP);
		tell(s, (struct truth){ "leftover-gap", HARD, "TMP-01", NULL, "ORG-01", 3, 1, 1,
					"used between two grants" });
	}
	grant(s, "network", w->nets[N_EPNAT].cidr, "2020-09-01", "2020-09-10");
	burst(s, by(s, a[3], N_EPNAT, NOBODY), clock_at(s, some_day(s, 10, 80), 16, 0, 0), 3, 60,
	      POOL_KEP);
	tell(s, (struct truth){ "leftover-nat", VERY_HARD, NULL, "TMP-01", "ORG-01", 0, 0, 0,
				"behind an address that many share" });
}
