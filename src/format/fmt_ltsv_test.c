/*
 * fmt_ltsv_test.c - lines of LTSV and what they say, each alone, after itself and after lines with other labels.
 */
#include "format/format_testing.h"

extern const struct format fmt_ltsv;

#define T "time:[04/Jul/2022:09:12:31 +0900]"
#define TS "1656893551000"

static const struct {
	const char *name;
	struct str line;
	const char *want;
} lines[] = {
	{ "the labels of the LTSV site",
	  BYTES(T "\thost:10.1.2.3\tident:-\tuser:pg0001\treq:GET /a?b=1 HTTP/1.1\tstatus:200\t"
		  "size:12\treferer:-\tua:K/1\tforwardedfor:10.2.0.9\tvhost:v\treqtime:0.1"),
	  TS " 200 address=[10.1.2.3] account=[pg0001] method=[GET] target=[/a?b=1] agent=[K/1] "
	     "forwarded=[10.2.0.9] ident=[-] protocol=[HTTP/1.1] host=[v] bytes=[12] referer=[-] "
	     "duration=[0.1]" },
	{ "nginx's own names",
	  BYTES("remote_addr:10.1.2.3\tremote_user:a\ttime_local:04/Jul/2022:09:12:31 +0900\t"
		"request:PUT /x HTTP/2.0\tbody_bytes_sent:0\trequest_time:1.5\thttp_user_agent:u\t"
		"http_x_forwarded_for:-\tstatus:404"),
	  TS " 404 address=[10.1.2.3] account=[a] method=[PUT] target=[/x] agent=[u] forwarded=[-] "
	     "protocol=[HTTP/2.0] bytes=[0] duration=[1.5]" },
	{ "method and path apart", BYTES(T "\tmethod:GET\turi:/a\tprotocol:HTTP/1.0"),
	  TS " method=[GET] target=[/a] protocol=[HTTP/1.0]" },
	{ "a query apart", BYTES(T "\tmethod:GET\turi:/a\tquery:b=1"),
	  TS " method=[GET] target=[/a?b=1]" },
	{ "a query apart, as Apache writes it", BYTES("query:?b=1\t" T "\turi:/a"),
	  TS " target=[/a?b=1]" },
	{ "an empty query", BYTES(T "\turi:/a\tquery:"), TS " target=[/a]" },
	{ "no query", BYTES(T "\turi:/a\tquery:-"), TS " target=[/a]" },
	{ "the request says more than the path", BYTES(T "\turi:/a\treq:GET /a?b=1 HTTP/1.1"),
	  TS " method=[GET] target=[/a?b=1] protocol=[HTTP/1.1]" },
	{ "a method beside the request wins", BYTES(T "\tmethod:HEAD\treq:GET / HTTP/1.1"),
	  TS " method=[HEAD] target=[/] protocol=[HTTP/1.1]" },
	{ "a path with blanks", BYTES(T "\treq:GET /a b c HTTP/1.1"),
	  TS " method=[GET] target=[/a b c] protocol=[HTTP/1.1]" },
	{ "a request that is none", BYTES(T "\treq:\\x16\\x03\tstatus:400"), TS " 400" },
	{ "remote_addr before host, in any order", BYTES(T "\thost:h\tremote_addr:10.1.2.3"),
	  TS " address=[10.1.2.3]" },
	{ "ISO 8601", BYTES("time:2022-07-04T09:12:31+09:00\thost:h"), TS " address=[h]" },
	{ "epoch with milliseconds", BYTES("host:h\tmsec:1656893551.042"),
	  "1656893551042 address=[h]" },
	{ "time without brackets", BYTES("time:04/Jul/2022:09:12:31 +0900"), TS },
	{ "colons in a value", BYTES(T "\tua:a:b:c"), TS " agent=[a:b:c]" },
	{ "an empty value", BYTES(T "\tua:\thost:h"), TS " address=[h]" },
	{ "labels nobody knows", BYTES("x:1\ty:2\t" T "\tz:3"), TS },
	{ "a tab at the end", BYTES(T "\thost:h\t"), TS " address=[h]" },
	{ "no status", BYTES(T "\tstatus:-"), TS },
	{ "a broken off request", BYTES(T "\tstatus:000"), TS },
	{ "a NUL in a value", BYTES(T "\tuser:a\0b"), TS " account=[a\\x00b]" },
	{ "nothing", BYTES(""), "nothing" },
	{ "a label twice", BYTES(T "\tuser:a\tuser:b"), "41: a label that stands but once" },
	{ "an unknown label twice", BYTES(T "\tq:a\tr:1\tq:a"),
	  "42: a label that stands but once" },
	{ "no colon", BYTES(T "\tuser"), "34: a label, a colon and a value" },
	{ "no colon in the middle", BYTES("user\t" T), "0: a label, a colon and a value" },
	{ "no label", BYTES(T "\t:x"), "34: a label, a colon and a value" },
	{ "two tabs", BYTES(T "\t\tuser:a"), "34: a label, a colon and a value" },
	{ "no time", BYTES("host:h"), "6: a time in 'time', or under another usual name" },
	{ "a wrong time", BYTES("host:h\ttime:[31/Feb/2022:09:12:31 +0900]"),
	  "12: a day that the calendar has" },
	{ "a time without an offset", BYTES("time:2022-07-04 09:12:31"),
	  "5: a time with its offset, or 'timezone:' for this source" },
	{ "a status of letters", BYTES(T "\tstatus:2x0"), "41: a status of three digits" },
	{ "a status of four digits", BYTES(T "\tstatus:2000"), "41: a status of three digits" },
	{ "a label of 64 bytes",
	  BYTES(T "\ta123456789a123456789a123456789a123456789a123456789a123456789a123:1"),
	  "34: a label of at most 63 bytes" },
	{ "a label of 63 bytes",
	  BYTES(T "\ta123456789a123456789a123456789a123456789a123456789a123456789a12:1"), TS },
};

