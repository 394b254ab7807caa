/*
 * fmt_syslog_test.c - headers of RFC 3164 and RFC 5424 before lines of combined, ltsv and regex: what the inner line
 * says is said, and refused where it lies in the whole line.
 */
#include "format/format_testing.h"

extern const struct format fmt_syslog, fmt_combined, fmt_ltsv, fmt_regex, fmt_w3c;

#define TS "1656893551000"
#define LINE "10.1.2.3 - pg0001 [04/Jul/2022:09:12:31 +0900] \"GET /a HTTP/1.1\" 200 1 \"-\" \"K\""
#define SAYS                                                                                       \
	TS " 200 address=[10.1.2.3] account=[pg0001] method=[GET] target=[/a] agent=[K] "          \
	   "ident=[-] protocol=[HTTP/1.1] bytes=[1] referer=[-]"
#define NO_HEADER "a header of syslog, like `Jul  4 09:12:31 host nginx: `"
#define NO_TAG "a tag that ends with a colon, like `nginx: `"

static const struct {
	const char *name;
	struct str line;
	const char *want;
} lines[] = {
	{ "RFC 3164 of nginx", BYTES("<190>Jul  4 09:12:31 web1 nginx: " LINE), SAYS },
	{ "a process number", BYTES("<13>Jul 14 09:12:31 web1 httpd[4711]: " LINE), SAYS },
	{ "no host", BYTES("<190>Jul  4 09:12:31 nginx: " LINE), SAYS },
	{ "no priority", BYTES("Jul  4 09:12:31 web1 nginx: " LINE), SAYS },
	{ "an ISO time, as rsyslog's files have",
	  BYTES("2022-07-04T09:12:31.123456+09:00 web1 nginx: " LINE), SAYS },
	{ "the least priority", BYTES("<0>Jul  4 09:12:31 web1 nginx: " LINE), SAYS },
	{ "the highest priority", BYTES("<191>Jul  4 09:12:31 web1 nginx: " LINE), SAYS },
	{ "RFC 5424", BYTES("<190>1 2022-07-04T09:12:31.25Z web1 nginx 4711 ID1 - " LINE), SAYS },
	{ "RFC 5424 with nothing", BYTES("<190>1 - - - - - - " LINE), SAYS },
	{ "a byte order mark", BYTES("<190>1 - - - - - - \xef\xbb\xbf" LINE), SAYS },
	{ "data", BYTES("<190>1 - - - - - [a@1 b=\"c\"] " LINE), SAYS },
	{ "data of two elements", BYTES("<190>1 - - - - - [a b=\"c\" d=\"e\"][f] " LINE), SAYS },
	{ "a bracket in data", BYTES("<190>1 - - - - - [a b=\"]\"] " LINE), SAYS },
	{ "escapes in data", BYTES("<190>1 - - - - - [a b=\"\\\"\\]\\\\\"] " LINE), SAYS },
	{ "a forged end of data stays inside", BYTES("<190>1 - - - - - [a b=\"\\\"] 1\"] " LINE),
	  SAYS },
	{ "nothing", BYTES(""), "nothing" },
	{ "no message", BYTES("<190>1 - - - - - -"), "nothing" },
	{ "an empty message", BYTES("<190>1 - - - - - - "), "nothing" },
	{ "a tag and no message", BYTES("Jul  4 09:12:31 web1 nginx: "), "nothing" },
	{ "a tag at the end", BYTES("Jul  4 09:12:31 web1 nginx:"), "nothing" },
	{ "no header", BYTES(LINE), "0: " NO_HEADER },
	{ "a month of nowhere", BYTES("Jux  4 09:12:31 web1 nginx: " LINE), "0: " NO_HEADER },
	{ "letters in a time", BYTES("Jul  4 0x:12:31 web1 nginx: " LINE), "0: " NO_HEADER },
	{ "a priority too high", BYTES("<192>Jul  4 09:12:31 web1 nginx: " LINE),
	  "4: a priority from <0> to <191>" },
	{ "a priority of letters", BYTES("<a>Jul  4 09:12:31 web1 nginx: " LINE),
	  "1: a priority from <0> to <191>" },
	{ "no tag", BYTES("Jul  4 09:12:31 web1 nginx " LINE), "21: " NO_TAG },
	{ "nothing behind the host", BYTES("Jul  4 09:12:31 web1"), "16: " NO_TAG },
	{ "a version of the future", BYTES("<190>2 - - - - - - " LINE), "5: " NO_HEADER },
	{ "no time in RFC 5424", BYTES("<190>1 x - - - - - " LINE),
	  "7: a time like 2022-07-04T09:12:31.250+09:00, or -" },
	{ "data that never ends", BYTES("<190>1 - - - - - [a b=\"c\" " LINE),
	  "34: structured data like [id name=\"value\"], or -" },
	{ "a value that never ends", BYTES("<190>1 - - - - - [a b=\"c] x"),
	  "27: structured data like [id name=\"value\"], or -" },
	{ "a backslash at the end", BYTES("<190>1 - - - - - [a b=\"\\"),
	  "24: structured data like [id name=\"value\"], or -" },
	{ "no data", BYTES("<190>1 - - - - - 10.1.2.3"),
	  "17: structured data like [id name=\"value\"], or -" },
	{ "data close to the message", BYTES("<190>1 - - - - - -x"),
	  "18: a blank before the message" },
	{ "what the inner line misses", BYTES("Jul  4 09:12:31 web1 nginx: 10.1.2.3 - a [x]"),
	  "42: a time like 04/Jul/2022:09:12:31 +0900" },
};

