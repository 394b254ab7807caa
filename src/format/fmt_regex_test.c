/*
 * fmt_regex_test.c - patterns that are refused, lines they read, and lines they may not decide.
 */
#include "format/format_testing.h"

extern const struct format fmt_regex;

#define TS "1656893551000"
#define UNDECIDED "0: a line the pattern can decide within its limits"
#define NO_MATCH "0: a line that the pattern matches from end to end"

static const struct {
	const char *name, *pattern;
	struct str line;
	const char *want;
} lines[] = {
	{ "named groups", "^(?<time>\\S+) (?<address>\\S+) (?<status>\\d+) (?<target>.*)$",
	  BYTES("1656893551 10.1.2.3 404 /a b"), TS " 404 address=[10.1.2.3] target=[/a b]" },
	{ "quotes around the pattern", "'(?<time>\\d+) (?<account>.*)'", BYTES("1656893551 a"),
	  TS " account=[a]" },
	{ "the whole line, without anchors", "(?<time>\\d+) (?<account>[a-z]+)",
	  BYTES("1656893551 a!"), NO_MATCH },
	{ "the whole line, from its first byte", "(?<time>\\d+)", BYTES(" 1656893551"), NO_MATCH },
	{ "a request in three parts", "(?<time>\\d+) (?<request>.*)",
	  BYTES("1656893551 GET /a?b=1 HTTP/1.1"),
	  TS " method=[GET] target=[/a?b=1] protocol=[HTTP/1.1]" },
	{ "date and clock apart", "(?<clock>\\S+) (?<account>\\S+) (?<date>\\S+)",
	  BYTES("09:12:31+09:00 a 2022-07-04"), TS " account=[a]" },
	{ "a group of two alternatives",
	  "(?J)(?<time>\\d+) (?:u=(?<account>\\w+)|id (?<account>\\w+))", BYTES("1656893551 id b"),
	  TS " account=[b]" },
	{ "a group that takes no part", "(?<time>\\d+)(?: (?<account>\\w+))?", BYTES("1656893551"),
	  TS },
	{ "a dash is absent", "(?<time>\\d+) (?<account>\\S+)", BYTES("1656893551 -"), TS },
	{ "bytes that are not UTF-8", "(?<time>\\d+) (?<account>.*)", BYTES("1656893551 \xff\x80"),
	  TS " account=[\\xff\\x80]" },
	{ "a NUL", "(?<time>\\d+) (?<account>.*)", BYTES("1656893551 a\0b"),
	  TS " account=[a\\x00b]" },
	{ "a wrong time", "(?<account>\\w+) (?<time>.*)", BYTES("a 2022-02-30T01:02:03Z"),
	  "2: a day that the calendar has" },
	{ "a wrong status", "(?<time>\\d+) (?<status>.*)", BYTES("1656893551 20"),
	  "11: a status of three digits" },
	{ "nothing", "(?<time>.*)", BYTES(""), "nothing" },
	{ "a catastrophe", "^(?<time>(a+)+)$", BYTES("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"),
	  UNDECIDED },
	{ "a catastrophe of alternatives", "^(?<time>(a|a)*)$",
	  BYTES("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"), UNDECIDED },
	{ "more stars in a row than are decided",
	  "^(?<time>.*) (.*) (.*) (.*) (.*) (.*) (.*) (.*) (.*)$",
	  BYTES("1656893551 b c d e f g h i"), UNDECIDED },
};

static void
lines_by_a_pattern(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct format_spec spec = { .argument = str_of(lines[i].pattern) };
		struct format_test t;

		test_format(&t, &fmt_regex, &spec);
		if (!t.good)
			fail_msg("%s: " STR_FMT, lines[i].name, STR_ARG(t.err.list.at[0]));
		for (int twice = 0; twice < 2; twice++) {
			const char *says = what_it_says(&t, lines[i].line);

			if (strcmp(says, lines[i].want) != 0)
				fail_msg("%s: wanted\n%s\ngot\n%s", lines[i].name, lines[i].want,
					 says);
		}
		test_format_end(&t);
	}
}

