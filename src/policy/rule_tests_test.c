/*
 * rule_tests_test.c - files of rule tests: texts keep their lines, lines that come again are written out, and a test
 * has the world's ledgers until it says otherwise.  What is refused, testdata/golden/rule-tests-mistakes has.
 */
#include "base/test_wall.h"

#include "policy/rule_tests.h"

static const char *const ledgers[] = { "accounts", "barrier", "grants" };

static struct rule_tests
read_good(const char *text)
{
	struct errors err = { 0 };
	struct rule_tests t;

	if (rule_tests_read(&t, str_of(text), STR("a.test.yaml"), ledgers, COUNT(ledgers), &err) !=
	    0)
		fail_msg("%s", err.list.at[0].p);
	return t;
}

static void
want_text(const char *name, struct str got, const char *want)
{
	if (!str_is(got, want))
		fail_msg("%s: got '%.*s', wanted '%s'", name, STR_ARG(got), want);
}

static void
lines_that_come_again_are_written_out(void **state)
{
	static const struct {
		const char *name, *logs, *want;
	} cases[] = {
		{ "a text is itself, with a newline", "'a {n} {day}'", "a {n} {day}\n" },
		{ "texts of a list follow each other", "[a, \"b\\n\"]", "a\nb\n" },
		{ "a count from one", "[{count: 3, lines: 'c{n} {nn} {day}'}]",
		  "c1 01 {day}\nc2 02 {day}\nc3 03 {day}\n" },
		{ "days with both ends, over a leap day",
		  "[{days: 2024-02-28..2024-03-01, lines: '{day}T10:00:{nn} {n} {x}'}]",
		  "2024-02-28T10:00:01 1 {x}\n2024-02-29T10:00:02 2 {x}\n"
		  "2024-03-01T10:00:03 3 {x}\n" },
		{ "one day", "[{days: 2022-12-31..2022-12-31, lines: '{day}'}]", "2022-12-31\n" },
		{ "two digits at least", "[{count: 100, lines: '{nn}'}, end]", NULL },
		{ "several lines each time", "[{count: 2, lines: \"a{n}\\nb{n}\\n\"}]",
		  "a1\nb1\na2\nb2\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char text[1000];
		struct rule_tests t;

		snprintf(text, sizeof(text),
			 "world: {policy: p}\ntests:\n- {name: n, near: R, find: [], logs: {s: "
			 "%s}}\n",
			 cases[i].logs);
		t = read_good(text);
		assert_int_equal(t.count, 1);
		assert_int_equal(t.at[0].log_count, 1);
		want_text(cases[i].name, t.at[0].log[0].system, "s");
		if (cases[i].want)
			want_text(cases[i].name, t.at[0].log[0].lines, cases[i].want);
		else
			assert_true(str_ends(t.at[0].log[0].lines, STR("\n99\n100\nend\n")));
		rule_tests_free(&t);
	}
}

static void
texts_keep_their_lines(void **state)
{
	struct rule_tests t = read_good("world:\n"              /* 1 */
					"  policy: |\n"         /* 2 */
					"\n"                    /* 3 */
					"    sekisho: 1\n"      /* 4 */
					"    systems: []\n"     /* 5 */
					"  ledgers:\n"          /* 6 */
					"    accounts: |\n"     /* 7 */
					"      account,org\n"   /* 8 */
					"    grants: 'grant'\n" /* 9 */
					"tests:\n"              /* 10 */
					"  - name: n\n"         /* 11 */
					"    near: R\n"         /* 12 */
					"    rows:\n"           /* 13 */
					"      accounts: |-\n"  /* 14 */
					"        a,b\n"         /* 15 */
					"    logs: {s: x}\n"    /* 16 */
					"    find: []\n");
	const struct rule_test *n = &t.at[0];

	(void)state;
	assert_int_equal(n->at.line, 11);
	want_text("policy", n->policy.text, "\nsekisho: 1\nsystems: []\n");
	assert_int_equal(n->policy.line, 3);
	assert_int_equal(n->policy.indent, 4);
	assert_true(n->says_version);
	assert_false(n->says_zone);
	assert_int_equal(n->ledger_count, 2);
	want_text("accounts", n->ledger[0].text.text, "account,org\n");
	assert_int_equal(n->ledger[0].text.line, 8);
	want_text("rows", n->ledger[0].more.text, "a,b");
	assert_int_equal(n->ledger[0].more.line, 15);
	assert_int_equal(n->ledger[1].text.line, 9);
	rule_tests_free(&t);
}

static void
a_test_lays_its_ledgers_over_the_worlds(void **state)
{
	struct rule_tests t = read_good(
		"tests:\n"
		"- {name: a, near: R, ledgers: {grants: ~, barrier: own}, logs: {s: x}, find: []}\n"
		"- {name: b, rules: [R, S], ledgers: {accounts: other}, logs: {s: x},\n"
		"   find: [{rule: S, acct: p, points: 75}, {rule: T}]}\n"
		"world: {policy: p, ledgers: {accounts: 'the world''s', grants: g}}\n");
	const struct rule_test *a = &t.at[0], *b = &t.at[1];

	(void)state;
	assert_int_equal(t.count, 2);
	assert_int_equal(a->ledger_count, 3);
	want_text("a", a->ledger[0].text.text, "the world's");
	assert_true(a->ledger[1].absent);
	want_text("a", a->ledger[2].name, "barrier");
	assert_int_equal(b->ledger_count, 2);
	want_text("b", b->ledger[0].text.text, "other");
	assert_false(b->ledger[1].absent);
	assert_int_equal(b->about_count, 3);
	want_text("b", b->about[2].rule, "T");
	assert_int_equal(b->want_count, 2);
	want_text("b", b->want[0].rule, "S");
	assert_int_equal(b->want[0].count, 2);
	want_text("b", b->want[0].value[1].text, "75");
	assert_int_equal(b->want[1].count, 0);
	rule_tests_free(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_that_come_again_are_written_out),
		cmocka_unit_test(texts_keep_their_lines),
		cmocka_unit_test(a_test_lays_its_ledgers_over_the_worlds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
