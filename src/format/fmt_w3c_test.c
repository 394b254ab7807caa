/*
 * fmt_w3c_test.c - logs with #Fields and what their last line says; of IIS, of proxies with quotes, of CloudFront.
 */
#include "format/format_testing.h"

extern const struct format fmt_w3c, fmt_cloudfront;

#define TS "1656893551000" /* 2022-07-04 00:12:31 UTC */
#define F                                                                                          \
	"#Fields: date time c-ip cs-username cs-method cs-uri-stem cs-uri-query sc-status "        \
	"cs(User-Agent)\n"
#define D "2022-07-04 00:12:31 "
#define EDGE                                                                                       \
	"#Fields: date time c-ip cs-uri-stem sc-status cs(User-Agent) cs-uri-query "               \
	"x-forwarded-for\n"

static const struct {
	const char *name;
	const struct format *format;
	struct str log;
	const char *want; /* of the last line */
} logs[] = {
	{ "IIS", &fmt_w3c, BYTES(F D "10.1.2.3 KPG\\pg0001 GET /a b=1 200 Mozilla/5.0+(X11)"),
	  TS " 200 address=[10.1.2.3] account=[KPG\\pg0001] method=[GET] target=[/a?b=1] "
	     "agent=[Mozilla/5.0 (X11)]" },
	{ "dashes are absent", &fmt_w3c, BYTES(F D "10.1.2.3 - GET /a - - -"),
	  TS " address=[10.1.2.3] method=[GET] target=[/a]" },
	{ "a + in a path stays", &fmt_w3c, BYTES(F D "- - - /a+b c+d - -"),
	  TS " target=[/a+b?c+d]" },
	{ "names of any case", &fmt_w3c, BYTES("#Fields: DATE Time C-IP\n" D "10.1.2.3"),
	  TS " address=[10.1.2.3]" },
	{ "date and time apart", &fmt_w3c,
	  BYTES("#Fields: time c-ip date\n00:12:31 ::1 2022-07-04"), TS " address=[::1]" },
	{ "columns change", &fmt_w3c,
	  BYTES(F D
		"10.1.2.3 a GET /a - 200 -\n#Fields: sc-status time date\n404 00:12:31 2022-07-04"),
	  TS " 404" },
	{ "unknown columns", &fmt_w3c, BYTES("#Fields: x date y time z\n1 2022-07-04 2 00:12:31 3"),
	  TS },
	{ "an encoded quote in a target cuts nothing", &fmt_w3c, BYTES(F D "- - GET \"/a b=\" - -"),
	  TS " method=[GET] target=[\"/a?b=\"]" },
	{ "one quote in a target is a byte", &fmt_w3c, BYTES(F D "- - GET /\"a - 200 -"),
	  TS " 200 method=[GET] target=[/\"a]" },
	{ "a quoted agent with blanks", &fmt_w3c, BYTES(F D "- - GET /a - 200 \"K 1 \"\"x\"\" +\""),
	  TS " 200 method=[GET] target=[/a] agent=[K 1 \"x\" +]" },
	{ "a quoted agent without blanks", &fmt_w3c, BYTES(F D "- - GET /a - 200 \"K+1\""),
	  TS " 200 method=[GET] target=[/a] agent=[K+1]" },
	{ "columns with tabs", &fmt_w3c,
	  BYTES("#Fields: date\ttime\tc-ip\tcs(User-Agent)\n2022-07-04\t00:12:31\t10.1.2.3\tK 1+"),
	  TS " address=[10.1.2.3] agent=[K 1+]" },
	{ "an empty value between tabs", &fmt_w3c,
	  BYTES("#Fields: date\ttime\tc-ip\tsc-status\n2022-07-04\t00:12:31\t\t200"), TS " 200" },
	{ "a blank at the end", &fmt_w3c, BYTES("#Fields: date time c-ip \n" D "::1 "),
	  TS " address=[::1]" },
	{ "an account that begins with # hides nothing", &fmt_w3c,
	  BYTES("#Fields: cs-username date time\n#a " D), TS " account=[#a]" },
	{ "nor does one that is #", &fmt_w3c, BYTES("#Fields: cs-username date time\n# " D),
	  TS " account=[#]" },
	{ "a remark between records", &fmt_w3c, BYTES(F "#Remark: x"), "header" },
	{ "other comments", &fmt_w3c, BYTES("#Software: x"), "header" },
	{ "the header", &fmt_w3c, BYTES("#Fields: date time"), "header" },
	{ "a blank line", &fmt_w3c, BYTES("#Fields: date time\n\n"), "nothing" },
	{ "no #Fields yet", &fmt_w3c, BYTES("#Version: 1.0\n" D "10.1.2.3"),
	  "0: a line '#Fields: ...' that names the columns, before the first record" },
	{ "a wrong #Fields ends the one before", &fmt_w3c, BYTES(F "#Fields: a a\n" D),
	  "0: a line '#Fields: ...' that names the columns, before the first record" },
	{ "a column twice", &fmt_w3c, BYTES("#Fields: date time date"),
	  "19: a column that stands but once" },
	{ "no columns", &fmt_w3c, BYTES("#Fields: "), "9: names of columns behind #Fields:" },
	{ "too few values", &fmt_w3c, BYTES(F D "10.1.2.3 a GET"),
	  "34: as many values as the last #Fields line has names" },
	{ "too many values", &fmt_w3c, BYTES("#Fields: date time c-ip\n" D "::1 x"),
	  "24: as many values as the last #Fields line has names" },
	{ "a quote that never closes", &fmt_w3c, BYTES(F D "- - GET /a - 200 \"K 1"),
	  "40: as many values as the last #Fields line has names" },
	{ "no time column", &fmt_w3c, BYTES("#Fields: date c-ip\n2022-07-04 ::1"),
	  "14: a date and a time" },
	{ "a day that never was", &fmt_w3c, BYTES("#Fields: date time\n2022-02-30 00:12:31"),
	  "0: a day that the calendar has" },
	{ "a time with quotes in it", &fmt_w3c, BYTES("#Fields: time date\n00:12:31 \"a\"\"b\""),
	  "0: a time like 2026-04-01T09:05:01+09:00, 2026/4/1 9:05, 01/Apr/2026:09:05:01 +0900, "
	  "or an epoch of 10, 13, 16 or 19 digits" },
	{ "a status of letters", &fmt_w3c, BYTES("#Fields: sc-status date time\nabc " D),
	  "0: a status of three digits" },
	{ "CloudFront", &fmt_cloudfront,
	  BYTES(EDGE "2022-07-04\t00:12:31\t10.1.2.3\t/a\t200\tK/"
		     "1%20(x)+%2520\tb=%20\t10.2.0.9,%2010.2.0.1"),
	  TS " 200 address=[10.1.2.3] target=[/a?b=%20] agent=[K/1 (x)+%20] "
	     "forwarded=[10.2.0.9, 10.2.0.1]" },
	{ "CloudFront, nobody answered", &fmt_cloudfront,
	  BYTES(EDGE "2022-07-04\t00:12:31\t10.1.2.3\t/a\t000\t-\t-\t-"),
	  TS " address=[10.1.2.3] target=[/a]" },
	{ "CloudFront with blanks is not", &fmt_cloudfront, BYTES(EDGE D "10.1.2.3 /a 200 - - -"),
	  "41: as many values as the last #Fields line has names" },
};

