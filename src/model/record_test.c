/*
 * record_test.c - findings files: what is taken, and every way of being cut or changed, told with its line.
 */
#include "base/test_told.h"

#include "model/record.h"

#define FINDING "{\"schema\":\"sekisho/finding/1\",\"rule\":\"ORG-01\"}\n"
#define SURVEY "{\"schema\":\"sekisho/survey/1\"}\n"
#define RUN_OF(n) "{\"schema\":\"sekisho/run/1\",\"findings\":" n "}\n"

static int
read_text(struct report_record *r, struct str text, struct errors *err)
{
	return record_read(r, STR("old.ndjson"), text, err);
}

static void
findings_survey_and_run_are_taken(void **state UNUSED)
{
	struct report_record r;
	struct errors err = { 0 };
	struct str text = STR(FINDING FINDING SURVEY RUN_OF("2"));

	assert_int_equal(read_text(&r, text, &err), 0);
	assert_int_equal(r.finding.n, 2);
	assert_non_null(r.survey);
	assert_non_null(r.run);
	assert_true(str_eq(r.text, text));
	record_free(&r);
	assert_int_equal(read_text(&r, STR(RUN_OF("0")), &err), 0);
	assert_int_equal(r.finding.n, 0);
	assert_null(r.survey);
	record_free(&r);
}

static const struct {
	const char *name;
	struct str text;
	const char *place, *told;
} cases[] = {
	{ "nothing", BYTES(""), "old.ndjson: ", "the record of the run is missing" },
	{ "cut behind a line", BYTES(FINDING FINDING),
	  "old.ndjson:2: ", "the record of the run is missing" },
	{ "cut in a line", BYTES(FINDING "{\"schema\":\"sek"),
	  "old.ndjson:2:15: ", "expected a closing \"" },
	{ "a log", BYTES("10.1.0.1 - - [04/Jul/2022]\n"),
	  "old.ndjson:1:5: ", "expected nothing behind the value" },
	{ "an empty line", BYTES(FINDING "\n" RUN_OF("1")),
	  "old.ndjson:2:1: ", "expected a value" },
	{ "a line taken out", BYTES(FINDING RUN_OF("2")),
	  "old.ndjson:2: ", "counts 2 findings, and 1 stand before it" },
	{ "a line put in", BYTES(FINDING FINDING RUN_OF("1")),
	  "old.ndjson:3: ", "counts 1 findings, and 2 stand before it" },
	{ "a run that does not count", BYTES("{\"schema\":\"sekisho/run/1\"}\n"),
	  "old.ndjson:1: ", "counts -1 findings" },
	{ "two files in one", BYTES(FINDING RUN_OF("1") FINDING),
	  "old.ndjson:3:1: ", "behind the record of the run" },
	{ "a finding behind the survey", BYTES(SURVEY FINDING RUN_OF("1")),
	  "old.ndjson:2:1: ", "findings stand first" },
	{ "a schema of tomorrow", BYTES("{\"schema\":\"sekisho/finding/2\"}\n" RUN_OF("1")),
	  "old.ndjson:1:1: ", "'sekisho/finding/2' is none that this version reads" },
	{ "no schema", BYTES("{}\n" RUN_OF("0")),
	  "old.ndjson:1:1: ", "is none that this version reads" },
	{ "a list for a record", BYTES("[]\n" RUN_OF("0")),
	  "old.ndjson:1:1: ", "is none that this version reads" },
};

static void
what_was_cut_or_changed_is_told_with_its_line(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct report_record r;
		struct errors err = { 0 };

		want_i64(cases[i].name, "answer", -1, read_text(&r, cases[i].text, &err));
		want_told(cases[i].name, &err, cases[i].place, cases[i].told);
		record_free(&r);
	}
}

static void
a_wrong_file_is_told_once(void **state UNUSED)
{
	struct report_record r;
	struct errors err = { 0 };
	char text[200];

	memset(text, '\n', sizeof(text));
	assert_int_equal(read_text(&r, (struct str){ .p = text, .n = sizeof(text) }, &err), -1);
	assert_int_equal(err.list.n, 1);
	errors_free(&err);
	record_free(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(findings_survey_and_run_are_taken),
		cmocka_unit_test(what_was_cut_or_changed_is_told_with_its_line),
		cmocka_unit_test(a_wrong_file_is_told_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
