/*
 * fmt_combined_test.c - a line, its fields; a wrong line, what was expected at which byte.  Every
 * line at the wall.
 */
#include "base/test_wall.h"

#include "model/format.h"

extern const struct format fmt_combined;

#define AT "[04/Jul/2022:09:12:31 +0900]"
#define REST " 200 5123 \"-\" \"KasumiLauncher/1.2\""
#define WHOLE "\"GET /consumers/1/contract?t=T-1 HTTP/1.1\"" REST

static enum parsed
parse(struct str line, struct record *r, struct refusal *why)
{
	struct parsing parsing = { 0 };

	*r = (struct record){ 0 };
	*why = (struct refusal){ 0 };
	return fmt_combined.parse(&parsing, line, r, why);
}

static const struct {
	const char *name;
	struct str line;
	const char *address, *account, *method, *target, *agent;
	int status;
} accepted[] = {
	{ "a plain line", BYTES("10.1.2.3 - pg0001 " AT " " WHOLE), "10.1.2.3", "pg0001", "GET",
	  "/consumers/1/contract?t=T-1", "KasumiLauncher/1.2", 200 },
	{ "nobody logged in", BYTES("10.1.2.3 - - " AT " " WHOLE), "10.1.2.3", "-", "GET",
	  "/consumers/1/contract?t=T-1", "KasumiLauncher/1.2", 200 },
	{ "an identity", BYTES("10.1.2.3 ident pg0001 " AT " " WHOLE), "10.1.2.3", "pg0001", "GET",
	  "/consumers/1/contract?t=T-1", "KasumiLauncher/1.2", 200 },
	{ "IPv6", BYTES("2001:db8::1 - pg0001 " AT " " WHOLE), "2001:db8::1", "pg0001", "GET",
	  "/consumers/1/contract?t=T-1", "KasumiLauncher/1.2", 200 },
	{ "an account with a space", BYTES("10.1.2.3 - pg 0001 " AT " " WHOLE), "10.1.2.3",
	  "pg 0001", "GET", "/consumers/1/contract?t=T-1", "KasumiLauncher/1.2", 200 },
	{ "an account with spaces at its ends", BYTES("10.1.2.3 -  pg  " AT " " WHOLE), "10.1.2.3",
	  " pg ", "GET", "/consumers/1/contract?t=T-1", "KasumiLauncher/1.2", 200 },
	{ "an account with a bracket", BYTES("10.1.2.3 - pg[1] " AT " " WHOLE), "10.1.2.3", "pg[1]",
	  "GET", "/consumers/1/contract?t=T-1", "KasumiLauncher/1.2", 200 },
	{ "an empty account as Apache writes it", BYTES("10.1.2.3 - \"\" " AT " " WHOLE),
	  "10.1.2.3", "\"\"", "GET", "/consumers/1/contract?t=T-1", "KasumiLauncher/1.2", 200 },
	{ "a domain account", BYTES("10.1.2.3 - KPG\\\\pg0001 " AT " " WHOLE), "10.1.2.3",
	  "KPG\\\\pg0001", "GET", "/consumers/1/contract?t=T-1", "KasumiLauncher/1.2", 200 },
	{ "no bytes sent", BYTES("10.1.2.3 - a " AT " \"GET / HTTP/1.1\" 304 - \"-\" \"x\""),
	  "10.1.2.3", "a", "GET", "/", "x", 304 },
	{ "a request that nginx broke off",
	  BYTES("10.1.2.3 - a " AT " \"GET / HTTP/1.1\" 000 0 \"-\" \"x\""), "10.1.2.3", "a", "GET",
	  "/", "x", 0 },
	{ "an empty request", BYTES("10.1.2.3 - a " AT " \"\" 400 0 \"-\" \"-\""), "10.1.2.3", "a",
	  "", "", "-", 400 },
	{ "a request of a dash", BYTES("10.1.2.3 - a " AT " \"-\" 408 0 \"-\" \"-\""), "10.1.2.3",
	  "a", "", "", "-", 408 },
	{ "a TLS hello", BYTES("10.1.2.3 - - " AT " \"\\x16\\x03\\x01\" 400 150 \"-\" \"-\""),
	  "10.1.2.3", "-", "", "", "-", 400 },
	{ "a path with a space",
	  BYTES("10.1.2.3 - a " AT " \"GET /a b HTTP/1.1\" 200 1 \"-\" \"x\""), "10.1.2.3", "a",
	  "GET", "/a b", "x", 200 },
	{ "an escaped quote in a path",
	  BYTES("1.2.3.4 - a " AT " \"GET /a\\\"b HTTP/1.1\" 200 1 \"-\" \"x\""), "1.2.3.4", "a",
	  "GET", "/a\\\"b", "x", 200 },
	{ "an escaped quote in an agent",
	  BYTES("1.2.3.4 - a " AT " \"GET / HTTP/1.1\" 200 1 \"-\" \"x\\\" y\""), "1.2.3.4", "a",
	  "GET", "/", "x\\\" y", 200 },
	{ "an escaped backslash before the last quote",
	  BYTES("1.2.3.4 - a " AT " \"GET / HTTP/1.1\" 200 1 \"-\" \"x\\\\\""), "1.2.3.4", "a",
	  "GET", "/", "x\\\\", 200 },
	{ "a backslash and a quote, both escaped",
	  BYTES("1.2.3.4 - a " AT " \"GET / HTTP/1.1\" 200 1 \"-\" \"x\\\\\\\" 1\""), "1.2.3.4",
	  "a", "GET", "/", "x\\\\\\\" 1", 200 },
	{ "quotes in a referer",
	  BYTES("1.2.3.4 - a " AT " \"GET / HTTP/1.1\" 200 1 \"\\\"\\\"\" \"x\""), "1.2.3.4", "a",
	  "GET", "/", "x", 200 },
	{ "an empty agent", BYTES("1.2.3.4 - a " AT " \"GET / HTTP/1.1\" 200 1 \"\" \"\""),
	  "1.2.3.4", "a", "GET", "/", "", 200 },
	{ "a NUL byte and invalid UTF-8 in an agent",
	  BYTES("1.2.3.4 - a " AT " \"GET / HTTP/1.1\" 200 1 \"-\" \"x\0\xff\""), "1.2.3.4", "a",
	  "GET", "/", NULL, 200 },
	{ "a huge count of bytes",
	  BYTES("1.2.3.4 - a " AT " \"GET / HTTP/1.1\" 599 "
		"99999999999999999999999999 \"-\" \"x\""),
	  "1.2.3.4", "a", "GET", "/", "x", 599 },
};

