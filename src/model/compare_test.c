/*
 * compare_test.c - what is new, grown or gone, and why; each case a word of difference from records written by hand.
 */
#include "base/test_told.h"

#include "model/compare.h"
#include "model/record.h"

enum { LINE_ROOM = 4096 };

static struct arena texts;

/* Of a finding: what stands in the middle of its line. */
#define FINDING                                                                                    \
	"\"severity\":\"high\",\"kind\":\"violation\",\"system\":[\"a\"],"                         \
	"\"first\":\"2022-07-04T10:00:00.000+09:00\",\"last\":\"2022-07-05T10:00:00.000+09:00\","  \
	"\"counts\":{\"views\":4,\"consumers_opened\":20},"                                        \
	"\"cases\":[{\"episodes\":[" EPISODE_4 "," EPISODE_5 "]}],"                                \
	"\"origins\":[{\"net\":\"n\",\"org\":\"KEP\"},{\"net\":\"x\",\"org\":null}]"
#define EPISODE_4                                                                                  \
	"{\"first\":\"2022-07-04T10:00:00.000+09:00\",\"last\":\"2022-07-04T11:00:00.000+09:00\"}"
#define EPISODE_5                                                                                  \
	"{\"first\":\"2022-07-05T10:00:00.000+09:00\",\"last\":\"2022-07-05T10:00:00.000+09:00\"}"
#define EPISODE_9                                                                                  \
	"{\"first\":\"2022-07-09T10:00:00.000+09:00\",\"last\":\"2022-07-09T10:00:00.000+09:00\"}"

/* Of a run. */
#define RUN                                                                                        \
	"\"policy_digest\":\"p\",\"rules_digest\":\"r\","                                          \
	"\"ledgers\":[{\"ledger\":\"orgs\",\"sha256\":\"1\"},{\"ledger\":\"accounts\","            \
	"\"sha256\":\"2\"}],"                                                                      \
	"\"rules\":[{\"rule\":\"R-1\",\"version\":\"1.0\",\"evaluated\":5,\"hits\":1,"             \
	"\"undetermined\":{}}],"                                                                   \
	"\"coverage\":[{\"system\":\"a\",\"days\":[[\"2022-07-01\",\"2022-07-08\"]]}],"            \
	"\"files\":[{\"path\":\"f\",\"end\":\"whole\"}]"

/* A text with one part taken out for another; fails when it is not there. */
static const char *
but(const char *text, const char *old, const char *other)
{
	const char *at = old ? strstr(text, old) : text;

	if (!at)
		fail_msg("'%s' does not stand in '%s'", old, text);
	return arena_printf(&texts, "%.*s%s%s", (int)(at - text), text, other ? other : "",
			    old ? at + strlen(old) : at)
		.p;
}

/* Findings of these cases, all with the same middle, and their run. */
static struct report_record
record_of(const char *const *cases, size_t n, const char *finding, const char *run, char *room)
{
	struct report_record r;
	struct errors err = { 0 };
	size_t used = 0;

	for (size_t i = 0; i < n; i++)
		used += (size_t)snprintf(room + used, LINE_ROOM - used,
					 "{\"schema\":\"sekisho/finding/1\",\"rule\":\"R-1\","
					 "\"fp_case\":\"%s\",%s}\n",
					 cases[i], finding);
	snprintf(room + used, LINE_ROOM - used,
		 "{\"schema\":\"sekisho/run/1\",\"findings\":%zu,%s}\n", n, run);
	if (record_read(&r, STR("test"), str_of(room), &err) != 0)
		fail_msg("%s", err.list.at[0].p);
	return r;
}

static void
findings_are_compared_by_their_case(void **state)
{
	static const char *const then[] = { "c", "a", "d" }, *const today[] = { "b", "d", "c" };
	char x[LINE_ROOM], y[LINE_ROOM];
	struct report_record before = record_of(then, 3, FINDING, RUN, x);
	struct report_record now = record_of(today, 3, FINDING, RUN, y);
	struct comparison c;

	(void)state;
	compare_records(&c, &before, &now);
	assert_int_equal(c.at.n, 4);
	assert_int_equal(c.at.at[0].mark, MARK_NEW);
	assert_int_equal(c.at.at[1].mark, MARK_UNCHANGED);
	assert_int_equal(c.at.at[2].mark, MARK_UNCHANGED);
	assert_int_equal(c.at.at[3].mark, MARK_ABSENT);
	assert_ptr_equal(c.at.at[3].before, before.finding.at[1]);
	assert_null(c.at.at[0].before);
	assert_null(c.at.at[3].now);
	assert_int_equal(c.count[MARK_UNCHANGED], 2);
	comparison_free(&c);
	compare_records(&c, &before, &before);
	assert_int_equal(c.count[MARK_UNCHANGED], 3);
	assert_int_equal(c.at.n, 3);
	comparison_free(&c);
	record_free(&before);
	record_free(&now);
}

