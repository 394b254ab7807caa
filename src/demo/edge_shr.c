/*
 * edge_shr.c - one account in two places at once (SHR-02), and what only looks like it.
 * Most plays are two rows of seconds: what was done here, and what was done there.
 */
#include "demo/script.h"

#define END (-1)
#define BRANCH (FIXED_NETS + 0) /* the first two branches are KPG's */
#define BRANCH2 (FIXED_NETS + 1)

enum at_term { OWN, OTHER, OTHER_ORG, NONE };

struct duet {
	uint32_t net[2];
	enum at_term term[2];
	int second[2][6];
	struct truth truth;
};

static uint32_t
term_of(struct script *s, uint32_t a, enum at_term t)
{
	switch (t) {
	case OWN:
		return s->w->accounts[a].term;
	case OTHER:
		return term_add(s->w, KPG, NOBODY);
	case OTHER_ORG:
		return term_add(s->w, KEP, NOBODY);
	case NONE:
		break;
	}
	return NOBODY;
}

static void
duet(struct script *s, const struct duet *d, enum kind kind)
{
	uint32_t a = actor(s, KPG, ROLE_BRANCH);
	int day = some_day(s, 5, 95);
	int64_t at = clock_at(s, day, 9 + (int)rng_below(&s->r, 6), 7, 0);

	s->w->accounts[a].kind = (uint8_t)kind;
	for (int side = 0; side < 2; side++) {
		struct req q = by(s, a, d->net[side], term_of(s, a, d->term[side]));

		for (int i = 0; i < 6 && d->second[side][i] != END; i++)
			send(s, q, at + d->second[side][i], anyone(s));
	}
	tell(s, d->truth);
}

#define MUST "SHR-02", NULL, "ORG-01"
#define NOT NULL, NULL, "SHR-02,ORG-01"

static const struct duet duets[] = {
	{ { N_HQ, BRANCH },
	  { OWN, OTHER },
	  { { 0, 100, END }, { 40, 200, END } },
	  { "shr-overlap-60", MEDIUM, MUST, -1, 1, 1, "overlap of exactly 60 seconds" } },
	{ { N_HQ, BRANCH },
	  { OWN, OTHER },
	  { { 0, 100, END }, { 41, 200, END } },
	  { "near-shr-overlap-59", HARD, NOT, 0, 0, 0, "overlap of 59 seconds" } },
	{ { BRANCH, BRANCH2 },
	  { OWN, OWN },
	  { { 0, 200, 400, END }, { 50, 250, 450, END } },
	  { "near-shr-same-terminal", MEDIUM, NOT, 0, 0, 0,
	    "one terminal, two networks (roaming)" } },
	{ { BRANCH, N_VPN },
	  { OWN, NONE },
	  { { 0, 300, 600, END }, { 100, 400, 700, END } },
	  { "near-shr-vpn-no-terminal", HARD, NOT, 0, 0, 0,
	    "a VPN without terminal id is no second site" } },
	{ { BRANCH, N_VPN },
	  { OWN, OWN },
	  { { 0, 60, 120, END }, { 420, 480, 540, END } },
	  { "near-shr-vpn-flip", EASY, NOT, 0, 0, 0, "to the VPN after five minutes" } },
	{ { N_HQ, BRANCH },
	  { NONE, NONE },
	  { { 0, 200, 400, END }, { 50, 250, 450, END } },
	  { "shr-two-sites-null", HARD, MUST, -1, 1, 1, "no terminal ids, two sites" } },
	{ { N_HQ, BRANCH },
	  { OWN, NONE },
	  { { 0, 200, 400, END }, { 50, 250, 450, END } },
	  { "shr-one-null", HARD, MUST, -1, 1, 1, "one terminal id missing, two sites" } },
	{ { N_HQ, N_HQ6 },
	  { NONE, NONE },
	  { { 0, 200, 400, END }, { 50, 250, 450, END } },
	  { "near-shr-one-site-null", HARD, NOT, 0, 0, 0,
	    "IPv4 and IPv6 of one site, no terminal ids" } },
	{ { N_HQ, N_HQ6 },
	  { OWN, OTHER },
	  { { 0, 200, 400, END }, { 50, 250, 450, END } },
	  { "shr-one-site-two-terminals", HARD, MUST, -1, 1, 1,
	    "two networks and two terminals of a site" } },
	{ { N_HQ, N_HQ },
	  { OWN, OTHER },
	  { { 0, 200, 400, END }, { 50, 250, 450, END } },
	  { "near-shr-same-net", HARD, NOT, 0, 0, 0, "two terminals in one network" } },
	{ { BRANCH, N_EPHQ },
	  { OWN, OTHER_ORG },
	  { { 0, 200, 400, END }, { 50, 250, 450, END } },
	  { "shr-two-orgs", EASY, "SHR-02,ORG-01", NULL, NULL, -1, 1, 1,
	    "one place is KEP's: +20 points" } },
	{ { BRANCH, BRANCH2 },
	  { OWN, OTHER },
	  { { 0, 200, 400, END }, { 150, END } },
	  { "near-shr-one-line", MEDIUM, NOT, 0, 0, 0, "only one line at the other place" } },
	{ { BRANCH, BRANCH2 },
	  { OWN, OTHER },
	  { { 0, 600, 1200, END }, { 560, 640, END } },
	  { "shr-pause-600", HARD, MUST, -1, 1, 1,
	    "a session bridges a pause of exactly 10 minutes" } },
	{ { BRANCH, BRANCH2 },
	  { OWN, OTHER },
	  { { 0, 601, 1202, END }, { 560, 640, END } },
	  { "near-shr-pause-601", HARD, NOT, 0, 0, 0,
	    "one second more: three sessions of one line" } },
	{ { BRANCH, N_GHOST },
	  { OWN, OTHER },
	  { { 0, 200, 400, END }, { 50, 250, 450, END } },
	  { "shr-unlisted-net", HARD, MUST, -1, 1, 1,
	    "the other network is in no ledger, both terminals known" } },
	{ { BRANCH, N_GHOST },
	  { OWN, NONE },
	  { { 0, 200, 400, END }, { 50, 250, 450, END } },
	  { "near-shr-unlisted-null", HARD, NOT, 0, 0, 0,
	    "unlisted network without terminal: no site" } },
};

