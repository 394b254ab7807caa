/*
 * fmt_haproxy.c - HAProxy's HTTP log (option httplog), alone or behind the header that syslog puts before it.
 *
 *     address:port [time] frontend backend/server timers status bytes cookie cookie state conns queues {req} {res} "request"
 *
 * What clients send is written with #XX for quotes, braces, bars and control characters, so quotes and braces part
 * safely.  Captured headers are asked for as req.1, req.2 ..., res.1 ...; times are local and need `timezone:`.
 */
#include "format/decode.h"
#include "format/request.h"

/* Words by their number, behind the time. */
enum {
	FRONTEND,
	SERVER,
	TIMERS,
	STATUS,
	BYTES,
	REQ_COOKIE,
	RES_COOKIE,
	STATE,
	CONNS,
	QUEUES,
	WORDS
};

static const char *const word_names[WORDS] = {
	"frontend",   "server",     "timers", "status", "bytes",
	"req_cookie", "res_cookie", "state",  "conns",  "queues",
};

enum { CAPTURES_MOST = 16, REQ = WORDS, RES = REQ + CAPTURES_MOST, PLACES = RES + CAPTURES_MOST };

struct haproxy {
	const struct when *when;
	size_t extra_count;
	int8_t place[EXTRA_MOST]; /* of extra[] */
	int8_t raw[RAW_COUNT];    /* places that the policy gives to raws; -1 */
};

static int
place_of(struct str name)
{
	uint64_t n;

	for (int i = 0; i < WORDS; i++) {
		if (str_is(name, word_names[i]))
			return i;
	}
	if (name.n > 4 && str_to_u64(str_skip(name, 4), &n) && n >= 1 && n <= CAPTURES_MOST) {
		if (str_starts(name, STR("req.")))
			return REQ + (int)n - 1;
		if (str_starts(name, STR("res.")))
			return RES + (int)n - 1;
	}
	return -1;
}

static int
choose(const struct format_spec *spec, struct str name, int8_t *place, struct errors *err)
{
	int at = place_of(name);

	*place = (int8_t)at;
	return at >= 0 ? 0
		       : error_at(
				 err, spec->at,
				 "haproxy has no field '" STR_FMT
				 "'; it has req.1 to req.16, res.1 to res.16, frontend, server and "
				 "others",
				 STR_ARG(name));
}

static int
haproxy_compile(const struct format_spec *spec, struct arena *arena, const void **plan,
		struct errors *err)
{
	struct haproxy *h = arena_alloc(arena, sizeof(*h));
	int rc = 0;

	for (int i = 0; i < RAW_COUNT; i++) {
		h->raw[i] = -1;
		if (spec->field[i].n)
			rc |= choose(spec, spec->field[i], &h->raw[i], err);
	}
	h->extra_count = spec->extra_count;
	for (size_t x = 0; x < spec->extra_count; x++)
		rc |= choose(spec, spec->extra[x], &h->place[x], err);
	h->when = when_compile(arena, spec->time.n ? spec->time : STR("%d/%b/%Y:%H:%M:%S.%f"),
			       spec->zone, spec->year, err, spec->at);
	*plan = h;
	return rc || !h->when ? -1 : 0;
}

/* Up to the next c; *p moves behind it.  Empty and false when there is none. */
static bool
until(const char **p, const char *end, char c, struct str *out)
{
	const char *at = find_byte(*p, end, c);

	*out = (struct str){ .p = *p, .n = (size_t)(at - *p) };
	if (at == end)
		return false;
	*p = at + 1;
	return out->n > 0;
}

/* #XX to bytes, into the room. */
static struct str
undo(struct str s, struct room *room)
{
	char *p;
	size_t n = 0;

	if (!s.n || !memchr(s.p, '#', s.n) || s.n > room->size - room->used)
		return s;
	p = room_take(room, s.n);
	for (size_t i = 0; i < s.n; i++) {
		int byte = s.p[i] == '#' ? decode_hex(s, i + 1) : -1;

		p[n++] = byte >= 0 ? (char)byte : s.p[i];
		i += byte >= 0 ? 2 : 0;
	}
	return (struct str){ .p = p, .n = n };
}

/* `{a|b|c} ` */
static bool
take_captures(const char **p, const char *end, struct str *place)
{
	const char *close;
	struct str all;

	if (end - *p < 2 || **p != '{')
		return true;
	close = find_byte(*p, end, '}');
	if (end - close < 2 || close[1] != ' ')
		return false;
	all = (struct str){ .p = *p + 1, .n = (size_t)(close - *p - 1) };
	*p = close + 2;
	for (int i = 0; i < CAPTURES_MOST && all.n; i++)
		place[i] = str_split(&all, '|');
	return true;
}

/* Behind the header of syslog, which ends at `haproxy[123]: `; a line without one begins with `address:port [`. */
static const char *
behind_header(struct str line)
{
	const char *end = line.p + line.n, *at = find_byte(line.p, end, ' ');

	if (end - at > 1 && at[1] == '[' && at > line.p && at[-1] >= '0' && at[-1] <= '9')
		return line.p;
	for (at = find_byte(line.p, end, ':'); end - at > 1; at = find_byte(at + 1, end, ':')) {
		if (at[1] == ' ')
			return at + 2;
	}
	return end;
}

