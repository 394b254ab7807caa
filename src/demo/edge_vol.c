/*
 * edge_vol.c - harvesting (VOL-01) at, over and under its threshold.
 * An even history of 20 consumers a day has med 20, mad 0: (x-20)^2 > 25*20, so 43 fires and 42 does not.
 */
#include "demo/script.h"

#define MUST "VOL-01", NULL, NULL
#define NOT NULL, NULL, "VOL-01"

/* A fixed day, or one drawn from the dice when its play begins. */
enum when { LATE, YOUNG, FIRST_DAYS, SUNDAY, STORM, AREA_STORM, GAP };

struct plan {
	int usual, spread, history; /* history = working days before */
	enum when when;
	int greatest, refused; /* on the day itself */
	enum org org;
	enum kind kind;
};

struct harvest {
	struct plan plan;
	struct truth truth;
};

static int64_t
views(struct script *s, uint32_t a, int64_t at, int n, int pace)
{
	struct world *w = s->w;
	uint32_t start = anyone(s);
	struct req q = by(s, a, w->accounts[a].net, w->accounts[a].term);

	for (int i = 0; i < n; i++) {
		uint32_t k = start + (uint32_t)i * (w->accounts[a].org == KPG ? 7 : 1);
		uint32_t obj = w->accounts[a].org == KPG
				       ? k % w->o->consumers
				       : w->pool[POOL_KEP].at[k % w->pool[POOL_KEP].n];

		q.cls = USAGE;
		send(s, q, at + (int64_t)i * pace, obj);
		if (i % 9 == 4) /* again: lines, not consumers */
			send(s, q, at + (int64_t)i * pace + 2, obj);
	}
	return at + (int64_t)n * pace;
}

/* A plain working day late enough for a history, and with a plain week before it. */
static int
late_day(struct script *s)
{
	return s->w->biz_count < 19 ? -1 : some_day(s, 1700 / s->w->biz_count + 1, 100);
}

/* ... with exactly `days` ordinary days before the guard, none of them left out of the baseline */
static int
young_day(const struct script *s)
{
	return s->w->biz_count < 16 || s->w->special[s->w->biz[13]] ? -1 : s->w->biz[13];
}

static int
quiet_sunday(const struct script *s)
{
	for (int d = s->w->days - 1; d > 20; d--) {
		if (s->w->hol[d] && !s->w->special[d])
			return d;
	}
	return -1;
}

static int
day_when(struct script *s, enum when when)
{
	const struct world *w = s->w;

	switch (when) {
	case LATE:
		return late_day(s);
	case YOUNG:
		return young_day(s);
	case FIRST_DAYS:
		return w->biz_count < 9 ? -1 : w->biz[8];
	case SUNDAY:
		return quiet_sunday(s);
	case STORM:
		return w->storm_day;
	case AREA_STORM:
		return w->area_day;
	case GAP:
		return w->gap_day;
	}
	return -1;
}

static void
harvest(struct script *s, const struct plan *plan, const struct truth *truth)
{
	const struct world *w = s->w;
	int day = day_when(s, plan->when), today = w->biz_count, from;
	uint32_t a = actor(s, plan->org, plan->org == KPG ? ROLE_BRANCH : ROLE_CALL);

	if (day < 0)
		return;
	s->w->accounts[a].kind = (uint8_t)plan->kind;
	/* plan->history counts the days that can be a baseline; the guard's two days come on top */
	while (today > 0 && w->biz[today - 1] >= day - 2)
		today--;
	if (truth->must != NULL && today < 10)
		return; /* too early in this world: it would still be learning */
	from = today > plan->history ? today - plan->history : 0;
	for (int d = from; d < w->biz_count && w->biz[d] < day; d++) {
		int x = plan->usual + (d % 3 - 1) * plan->spread;

		views(s, a, clock_at(s, w->biz[d], 10, 0, (int)rng_below(&s->r, 600)), x, 240);
	}
	int64_t end = views(s, a, clock_at(s, day, 9, 30, 0), plan->greatest, 75);
	struct req q = by(s, a, w->accounts[a].net, w->accounts[a].term);

	q.status = 403;
	for (int i = 0; i < plan->refused; i++)
		send(s, q, end + (int64_t)i * 20, one_of(s, POOL_LAST));
	tell(s, *truth);
}

