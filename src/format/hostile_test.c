/*
 * hostile_test.c - records of someone who wants to be somebody else, as nginx and Apache write them: what comes back
 * is what was sent, or the line is refused; never another account, path or agent.
 *
 * SEKISHO_HOSTILE is the number of records a server, if not RECORDS; scripts/proofs/hostile asks for millions.
 */
#include "base/test_wall.h"

#include "format/decode.h"
#include "model/format.h"

extern const struct format fmt_apache, fmt_combined, fmt_nginx, fmt_vhost_combined;

enum { RECORDS = 20000, FIELD = 240, LINE = 6 * 4 * FIELD };

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

/* Bytes of `from` as a backslash and their letter of `name`; others that `hidden` says by `how`, of six bytes at most. */
static size_t
letters_encode(char *to, struct str s, const char *from, const char *name,
	       bool (*hidden)(unsigned char c), size_t (*how)(char *to, unsigned char c))
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		const char *at = c ? strchr(from, c) : NULL;

		if (at) {
			to[n++] = '\\';
			to[n++] = name[at - from];
		} else if (hidden(c)) {
			n += how(to + n, c);
		} else {
			to[n++] = (char)c;
		}
	}
	return n;
}

static bool
unprintable(unsigned char c)
{
	return c < 0x20 || c >= 0x7f;
}

static bool
control(unsigned char c)
{
	return c < 0x20;
}

static size_t
small_hex(char *to, unsigned char c)
{
	return (size_t)snprintf(to, 5, "\\x%02x", c);
}

static size_t
json_hex(char *to, unsigned char c)
{
	return (size_t)snprintf(to, 7, "\\u%04X", c);
}

/* ap_escape_logitem: \" \\ \b \n \r \t \v, other bytes that are not printable as \xhh. */
static size_t
apache_encode(char *to, struct str s)
{
	return letters_encode(to, s, "\"\\\b\n\r\t\v", "\"\\bnrtv", unprintable, small_hex);
}

/* nginx with escape=json: \" \\ and controls as \n \r \t \b \f or \u00HH. */
static size_t
json_encode(char *to, struct str s)
{
	return letters_encode(to, s, "\"\\\b\n\r\t\f", "\"\\bnrtf", control, json_hex);
}

static size_t
no_encode(char *to, struct str s)
{
	memcpy(to, s.p, s.n);
	return s.n;
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
	"|",
	" | ",
	",",
	"\" \"",
	"[04/Jul/2022:09:12:31 +0900]",
	" [04/Jul/2022:09:12:31 +0900] ",
	"10.1.2.3 - victim [04/Jul/2022:09:12:31 +0900] \"GET /",
	" HTTP/1.1",
	"\b",
	"\v",
	"\x01",
	" [04/Jul/2022:09:12:31 +0900] \"GET / HTTP/1.1\" 200 1 \"-\" \"x\"",
};

/* `plain`: of a server that escapes nothing, whose values never hold a line end. */
static struct str
hostile_text(struct dice *d, bool plain, char *buf)
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
	for (size_t i = 0; i < n && plain; i++)
		buf[i] = buf[i] == '\n' || buf[i] == '\r' ? ' ' : buf[i];
	return (struct str){ buf, n };
}

/* How much of what a server logs must be read: all of it, what has no " [" in its account, or what is lucky. */
enum taken { TAKEN_ALL, TAKEN_UNBRACKETED, TAKEN_SOME };

#define AT "05/Jul/2022:10:00:00 +0900"
#define NGINX                                                                                      \
	"$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent "         \
	"\"$http_referer\" "

