/*
 * incident_scope.c - J-06: in a disaster's window, but more than it needs (T-04).
 * Nobody suspends these accounts behind it (DIS-09).
 */
#include "demo/script.h"

static struct req
helper(struct script *s, enum screen cls)
{
	uint32_t a = actor(s, KEP, ROLE_CALL);
	struct req q;

	s->w->accounts[a].kind = KIND_DISASTER;
	q = at_desk(s, a);
	q.cls = (uint8_t)cls;
	return q;
}

void
incident_scope(struct script *s)
{
	int64_t at = s->w->storm_from + hours_s(3);
	struct req q;

	if (s->w->storm_day < 0)
		return;
	/* a row of the matrix lets call staff see usage while the disaster lasts; the window shares outage alone */
	burst(s, helper(s, USAGE), at, 30, 40, POOL_NEWA);
	tell(s, (struct truth){ "scope-many", EASY, "DIS-02", "DIS-09", "XTN-01", 30, 1, 1,
				"usage of 30 consumers, where outage and address are shared" });
	burst(s, helper(s, USAGE), at + 700, 1, 40, POOL_NEWB);
	tell(s, (struct truth){ "scope-one", MEDIUM, "DIS-02", "DIS-09", "XTN-01", 1, 1, 1,
				"one view" });
	q = helper(s, USAGE);
	q.what = DO_SEARCH;
	burst(s, q, at + 900, 5, 30, POOLS);
	tell(s, (struct truth){ "scope-list", VERY_HARD, NULL, "DIS-02,DIS-09", "XTN-01", 0, 0, 0,
				"lists only: which consumers they held is in no log" });
}