static void
begin(const struct haproxy *h, struct record *out)
{
	memset(out->text, 0, sizeof(out->text));
	for (size_t i = 0; i < h->extra_count; i++)
		out->extra[i] = (struct str){ 0 };
	out->who = (struct str){ 0 };
	out->again = 0;
	out->escaped = false;
}

static struct str
unless_dash(struct str s)
{
	return str_head(s, str_is(s, "-") ? 0 : s.n);
}

static bool
fill(const struct haproxy *h, const struct str *place, struct str request, struct room *room,
     struct record *out)
{
	size_t slash = place[TIMERS].n;
	int status = format_status(place[STATUS]);

	out->status = (int16_t)(status < 0 ? 0 : status);
	out->text[RAW_STATUS] = place[STATUS];
	out->text[RAW_BYTES] = place[BYTES];
	while (slash > 0 && place[TIMERS].p[slash - 1] != '/')
		slash--;
	out->text[RAW_DURATION] = str_skip(place[TIMERS], slash);
	request_into(request, out);
	out->text[RAW_TARGET] = undo(out->text[RAW_TARGET], room);
	request_split_url(out);
	for (int i = 0; i < RAW_COUNT; i++) {
		if (h->raw[i] >= 0)
			out->text[i] = unless_dash(undo(place[h->raw[i]], room));
	}
	for (size_t x = 0; x < h->extra_count; x++)
		out->extra[x] = unless_dash(undo(place[h->place[x]], room));
	return status >= 0 || str_is(place[STATUS], "-1");
}

static enum parsed
haproxy_parse(struct parsing *r, struct str line, struct record *out, struct refusal *why)
{
	const struct haproxy *h = r->plan;
	const char *end = line.p + line.n, *p = behind_header(line), *q, *expected;
	struct str place[PLACES] = { { 0 } }, client, time;

	if (line.n == 0)
		return PARSED_NOTHING;
	begin(h, out);
	if (!until(&p, end, ' ', &client) || !(q = memrchr(client.p, ':', client.n)) ||
	    q == client.p)
		return format_refuse(line, client.p, "address:port", why);
	out->text[RAW_ADDRESS] = str_head(client, (size_t)(q - client.p));
	if (p == end || *p++ != '[' || !until(&p, end, ']', &time) || p == end || *p++ != ' ')
		return format_refuse(line, p, "[time]", why);
	out->text[RAW_TIME] = time;
	if (when_read(h->when, &r->clock, time, &out->ts, &out->again, &expected) == WHEN_REFUSED)
		return format_refuse(line, time.p, expected, why);
	for (int i = 0; i < WORDS; i++) {
		if (!until(&p, end, ' ', &place[i]))
			return format_refuse(line, place[i].p, word_names[i], why);
	}
	if (!take_captures(&p, end, &place[REQ]) || !take_captures(&p, end, &place[RES]))
		return format_refuse(line, p, "captured headers in {}", why);
	q = p < end && *p == '"' ? find_byte(p + 1, end, '"') : end;
	if (end - q != 1)
		return format_refuse(line, p, "a quoted request and the end of the line", why);
	if (!fill(h, place, (struct str){ .p = p + 1, .n = (size_t)(q - p - 1) }, &r->room, out))
		return format_refuse(line, place[STATUS].p, "a status of three digits, or -1", why);
	return PARSED_EVENT;
}

#define WORDS_OF " web~ takuso/s1 10/0/30/69/109 "

static const struct format_sample haproxy_samples[] = {
	{ "haproxy",
	  "10.1.2.3:33317 [01/Apr/2026:00:05:01.250]" WORDS_OF
	  "200 2750 - - ---- 1/1/1/1/0 0/0 {takuso.example|pg0001} {} \"GET /supply/0101 "
	  "HTTP/1.1\"",
	  "ts=1775001901250 address=10.1.2.3 method=GET target=/supply/0101 protocol=HTTP/1.1 "
	  "status=200 bytes=2750 duration=109 req.2=pg0001 frontend=web~" },
	{ "haproxy",
	  "<134>Apr  1 00:05:01 lb1 haproxy[14389]: 2001:db8::7:33317 "
	  "[01/Apr/2026:00:05:01.250]" WORDS_OF
	  "404 0 - - ---- 1/1/1/1/0 0/0 \"GET /a#22b#7C HTTP/1.1\"",
	  "ts=1775001901250 address=2001:db8::7 target=/a\"b| status=404" },
	{ "haproxy",
	  "10.1.2.3:33317 [01/Apr/2026:00:05:01.250] web web/<NOSRV> -1/-1/-1/-1/0 400 187 - - "
	  "PR-- "
	  "1/1/0/0/0 0/0 {a b#7D 200} \"<BADREQ>\"",
	  "status=400 req.1='a b} 200'" },
	{ 0 },
};

const struct format fmt_haproxy = {
	.name = "haproxy",
	.summary = "HAProxy's HTTP log, with or without the header of syslog",
	.names_fields = true,
	.compile = haproxy_compile,
	.parse = haproxy_parse,
	.sample = haproxy_samples,
};
