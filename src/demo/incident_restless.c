/*
 * incident_restless.c - J-21: an account that hops from site to site all day, and somebody who only travels.
 * One terminal, one session after the other: nothing overlaps.
 */
#include "demo/script.h"

enum { STOPS = 7, BRANCHES = 1000, END = -1 };

/* A stop is a fixed network, or BRANCHES + n: the grid's n-th branch, each a site of its own. */
struct way {
	int stop[STOPS];
	struct truth truth;
};

#define B(n) (BRANCHES + (n))
#define MUST "DRF-06", "DRF-01,DRF-05", "SHR-02,ORG-01,TRM-02"
#define NOT NULL, "DRF-01,DRF-05", "DRF-06,SHR-02,ORG-01,TRM-02"

static const struct way ways[] = {
	{ { B(0), B(1), B(2), B(3), B(4), B(5), N_HQ },
	  { "hop-seven", EASY, MUST, -1, 1, 1, "seven networks, six changes of site" } },
	{ { N_HQ, B(0), B(1), B(2), N_VPN, END },
	  { "hop-least", HARD, MUST, -1, 1, 1,
	    "five networks and three changes: the least; a VPN is a network and no site" } },
	{ { N_HQ, B(0), N_HQ, B(1), B(2), N_HQ, END },
	  { "near-hop-four", HARD, NOT, 0, 0, 0, "five changes, but four networks" } },
	{ { B(0), N_HQ, N_HQ6, N_VPN, N_GHOST, N_HQ, B(0) },
	  { "near-hop-two", HARD, NOT, 0, 0, 0,
	    "five networks, but two changes: two of them are one site, two have none" } },
	{ { B(0), N_MOBILE, B(1), N_HQ, B(2), N_MOBILE, END },
	  { "near-hop-mobile", MEDIUM, NOT, 0, 0, 0, "the fifth is a mobile network" } },
};

static void
hop(struct script *s, const struct way *way)
{
	uint32_t a = actor(s, KPG, ROLE_BRANCH);
	int64_t at = clock_at(s, some_day(s, 10, 90), 9, 0, 0);

	for (int i = 0; i < STOPS && way->stop[i] != END; i++) {
		int stop = way->stop[i];
		/* the first two are the head office's */
		uint32_t net = stop < BRANCHES ? (uint32_t)stop
					       : s->w->site_nets[KPG][2 + stop - BRANCHES];

		burst(s, by(s, a, net, s->w->accounts[a].term), at + minutes_s(70 * i), 3, 100,
		      POOLS);
	}
	tell(s, way->truth);
}

void
incident_restless(struct script *s)
{
	for (size_t i = 0; i < COUNT(ways); i++)
		hop(s, &ways[i]);
}
