/*
 * distinct_test.c - the count is that of a sorted list without its repetitions, round after round and past the last age.
 */
#include "base/test_wall.h"

#include "base/order.h"
#include "engine/distinct.h"

enum { MOST = 3000 };

static uint32_t
counted(uint32_t *v, size_t n)
{
	uint32_t count = 0;

	if (n)
		qsort(v, n, sizeof(*v), order_u32);
	for (size_t i = 0; i < n; i++)
		count += i == 0 || v[i] != v[i - 1];
	return count;
}

static void
repetitions_are_counted_once(void **state UNUSED)
{
	struct distinct d = { .age = 0 };
	struct dice dice = { 23 };
	uint32_t v[MOST];

	for (int round = 0; round < 500; round++) {
		size_t n = throw_of(&dice, MOST);
		uint32_t sides = 1 + throw_of(&dice, throw_of(&dice, 2) ? 20 : UINT32_MAX - 1);

		if (round == 100)
			d.age = UINT32_MAX - 3;
		distinct_empty(&d);
		for (size_t i = 0; i < n; i++) {
			v[i] = throw_of(&dice, sides);
			distinct_add(&d, v[i]);
		}
		want_i64("a round", "different numbers", counted(v, n), d.n);
	}
	distinct_free(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(repetitions_are_counted_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
