/*
 * survey_tally_test.c - different values of groups are counted as by a sorted list, over threads, rounds and what was
 * spilled; bits are or-ed, sums add up.
 */
#include "base/test_wall.h"

#include "base/order.h"
#include "engine/survey_tally.h"

#include <limits.h>

enum { GROUPS = 5, VALUES = 700, ROUNDS = 6, WALKS = 3, SUM = 7, SET = 8 };

static void
different_values_are_counted_once(void **state UNUSED)
{
	struct dice dice = { 61 };

	for (size_t memory = 0; memory <= 1 << 20; memory += 1 << 20) {
		static uint64_t bits[GROUPS][VALUES]; /* what was named, by whomever */
		struct tally walk[WALKS];
		const struct tally *all[WALKS];

		memset(bits, 0, sizeof(bits));
		for (int w = 0; w < WALKS; w++) {
			tally_init(&walk[w], memory, "/tmp");
			all[w] = &walk[w];
			for (int i = 0; i < ROUNDS * 500; i++) {
				uint32_t g = throw_of(&dice, GROUPS), v = throw_of(&dice, VALUES);
				uint64_t more = 1 | 1ULL << throw_of(&dice, 40);

				if (i % 500 == 0)
					tally_forget(&walk[w]);
				bits[g][v] |= more;
				tally_distinct(&walk[w], tally_group(SET, g, 9), v, more);
			}
		}
		for (unsigned c = 0; c < STORE_COLUMNS; c++)
			assert_true(tally_column(&walk[c % WALKS], all, WALKS, c));
		for (int w = 1; w < WALKS; w++)
			tally_unite(&walk[0], &walk[w]);
		for (uint32_t g = 0; g < GROUPS; g++) {
			for (unsigned bit = 0; bit < 40; bit++) {
				int64_t want = 0;

				for (int v = 0; v < VALUES; v++)
					want += (int64_t)(bits[g][v] >> bit & 1);
				want_i64("a group", "values with the bit", want,
					 (int64_t)tally_bit(&walk[0], tally_group(SET, g, 9), bit));
			}
		}
		for (int w = 0; w < WALKS; w++)
			tally_free(&walk[w]);
	}
}

static void
sums_add_up_over_threads(void **state UNUSED)
{
	struct tally x, y;
	uint64_t *group;
	size_t n;

	tally_init(&x, 0, "/tmp");
	tally_init(&y, 0, "/tmp");
	for (uint32_t b = 0; b < 1000; b++) {
		tally_sum(&x, tally_group(SUM, 3, b), b, 100, 200);
		tally_sum(b % 2 ? &x : &y, tally_group(SUM, 3, b), 10, 50 + b, 60 + b);
	}
	tally_unite(&x, &y);
	for (uint32_t b = 0; b < 1000; b++) {
		struct tally_sum s = tally_of(&x, tally_group(SUM, 3, b));

		want_i64("a group", "sum", b + 10, (int64_t)s.n);
		want_i64("a group", "first", b < 50 ? 50 + b : 100, s.first);
		want_i64("a group", "last", b > 140 ? 60 + b : 200, s.last);
	}
	group = tally_groups(&x, SUM, &n);
	want_i64("all groups", "count", 1000, (int64_t)n);
	want_i64("all groups", "in order", 999, tally_b(group[999]));
	want_i64("all groups", "a", 3, tally_a(group[999]));
	free(group);
	want_i64("a group that nobody counted", "sum", 0,
		 (int64_t)tally_of(&x, tally_group(SUM, 4, 1)).n);
	tally_free(&x);
	tally_free(&y);
}

static void
a_round_forgets_what_was_seen(void **state UNUSED)
{
	struct tally t;

	tally_init(&t, 0, "/tmp");
	assert_true(tally_new(&t, tally_group(SET, 0, 1), 5));
	assert_false(tally_new(&t, tally_group(SET, 0, 1), 5));
	assert_true(tally_new(&t, tally_group(SET, 0, 2), 5));
	t.age = UINT32_MAX;
	tally_forget(&t); /* past the last age */
	assert_true(tally_new(&t, tally_group(SET, 0, 1), 5));
	assert_false(tally_new(&t, tally_group(SET, 0, 1), 5));
	tally_free(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(different_values_are_counted_once),
		cmocka_unit_test(sums_add_up_over_threads),
		cmocka_unit_test(a_round_forgets_what_was_seen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
