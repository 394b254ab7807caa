/*
 * layout_test.c - format strings of servers: their lines, their mistakes, and what they leave ambiguous; at the wall.
 */
#include "base/test_wall.h"

#include "model/format.h"

extern const struct format fmt_apache, fmt_nginx;

#define AT "01/Apr/2026:09:05:01 +0900"
#define TIME "[$time_local]"

static const struct format *
format_of(const char *spec, struct str *argument)
{
	struct str s = str_of(spec);
	size_t name = str_find(s, ':');

	*argument = str_skip(s, name + 1);
	return str_is(str_head(s, name), "nginx") ? &fmt_nginx : &fmt_apache;
}

static const struct {
	const char *name, *spec, *line, *address, *account, *target;
} accepted[] = {
	{ "pieces as in nginx.conf, with a name",
	  "nginx:log_format main '$remote_addr '\n\t'" TIME "' ;", "10.1.2.3 [" AT "]", "10.1.2.3",
	  "", "" },
	{ "double quotes in nginx.conf",
	  "nginx:log_format m \"$remote_addr \\\"$request\\\" \" \"" TIME "\";",
	  "10.1.2.3 \"GET /a HTTP/1.1\" [" AT "]", "10.1.2.3", "", "/a" },
	{ "braces around a name", "nginx:${remote_addr}x " TIME, "10.1.2.3x [" AT "]", "10.1.2.3",
	  "", "" },
	{ "arguments that are not there", "nginx:$remote_addr " TIME " \"$uri$is_args$args\"",
	  "10.1.2.3 [" AT "] \"/supply-\"", "10.1.2.3", "", "/supply" },
	{ "arguments that are there", "nginx:$remote_addr " TIME " \"$uri$is_args$args\"",
	  "10.1.2.3 [" AT "] \"/supply?a-\"", "10.1.2.3", "", "/supply?a-" },
	{ "the request, not what it was rewritten to",
	  "nginx:$remote_addr " TIME " \"$uri\" \"$request\"",
	  "10.1.2.3 [" AT "] \"/b\" \"GET /a HTTP/1.1\"", "10.1.2.3", "", "/a" },
	{ "$request_uri before $request",
	  "nginx:$remote_addr " TIME " \"$request_uri\" \"$request\"",
	  "10.1.2.3 [" AT "] \"/b\" \"GET /a HTTP/1.1\"", "10.1.2.3", "", "/b" },
	{ "an account with blanks and brackets",
	  "nginx:$remote_addr - $remote_user " TIME " \"$request\"",
	  "10.1.2.3 - a [" AT "] b [" AT "] \"GET /a HTTP/1.1\"", "10.1.2.3", "a [" AT "] b",
	  "/a" },
	{ "two free fields and one place to cut",
	  "nginx:$http_x " TIME " $remote_addr $remote_user $http_y", "x y [" AT "] 10.1.2.3 a b",
	  "10.1.2.3", "a", "" },
	{ "tabs between, which values never hold",
	  "nginx:$remote_user\t$http_x\t" TIME "\t$remote_addr", "a b\tc [d\t[" AT "]\t10.1.2.3",
	  "10.1.2.3", "a b", "" },
	{ "nobody, with escape=json", "nginx:escape=json '$remote_addr - $remote_user " TIME "'",
	  "10.1.2.3 -  [" AT "]", "10.1.2.3", "", "" },
	{ "quotes unescaped, with one way to cut",
	  "nginx:escape=none '$remote_addr " TIME " \"$request\" \"$http_user_agent\"'",
	  "10.1.2.3 [" AT "] \"GET /a\"b HTTP/1.1\" \"x\"", "10.1.2.3", "", "/a\"b" },
	{ "an empty user between words of Apache", "apache:%h %u %t \"%r\"",
	  "10.1.2.3 \"\" [" AT "] \"GET /a HTTP/1.1\"", "10.1.2.3", "\"\"", "/a" },
	{ "an empty referer behind an account", "apache:%h %t %u \"%{Referer}i\" \"%r\"",
	  "10.1.2.3 [" AT "] bob \"\" \"GET /a HTTP/1.1\"", "10.1.2.3", "bob", "/a" },
	{ "a LogFormat with its word and nickname", "apache:LogFormat \"%h %t \\\"%r\\\"\" nick",
	  "10.1.2.3 [" AT "] \"GET /a HTTP/1.1\"", "10.1.2.3", "", "/a" },
	{ "conditions and redirects", "apache:%h %t %!200,304{Referer}i %>s",
	  "10.1.2.3 [" AT "] - 200", "10.1.2.3", "", "" },
	{ "a request that nginx broke off", "nginx:$remote_addr " TIME " \"$request\" $status",
	  "10.1.2.3 [" AT "] \"GET /a HTTP/1.1\" 000", "10.1.2.3", "", "/a" },
	{ "an answer that Apache has no status of", "apache:%h %t \"%r\" %>s %b",
	  "10.1.2.3 [" AT "] \"GET /a HTTP/1.1\" - -", "10.1.2.3", "", "/a" },
	{ "a percent sign", "apache:%h %% %t", "10.1.2.3 % [" AT "]", "10.1.2.3", "", "" },
	{ "an object: of several the same one as in a text, whichever comes first",
	  "nginx:escape=json '{\"proxy\":\"$realip_remote_addr\",\"ip\":\"$remote_addr\","
	  "\"uri\":\"$uri\",\"asked\":\"$request_uri\",\"t\":\"$time_local\"}'",
	  "{\"proxy\":\"10.9.0.1\",\"ip\":\"10.1.2.3\",\"uri\":\"/b\",\"asked\":\"/a\",\"t\":\"" AT
	  "\"}",
	  "10.1.2.3", "", "/a" },
	{ "an object: the request, not what it was rewritten to",
	  "nginx:escape=json '{\"uri\":\"$uri\",\"m\":\"$request_method\",\"r\":\"$request\","
	  "\"ip\":\"$remote_addr\",\"t\":\"$time_local\"}'",
	  "{\"uri\":\"/b\",\"m\":\"GET\",\"r\":\"GET /a HTTP/1.1\",\"ip\":\"10.1.2.3\",\"t\":\"" AT
	  "\"}",
	  "10.1.2.3", "", "/a" },
	{ "an object: what is rewritten, where nothing else says the target",
	  "nginx:escape=json '{\"uri\":\"$uri\",\"ip\":\"$remote_addr\",\"t\":\"$time_local\"}'",
	  "{\"uri\":\"/b\",\"ip\":\"10.1.2.3\",\"t\":\"" AT "\"}", "10.1.2.3", "", "/b" },
};

