/*
 * incident_leaver.c - J-09: an account used after its owner has left (T-15).
 * The person's row ends; nobody has closed the account.
 */
#include "demo/script.h"

static void
leave(struct script *s, int64_t after, int late_days, struct truth t)
{
	uint32_t a = actor(s, KPG, ROLE_OFFICE);
	int span = (int)(after / DAY_S) + late_days;
	int day = s->w->days - span - 4 > 2
			  ? 2 + (int)rng_below(&s->r, (uint32_t)(s->w->days - span - 4))
			  : s->w->days;

	s->w->accounts[a].quiet = false;
	s->w->accounts[a].end_day = s->w->day0 + day;
	burst(s, at_desk(s, a), clock_at(s, day, 0, 0, 0) + after, 4, 300, POOLS);
	tell(s, t);
}

void
incident_leaver(struct script *s)
{
	leave(s, days_s(s->w->days > 40 ? 30 : 14) + hours_s(10), 0,
	      (struct truth){ "leaver-weeks", EASY, "ACC-02", NULL, "ORG-01", 4, 1, 1,
			      "weeks after the last day" });
	leave(s, days_s(1) + hours_s(9), 0,
	      (struct truth){ "leaver-day", MEDIUM, "ACC-02", "OFF-01", "ORG-01", 4, 1, 1,
			      "the day after" });
	leave(s, hours_s(1), 0,
	      (struct truth){ "leaver-hour", HARD, "ACC-02", "OFF-01", "ORG-01", 4, 1, 1,
			      "an hour after midnight" });
	leave(s, -hours_s(62), 3,
	      (struct truth){ "leaver-late-row", VERY_HARD, NULL, "OFF-01", "ACC-02,ORG-01", 0, 0,
			      0, "left three days before the ledger says so" });
}
