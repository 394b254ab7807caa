/*
 * edge_trm.c - a terminal that no ledger lists (TRM-01), and terminals of no one person that are in order.
 */
#include "demo/script.h"

void
incident_edge_trm(struct script *s)
{
	struct world *w = s->w;
	uint32_t a = actor(s, KPG, ROLE_OFFICE), b = actor(s, KPG, ROLE_OFFICE);
	uint32_t strange = term_add(w, KPG, NOBODY), kiosk = term_add(w, KPG, NOBODY);
	int64_t at = clock_at(s, some_day(s, 10, 90), 11, 0, 0);
	struct req q;

	w->terms[strange].listed = false;
	w->terms[kiosk].kind = TERM_KIOSK;
	q = at_desk(s, a);
	q.term = strange;
	burst(s, q, at, 5, 60, POOLS);
	tell(s, (struct truth){ "trm-unlisted", EASY, "TRM-01", NULL, "ORG-01,TRM-02", 5, 1, 1,
				"T-10: five views from a terminal that is in no ledger" });
	q = at_desk(s, b);
	q.term = kiosk;
	burst(s, q, at, 5, 60, POOLS);
	tell(s, (struct truth){ "near-trm-kiosk", EASY, NULL, NULL, "TRM-01,TRM-02,ORG-01", 0, 0, 0,
				"a kiosk is anybody's" });
	q.term = NOBODY;
	burst(s, q, at + 900, 5, 60, POOLS);
	tell(s, (struct truth){ "near-trm-none", EASY, NULL, NULL, "TRM-01,TRM-02,ORG-01", 0, 0, 0,
				"no terminal in the lines: undetermined" });
}