static enum parsed
read_line(const char *name, const char *spec, struct str line, struct arena *a, struct record *r)
{
	static char bytes[4096];
	struct errors err = { 0 };
	struct parsing parsing = { .room = { .p = bytes, .size = sizeof(bytes) } };
	struct format_spec own = { 0 };
	const struct format *f = format_of(spec, &own.argument);
	struct refusal why = { 0 };
	enum parsed got;

	if (f->compile(&own, a, &parsing.plan, &err) != 0)
		fail_msg("%s: %.300s", name, err.list.at[0].p);
	errors_free(&err);
	got = f->parse(&parsing, line, r, &why);
	assert_true(got != PARSED_REFUSED || (why.byte <= line.n && why.expected));
	return got;
}

static void
lines_are_read_by_their_format(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(accepted); i++) {
		const char *name = accepted[i].name;
		struct arena a = { 0 };
		struct record r;

		want_i64(name, "parsed", PARSED_EVENT,
			 read_line(name, accepted[i].spec, walled(str_of(accepted[i].line)), &a,
				   &r));
		want_i64(name, "ts", 1775001901000, r.ts);
		want_str(name, "address", str_of(accepted[i].address), r.text[RAW_ADDRESS]);
		want_str(name, "account", str_of(accepted[i].account), r.text[RAW_ACCOUNT]);
		want_str(name, "target", str_of(accepted[i].target), r.text[RAW_TARGET]);
		arena_free(&a);
	}
}

static const struct {
	const char *name, *spec, *line;
} refused[] = {
	{ "more quotes than the layout has", "nginx:$remote_addr " TIME " \"$request\" $status",
	  "10.1.2.3 [" AT "] \"GET / HTTP/1.1\" 200 \"x\"" },
	{ "a word too many", "nginx:$remote_addr " TIME " $status $body_bytes_sent",
	  "10.1.2.3 [" AT "] 200 5 6" },
	{ "two places to cut", "nginx:" TIME " $remote_addr $remote_user $http_y",
	  "[" AT "] 10.1.2.3 a b c" },
	{ "quotes forged where nothing is escaped",
	  "nginx:escape=none '$remote_addr " TIME " \"$http_referer\" \"$http_user_agent\"'",
	  "10.1.2.3 [" AT "] \"-\" \"x\" \"y\"" },
	{ "no account", "nginx:$remote_addr $remote_user " TIME, "10.1.2.3  [" AT "]" },
	{ "text behind the last quote", "apache:%h %t \"%r\"",
	  "10.1.2.3 [" AT "] \"GET / HTTP/1.1\" " },
	{ "a status of letters", "apache:%h %t %>s", "10.1.2.3 [" AT "] abc" },
	{ "a status of two digits", "apache:%h %t %>s", "10.1.2.3 [" AT "] 20" },
	{ "a status below 100", "apache:%h %t %>s", "10.1.2.3 [" AT "] 099" },
	{ "no status at all", "apache:%h %t \"%>s\"", "10.1.2.3 [" AT "] \"\"" },
	{ "an impossible day", "apache:%h %t", "10.1.2.3 [31/Jun/2026:09:05:01 +0900]" },
};