/* In a line A is the account, P the path, G the agent; all else stands as it is. */
static struct server {
	const char *name;
	const struct format *format;
	const char *argument, *line;
	size_t (*encode)(char *to, struct str s);
	const char *empty_account, *empty;
	enum taken taken;
} servers[] = {
	{ "nobody_becomes_somebody_else_in_combined_logs_of_apache", &fmt_combined, NULL,
	  "10.9.8.7 - A [" AT "] \"GET P HTTP/1.1\" 200 5123 \"-\" \"G\"", apache_encode, "\"\"",
	  "-", TAKEN_UNBRACKETED },
	{ "nobody_becomes_somebody_else_in_combined_logs_of_nginx", &fmt_combined, NULL,
	  "10.9.8.7 - A [" AT "] \"GET P HTTP/1.1\" 200 5123 \"-\" \"G\"", nginx_encode, "-", "-",
	  TAKEN_UNBRACKETED },
	{ "nobody_becomes_somebody_else_by_a_log_format", &fmt_nginx,
	  NGINX "\"$http_user_agent\" $request_time \"$http_x_forwarded_for\"",
	  "10.9.8.7 - A [" AT "] \"GET P HTTP/1.1\" 200 5123 \"-\" \"G\" 0.001 \"-\"", nginx_encode,
	  "-", "-", TAKEN_ALL },
	{ "nobody_becomes_somebody_else_behind_a_virtual_host", &fmt_vhost_combined, NULL,
	  "kasumi.example:443 10.9.8.7 - A [" AT "] \"GET P HTTP/1.1\" 200 5123 \"-\" \"G\"",
	  apache_encode, "\"\"", "-", TAKEN_ALL },
	{ "nobody_becomes_somebody_else_by_a_LogFormat_in_another_order", &fmt_apache,
	  "%{msec}t %>s %a \"%m %U%q %H\" %u %D \"%{User-Agent}i\"",
	  "1656982800000 200 10.9.8.7 \"GET P HTTP/1.1\" A 17 \"G\"", apache_encode, "\"\"", "-",
	  TAKEN_ALL },
	{ "nobody_becomes_somebody_else_where_fields_stand_between_bars", &fmt_nginx,
	  "$msec|$remote_addr|$remote_user|$request_method|$request_uri|$status|$http_user_agent",
	  "1656982800.000|10.9.8.7|A|GET|P|200|G", nginx_encode, "-", "-", TAKEN_SOME },
	{ "nobody_becomes_somebody_else_where_nothing_stands_in_quotes", &fmt_nginx,
	  "$remote_addr $remote_user $time_iso8601 $request_method $request_uri $status "
	  "$http_user_agent",
	  "10.9.8.7 A 2022-07-05T10:00:00+09:00 GET P 200 G", nginx_encode, "-", "-", TAKEN_SOME },
	{ "nobody_becomes_somebody_else_with_escape_json", &fmt_nginx,
	  "log_format a escape=json '" NGINX "\"$http_user_agent\"';",
	  "10.9.8.7 - A [" AT "] \"GET P HTTP/1.1\" 200 5123 \"\" \"G\"", json_encode, "", "",
	  TAKEN_ALL },
	{ "nobody_becomes_somebody_else_with_escape_none", &fmt_nginx,
	  "log_format a escape=none '" NGINX "\"$http_user_agent\"';",
	  "10.9.8.7 - A [" AT "] \"GET P HTTP/1.1\" 200 5123 \"\" \"G\"", no_encode, "", "",
	  TAKEN_SOME },
	{ "nobody_becomes_somebody_else_in_an_object", &fmt_nginx,
	  "log_format a escape=json "
	  "'{\"a\":\"$remote_addr\",\"u\":\"$remote_user\",\"r\":\"$request\","
	  "\"g\":\"$http_user_agent\",\"s\":\"$status\",\"t\":\"$time_iso8601\"}';",
	  "{\"a\":\"10.9.8.7\",\"u\":\"A\",\"r\":\"GET P HTTP/1.1\",\"g\":\"G\",\"s\":\"200\","
	  "\"t\":\"2022-07-05T10:00:00+09:00\"}",
	  json_encode, "", "", TAKEN_SOME },
};

/* As the client meant them, and as the log holds them. */
struct sent {
	struct str account, path, agent, account_log, path_log, agent_log;
};

static struct str
encoded(const struct server *server, struct str s, const char *empty, char *buf)
{
	return s.n ? (struct str){ buf, server->encode(buf, s) } : str_of(empty);
}

static size_t
append(char *line, size_t n, struct str s)
{
	if (s.n)
		memcpy(line + n, s.p, s.n);
	return n + s.n;
}

/* A, P and G alone are holes; in words (as in "GET") they are not. */
static struct str
compose(const struct server *server, char *line, const struct sent *s)
{
	struct str form = str_of(server->line);
	size_t n = 0;

	for (size_t i = 0; i < form.n; i++) {
		bool word = (i && form.p[i - 1] >= 'A' && form.p[i - 1] <= 'Z') ||
			    (i + 1 < form.n && form.p[i + 1] >= 'A' && form.p[i + 1] <= 'Z');
		struct str piece = { form.p + i, 1 };

		if (!word && form.p[i] == 'A')
			piece = s->account_log;
		else if (!word && form.p[i] == 'P')
			piece = s->path_log;
		else if (!word && form.p[i] == 'G')
			piece = s->agent_log;
		n = append(line, n, piece);
	}
	return (struct str){ line, n };
}