/* 09:12:31 in Japan is 00:12:31 UTC of day 19177. */
static void
fields_are_exact(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(accepted); i++) {
		const char *name = accepted[i].name;
		struct str line = walled(accepted[i].line);
		struct record r;
		struct refusal why;
		enum parsed got = parse(line, &r, &why);

		if (got != PARSED_EVENT)
			fail_msg("%s: refused at byte %u, expected %s", name, why.byte,
				 why.expected ? why.expected : "nothing");
		want_i64(name, "time", 19177LL * 86400000 + 751000, r.ts);
		want_str(name, "address", str_of(accepted[i].address), r.text[RAW_ADDRESS]);
		want_str(name, "account", str_of(accepted[i].account), r.text[RAW_ACCOUNT]);
		want_str(name, "method", str_of(accepted[i].method), r.text[RAW_METHOD]);
		want_str(name, "target", str_of(accepted[i].target), r.text[RAW_TARGET]);
		want_str(name, "agent",
			 accepted[i].agent ? str_of(accepted[i].agent) : STR("x\0\xff"),
			 r.text[RAW_AGENT]);
		want_i64(name, "status", accepted[i].status, r.status);
		assert_true(r.who.p == line.p &&
			    r.who.p + r.who.n == r.text[RAW_ACCOUNT].p + r.text[RAW_ACCOUNT].n);
	}
}