static void
want_line(struct format_test *t, size_t i, const char *when)
{
	const char *says = what_it_says(t, lines[i].line);

	if (strcmp(says, lines[i].want) != 0)
		fail_msg("%s (%s): wanted\n%s\ngot\n%s", lines[i].name, when, lines[i].want, says);
}

static void
lines_say_what_they_say(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct format_test t;

		test_format(&t, &fmt_ltsv, &(struct format_spec){ 0 });
		assert_true(t.good);
		want_line(&t, i, "alone");
		want_line(&t, i, "again");
		test_format_end(&t);
	}
}

static void
a_line_says_the_same_after_any_other(void **state UNUSED)
{
	struct format_test t;

	test_format(&t, &fmt_ltsv, &(struct format_spec){ 0 });
	for (size_t i = 0; i < COUNT(lines); i++) {
		for (size_t k = 0; k < COUNT(lines); k++) {
			what_it_says(&t, lines[k].line);
			want_line(&t, i, lines[k].name);
		}
	}
	test_format_end(&t);
}

static void
the_policy_names_labels(void **state UNUSED)
{
	static const struct str extra[] = { BYTES("screen"), BYTES("user"), BYTES("nowhere") };
	struct format_spec spec = { .extra = extra, .extra_count = COUNT(extra) };
	struct format_test t;

	spec.field[RAW_ACCOUNT] = STR("login");
	spec.field[RAW_TARGET] = STR("path");
	spec.field[RAW_TIME] = STR("at");
	spec.time = STR("%Y%m%d%H%M%S %z");
	test_format(&t, &fmt_ltsv, &spec);
	assert_true(t.good);
	assert_string_equal(
		what_it_says(&t, STR("at:20220704091231 +0900\tlogin:l\tuser:u\tpath:/p\tscreen:s\t"
				     "query:q\treq:GET /r HTTP/1.1\ttime:x")),
		TS " account=[l] method=[GET] target=[/p] protocol=[HTTP/1.1] x0=[s] x1=[u]");
	assert_string_equal(what_it_says(&t, STR("time:20220704091231 +0900")),
			    "25: a time in 'at'");
	test_format_end(&t);
}

static void
a_zone_makes_times_whole(void **state UNUSED)
{
	struct arena a = { 0 };
	struct errors err = { 0 };
	struct format_spec spec = { 0 };
	struct format_test t;

	spec.zone = zone_load(&a, STR("JST"), NULL, &err, spec.at);

	test_format(&t, &fmt_ltsv, &spec);
	assert_string_equal(what_it_says(&t, STR("time:2022/7/4 9:12:31")), TS);
	test_format_end(&t);
	arena_free(&a);
	errors_free(&err);
}

/* 128 labels are read, 129 are not; and a line of them is no slower than its bytes. */
static void
labels_have_a_limit(void **state UNUSED)
{
	char line[4096];
	size_t n = (size_t)snprintf(line, sizeof(line), T);
	struct format_test t;

	test_format(&t, &fmt_ltsv, &(struct format_spec){ 0 });
	for (int i = 1; i < 128; i++)
		n += (size_t)snprintf(line + n, sizeof(line) - n, "\tl%d:%d", i, i);
	assert_string_equal(what_it_says(&t, (struct str){ line, n }), TS);
	n += (size_t)snprintf(line + n, sizeof(line) - n, "\tm:1");
	assert_non_null(strstr(what_it_says(&t, (struct str){ line, n }), ": at most 128 labels"));
	test_format_end(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_say_what_they_say),
		cmocka_unit_test(a_line_says_the_same_after_any_other),
		cmocka_unit_test(the_policy_names_labels),
		cmocka_unit_test(a_zone_makes_times_whole),
		cmocka_unit_test(labels_have_a_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
