/*
 * incident_enumerate.c - J-11: one consumer number after the other, as a program asks.
 * The block of consumers is the script's own: their numbers have no gaps.
 */
#include "demo/script.h"

static void
run(struct script *s, int n, int stride, bool shuffled, struct truth t)
{
	uint32_t first = consumer_block(s, (uint32_t)(n * stride));
	struct req q = at_desk(s, actor(s, KPG, ROLE_BRANCH));
	int64_t at = clock_at(s, some_day(s, 10, 90), 13, 5, 0);

	for (int i = 0; i < n; i++) {
		/* 37 and 61 have no common divisor with the lengths here */
		int k = shuffled ? i * 37 % n : i;

		send(s, q, at + (int64_t)i * 21, first + (uint32_t)(k * stride));
	}
	tell(s, t);
}

void
incident_enumerate(struct script *s)
{
	run(s, 500, 1, false,
	    (struct truth){ "run-500", EASY, "VOL-04", "VOL-01,VOL-02", "ORG-01", -1, -1, 1,
			    "500 numbers in a row" });
	run(s, 40, 1, false,
	    (struct truth){ "run-40", MEDIUM, "VOL-04", "VOL-02", "ORG-01", -1, -1, 1, "40" });
	run(s, 60, 1, true,
	    (struct truth){ "run-shuffled", HARD, "VOL-04", "VOL-02", "ORG-01", -1, -1, 1,
			    "60, in another order" });
	run(s, 40, 10, false,
	    (struct truth){ "run-stride", VERY_HARD, NULL, "VOL-02", "VOL-04,ORG-01", -1, -1, -1,
			    "every tenth number: no run" });
}
