/*
 * error_test.c - messages in the order they were found, with their places, and no more of them than are kept.
 */
#include "base/test_wall.h"

#include "base/error.h"

static void
a_message_says_where(void **state UNUSED)
{
	struct errors err = { 0 };
	struct place file = { .file = STR("a.yaml") }, line = file, column = file;

	line.line = column.line = 7;
	column.column = 3;
	assert_int_equal(error_add(&err, "%s", "nowhere"), -1);
	assert_int_equal(error_at(&err, file, "of %d", 1), -1);
	assert_int_equal(error_at(&err, line, "of %d", 2), -1);
	assert_int_equal(error_at(&err, column, "of %d", 3), -1);
	want_i64("four mistakes", "messages", 4, (int64_t)err.list.n);
	want_str("no place", "message", STR("nowhere"), err.list.at[0]);
	want_str("a file", "message", STR("a.yaml: of 1"), err.list.at[1]);
	want_str("a line", "message", STR("a.yaml:7: of 2"), err.list.at[2]);
	want_str("a column", "message", STR("a.yaml:7:3: of 3"), err.list.at[3]);
	errors_free(&err);
	want_i64("freed", "messages", 0, (int64_t)err.list.n);
}

/* A ledger of ten million rows may have ten million mistakes. */
static void
mistakes_past_the_most_are_counted_and_cost_nothing(void **state UNUSED)
{
	struct errors err = { 0 };
	struct place at = { .file = STR("ledger.csv"), .line = 2, .column = 1 };
	size_t bytes;

	for (int i = 0; i < 1000; i++)
		error_at(&err, at, "row %d", i);
	want_i64("a thousand", "kept", 1000, (int64_t)err.list.n);
	want_i64("a thousand", "dropped", 0, (int64_t)err.dropped);
	bytes = err.arena.bytes;
	for (int i = 0; i < 100000; i++)
		error_at(&err, at, "row %d", i);
	want_i64("many more", "kept", 1000, (int64_t)err.list.n);
	want_i64("many more", "dropped", 100000, (int64_t)err.dropped);
	want_i64("many more", "bytes", (int64_t)bytes, (int64_t)err.arena.bytes);
	errors_free(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_says_where),
		cmocka_unit_test(mistakes_past_the_most_are_counted_and_cost_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