#define CLOSED "\"disposition\":{\"decision\":\"justified\",\"reviewed\":\"2022-07-06\"},"

static void
growth_is_told_by_what_grew(void **state)
{
	static const struct {
		const char *name, *before, *old, *other;
		unsigned growth;
	} cases[] = {
		{ "the same", FINDING, NULL, NULL, 0 },
		{ "severity up", FINDING, "\"high\"", "\"critical\"", GREW_SEVERITY },
		{ "severity down", FINDING, "\"high\"", "\"low\"", 0 },
		{ "ten consumers more, and not more than half", FINDING, "opened\":20",
		  "opened\":30", 0 },
		{ "eleven of twenty more", FINDING, "opened\":20", "opened\":31", GREW_CONSUMERS },
		{ "fewer consumers", FINDING, "opened\":20", "opened\":3", 0 },
		{ "an organisation more", FINDING, "\"x\",\"org\":null", "\"x\",\"org\":\"KCC\"",
		  GREW_ORIGIN },
		{ "a network more of the same one", FINDING, "\"x\",\"org\":null",
		  "\"x\",\"org\":\"KEP\"", 0 },
		{ "an episode more", FINDING, EPISODE_5, EPISODE_5 "," EPISODE_9, 0 },
		{ "an episode more, closed before", CLOSED FINDING, EPISODE_5,
		  EPISODE_5 "," EPISODE_9, GREW_EPISODE },
		{ "an episode more, told before the review", FINDING, "\"severity\"",
		  "\"disposition\":{\"decision\":\"justified\",\"reviewed\":\"2022-07-10\"},"
		  "\"severity\"",
		  0 },
		{ "a cap is exceeded", FINDING, "\"severity\"",
		  "\"disposition\":{\"decision\":\"justified\",\"state\":\"exceeded\","
		  "\"reviewed\":\"2022-07-10\"},\"severity\"",
		  GREW_CAP },
	};
	static const char *const one[] = { "a" };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char x[LINE_ROOM], y[LINE_ROOM];
		struct report_record before = record_of(one, 1, cases[i].before, RUN, x);
		struct report_record now =
			record_of(one, 1, but(FINDING, cases[i].old, cases[i].other), RUN, y);
		struct comparison c;

		compare_records(&c, &before, &now);
		want_i64(cases[i].name, "growth", cases[i].growth, c.at.at[0].growth);
		want_i64(cases[i].name, "mark", cases[i].growth ? MARK_UPDATED : MARK_UNCHANGED,
			 c.at.at[0].mark);
		comparison_free(&c);
		record_free(&before);
		record_free(&now);
	}
}

/* Ten consumers are needed also where they are more than half; few views are no growth. */
static void
few_consumers_more_are_no_growth(void **state)
{
	static const char *const one[] = { "a" };
	static const struct {
		const char *before, *now;
		unsigned growth;
	} cases[] = {
		{ "opened\":1", "opened\":10", 0 },
		{ "opened\":1", "opened\":11", GREW_CONSUMERS },
		{ "opened\":21", "opened\":31", 0 },
		{ "opened\":21", "opened\":32", GREW_CONSUMERS }, /* 1.5 times are 31.5 */
		{ "opened\":0", "opened\":10", GREW_CONSUMERS },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char x[LINE_ROOM], y[LINE_ROOM];
		struct report_record before =
			record_of(one, 1, but(FINDING, "opened\":20", cases[i].before), RUN, x);
		struct report_record now =
			record_of(one, 1, but(FINDING, "opened\":20", cases[i].now), RUN, y);
		struct comparison c;

		compare_records(&c, &before, &now);
		want_i64(cases[i].now, "growth", cases[i].growth, c.at.at[0].growth);
		comparison_free(&c);
		record_free(&before);
		record_free(&now);
	}
}

#define DAYS "[[\"2022-07-01\",\"2022-07-08\"]]"

