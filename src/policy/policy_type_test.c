/*
 * policy_type_test.c - what each type of value takes, and in which words it refuses the rest.
 */
#include "base/test_wall.h"

#include "policy/policy_reader.h"

struct type_case {
	const char *text;
	int64_t want;
	const char *refused; /* NULL: it is read */
};

/* One value as it would stand in a file: quoted when `text` begins with a quote. */
static bool
read_one(bool (*read)(struct policy_reader *r, const struct yaml *node, int64_t *out),
	 const char *text, int64_t *out, char *message, size_t size)
{
	struct policy p = { 0 };
	struct errors err = { 0 };
	struct arena a = { 0 };
	struct policy_reader r = { .policy = &p, .err = &err };
	struct yaml *node = yaml_read(str_of(text), STR("t.yaml"), &a, &err);
	bool good;

	assert_non_null(node);
	good = read(&r, node, out);
	assert_int_equal(err.list.n, good ? 0 : 1);
	snprintf(message, size, "%s", good ? "" : err.list.at[0].p);
	errors_free(&err);
	arena_free(&a);
	arena_free(&p.arena);
	return good;
}

static void
check_type(const char *type,
	   bool (*read)(struct policy_reader *r, const struct yaml *node, int64_t *out),
	   const struct type_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char message[256];
		int64_t got = -77;
		bool good = read_one(read, cases[i].text, &got, message, sizeof(message));

		if (good != !cases[i].refused)
			fail_msg("%s %s: %s", type, cases[i].text, good ? "was read" : message);
		if (good && got != cases[i].want)
			fail_msg("%s %s: got %lld, wanted %lld", type, cases[i].text,
				 (long long)got, (long long)cases[i].want);
		if (!good && got != -77)
			fail_msg("%s %s: refused, and yet written", type, cases[i].text);
		if (!good && cases[i].refused && !strstr(message, cases[i].refused))
			fail_msg("%s %s: got '%s', wanted '%s'", type, cases[i].text, message,
				 cases[i].refused);
	}
}

static bool
duration(struct policy_reader *r, const struct yaml *node, int64_t *out)
{
	return policy_read_duration(r, node, out);
}

static void
durations_carry_their_unit(void **state)
{
	static const struct type_case cases[] = {
		{ "500ms", 500, NULL },
		{ "90s", 90000, NULL },
		{ "10m", 600000, NULL },
		{ "2h", 7200000, NULL },
		{ "90d", 7776000000, NULL },
		{ "'7d'", 604800000, NULL },
		{ "0m", 0, NULL },
		{ "36500d", 3153600000000, NULL },
		{ "36501d", 0, "'36501d' is longer than 36500d" },
		{ "18446744073709551615ms", 0, "is longer than" },
		{ "99999999999999999999d", 0, "is no duration" },
		{ "10", 0, "'10' is no duration; write a number with ms, s, m, h or d behind it" },
		{ "010m", 0, "is no duration" },
		{ "1.5h", 0, "is no duration" },
		{ "1e3s", 0, "is no duration" },
		{ "-1h", 0, "is no duration" },
		{ "2 h", 0, "is no duration" },
		{ "2H", 0, "is no duration" },
		{ "1M", 0, "is no duration" },
		{ "h", 0, "is no duration" },
		{ "2h30m", 0, "is no duration" },
		{ "~", 0, "an item of this list is empty" },
		{ "[2h]", 0, "must be text; here is a list" },
	};

	(void)state;
	check_type("duration", duration, cases, COUNT(cases));
}

static bool
count_1_to_1000(struct policy_reader *r, const struct yaml *node, int64_t *out)
{
	uint64_t v;

	if (!policy_read_count(r, node, 1, 1000, &v))
		return false;
	*out = (int64_t)v;
	return true;
}

static void
counts_are_decimal_digits(void **state)
{
	static const char words[] = "is no whole number from 1 to 1000, in digits alone";
	static const struct type_case cases[] = {
		{ "1", 1, NULL },
		{ "1000", 1000, NULL },
		{ "'30'", 30, NULL },
		{ "0", 0, words },
		{ "1001", 0, words },
		{ "010", 0, words },
		{ "0x10", 0, words },
		{ "1e2", 0, words },
		{ "1_0", 0, words },
		{ "+5", 0, words },
		{ "-5", 0, words },
		{ "5.0", 0, words },
		{ "1,000", 0, words },
		{ "0o17", 0, words },
		{ "1:30", 0, words },
		{ "five", 0, words },
		{ "\xef\xbc\x95", 0, words },
		{ "99999999999999999999", 0, words },
	};

	(void)state;
	check_type("count", count_1_to_1000, cases, COUNT(cases));
}

static bool
yes_no(struct policy_reader *r, const struct yaml *node, int64_t *out)
{
	bool yes;

	if (!policy_read_yes_no(r, node, &yes))
		return false;
	*out = yes;
	return true;
}

static void
yes_and_no_are_the_only_words_for_it(void **state)
{
	static const struct type_case cases[] = {
		{ "yes", 1, NULL },
		{ "no", 0, NULL },
		{ "'no'", 0, NULL },
		{ "true", 0, "'true' is no answer here; write yes" },
		{ "on", 0, "'on' is no answer here; write yes" },
		{ "Yes", 0, "'Yes' is no answer here; write yes" },
		{ "y", 0, "'y' is no answer here; write yes" },
		{ "1", 0, "'1' is no answer here; write yes" },
		{ "off", 0, "'off' is no answer here; write no" },
		{ "FALSE", 0, "'FALSE' is no answer here; write no" },
		{ "NO", 0, "'NO' is no answer here; write no" },
		{ "0", 0, "'0' is no answer here; write no" },
		{ "nope", 0, "'nope' is no answer here; write yes or no" },
		{ "yes no", 0, "write yes or no" },
		{ "null", 0, "is empty" },
	};

	(void)state;
	check_type("yes or no", yes_no, cases, COUNT(cases));
}

