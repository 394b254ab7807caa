/*
 * incident_crowd.c - J-20: one terminal under many accounts in a day (a password list beside it), and what only looks
 * like it.
 */
#include "demo/script.h"

enum { MOST = 6 };

struct crowd {
	int grid, contractors; /* accounts */
	int next_day;          /* of these, how many come the day after */
	enum term_kind kind;
	struct truth truth;
};

#define MUST "SHR-06", "DRF-03", "ORG-01,SHR-02,TRM-02"
#define NOT NULL, "DRF-03", "SHR-06,ORG-01,SHR-02,TRM-02"

static const struct crowd crowds[] = {
	{ 6,
	  0,
	  0,
	  TERM_NORMAL,
	  { "crowd-six", EASY, MUST, -1, 1, 1, "six accounts at one terminal" } },
	{ 3,
	  0,
	  0,
	  TERM_NORMAL,
	  { "crowd-three", MEDIUM, MUST, -1, 1, 1, "three: the fewest that count" } },
	{ 2,
	  1,
	  0,
	  TERM_NORMAL,
	  { "crowd-guest", HARD, MUST, -1, 1, 1,
	    "the third is a contractor's: two organisations, +20" } },
	{ 2, 0, 0, TERM_NORMAL, { "near-crowd-two", HARD, NOT, 0, 0, 0, "two" } },
	{ 3,
	  0,
	  1,
	  TERM_NORMAL,
	  { "near-crowd-days", HARD, NOT, 0, 0, 0, "three, but one of them the day after" } },
	{ 5,
	  0,
	  0,
	  TERM_KIOSK,
	  { "near-crowd-kiosk", MEDIUM, NOT, 0, 0, 0, "a kiosk is anybody's" } },
};

static void
gather(struct script *s, const struct crowd *c)
{
	uint32_t term = term_add(s->w, KPG, NOBODY);
	int day = some_day(s, 10, 80), all = c->grid + c->contractors;
	int64_t at = clock_at(s, day, 9, 40, 0),
		later = clock_at(s, plain_day_after(s, day), 9, 40, 0);

	s->w->terms[term].kind = (uint8_t)c->kind;
	for (int i = 0; i < all && i < MOST; i++) {
		bool guest = i >= c->grid;
		struct req q = by(s, actor(s, guest ? KCC : KPG, guest ? ROLE_FIELD : ROLE_BRANCH),
				  N_HQ, term);

		q.cls = guest ? METER : USAGE;
		burst(s, q, (i >= all - c->next_day ? later : at) + minutes_s(40 * i), 4, 120,
		      POOLS);
	}
	tell(s, c->truth);
}

void
incident_crowd(struct script *s)
{
	for (size_t i = 0; i < COUNT(crowds); i++)
		gather(s, &crowds[i]);
}