static void
what_is_absent_has_a_reason(void **state)
{
	static const struct {
		const char *name, *finding_old, *finding_other, *before_old, *before_other, *old,
			*other;
		enum absence absence;
	} cases[] = {
		{ "its days were read again, and its lines are not there", NULL, NULL, NULL, NULL,
		  NULL, NULL, ABSENT_NO_LINES },
		{ "later days were read and not its own", NULL, NULL, NULL, NULL, DAYS,
		  "[[\"2022-07-06\",\"2022-07-08\"]]", ABSENT_FIXED },
		{ "earlier days were read", NULL, NULL, NULL, NULL, DAYS,
		  "[[\"2022-07-01\",\"2022-07-03\"]]", ABSENT_NOT_COVERED },
		{ "one of its days was read", NULL, NULL, NULL, NULL, DAYS,
		  "[[\"2022-07-05\",\"2022-07-08\"]]", ABSENT_NOT_COVERED },
		{ "a hole in its days", NULL, NULL, NULL, NULL, DAYS,
		  "[[\"2022-07-01\",\"2022-07-03\"],[\"2022-07-05\",\"2022-07-08\"]]",
		  ABSENT_NOT_COVERED },
		{ "a hole that was there then, too", EPISODE_4,
		  "{\"first\":\"2022-07-01T10:00:00.000+09:00\","
		  "\"last\":\"2022-07-04T11:00:00.000+09:00\"}",
		  DAYS, "[[\"2022-07-01\",\"2022-07-02\"],[\"2022-07-04\",\"2022-07-08\"]]", DAYS,
		  "[[\"2022-07-01\",\"2022-07-02\"],[\"2022-07-04\",\"2022-07-08\"]]",
		  ABSENT_NO_LINES },
		{ "nothing was read", NULL, NULL, NULL, NULL, DAYS, "[]", ABSENT_NOT_COVERED },
		{ "another system was read", NULL, NULL, NULL, NULL, "\"system\":\"a\"",
		  "\"system\":\"b\"", ABSENT_NOT_COVERED },
		{ "two systems, of which one was read", "[\"a\"]", "[\"a\",\"b\"]", NULL, NULL,
		  NULL, NULL, ABSENT_NOT_COVERED },
		{ "a file was cut", NULL, NULL, NULL, NULL, "\"whole\"", "\"cut\"",
		  ABSENT_NOT_COVERED },
		{ "the rule is switched off", NULL, NULL, NULL, NULL, "\"evaluated\":5",
		  "\"enabled\":false", ABSENT_RULE_CHANGED },
		{ "there is no such rule", NULL, NULL, NULL, NULL, "\"R-1\"", "\"R-2\"",
		  ABSENT_RULE_CHANGED },
		{ "a ledger that the rule needs is not there", NULL, NULL, NULL, NULL,
		  "\"evaluated\":5", "\"lacks\":[\"orgs\"]", ABSENT_NOT_COVERED },
		{ "the rule could decide no line", NULL, NULL, NULL, NULL,
		  "\"evaluated\":5,\"hits\":1,\"undetermined\":{}",
		  "\"evaluated\":0,\"hits\":0,\"undetermined\":{\"unknown_org\":5}",
		  ABSENT_NOT_COVERED },
		{ "other rules, and nobody says which", NULL, NULL, NULL, NULL,
		  "\"rules_digest\":\"r\"", "\"rules_digest\":\"s\"", ABSENT_RULE_CHANGED },
		{ "a ledger is another", NULL, NULL, NULL, NULL, "\"sha256\":\"2\"",
		  "\"sha256\":\"3\"", ABSENT_REFERENCE_CHANGED },
		{ "the policy is another", NULL, NULL, NULL, NULL, "\"policy_digest\":\"p\"",
		  "\"policy_digest\":\"q\"", ABSENT_REFERENCE_CHANGED },
		{ "nobody took the digest of a ledger", NULL, NULL, NULL, NULL, "\"sha256\":\"2\"",
		  "\"sha256\":null", ABSENT_REFERENCE_CHANGED },
		{ "a ledger more", NULL, NULL, NULL, NULL, "\"ledgers\":[",
		  "\"ledgers\":[{\"ledger\":\"people\",\"sha256\":\"4\"},",
		  ABSENT_REFERENCE_CHANGED },
		{ "a gap in a log is filled", "\"violation\"", "\"coverage\"", NULL, NULL, NULL,
		  NULL, ABSENT_FIXED },
	};
	static const char *const one[] = { "a" };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char x[LINE_ROOM], y[LINE_ROOM];
		struct report_record before = record_of(
			one, 1, but(FINDING, cases[i].finding_old, cases[i].finding_other),
			but(RUN, cases[i].before_old, cases[i].before_other), x);
		struct report_record now =
			record_of(one, 0, "", but(RUN, cases[i].old, cases[i].other), y);
		struct comparison c;

		compare_records(&c, &before, &now);
		want_i64(cases[i].name, "findings", 1, (int64_t)c.at.n);
		want_str(cases[i].name, "reason", str_of(absence_names[cases[i].absence]),
			 str_of(absence_names[c.at.at[0].absence]));
		comparison_free(&c);
		record_free(&before);
		record_free(&now);
	}
}

