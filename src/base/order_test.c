/*
 * order_test.c - what is different in a list.
 */
#include "base/test_wall.h"

#include "base/order.h"

static const struct {
	const char *name;
	uint32_t in[8];
	size_t n;
	uint32_t left[8];
	size_t unique, distinct;
} cases[] = {
	{ "nothing", { 0 }, 0, { 0 }, 0, 0 },
	{ "one", { 7 }, 1, { 7 }, 1, 1 },
	{ "one that is not said", { 0 }, 1, { 0 }, 1, 0 },
	{ "the same again", { 7, 7, 7 }, 3, { 7 }, 1, 1 },
	{ "out of order, with what is not said",
	  { 9, 0, 4294967295, 9, 1, 0 },
	  6,
	  { 0, 1, 9, 4294967295 },
	  4,
	  3 },
};

static void
lists_lose_what_stands_twice(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		uint32_t v[8], w[8];

		memcpy(v, cases[i].in, sizeof(v));
		memcpy(w, cases[i].in, sizeof(w));
		want_i64(cases[i].name, "left", (int64_t)cases[i].unique,
			 (int64_t)order_unique(v, cases[i].n, sizeof(*v), order_u32));
		for (size_t k = 0; k < cases[i].unique; k++)
			want_i64(cases[i].name, "number", cases[i].left[k], v[k]);
		want_i64(cases[i].name, "distinct", (int64_t)cases[i].distinct,
			 (int64_t)order_distinct(w, cases[i].n));
	}
}

/* Of every length around where runs end, against qsort(); few different numbers, many, and none out of place. */
static void
numbers_come_in_order(void **state UNUSED)
{
	static const uint64_t of[] = { 1, 3, 1000, UINT64_MAX };
	struct dice d = { 7 };

	for (size_t n = 0; n < 300; n++) {
		for (size_t k = 0; k < COUNT(of); k++) {
			uint64_t v[300] = { 0 }, want[300] = { 0 }, room[300];

			for (size_t i = 0; i < n; i++)
				v[i] = want[i] = throw64(&d) % of[k];
			qsort(want, n, sizeof(*want), order_u64);
			for (int again = 0; again < 2; again++) {
				order_numbers(v, n, room);
				assert_memory_equal(v, want, sizeof(v));
			}
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(lists_lose_what_stands_twice),
					    cmocka_unit_test(numbers_come_in_order) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
