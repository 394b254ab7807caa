/*
 * incident_harvest.c - J-10: harvesting, from fifteen times the usual down to a quarter more for months (T-07).
 * Ordinary days first: a baseline is part of the incident.
 */
#include "demo/script.h"

struct plan {
	int usual, history; /* consumers a day; working days before */
	int much, days;     /* on the days of the harvest */
	struct truth truth;
};

static const struct plan plans[] = {
	{ 8,
	  20,
	  120,
	  1,
	  { "harvest-x15", EASY, "VOL-01", "VOL-02,OFF-01", NULL, -1, -1, 1,
	    "fifteen times the usual on one day" } },
	{ 10,
	  20,
	  40,
	  1,
	  { "harvest-x4", MEDIUM, "VOL-01", "VOL-02", NULL, -1, -1, 1, "four times" } },
	{ 20,
	  62,
	  32,
	  20,
	  { "harvest-slow", HARD, "VOL-03", "VOL-02", "VOL-01", -1, -1, 1,
	    "60 % more for 20 working days: no single day stands out" } },
	{ 20,
	  80,
	  25,
	  60,
	  { "harvest-creeping", VERY_HARD, NULL, "VOL-03", "VOL-01", -1, -1, -1,
	    "a quarter more for 60 working days, in hours" } },
};

static void
views(struct script *s, uint32_t a, int day, int n)
{
	uint32_t start = anyone(s);
	struct req q = at_desk(s, a);
	int64_t at = clock_at(s, day, 9, 30, 0);

	q.cls = USAGE;
	for (int i = 0; i < n; i++)
		send(s, q, at + (int64_t)i * 200, (start + (uint32_t)i * 7) % s->w->o->consumers);
}

static void
reap(struct script *s, const struct plan *p)
{
	const struct world *w = s->w;
	uint32_t a;
	int last = w->biz_count - 1;

	/* the last days are special: a storm, a silent system */
	while (last >= 0 && (w->special[w->biz[last]] || last >= w->biz_count - 5))
		last--;
	if (last + 1 < p->history + p->days)
		return;
	a = actor(s, KPG, ROLE_BRANCH);
	for (int d = last + 1 - p->history - p->days; d <= last; d++)
		views(s, a, w->biz[d], d > last - p->days ? p->much : p->usual + d % 3 - 1);
	tell(s, p->truth);
}

void
incident_harvest(struct script *s)
{
	for (size_t i = 0; i < COUNT(plans); i++)
		reap(s, &plans[i]);
}
