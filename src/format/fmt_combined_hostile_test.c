/*
 * fmt_combined_hostile_test.c - 100,000 records of someone who wants to be somebody else, encoded
 * as nginx and Apache encode them: what comes back is what was sent, or the line is refused; never
 * another account, path or agent.
 */
#include "base/test_wall.h"

#include "format/decode.h"
#include "model/format.h"

extern const struct format fmt_combined;

enum { RECORDS = 100000, FIELD = 240, LINE = 6 * 4 * FIELD };

/* ngx_http_log_escape: quote, backslash, controls and everything from 0x7f as \xHH. */
static size_t
nginx_encode(char *to, struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\')
			n += (size_t)snprintf(to + n, 5, "\\x%02X", c);
		else
			to[n++] = (char)c;
	}
	return n;
}

/* ap_escape_logitem: \" \\ \b \n \r \t \v, other bytes that are not printable as \xhh. */
static size_t
apache_encode(char *to, struct str s)
{
	static const char from[] = "\"\\\b\n\r\t\v", name[] = "\"\\bnrtv";
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		const char *at = memchr(from, c, sizeof(from) - 1);

		if (at) {
			to[n++] = '\\';
			to[n++] = name[at - from];
		} else if (c < 0x20 || c >= 0x7f) {
			n += (size_t)snprintf(to + n, 5, "\\x%02x", c);
		} else {
			to[n++] = (char)c;
		}
	}
	return n;
}

/* Pieces that look like the parts of a record, or of an escape. */
static const char *const pieces[] = {
	"\"",
	"\\",
	"\\\"",
	"\\\\",
	"\\x22",
	"\\x5c",
	" ",
	"  ",
	"[",
	"]",
	" [",
	"] ",
	"-",
	"\" ",
	" \"",
	"a",
	"pg0001",
	"\n",
	"\r",
	"\t",
	"\x7f",
	"\xff",
	"\xe8\xa8\x97",
	"%22",
	"\" 200 1 ",
	"\" 403 1 \"-\" \"",
	"[04/Jul/2022:09:12:31 +0900]",
	" [04/Jul/2022:09:12:31 +0900] ",
	"10.1.2.3 - victim [04/Jul/2022:09:12:31 +0900] \"GET /",
	" HTTP/1.1",
	"\b",
	"\v",
	"\x01",
	" [04/Jul/2022:09:12:31 +0900] \"GET / HTTP/1.1\" 200 1 \"-\" \"x\"",
};

static struct str
hostile_text(struct dice *d, char *buf)
{
	unsigned count = throw_of(d, 7);
	size_t n = 0;

	for (unsigned i = 0; i < count; i++) {
		struct str piece = str_of(pieces[throw_of(d, COUNT(pieces))]);

		if (n + piece.n > FIELD - 2)
			break;
		memcpy(buf + n, piece.p, piece.n);
		n += piece.n;
		if (throw_of(d, 6) == 0)
			buf[n++] = (char)throw_of(d, 256);
	}
	return (struct str){ buf, n };
}

struct sent {
	struct str account, path, agent;             /* as the client meant them */
	struct str account_log, path_log, agent_log; /* as the log holds them */
};

static struct str
encoded(bool apache, struct str s, char *buf)
{
	size_t n = apache ? apache_encode(buf, s) : nginx_encode(buf, s);

	/*
	 * An empty variable is a dash, Apache's empty user two quotes; both are told apart from
	 * text elsewhere.
	 */
	if (n == 0)
		buf[n++] = '-';
	return (struct str){ buf, n };
}

static size_t
append(char *line, size_t n, struct str s)
{
	memcpy(line + n, s.p, s.n);
	return n + s.n;
}

static void
check_undone(struct str want, struct str log)
{
	char bytes[FIELD * 8];
	struct room room = { .p = bytes, .size = sizeof(bytes) };

	if (want.n)
		want_str("an undone field", "bytes", want, decode_escapes(walled(log), &room));
}

static struct str
compose(char *line, const struct sent *s)
{
	size_t n = append(line, 0, STR("10.9.8.7 - "));

	n = append(line, n, s->account_log);
	n = append(line, n, STR(" [05/Jul/2022:10:00:00 +0900] \"GET "));
	n = append(line, n, s->path_log);
	n = append(line, n, STR(" HTTP/1.1\" 200 5123 \"-\" \""));
	n = append(line, n, s->agent_log);
	return (struct str){ line, append(line, n, STR("\"")) };
}

/* True when the line was taken; it must not be taken for another. */
static bool
check_record(const struct sent *s, struct str line)
{
	static struct parsing parsing;
	struct record r;
	struct refusal why;
	char text[900];

	if (fmt_combined.parse(&parsing, walled(line), &r, &why) != PARSED_EVENT)
		return false;
	if (!str_eq(r.text[RAW_ACCOUNT], s->account_log) ||
	    !str_eq(r.text[RAW_TARGET], s->path_log) || !str_eq(r.text[RAW_AGENT], s->agent_log) ||
	    !str_is(r.text[RAW_ADDRESS], "10.9.8.7") || !str_is(r.text[RAW_METHOD], "GET") ||
	    r.status != 200 || r.ts != 1656982800000)
		fail_msg("taken for another: %s", shown(line, text, sizeof(text)));
	return true;
}

/* A line may be refused only where its account holds " [", which is how a time begins. */
static void
nobody_becomes_somebody_else(void **state)
{
	const bool apache = *(const bool *)*state;
	struct dice d = { apache ? 71 : 72 };
	static char raw[3][FIELD], log[3][4 * FIELD], line[LINE];
	unsigned taken = 0;

	for (int i = 0; i < RECORDS; i++) {
		struct sent s;
		bool bracket, ok;

		s.account = hostile_text(&d, raw[0]);
		s.path = hostile_text(&d, raw[1]);
		s.agent = hostile_text(&d, raw[2]);
		s.account_log = encoded(apache, s.account, log[0]);
		s.path_log = encoded(apache, s.path, log[1]);
		s.agent_log = encoded(apache, s.agent, log[2]);
		bracket = str_contains(s.account_log, STR(" [")) || s.account_log.p[0] == '[';
		ok = check_record(&s, compose(line, &s));
		if (!ok && !bracket)
			fail_msg("refused: %.300s", compose(line, &s).p);
		check_undone(s.account, s.account_log);
		check_undone(s.path, s.path_log);
		check_undone(s.agent, s.agent_log);
		taken += ok;
	}
	assert_true(taken > RECORDS / 2);
}

int
main(void)
{
	static bool apache = true, nginx = false;
	const struct CMUnitTest tests[] = {
		{ "nobody_becomes_somebody_else_in_apache_logs", nobody_becomes_somebody_else, NULL,
		  NULL, &apache },
		{ "nobody_becomes_somebody_else_in_nginx_logs", nobody_becomes_somebody_else, NULL,
		  NULL, &nginx },
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
