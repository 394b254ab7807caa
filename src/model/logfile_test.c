/*
 * logfile_test.c - how far lines lie out of order, whole and in pieces.
 */
#include "base/test_wall.h"
#include "model/logfile.h"

static struct line_order
order_of(const int64_t *ts, size_t n)
{
	struct line_order o = { 0 };

	for (size_t i = 0; i < n; i++)
		line_order_add(&o, ts[i]);
	return o;
}

static void
a_line_lies_behind_the_latest_before_it(void **state UNUSED)
{
	static const struct {
		const char *name;
		int64_t ts[5];
		size_t n;
		int64_t back;
	} cases[] = {
		{ "no line", { 0 }, 0, 0 },
		{ "one line", { -5 }, 1, 0 },
		{ "sorted", { 1, 2, 2, 9 }, 4, 0 },
		{ "the first is the latest", { 9, 1, 2, 3 }, 4, 8 },
		{ "not the one just before it", { 1, 9, 8, 4, 10 }, 5, 5 },
		{ "before 1970", { -3, -10 }, 2, 7 },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		want_i64(cases[i].name, "back", cases[i].back,
			 order_of(cases[i].ts, cases[i].n).back);
}

static void
pieces_make_the_whole(void **state UNUSED)
{
	struct dice d = { 17 };
	int64_t ts[40];

	for (int round = 0; round < 2000; round++) {
		size_t n = throw_of(&d, COUNT(ts) + 1);
		struct line_order joined = { 0 };
		int64_t naive = 0;

		for (size_t i = 0; i < n; i++) {
			ts[i] = (int64_t)throw_of(&d, 100) - 50;
			for (size_t k = 0; k < i; k++)
				naive = max_i64(naive, ts[k] - ts[i]);
		}
		for (size_t from = 0, more; from < n; from += more) {
			struct line_order piece;

			more = min_size(n - from, throw_of(&d, 9));
			piece = order_of(&ts[from], more);
			line_order_join(&joined, &piece);
		}
		want_i64("pieces", "back", naive, joined.back);
		want_i64("whole", "back", naive, order_of(ts, n).back);
	}
}

static void
of_notes_the_disorder_is_the_greatest_and_the_others_add_up(void **state UNUSED)
{
	uint64_t a[NOTE_COUNT] = { [NOTE_FUTURE] = 2, [NOTE_DISORDER_MS] = 7 };
	const uint64_t b[NOTE_COUNT] = { [NOTE_FUTURE] = 3, [NOTE_DISORDER_MS] = 5 };

	notes_join(a, b);
	want_i64("notes", "future", 5, (int64_t)a[NOTE_FUTURE]);
	want_i64("notes", "disorder", 7, (int64_t)a[NOTE_DISORDER_MS]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_lies_behind_the_latest_before_it),
		cmocka_unit_test(pieces_make_the_whole),
		cmocka_unit_test(of_notes_the_disorder_is_the_greatest_and_the_others_add_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