/* What the reader gave, undone where it leaves that to others, is what was meant; or the sign for nothing. */
static bool
same(const struct record *r, enum raw raw, struct str meant, struct str log)
{
	static char bytes[FIELD * 8];
	struct room room = { .p = bytes, .size = sizeof(bytes) };
	struct str got = r->text[raw];

	if (meant.n == 0)
		return str_eq(got, log);
	return str_eq(r->escaped ? decode_escapes(got, &room) : got, meant);
}

/* True when the line was taken; it must not be taken for another. */
static bool
check_record(const struct server *server, struct parsing *parsing, const struct sent *s,
	     struct str line)
{
	struct record r;
	struct refusal why;
	char text[900];

	parsing->room.used = 0;
	if (server->format->parse(parsing, walled(line), &r, &why) != PARSED_EVENT)
		return false;
	if (!same(&r, RAW_ACCOUNT, s->account, s->account_log) ||
	    !same(&r, RAW_TARGET, s->path, s->path_log) ||
	    !same(&r, RAW_AGENT, s->agent, s->agent_log) ||
	    !str_is(r.text[RAW_ADDRESS], "10.9.8.7") || !str_is(r.text[RAW_METHOD], "GET") ||
	    r.status != 200 || r.ts != 1656982800000)
		fail_msg("taken for another: %s", shown(line, text, sizeof(text)));
	return true;
}

static struct parsing
open_server(const struct server *server, struct arena *a)
{
	static char bytes[2 * LINE + 64];
	struct parsing parsing = { .room = { .p = bytes, .size = sizeof(bytes) } };
	struct format_spec spec = { .argument = str_of(server->argument ? server->argument : "") };
	struct errors err = { 0 };

	if (server->format->compile && server->format->compile(&spec, a, &parsing.plan, &err) != 0)
		fail_msg("%s: %.300s", server->name, err.list.at[0].p);
	errors_free(&err);
	return parsing;
}

static unsigned long
records_wanted(void)
{
	const char *text = getenv("SEKISHO_HOSTILE");
	uint64_t n = RECORDS;

	if (text && !str_to_u64(str_of(text), &n))
		fail_msg("SEKISHO_HOSTILE is no number");
	return n;
}

static void
nobody_becomes_somebody_else(void **state)
{
	const struct server *server = *state;
	struct dice d = { 71 + (uint64_t)(server - servers) };
	static char raw[3][FIELD], log[3][6 * FIELD], line[2 * LINE];
	bool plain = server->encode == no_encode;
	unsigned long taken = 0, records = records_wanted();
	struct arena a = { 0 };
	struct parsing parsing = open_server(server, &a);

	for (unsigned long i = 0; i < records; i++) {
		struct sent s;
		bool bracket, ok;

		s.account = hostile_text(&d, plain, raw[0]);
		s.path = hostile_text(&d, plain, raw[1]);
		s.agent = hostile_text(&d, plain, raw[2]);
		s.account_log = encoded(server, s.account, server->empty_account, log[0]);
		s.path_log = encoded(server, s.path, server->empty, log[1]);
		s.agent_log = encoded(server, s.agent, server->empty, log[2]);
		bracket = str_contains(s.account_log, STR(" [")) ||
			  str_starts(s.account_log, STR("["));
		ok = check_record(server, &parsing, &s, compose(server, line, &s));
		if (!ok && (server->taken == TAKEN_ALL ||
			    (server->taken == TAKEN_UNBRACKETED && !bracket)))
			fail_msg("refused: %.300s", compose(server, line, &s).p);
		taken += ok;
	}
	assert_true(taken > records / 1000);
	print_message("# %lu of %lu taken, none for another\n", taken, records);
	arena_free(&a);
}

int
main(void)
{
	struct CMUnitTest tests[COUNT(servers)];

	for (size_t i = 0; i < COUNT(servers); i++)
		tests[i] = (struct CMUnitTest){ servers[i].name, nobody_becomes_somebody_else, NULL,
						NULL, &servers[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