static void
interleaved(struct script *s)
{
	uint32_t a = actor(s, KPG, ROLE_BRANCH), other = term_add(s->w, KPG, NOBODY);
	int64_t at = clock_at(s, some_day(s, 10, 90), 9, 0, 0);

	for (int i = 0; i < 80; i++) {
		bool here = i % 2 == 0;
		int64_t when = at + (int64_t)i * 130 + (int)rng_below(&s->r, 60);

		send(s, by(s, a, here ? BRANCH : BRANCH2, here ? s->w->accounts[a].term : other),
		     when, anyone(s));
	}
	tell(s, (struct truth){ "shr-interleaved", EASY, MUST, -1, 1, 1,
				"T-08: 40 and 40 views at two branches" });
}

static void
two_systems(struct script *s)
{
	uint32_t a = actor(s, KPG, ROLE_BRANCH), other = term_add(s->w, KPG, NOBODY);
	int64_t at = clock_at(s, some_day(s, 10, 90), 13, 0, 0);

	if (s->w->systems < 2)
		return;
	for (int i = 0; i < 10; i++) {
		struct req q = by(s, a, i % 2 == 0 ? BRANCH : N_HQ,
				  i % 2 == 0 ? s->w->accounts[a].term : other);

		q.sys = (uint8_t)(i % 2);
		send(s, q, at + (int64_t)i * 61, anyone(s));
	}
	tell(s, (struct truth){ "shr-two-systems", HARD, MUST, -1, 1, 1,
				"each place in another system's log" });
}

void
incident_edge_shr(struct script *s)
{
	struct duet service = duets[8];

	interleaved(s);
	for (size_t i = 0; i < sizeof(duets) / sizeof(duets[0]); i++)
		duet(s, &duets[i], KIND_PERSON);
	service.truth =
		(struct truth){ "near-shr-service", MEDIUM, NOT, 0, 0, 0, "a service account may" };
	duet(s, &service, KIND_SERVICE);
	two_systems(s);
}