static bool
no_as_text(struct policy_reader *r, const struct yaml *node, int64_t *out)
{
	struct str s;

	if (!policy_read_text(r, node, &s))
		return false;
	*out = (int64_t)s.n;
	return true;
}

static void
text_stays_text_whatever_it_looks_like(void **state)
{
	static const struct type_case cases[] = {
		{ "no", 2, NULL },
		{ "on", 2, NULL },
		{ "1e3", 3, NULL },
		{ "010", 3, NULL },
		{ "2026-04-01", 10, NULL },
		{ ".inf", 4, NULL },
		{ "'null'", 4, NULL },
		{ "'~'", 1, NULL },
		{ "null", 0, "is empty" },
		{ "''", 0, "is empty" },
		{ "{a: b}", 0, "must be text; here is a map" },
	};

	(void)state;
	check_type("text", no_as_text, cases, COUNT(cases));
}

static bool
size(struct policy_reader *r, const struct yaml *node, int64_t *out)
{
	uint64_t v;

	if (!policy_read_size(r, node, &v))
		return false;
	*out = (int64_t)v;
	return true;
}

static void
sizes_are_bytes_or_carry_a_unit(void **state)
{
	static const struct type_case cases[] = {
		{ "65536", 65536, NULL },
		{ "64K", 65536, NULL },
		{ "512M", 536870912, NULL },
		{ "2G", 2147483648, NULL },
		{ "8589934591G", 9223372035781033984, NULL },
		{ "8589934592G", 0, "is larger than any memory" },
		{ "064K", 0, "is no size; write bytes, or K, M or G behind a number" },
		{ "64k", 0, "is no size" },
		{ "64KB", 0, "is no size" },
		{ "1.5G", 0, "is no size" },
		{ "K", 0, "is no size" },
	};

	(void)state;
	check_type("size", size, cases, COUNT(cases));
}

static bool
percent(struct policy_reader *r, const struct yaml *node, int64_t *out)
{
	uint64_t v;

	if (!policy_read_percent(r, node, &v))
		return false;
	*out = (int64_t)v;
	return true;
}

static void
shares_are_parts_per_million(void **state)
{
	static const char words[] = "is no share; write 0% to 100%";
	static const struct type_case cases[] = {
		{ "0.1%", 1000, NULL },  { "100%", 1000000, NULL }, { "0%", 0, NULL },
		{ "99%", 990000, NULL }, { "0.0001%", 1, NULL },    { "12.34%", 123400, NULL },
		{ "100.1%", 0, words },  { "101%", 0, words },      { "0.00001%", 0, words },
		{ "5", 0, words },       { "05%", 0, words },       { ".5%", 0, words },
		{ "5.%", 0, words },     { "5 %", 0, words },       { "'%'", 0, words },
		{ "1e1%", 0, words },
	};

	(void)state;
	check_type("share", percent, cases, COUNT(cases));
}

static bool
hours_as_minutes(struct policy_reader *r, const struct yaml *node, int64_t *out)
{
	struct hours h;

	if (!policy_read_hours(r, node, &h))
		return false;
	*out = h.from / 60000 * 10000 + h.to / 60000;
	return h.said;
}

static void
hours_may_end_on_the_day_after(void **state)
{
	static const struct type_case cases[] = {
		{ "08:00-20:00", 4801200, NULL },
		{ "8:05-17:30", 4851050, NULL },
		{ "00:00-24:00", 1440, NULL },
		{ "22:00-29:00", 13201740, NULL },
		{ "23:59-47:59", 14392879, NULL },
		{ "22:00-05:00", 0, "end before they begin; write '22:00-29:00'" },
		{ "08:00-08:00", 0, "end before they begin" },
		{ "08:00-33:00", 0, "are more than a day" },
		{ "24:00-25:00", 0, "are no hours of a day; write '08:00-20:00'" },
		{ "08:60-20:00", 0, "are no hours of a day" },
		{ "08:00-48:01", 0, "are no hours of a day" },
		{ "08:00", 0, "are no hours of a day" },
		{ "8-20", 0, "are no hours of a day" },
		{ "08:00 - 20:00", 0, "are no hours of a day" },
		{ "08:00-20:0", 0, "are no hours of a day" },
		{ "080:00-20:00", 0, "are no hours of a day" },
	};

	(void)state;
	check_type("hours", hours_as_minutes, cases, COUNT(cases));
}

static bool
date(struct policy_reader *r, const struct yaml *node, int64_t *out)
{
	return policy_read_date(r, node, out);
}

static void
dates_are_of_japan(void **state)
{
	static const struct type_case cases[] = {
		{ "2022-04-01", 1648738800000, NULL },
		{ "'2022-04-01 09:30'", 1648773000000, NULL },
		{ "2022-02-29", 0, "'2022-02-29' is no time; write yyyy-mm-dd" },
		{ "20220401", 0, "is no time" },
		{ "yesterday", 0, "is no time" },
	};

	(void)state;
	check_type("date", date, cases, COUNT(cases));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(durations_carry_their_unit),
		cmocka_unit_test(counts_are_decimal_digits),
		cmocka_unit_test(yes_and_no_are_the_only_words_for_it),
		cmocka_unit_test(text_stays_text_whatever_it_looks_like),
		cmocka_unit_test(sizes_are_bytes_or_carry_a_unit),
		cmocka_unit_test(shares_are_parts_per_million),
		cmocka_unit_test(hours_may_end_on_the_day_after),
		cmocka_unit_test(dates_are_of_japan),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