/* Other rules are in force, and perhaps another one of this id. */
static void
a_rule_is_what_its_digest_says(void **state)
{
	static const char one_rule[] = "\"version\":\"1.0\",\"digest\":\"x\"";
	static const struct {
		const char *name, *now;
		enum absence absence;
	} cases[] = {
		{ "other rules, not this one", one_rule, ABSENT_NO_LINES },
		{ "another of the same version", "\"version\":\"1.0\",\"digest\":\"y\"",
		  ABSENT_RULE_CHANGED },
		{ "nobody says", "\"version\":\"1.0\"", ABSENT_RULE_CHANGED },
	};
	static const char *const one[] = { "a" };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char x[LINE_ROOM], y[LINE_ROOM];
		const char *then = but(RUN, "\"version\":\"1.0\"", one_rule);
		const char *today = but(but(RUN, "\"version\":\"1.0\"", cases[i].now),
					"\"rules_digest\":\"r\"", "\"rules_digest\":\"s\"");
		struct report_record before = record_of(one, 1, FINDING, then, x);
		struct report_record now = record_of(one, 0, "", today, y);
		struct comparison c;

		compare_records(&c, &before, &now);
		want_str(cases[i].name, "reason", str_of(absence_names[cases[i].absence]),
			 str_of(absence_names[c.at.at[0].absence]));
		comparison_free(&c);
		record_free(&before);
		record_free(&now);
	}
}

/* Two screens of one account, and another account: views are summed, accounts counted once. */
static void
denied_views_are_counted_by_account(void **state)
{
#define DENIED(fp, acct, views)                                                                    \
	"{\"schema\":\"sekisho/finding/1\",\"rule\":\"XTN-01\",\"fp_case\":\"" fp                  \
	"\",\"subject\":{\"acct\":\"" acct "\"},\"counts\":{\"views\":" views "}}\n"
#define END(n) "{\"schema\":\"sekisho/run/1\",\"findings\":" n "}\n"
	static const char then[] =
		DENIED("1", "a", "10") DENIED("2", "a", "5") DENIED("3", "b", "7") END("3");
	static const char today[] =
		DENIED("1", "a", "4") DENIED("2", "a", "9") DENIED("4", "c", "100") END("3");
	struct report_record before, now;
	struct errors err = { 0 };
	struct comparison c;

	(void)state;
	assert_int_equal(record_read(&before, STR("then"), str_of(then), &err), 0);
	assert_int_equal(record_read(&now, STR("now"), str_of(today), &err), 0);
	compare_records(&c, &before, &now);
	assert_int_equal(c.before.views, 22);
	assert_int_equal(c.before.accounts, 2);
	assert_int_equal(c.now.views, 113);
	assert_int_equal(c.now.accounts, 2);
	assert_int_equal(c.gained.views, 104); /* 4 of a, 100 of c */
	assert_int_equal(c.gained.accounts, 2);
	assert_int_equal(c.lost.views, 13); /* 6 of a, 7 of b */
	assert_int_equal(c.lost.accounts, 2);
	comparison_free(&c);
	record_free(&before);
	record_free(&now);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(findings_are_compared_by_their_case),
		cmocka_unit_test(growth_is_told_by_what_grew),
		cmocka_unit_test(few_consumers_more_are_no_growth),
		cmocka_unit_test(what_is_absent_has_a_reason),
		cmocka_unit_test(a_rule_is_what_its_digest_says),
		cmocka_unit_test(denied_views_are_counted_by_account),
	};

	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	arena_free(&texts);
	return failed;
}
