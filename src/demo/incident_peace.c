/*
 * incident_peace.c - J-04: accounts and terminals lent for disasters, used when there is none (T-03).
 * They were never taken back (DIS-09).
 */
#include "demo/script.h"

void
incident_peace(struct script *s)
{
	uint32_t a = actor(s, KEP, ROLE_CALL), b = actor(s, KEP, ROLE_CALL);
	struct world *w = s->w;
	struct req q;

	w->accounts[a].kind = KIND_DISASTER;
	w->terms[w->accounts[a].term].kind = TERM_DISASTER;
	w->terms[w->accounts[a].term].owner = NOBODY;
	burst(s, at_desk(s, a), clock_at(s, some_day(s, 5, 40), 14, 0, 0), 12, 50, POOL_KEP);
	tell(s, (struct truth){ "peace-far", EASY, "DIS-01,TRM-03", "DIS-09", "XTN-01", 12, 1, 1,
				"many days off any window; the consumers are KEP's own" });
	if (w->systems < 2 || w->area_day < 0)
		return;
	w->accounts[b].kind = KIND_DISASTER;
	q = at_desk(s, b);
	q.sys = 1;
	q.cls = OUTAGE;
	burst(s, q, w->area_to + hours_s(25), 3, 50, POOL_NEWA);
	tell(s, (struct truth){ "peace-25h", MEDIUM, "DIS-01,XTN-01", "DIS-09", "XTN-02", 3, 1, 1,
				"25 hours behind the window: the tail is over" });
}
