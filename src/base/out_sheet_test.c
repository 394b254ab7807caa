/*
 * out_sheet_test.c - which cells a spreadsheet would take for something else than the text that they are.  What LibreOffice
 * itself makes of them scripts/sheet-check shows.
 */
#include "base/test_wall.h"

#include "base/out.h"

static const struct {
	const char *name;
	const char *text;
	bool guarded;
} cases[] = {
	{ "nothing", "", false },
	{ "an account", "pg0001", false },
	{ "a plain short number shows as it is", "12345678901", false },
	{ "one digit", "0", false },
	{ "twelve digits show as 1E+11", "123456789012", true },
	{ "a supply point", "0300000000000000000001", true },
	{ "a zero in front", "00123", true },
	{ "a number in thousands", "1E5", true },
	{ "a fraction of nothing", ".5", true },
	{ "a day and month", "1-2", true },
	{ "a time", "12:30", true },
	{ "a time of the afternoon", "12:30 PM", true },
	{ "an amount in yen",
	  "\xC2\xA5"
	  "100",
	  true },
	{ "an amount in dollars", "$100", true },
	{ "a loss, as accountants write it", "(5)", true },
	{ "digits of a Japanese keyboard", "\xEF\xBC\x91\xEF\xBC\x92", true },
	{ "the first of April",
	  "4\xE6\x9C\x88"
	  "1\xE6\x97\xA5",
	  true },
	{ "an era", "R8.4.1", true },
	{ "an era, and no date", "R8x4", false },
	{ "a month in front", "dec01", true },
	{ "a month behind", "1-Dec", true },
	{ "a month of nobody's year", "december", false },
	{ "true", "true", true },
	{ "FALSE", "FALSE", true },
	{ "a word that begins like it", "truely", false },
	{ "a formula", "=1+1", true },
	{ "a formula of a Japanese keyboard",
	  "\xEF\xBC\x9D"
	  "1+1",
	  true },
	{ "a word of a number's letters", "pam", false },
	{ "a word with a unit", "\xE6\x9C\x88", false },
};

static void
cells_are_guarded(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct out o;
		bool guarded;

		out_memory(&o);
		guarded = out_csv_sheet(&o, walled(str_of(cases[i].text)), true);
		if (guarded != cases[i].guarded || (out_taken(&o).p[1] == '\'') != guarded)
			fail_msg("%s: wrote " STR_FMT, cases[i].name, STR_ARG(out_taken(&o)));
		out_discard(&o);
	}
}

/* What is ours is a number, and stays one. */
static void
numbers_of_ours_are_not(void **unused)
{
	struct out o;

	(void)unused;
	out_memory(&o);
	assert_false(out_csv_sheet(&o, STR("5055.0"), false));
	assert_true(str_is(out_taken(&o), "\"5055.0\""));
	out_discard(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_are_guarded),
		cmocka_unit_test(numbers_of_ours_are_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