static void
the_last_line_says_what_it_says(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(logs); i++) {
		struct format_test t;
		const char *says;

		test_format(&t, logs[i].format, &(struct format_spec){ 0 });
		assert_true(t.good);
		says = what_the_last_says(&t, logs[i].log);
		if (strcmp(says, logs[i].want) != 0)
			fail_msg("%s: wanted\n%s\ngot\n%s", logs[i].name, logs[i].want, says);
		test_format_end(&t);
	}
}

static void
the_policy_names_columns_and_the_zone(void **state UNUSED)
{
	static const struct str extra[] = { BYTES("x-screen"), BYTES("cs-uri-stem") };
	struct arena a = { 0 };
	struct errors err = { 0 };
	struct format_spec spec = { .extra = extra,
				    .extra_count = COUNT(extra),
				    .zone = zone_load(&a, STR("Asia/Tokyo"), NULL, &err,
						      (struct place){ .line = 0 }) };
	struct format_test t;

	spec.field[RAW_ACCOUNT] = STR("X-User");
	test_format(&t, &fmt_w3c, &spec);
	assert_string_equal(
		what_the_last_says(
			&t, STR("#Fields: date time x-user cs-username x-screen cs-uri-stem\n"
				"2022-07-04 09:12:31 u n s /p")),
		TS " account=[u] target=[/p] x0=[s] x1=[/p]");
	test_format_end(&t);
	arena_free(&a);
	errors_free(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_line_says_what_it_says),
		cmocka_unit_test(the_policy_names_columns_and_the_zone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