static const struct {
	const char *name, *pattern, *want; /* what the message holds */
} wrong[] = {
	{ "no time", "(?<account>.*)", "no group for the time" },
	{ "half a time", "(?<date>\\S+) (?<account>.*)", "no group for the time" },
	{ "a slip of the pen", "(?<time>\\S+) (?<acount>.*)", "group 'acount' is no usual field" },
	{ "a field nobody asks for", "(?<time>\\S+) (?<object>.*)",
	  "`extract: {...: 'field:object'}` would" },
	{ "an open parenthesis", "(?<time>\\S+", "bad pattern at byte 12 of '(?<time>\\S+'" },
	{ "\\C", "(?<time>\\C+)", "bad pattern at byte 11" },
	{ "UTF mode", "(*UTF)(?<time>.*)", "bad pattern at byte 7" },
	{ "the same name twice", "(?<time>a)(?<time>b)", "bad pattern at byte 19" },
};

/* What people write for access logs decides every line of one; the steps each takes are in fmt_regex.c. */
static void
usual_patterns_stay_within_limits(void **state UNUSED)
{
	static const char *const patterns[] = {
		"^(?<address>\\S+) \\S+ (?<account>\\S+) \\[(?<time>[^\\]]+)\\] "
		"\"(?<request>[^\"]*)\" (?<status>\\d{3}) (?<bytes>\\S+) \"(?<referer>[^\"]*)\" "
		"\"(?<agent>[^\"]*)\"$",
		"^(?<address>\\S+) \\S+ (?<account>.+?) \\[(?<time>[^\\]]+)\\] "
		"\"(?<request>(?:[^\"\\\\]|\\\\.)*)\" (?<status>\\d{3}) (?<bytes>\\S+) "
		"\"(?<referer>(?:[^\"\\\\]|\\\\.)*)\" \"(?<agent>(?:[^\"\\\\]|\\\\.)*)\"$",
		"^(?<address>.*?) (.*?) (?<account>.*?) \\[(?<time>.*?)\\] \"(?<request>.*?)\" "
		"(?<status>.*?) (.*?) \"(?<referer>.*?)\" \"(?<agent>.*?)\"$",
		"^(?<address>.*) - (?<account>.*) \\[(?<time>.*)\\] \"(?<request>.*)\" "
		"(?<status>\\d+) (?<bytes>\\d+) \"(?<referer>.*)\" \"(?<agent>.*)\"$",
	};
	/* Six stars decide 2,000 bytes; what does not backtrack, a whole line. */
	static const size_t most[] = { 65000, 65000, 65000, 1700 };
	static char line[65536], room[2 * 65536 + 64];
	struct record record;
	struct refusal why;

	for (size_t i = 0; i < COUNT(patterns); i++) {
		for (size_t target = 10; target <= most[i]; target = target * 3 / 2) {
			struct format_spec spec = { .argument = str_of(patterns[i]) };
			struct format_test t;
			int n = snprintf(line, sizeof(line),
					 "10.1.2.3 - pg0001 [04/Jul/2022:09:12:31 +0900] \"GET /");

			for (size_t k = 0; k < target; k++)
				line[n++] = "consumers/contract?q=1&t=T-1"[k % 28];
			n += snprintf(line + n, sizeof(line) - (size_t)n,
				      " HTTP/1.1\" 200 512 \"https://portal.example/menu?x=1\" "
				      "\"Mozilla/5.0 (Windows NT 10.0; Win64; x64) "
				      "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/100.0 "
				      "Safari/537.36\"");
			test_format(&t, &fmt_regex, &spec);
			assert_true(t.good);
			t.parsing.room = (struct room){ .p = room, .size = sizeof(room) };
			if (fmt_regex.parse(&t.parsing, (struct str){ line, (size_t)n }, &record,
					    &why) != PARSED_EVENT)
				fail_msg("pattern %zu, %d bytes: %s", i, n, why.expected);
			want_str("a line", "account", STR("pg0001"), record.text[RAW_ACCOUNT]);
			assert_int_equal(t.parsing.undecided, 0);
			test_format_end(&t);
		}
	}
}

static void
the_policy_says_how_many_steps(void **state UNUSED)
{
	struct format_spec spec = { .argument =
					    STR("^(?<time>.*) (.*) (.*) (.*) (.*) (.*) (.*) (.*) "
						"(.*)$"),
				    .match_limit = 100 };
	struct format_test t;

	test_format(&t, &fmt_regex, &spec);
	assert_string_equal(what_it_says(&t, STR("1656893551 b c d e f g h i")), TS);
	assert_int_equal(t.parsing.undecided, 0);
	test_format_end(&t);
	spec.match_limit = 0;
	test_format(&t, &fmt_regex, &spec);
	assert_string_equal(what_it_says(&t, STR("1656893551 b c d e f g h i")), UNDECIDED);
	assert_int_equal(t.parsing.undecided, 1);
	test_format_end(&t);
}