static const struct harvest harvests[] = {
	{ { 20, 4, 28, LATE, 300, 0, KPG, KIND_PERSON },
	  { "vol-x15", EASY, MUST, -1, 1, 1, "fifteen times the usual on one day" } },
	{ { 20, 0, 28, LATE, 43, 0, KPG, KIND_PERSON },
	  { "vol-just-over", MEDIUM, MUST, -1, 1, 1, "43 after an even 20: 23^2 > 25*20" } },
	{ { 20, 0, 28, LATE, 42, 25, KPG, KIND_PERSON },
	  { "near-vol-just-under", HARD, NOT, 0, 0, 0,
	    "42, and 25 refused ones that do not count" } },
	{ { 20, 4, 28, LATE, 50, 0, KEP, KIND_PERSON },
	  { "vol-mad-over", MEDIUM, MUST, -1, 1, 1, "50 where med 20, mad 4: 30^2 > 25*5.932^2" } },
	{ { 20, 4, 28, LATE, 49, 0, KEP, KIND_PERSON },
	  { "near-vol-mad-under", HARD, NOT, 0, 0, 0, "49 where med 20, mad 4" } },
	{ { 2, 0, 28, LATE, 30, 0, KPG, KIND_PERSON },
	  { "vol-least", MEDIUM, MUST, -1, 1, 1, "30 is the least that can fire" } },
	{ { 2, 0, 28, LATE, 29, 0, KPG, KIND_PERSON },
	  { "near-vol-least", HARD, NOT, 0, 0, 0,
	    "29 is far off the usual 2 but under the least" } },
	{ { 20, 4, 28, STORM, 300, 0, KPG, KIND_PERSON },
	  { "near-vol-storm", HARD, NOT, 0, 0, 0, "a disaster window of every organisation" } },
	{ { 20, 4, 28, AREA_STORM, 300, 0, KEP, KIND_PERSON },
	  { "near-vol-area-storm", HARD, NOT, 0, 0, 0,
	    "KEP's window; its areas do not matter to VOL" } },
	{ { 20, 0, 28, AREA_STORM, 300, 0, KPG, KIND_PERSON },
	  { "vol-not-its-storm", HARD, MUST, -1, 1, 1,
	    "on KEP's storm day, but KPG has no window" } },
	{ { 20, 4, 28, GAP, 300, 0, KPG, KIND_PERSON },
	  { "near-vol-gap-day", HARD, NOT, 0, 0, 0, "a system was silent that working day" } },
	{ { 20, 4, 28, FIRST_DAYS, 300, 0, KPG, KIND_PERSON },
	  { "near-vol-first-days", MEDIUM, NOT, 0, 0, 0, "too little history: learning" } },
	{ { 20, 0, 10, YOUNG, 43, 0, KPG, KIND_PERSON },
	  { "vol-history-10", HARD, MUST, -1, 1, 1, "exactly ten days of history" } },
	{ { 20, 0, 9, YOUNG, 43, 0, KPG, KIND_PERSON },
	  { "near-vol-history-9", HARD, NOT, 0, 0, 0,
	    "nine: learning (the guard's days do not count)" } },
	{ { 20, 0, 28, SUNDAY, 80, 0, KPG, KIND_PERSON },
	  { "near-vol-free-day", HARD, NOT, 0, 0, 0,
	    "no history of free days, however many of working days" } },
	{ { 20, 0, 28, LATE, 300, 0, KPG, KIND_SHARED },
	  { "near-vol-shared", MEDIUM, "SHR-05", NULL, "VOL-01", -1, -1, -1,
	    "a shared id is no person" } },
};

void
incident_edge_vol(struct script *s)
{
	for (size_t i = 0; i < sizeof(harvests) / sizeof(harvests[0]); i++)
		harvest(s, &harvests[i].plan, &harvests[i].truth);
}