static void
what_does_not_fit_is_refused(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct arena a = { 0 };
		struct record r;

		want_i64(refused[i].name, "parsed", PARSED_REFUSED,
			 read_line(refused[i].name, refused[i].spec,
				   walled(str_of(refused[i].line)), &a, &r));
		arena_free(&a);
	}
}

/* Whatever comes of a head or a tail of a line, nothing behind or before it is read. */
static void
every_cut_of_a_line_stays_between_its_walls(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(accepted); i++) {
		struct str line = str_of(accepted[i].line);

		for (size_t n = 1; n < line.n; n++) {
			struct arena a = { 0 };
			struct record r;

			read_line(accepted[i].name, accepted[i].spec, walled(str_head(line, n)), &a,
				  &r);
			read_line(accepted[i].name, accepted[i].spec,
				  walled_before(str_skip(line, n)), &a, &r);
			arena_free(&a);
		}
	}
}

static const struct {
	const char *name, *spec, *wrong;
} mistakes[] = {
	{ "no time", "nginx:$remote_addr $status", "without a time" },
	{ "two variables that touch", "nginx:$remote_addr$status " TIME, "character 13 " },
	{ "two directives that touch", "apache:%h%u %t", "character 3 " },
	{ "a place behind quotes that were undone", "nginx:log_format a '\\'$status$pid " TIME "'",
	  "character 24 " },
	{ "a lone $", "nginx:" TIME " $ x", "character 15 " },
	{ "a brace that stays open", "nginx:" TIME " ${x", "character 15 " },
	{ "an escape nobody knows", "nginx:escape=yes '" TIME "'", "'yes'" },
	{ "a quote that stays open", "nginx:'" TIME, "not closed" },
	{ "text behind the quotes", "nginx:'" TIME "'; x", "behind its last quote" },
	{ "an unknown directive", "apache:%t %Y", "'%Y'" },
	{ "a percent sign at the end", "apache:%t %", "character 4 " },
	{ "a time without an offset", "apache:%{%d/%b/%Y:%T}t", "offset" },
};

static void
mistakes_say_what_and_where(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(mistakes); i++) {
		struct arena a = { 0 };
		struct errors err = { 0 };
		struct format_spec own = { 0 };
		const struct format *f = format_of(mistakes[i].spec, &own.argument);
		const void *plan;

		want_i64(mistakes[i].name, "result", -1, f->compile(&own, &a, &plan, &err));
		if (!err.list.n || !str_contains(err.list.at[0], str_of(mistakes[i].wrong)))
			fail_msg("%s: wanted '%s' in '%.300s'", mistakes[i].name, mistakes[i].wrong,
				 err.list.n ? err.list.at[0].p : "");
		errors_free(&err);
		arena_free(&a);
	}
}

/* `fields:` and `field:` name variables and directives as they are written. */
static void
the_policy_names_fields_of_the_layout(void **state UNUSED)
{
	static const struct str extra[] = { BYTES("%{X-Terminal}i") };
	struct str line = STR("10.1.2.3 T-1 pg [" AT "]");
	struct format_spec own = { .argument = STR("%h %{X-Terminal}i %{X-User}i %t"),
				   .extra = extra,
				   .extra_count = 1 };
	struct errors err = { 0 };
	struct arena a = { 0 };
	struct parsing parsing = { 0 };
	struct refusal why;
	struct record r;

	own.field[RAW_ACCOUNT] = STR("%{X-User}i");
	want_i64("named fields", "result", 0, fmt_apache.compile(&own, &a, &parsing.plan, &err));
	want_i64("named fields", "parsed", PARSED_EVENT,
		 fmt_apache.parse(&parsing, walled(line), &r, &why));
	want_str("named fields", "account", STR("pg"), r.text[RAW_ACCOUNT]);
	want_str("named fields", "terminal", STR("T-1"), r.extra[0]);
	own.field[RAW_ACCOUNT] = STR("%u");
	want_i64("a name that is not there", "result", -1,
		 fmt_apache.compile(&own, &a, &parsing.plan, &err));
	errors_free(&err);
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_read_by_their_format),
		cmocka_unit_test(what_does_not_fit_is_refused),
		cmocka_unit_test(every_cut_of_a_line_stays_between_its_walls),
		cmocka_unit_test(mistakes_say_what_and_where),
		cmocka_unit_test(the_policy_names_fields_of_the_layout),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