static void
headers_are_taken_off(void **state UNUSED)
{
	struct format_test t;

	test_format(&t, &fmt_syslog, &(struct format_spec){ .inner = &fmt_combined });
	assert_true(t.good);
	for (size_t i = 0; i < COUNT(lines); i++) {
		const char *says = what_it_says(&t, lines[i].line);

		if (strcmp(says, lines[i].want) != 0)
			fail_msg("%s: wanted\n%s\ngot\n%s", lines[i].name, lines[i].want, says);
	}
	test_format_end(&t);
}

/* A plan, a state, a hook: whatever the inner format has. */
static void
the_inner_format_has_its_own_memory(void **state UNUSED)
{
	struct format_spec inner = { .argument = STR("(?<time>\\S+) (?<account>.*)") };
	struct format_test ltsv, regex, t;

	test_format(&ltsv, &fmt_ltsv, &(struct format_spec){ 0 });
	test_format(&t, &fmt_syslog,
		    &(struct format_spec){ .inner = &fmt_ltsv, .inner_plan = ltsv.plan });
	assert_string_equal(
		what_it_says(&t, STR("Jul  4 09:12:31 web1 app: time:1656893551\tuser:a")),
		TS " account=[a]");
	assert_string_equal(
		what_it_says(&t, STR("Jul  4 09:12:31 app: time:1656893551\turi:/a\tquery:b")),
		TS " target=[/a?b]");
	test_format_end(&t);
	test_format_end(&ltsv);
	test_format(&regex, &fmt_regex, &inner);
	test_format(&t, &fmt_syslog,
		    &(struct format_spec){ .inner = &fmt_regex, .inner_plan = regex.plan });
	assert_string_equal(what_it_says(&t, STR("Jul  4 09:12:31 web1 app: 1656893551 a b")),
			    TS " account=[a b]");
	test_format_end(&t);
	test_format_end(&regex);
}

static void
what_needs_lines_before_it_is_refused(void **state UNUSED)
{
	struct format_test t;

	test_format(&t, &fmt_syslog, &(struct format_spec){ .inner = &fmt_w3c });
	assert_false(t.good);
	want_str("w3c", "message",
		 STR("format 'w3c' needs the lines before each, and cannot come by syslog"),
		 t.err.list.at[0].n ? str_skip(t.err.list.at[0], 2) : t.err.list.at[0]);
	test_format_end(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers_are_taken_off),
		cmocka_unit_test(the_inner_format_has_its_own_memory),
		cmocka_unit_test(what_needs_lines_before_it_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
