/*
 * options_period_test.c - weeks and half-years by name, worked out with a calendar.
 */
#include "base/test_wall.h"

#include "app/options_period.h"
#include "base/civil.h"

/* Dates are the first day, and the last. */
static const struct {
	const char *name, *text, *first, *last;
} weeks[] = {
	{ "2026-W14 begins on 30 March", "2026-W14", "2026-03-30", "2026-04-05" },
	{ "1 January 2026 is a Thursday, so its week is the first", "2026-W01", "2025-12-29",
	  "2026-01-04" },
	{ "2026 has a week 53", "2026-W53", "2026-12-28", "2027-01-03" },
	{ "2027 begins behind it", "2027-W01", "2027-01-04", "2027-01-10" },
	{ "2025 has none", "2025-W53", NULL, NULL },
	{ "week 0 is none", "2026-W00", NULL, NULL },
	{ "a week has two digits", "2026-W1", NULL, NULL },
	{ "and no more", "2026-W141", NULL, NULL },
	{ "a month is no week", "2026-04", NULL, NULL },
	{ "nothing", "", NULL, NULL },
}, halves[] = {
	{ "H1 is April to September", "2026H1", "2026-04-01", "2026-09-30" },
	{ "H2 ends in the next year", "2026H2", "2026-10-01", "2027-03-31" },
	{ "there is no third", "2026H3", NULL, NULL },
	{ "a bare year is no half", "2026", NULL, NULL },
	{ "nor is anything behind it", "2026H1 ", NULL, NULL },
};

static void
want_span(const char *name, bool good, const char *first, const char *last, int64_t from,
	  int64_t to)
{
	char a[CIVIL_TEXT], b[CIVIL_TEXT];

	want_bool(name, "it is one", first != NULL, good);
	if (!good)
		return;
	want_str(name, "first", str_of(first), str_head(civil_print_jst(a, from), 10));
	want_str(name, "at midnight", STR("T00:00:00.000+09:00"),
		 str_skip(civil_print_jst(a, from), 10));
	want_str(name, "last", str_of(last), str_head(civil_print_jst(b, to - 1), 10));
}

static void
spans(void **state UNUSED)
{
	int64_t from = 0, to = 0;

	for (size_t i = 0; i < COUNT(weeks); i++) {
		bool good = period_week(walled(str_of(weeks[i].text)), &from, &to);

		want_span(weeks[i].name, good, weeks[i].first, weeks[i].last, from, to);
	}
	for (size_t i = 0; i < COUNT(halves); i++) {
		bool good = period_half(walled(str_of(halves[i].text)), &from, &to);

		want_span(halves[i].name, good, halves[i].first, halves[i].last, from, to);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(spans) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
