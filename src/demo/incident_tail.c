/*
 * incident_tail.c - J-05: behind the end of a window, and inside another area's.  Nobody suspends these accounts (DIS-09).
 */
#include "demo/script.h"

void
incident_tail(struct script *s)
{
	struct world *w = s->w;
	uint32_t a, b;
	struct req q;

	if (w->area_day < 0 || w->systems < 2)
		return;
	a = actor(s, KEP, ROLE_CALL);
	b = actor(s, KEP, ROLE_CALL);
	w->accounts[a].kind = w->accounts[b].kind = KIND_DISASTER;
	burst(s, at_desk(s, a), w->area_to + hours_s(1), 4, 50, POOL_KEP);
	tell(s, (struct truth){ "tail-1h", HARD, "DIS-03", "DIS-09", "XTN-01", 4, 1, 1,
				"an hour behind the window" });
	q = at_desk(s, b);
	q.sys = 1;
	q.cls = OUTAGE;
	for (uint32_t i = 0, sent = 0; i < w->pool[POOL_NEWB].n && sent < 2; i++) {
		uint32_t c = w->pool[POOL_NEWB].at[i];

		if (w->consumers[c].area == 5 || w->consumers[c].area == 6)
			continue;
		send(s, q, w->area_from + hours_s(2) + minutes_s((int)sent++), c);
	}
	tell(s,
	     (struct truth){ "tail-other-area", VERY_HARD, "DIS-02b,XTN-01", "DIS-09", "XTN-02", 2,
			     1, 1, "inside the window, but the consumers are of another area" });
}
