/*
 * incident_area.c - J-22: consumers outside the supply area of whoever looks (T-13).
 * They are the script's own, of an area that is another company's.
 */
#include "demo/script.h"

enum { NEIGHBOUR = 11 };

static void
look_over(struct script *s, struct req q, int n, struct truth t)
{
	uint32_t first = consumer_block(s, (uint32_t)n);
	int64_t at = clock_at(s, some_day(s, 10, 90), 11, 20, 0);

	for (int i = 0; i < n; i++) {
		s->w->consumers[first + (uint32_t)i].area = NEIGHBOUR;
		send(s, q, at + minutes_s(3 * i), first + (uint32_t)i);
	}
	tell(s, t);
}

void
incident_area(struct script *s)
{
	struct req q;

	look_over(s, at_desk(s, actor(s, KPG, ROLE_BRANCH)), 20,
		  (struct truth){ "area-twenty", EASY, "XTN-05", NULL, "XTN-01,ORG-01", 20, 1, 1,
				  "20 consumers of the neighbour's area" });
	look_over(s, at_desk(s, actor(s, KPG, ROLE_OFFICE)), 1,
		  (struct truth){ "area-one", HARD, "XTN-05", NULL, "XTN-01,ORG-01", 1, 1, 1,
				  "one view" });
	q = at_desk(s, actor(s, KPG, ROLE_OFFICE));
	q.status = 403;
	look_over(s, q, 3,
		  (struct truth){ "near-area-refused", MEDIUM, NULL, NULL, "XTN-05,ORG-01", 0, 0, 0,
				  "tried and refused" });
	look_over(s, at_desk(s, actor(s, KEP, ROLE_SALES)), 3,
		  (struct truth){ "near-area-retailer", HARD, NULL, NULL, "XTN-05,XTN-01", 0, 0, 0,
				  "its own consumers; a retailer has no supply area" });
}
