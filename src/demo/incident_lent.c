/*
 * incident_lent.c - J-01: an account of the grid company, lent to the retailer for weeks.
 * The owner works as ever beside it.
 */
#include "demo/script.h"

struct loan {
	uint32_t net;
	int days, terminals;
	struct truth truth;
};

static const struct loan loans[] = {
	{ N_EPHQ,
	  30,
	  12,
	  { "lent-office", EASY, "ORG-01,TRM-02,SHR-03", "SHR-02", NULL, -1, -1, 1,
	    "T-01: lent for 30 working days, used at 12 terminals of KEP" } },
	{ N_EPHQ,
	  10,
	  1,
	  { "lent-desk", MEDIUM, "ORG-01,TRM-02", "SHR-02", NULL, -1, -1, 1,
	    "lent to one desk of KEP" } },
	{ N_RECEPTION,
	  6,
	  1,
	  { "lent-reception", HARD, "ORG-01,TRM-02", "SHR-02", NULL, -1, -1, 1,
	    "at the shared reception, where only the terminal tells whose guest it is" } },
	{ N_VPN,
	  4,
	  1,
	  { "lent-vpn", VERY_HARD, "ORG-01,TRM-02", "SHR-02", NULL, -1, -1, 1,
	    "through KPG's own VPN, with a terminal of KEP" } },
};

static void
lend(struct script *s, const struct loan *loan)
{
	struct world *w = s->w;
	uint32_t a = actor(s, KPG, ROLE_OFFICE), terms[12] = { 0 };
	int days = w->biz_count < loan->days ? w->biz_count : loan->days, from = 0, hits = 0;
	struct truth t = loan->truth;

	for (int i = 0; i < loan->terminals; i++)
		terms[i] = w->accounts[actor(s, KEP, ROLE_CALL)].term;
	w->accounts[a].quiet = false;
	if (w->biz_count > days)
		from = (int)rng_below(&s->r, (uint32_t)(w->biz_count - days));
	for (int d = 0; d < days; d++) {
		int views = 3 + (int)rng_below(&s->r, 6);

		for (int v = 0; v < views; v++) {
			uint32_t term = terms[(d + v / 3) % loan->terminals];
			int minute = (int)rng_below(&s->r, 60);

			send(s, by(s, a, loan->net, term),
			     clock_at(s, w->biz[from + d], 9 + v, minute, 11), anyone(s));
			hits++;
		}
	}
	t.hits = hits;
	tell(s, t);
}

void
incident_lent(struct script *s)
{
	for (size_t i = 0; i < COUNT(loans); i++)
		lend(s, &loans[i]);
}
