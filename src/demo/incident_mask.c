/*
 * incident_mask.c - J-03: a masking that failed shows what the matrix denies (T-05).
 * On a system of its own screens, so that no other incident shares its hole.
 */
#include "demo/script.h"

static struct req
seen(struct script *s, enum screen cls, int masked)
{
	struct req q = at_desk(s, actor(s, KEP, ROLE_SALES));

	q.sys = 1;
	q.cls = (uint8_t)cls;
	q.masked = (int8_t)masked;
	return q;
}

static void
hole(struct script *s, enum screen cls, int accounts, int days, struct truth t)
{
	int from = s->w->biz_count > days + 2 ? (int)rng_below(&s->r, 3) : 0;

	for (int i = 0; i < accounts; i++) {
		struct req q = seen(s, cls, -1);

		for (int d = 0; d < days && from + d < s->w->biz_count; d++) {
			int64_t at = clock_at(s, s->w->biz[from + d], 9 + i % 8, 5 + i, 0);

			burst(s, q, at, 2, 90, POOL_NEWA);
			send(s, aside(q), at + 400, one_of(s, POOL_KEP)); /* legal beside it */
		}
	}
	tell(s, t);
}

void
incident_mask(struct script *s)
{
	struct req q;

	if (s->w->systems < 2)
		return;
	hole(s, USAGE, s->w->o->accounts < 200 ? 8 : 30, 10,
	     (struct truth){ "mask-all", EASY, "XTN-02,XTN-01", NULL, NULL, EVERY, 1, 1,
			     "every account of the retailer opens other suppliers' consumers" });
	hole(s, BILL, 3, 3,
	     (struct truth){ "mask-three", MEDIUM, "XTN-02,XTN-01", NULL, NULL, EVERY, 1, 1,
			     "three accounts: the fewest that make a hole" });
	hole(s, ADDRESS, 2, 2,
	     (struct truth){ "mask-two", HARD, "XTN-01", NULL, "XTN-02", EVERY, -1, -1,
			     "two accounts: views, but no hole" });
	q = seen(s, METER, 1);
	burst(s, q, clock_at(s, some_day(s, 10, 90), 11, 0, 0), 12, 40, POOL_NEWC);
	tell(s, (struct truth){ "mask-lies", VERY_HARD, NULL, NULL, "XTN-01,XTN-02", 0, 0, 0,
				"the log says masked, the screen did not: not in any log" });
}