static void
wrong_patterns_are_told(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct format_spec spec = { .argument = str_of(wrong[i].pattern) };
		struct format_test t;

		test_format(&t, &fmt_regex, &spec);
		if (t.good)
			fail_msg("%s: accepted", wrong[i].name);
		if (!str_contains(t.err.list.at[0], str_of(wrong[i].want)))
			fail_msg("%s: wanted %s, got " STR_FMT, wrong[i].name, wrong[i].want,
				 STR_ARG(t.err.list.at[0]));
		test_format_end(&t);
	}
}

/* THREATS 23: fifty parentheses in each other are read, more are not; nor are more than 4,096 bytes. */
static void
patterns_have_limits(void **state UNUSED)
{
	static const struct {
		size_t bytes;
		int depth;
		bool good;
	} cases[] = { { 200, 50, true },
		      { 200, 51, false },
		      { 1000, 300, false },
		      { 4096, 1, true },
		      { 4097, 1, false } };

	for (size_t i = 0; i < COUNT(cases); i++) {
		char pattern[5000];
		size_t n = (size_t)snprintf(pattern, sizeof(pattern), "(?<time>\\d+)");
		struct format_spec spec = { 0 };
		struct format_test t;

		for (int k = 0; k < cases[i].depth; k++)
			pattern[n++] = '(';
		while (n < cases[i].bytes - (size_t)cases[i].depth)
			pattern[n++] = 'a';
		for (int k = 0; k < cases[i].depth; k++)
			pattern[n++] = ')';
		spec.argument = (struct str){ pattern, n };
		test_format(&t, &fmt_regex, &spec);
		want_bool("a pattern", "accepted", cases[i].good, t.good);
		test_format_end(&t);
	}
}

static void
the_policy_names_groups(void **state UNUSED)
{
	static const struct str extra[] = { BYTES("object"), BYTES("who") };
	static const struct str missing[] = { BYTES("object"), BYTES("nobody") };
	struct format_spec spec = { .argument = STR("(?<at>\\d+) (?<who>\\w+) (?<object>\\w+)"),
				    .extra = extra,
				    .extra_count = COUNT(extra) };
	struct format_test t;

	spec.field[RAW_TIME] = STR("at");
	spec.field[RAW_ACCOUNT] = STR("who");
	test_format(&t, &fmt_regex, &spec);
	assert_true(t.good);
	assert_string_equal(what_it_says(&t, STR("1656893551 a 01")),
			    TS " account=[a] x0=[01] x1=[a]");
	test_format_end(&t);
	spec.extra = missing;
	spec.field[RAW_HOST] = STR("host");
	test_format(&t, &fmt_regex, &spec);
	assert_false(t.good);
	assert_true(t.err.list.n == 2);
	assert_true(str_contains(t.err.list.at[0], STR("the pattern has no group 'host'")));
	assert_true(str_contains(t.err.list.at[1], STR("the pattern has no group 'nobody'")));
	test_format_end(&t);
}

/* A line of the greatest length, and a pattern that goes back over all of it: 100,000 steps are some ms, not hours. */
static void
a_catastrophe_ends_soon(void **state UNUSED)
{
	static char line[65536];
	struct timespec from, to;
	struct format_spec spec = { .argument = STR("^(?<time>(a+)+)$") };
	struct format_test t;
	int64_t ms;

	memset(line, 'a', sizeof(line));
	line[sizeof(line) - 1] = '!';
	test_format(&t, &fmt_regex, &spec);
	clock_gettime(CLOCK_MONOTONIC, &from);
	assert_string_equal(what_it_says(&t, (struct str){ line, sizeof(line) }), UNDECIDED);
	for (size_t n = 36; n < 200; n++)
		assert_string_equal(what_it_says(&t, (struct str){ line + sizeof(line) - n, n }),
				    UNDECIDED);
	clock_gettime(CLOCK_MONOTONIC, &to);
	ms = (to.tv_sec - from.tv_sec) * 1000 + (to.tv_nsec - from.tv_nsec) / 1000000;
	if (ms > 5000)
		fail_msg("165 lines took %lld ms", (long long)ms);
	test_format_end(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_by_a_pattern),
		cmocka_unit_test(usual_patterns_stay_within_limits),
		cmocka_unit_test(the_policy_says_how_many_steps),
		cmocka_unit_test(wrong_patterns_are_told),
		cmocka_unit_test(patterns_have_limits),
		cmocka_unit_test(the_policy_names_groups),
		cmocka_unit_test(a_catastrophe_ends_soon),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
