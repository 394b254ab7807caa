/*
 * work_plan_test.c - a visit ends when it should: what somebody has a permit till, he does till then.
 */
#include "base/test_wall.h"

#include "demo/work.h"

/* A visit with so many lines and seconds left, again and again: the dice go on. */
static void
ends_in_time(uint32_t lines, uint32_t seconds)
{
	const uint32_t begin = 18 * 3600 * TICK, till = begin + seconds * TICK;
	struct visit v = { .total = lines + 1, .pace = 60 * TICK, .till = till };
	struct day *d = xalloc(1, sizeof(*d));

	d->visits = &v;
	d->r.s = lines * 1000 + seconds;
	for (int i = 0; i < 500; i++) {
		v.slot = begin;
		for (v.left = lines; v.left > 0; v.left--)
			wait_in_wheel(d, 0);
		assert_true(v.slot + TICK <= till); /* half-open, as permits are */
	}
	free(d);
}

static void
no_line_comes_after_the_end_of_its_visit(void **state)
{
	(void)state;
	ends_in_time(1, 30);
	ends_in_time(1, 100);
	ends_in_time(2, 60);
	ends_in_time(7, 120);
	ends_in_time(40, 3600);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_line_comes_after_the_end_of_its_visit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
