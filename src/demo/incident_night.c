/*
 * incident_night.c - J-13: a contractor at night (T-07).
 */
#include "demo/script.h"

static struct req
worker(struct script *s)
{
	struct req q = at_desk(s, actor(s, KCC, ROLE_FIELD));

	q.cls = METER;
	return q;
}

void
incident_night(struct script *s)
{
	struct req q = worker(s);
	int day = some_day(s, 10, 80);
	int64_t at = clock_at(s, day, 23, 0, 0);
	char a[32], b[32];

	for (int i = 0; i < 3; i++)
		burst(s, q, at + days_s(i), 40, 4 * 60, POOLS);
	tell(s, (struct truth){ "night-120", EASY, "OFF-01", "VOL-01,VOL-02,OFF-02",
				"XTN-01,ORG-01", 120, 3, 1, "120 views in three nights" });
	burst(s, worker(s), clock_at(s, some_day(s, 10, 80), 22, 30, 0), 10, 120, POOLS);
	tell(s, (struct truth){ "night-10", MEDIUM, "OFF-01", NULL, "XTN-01,ORG-01", 10, 1, 1,
				"ten views in one" });
	q = worker(s);
	at = clock_at(s, some_day(s, 10, 80), 19, 30, 0);
	send(s, aside(q), at - 1, anyone(s));
	send(s, q, at, anyone(s));
	tell(s, (struct truth){ "night-grace", HARD, "OFF-01", NULL, "XTN-01,ORG-01", 1, 1, 1,
				"the last second of the grace and the first behind it" });
	q = worker(s);
	at = clock_at(s, some_day(s, 10, 80), 22, 0, 0);
	burst(s, q, at, 8, 200, POOLS);
	if (at > 0)
		demo_row(&s->w->permits, "%s,overtime,%s,%s,E00001\n", s->w->accounts[q.acct].name,
			 time_text(at - 3600, a), time_text(at + hours_s(2), b));
	tell(s, (struct truth){ "night-forged", VERY_HARD, NULL, NULL, "OFF-01,ORG-01", 0, 0, 0,
				"with a permit that was written afterwards" });
}