/* The byte is the length of `head`. */
static const struct {
	const char *name;
	struct str head, rest;
} refused[] = {
	{ "text behind the last quote", BYTES("1.2.3.4 - a " AT " " WHOLE), BYTES(" \"more\"") },
	{ "a byte behind the last quote", BYTES("1.2.3.4 - a " AT " " WHOLE), BYTES("x") },
	{ "a blank behind the last quote", BYTES("1.2.3.4 - a " AT " " WHOLE), BYTES(" ") },
	{ "a CR behind the last quote", BYTES("1.2.3.4 - a " AT " " WHOLE), BYTES("\r") },
	{ "a record forged with bare quotes in an agent",
	  BYTES("1.2.3.4 - a " AT " \"GET / HTTP/1.1\" 200 1 \"-\" \"x\""),
	  BYTES(" 9.9.9.9 - victim " AT
		" \"GET /consumers/1/contract HTTP/1.1\" 200 1 \"-\" \"y\"") },
	{ "a record forged with bare quotes in a path", BYTES("1.2.3.4 - a " AT " \"GET /\" "),
	  BYTES("HTTP/1.1\" 200 1 \"-\" \"x\"") },
	{ "a status forged with a bare quote",
	  BYTES("1.2.3.4 - a " AT " \"GET / HTTP/1.1\" 200 1 \"-\" \"x\""),
	  BYTES("\" 403 1 \"-\" \"x\"") },
	{ "no time", BYTES("1.2.3.4 - a ["), BYTES("] " WHOLE) },
	{ "an impossible day", BYTES("1.2.3.4 - a ["),
	  BYTES("31/Jun/2022:09:12:31 +0900] " WHOLE) },
	{ "no bracket behind the time", BYTES("1.2.3.4 - a [04/Jul/2022:09:12:31 +0900"),
	  BYTES("  " WHOLE) },
	{ "no quote before the request", BYTES("1.2.3.4 - a " AT " "),
	  BYTES("GET / HTTP/1.1\"" REST) },
	{ "a request that never ends", BYTES("1.2.3.4 - a " AT " "), BYTES("\"GET / HTTP/1.1") },
	{ "a request whose last quote is escaped", BYTES("1.2.3.4 - a " AT " "),
	  BYTES("\"GET / HTTP/1.1\\\"") },
	{ "no status", BYTES("1.2.3.4 - a " AT " \"GET / HTTP/1.1\" "), BYTES("- 1 \"-\" \"x\"") },
	{ "a status of two digits", BYTES("1.2.3.4 - a " AT " \"GET / HTTP/1.1\" "),
	  BYTES("20 1 \"-\" \"x\"") },
	{ "a status of four digits", BYTES("1.2.3.4 - a " AT " \"GET / HTTP/1.1\" "),
	  BYTES("2000 1 \"-\" \"x\"") },
	{ "no bytes", BYTES("1.2.3.4 - a " AT " \"GET / HTTP/1.1\" 200 "), BYTES("\"-\" \"x\"") },
	{ "no agent", BYTES("1.2.3.4 - a " AT " \"GET / HTTP/1.1\" 200 1 \"-\""), BYTES("") },
	{ "an agent that never ends", BYTES("1.2.3.4 - a " AT " \"GET / HTTP/1.1\" 200 1 \"-\" "),
	  BYTES("\"x") },
	{ "an address alone", BYTES(""), BYTES("1.2.3.4") },
	{ "no account", BYTES(""), BYTES("1.2.3.4 - " AT " " WHOLE) },
	{ "a blank first", BYTES(""), BYTES(" 1.2.3.4 - a " AT " " WHOLE) },
	{ "two blanks before the identity", BYTES(""), BYTES("1.2.3.4  - a " AT " " WHOLE) },
	{ "JSON", BYTES(""), BYTES("{\"time\":1}") },
	{ "only NUL bytes", BYTES(""), BYTES("\0\0\0\0\0\0") },
};

static void
what_is_not_this_format_is_refused_at_its_byte(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(refused); i++) {
		char text[600];
		struct record r;
		struct refusal why;

		memcpy(text, refused[i].head.p, refused[i].head.n);
		memcpy(text + refused[i].head.n, refused[i].rest.p, refused[i].rest.n);
		want_i64(refused[i].name, "refused", PARSED_REFUSED,
			 parse(walled((struct str){ text, refused[i].head.n + refused[i].rest.n }),
			       &r, &why));
		want_i64(refused[i].name, "byte", (int64_t)refused[i].head.n, why.byte);
		assert_true(why.expected != NULL && why.expected[0] != '\0');
	}
}

static void
an_empty_line_is_nothing(void **state UNUSED)
{
	struct record r;
	struct refusal why;

	want_i64("an empty line", "parsed", PARSED_NOTHING, parse(walled(STR("")), &r, &why));
}

/* "It ends at ' [' + a time": else whoever is called so is never judged. */
static void
an_account_ends_at_a_bracket_with_a_time_behind(void **state UNUSED)
{
	struct record r;
	struct refusal why;

	want_i64("an account with ' ['", "parsed", PARSED_EVENT,
		 parse(walled(STR("10.1.2.3 - pg [1] " AT " " WHOLE)), &r, &why));
	want_str("an account with ' ['", "account", STR("pg [1]"), r.text[RAW_ACCOUNT]);
}

/* Every head of a line is refused or whole, and reads nothing behind itself. */
static void
every_cut_of_a_line_is_refused(void **state UNUSED)
{
	struct str line =
		STR("1.2.3.4 - pg 1 " AT " \"GET /\\\"x HTTP/1.1\" 200 1 \"\\\\\" \"y\\\\\"");

	for (size_t n = 1; n <= line.n; n++) {
		struct record r;
		struct refusal why;
		enum parsed got = parse(walled(str_head(line, n)), &r, &why);

		want_i64("a cut line", "parsed", n == line.n ? PARSED_EVENT : PARSED_REFUSED, got);
		assert_true(got == PARSED_EVENT || why.byte <= n);
		/* From the other side: nothing before the line is read. */
		parse(walled_before(str_skip(line, n)), &r, &why);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_are_exact),
		cmocka_unit_test(what_is_not_this_format_is_refused_at_its_byte),
		cmocka_unit_test(an_empty_line_is_nothing),
		cmocka_unit_test(an_account_ends_at_a_bracket_with_a_time_behind),
		cmocka_unit_test(every_cut_of_a_line_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
