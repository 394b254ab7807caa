/*
 * fmt_syslog.c - a line that came by syslog: a header of RFC 3164 or RFC 5424, and then another format's line.
 *
 *     <PRI>Jul  4 09:12:31 host tag[pid]: LINE            PRI and host may be absent; the time may be ISO 8601
 *     <PRI>1 TIME HOST APP PROCID MSGID [id a="b"] LINE   or - for the data
 *
 * The header's time has no year, or is when the line arrived: the inner line has the one that counts.
 */
#include "model/format.h"

enum { PRI_MOST = 191, SHORT_TIME = 15, TAG_MOST = 64, HOST_MOST = 255 };

struct syslog_plan {
	const struct format *inner;
	const void *inner_plan;
};

struct syslog_state {
	struct parsing inner;
};

static int
syslog_compile(const struct format_spec *spec, struct arena *arena, const void **plan,
	       struct errors *err)
{
	struct syslog_plan *p = arena_alloc(arena, sizeof(*p));

	if (!spec->inner)
		BUG("syslog without an inner format");
	if (spec->inner->whole || spec->inner->open)
		return error_at(
			err, spec->at,
			"format '%s' needs the lines before each, and cannot come by syslog",
			spec->inner->name);
	*p = (struct syslog_plan){ .inner = spec->inner, .inner_plan = spec->inner_plan };
	*plan = p;
	return 0;
}

static void
syslog_begin(struct parsing *r)
{
	const struct syslog_plan *plan = r->plan;
	struct syslog_state *state = r->state;

	parsing_begin(&state->inner, plan->inner, plan->inner_plan, r->room);
}

static void
syslog_end(struct parsing *r)
{
	const struct syslog_plan *plan = r->plan;
	struct syslog_state *state = r->state;

	parsing_end(&state->inner, plan->inner);
}

/* What is left of a header; a reader that is false leaves it where something else was expected. */
struct header {
	const char *p, *end;
};

static bool
eat(struct header *h, char c)
{
	if (h->p == h->end || *h->p != c)
		return false;
	h->p++;
	return true;
}

static bool
digit_at(const struct header *h, size_t i)
{
	return (size_t)(h->end - h->p) > i && h->p[i] >= '0' && h->p[i] <= '9';
}

/* `<190>`; none at all is right too, *had says which. */
static bool
priority(struct header *h, bool *had)
{
	unsigned v = 0, n = 0;

	*had = eat(h, '<');
	if (!*had)
		return true;
	for (; n < 3 && digit_at(h, 0); n++)
		v = v * 10 + (unsigned)(*h->p++ - '0');
	return n && v <= PRI_MOST && eat(h, '>');
}

/* Some bytes without a blank, and the blank behind them. */
static bool
word(struct header *h, size_t most, struct str *out)
{
	const char *blank = find_byte(h->p, h->end, ' ');

	*out = (struct str){ .p = h->p, .n = (size_t)(blank - h->p) };
	if (out->n == 0 || out->n > most || blank == h->end)
		return false;
	h->p = blank + 1;
	return true;
}

/* `Jul  4 09:12:31 `: by its shape, since nobody reads it. */
static bool
short_time(struct header *h)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	const char *p = h->p;
	size_t m = 0;

	if (h->end - p <= SHORT_TIME)
		return false;
	while (m < 36 && memcmp(months + m, p, 3) != 0)
		m += 3;
	if (m == 36 || p[3] != ' ' || !(p[4] == ' ' || digit_at(h, 4)) || !digit_at(h, 5) ||
	    p[6] != ' ' || p[9] != ':' || p[12] != ':' || p[15] != ' ')
		return false;
	for (size_t i = 7; i < SHORT_TIME; i += 3) {
		if (!digit_at(h, i) || !digit_at(h, i + 1))
			return false;
	}
	h->p += SHORT_TIME + 1;
	return true;
}

/* `2022-07-04T09:12:31.250+09:00 ` */
static bool
long_time(struct header *h)
{
	struct header from = *h;
	struct str s;

	if (word(h, 40, &s) && s.n >= 19 && digit_at(&from, 0) && s.p[4] == '-' && s.p[7] == '-' &&
	    s.p[10] == 'T' && s.p[13] == ':' && s.p[16] == ':')
		return true;
	*h = from;
	return false;
}

/* Bytes of a name of structured data: none that could be taken for the syntax around it. */
static bool
data_name(struct header *h)
{
	const char *from = h->p;

	while (h->p<h->end && * h->p> ' ' && *h->p < 0x7f && *h->p != '=' && *h->p != ']' &&
	       *h->p != '"')
		h->p++;
	return h->p > from;
}

/* `"value"`; a byte behind a backslash ends nothing. */
static bool
data_value(struct header *h)
{
	if (!eat(h, '"'))
		return false;
	for (; h->p < h->end && *h->p != '"'; h->p++) {
		if (*h->p == '\\' && h->p + 1 < h->end)
			h->p++;
	}
	return eat(h, '"');
}

/* `id name="value" ...]` */
static bool
element(struct header *h)
{
	if (!data_name(h))
		return false;
	while (eat(h, ' ')) {
		if (!data_name(h) || !eat(h, '=') || !data_value(h))
			return false;
	}
	return eat(h, ']');
}

static bool
structured_data(struct header *h)
{
	if (eat(h, '-'))
		return true;
	if (!eat(h, '['))
		return false;
	do {
		if (!element(h))
			return false;
	} while (eat(h, '['));
	return true;
}

/* NULL, or what was expected at h->p.  Behind the version's blank. */
static const char *
new_header(struct header *h)
{
	struct str s;

	if (!eat(h, '-') ? !long_time(h) : !eat(h, ' '))
		return "a time like 2022-07-04T09:12:31.250+09:00, or -";
	if (!word(h, HOST_MOST, &s))
		return "a host of at most 255 bytes, or -";
	if (!word(h, 48, &s))
		return "a program of at most 48 bytes, or -";
	if (!word(h, 128, &s))
		return "a process of at most 128 bytes, or -";
	if (!word(h, 32, &s))
		return "a kind of message of at most 32 bytes, or -";
	if (!structured_data(h))
		return "structured data like [id name=\"value\"], or -";
	if (h->p == h->end)
		return NULL;
	if (!eat(h, ' '))
		return "a blank before the message";
	if (h->end - h->p >= 3 && memcmp(h->p, "\xef\xbb\xbf", 3) == 0)
		h->p += 3;
	return NULL;
}

/* A tag ends with a colon; what stands before it, if anything, is the host. */
static const char *
old_header(struct header *h)
{
	struct str s = { 0 };
	bool tag;

	if (!short_time(h) && !long_time(h))
		return "a header of syslog, like `Jul  4 09:12:31 host nginx: `";
	tag = word(h, HOST_MOST, &s) && s.p[s.n - 1] == ':';
	if (!tag && s.n && h->p == s.p + s.n + 1)
		tag = word(h, TAG_MOST, &s) && s.p[s.n - 1] == ':';
	if (tag)
		return NULL;
	if (s.n && s.p + s.n == h->end && s.p[s.n - 1] == ':') {
		h->p = h->end;
		return NULL;
	}
	h->p = s.p;
	return "a tag that ends with a colon, like `nginx: `";
}

static const char *
read_syslog(struct header *h)
{
	bool had;

	if (!priority(h, &had))
		return "a priority from <0> to <191>";
	if (had && h->end - h->p > 1 && h->p[0] == '1' && h->p[1] == ' ') {
		h->p += 2;
		return new_header(h);
	}
	return old_header(h);
}

static enum parsed
syslog_parse(struct parsing *r, struct str line, struct record *out, struct refusal *why)
{
	const struct syslog_plan *plan = r->plan;
	struct syslog_state *state = r->state;
	struct header h = { .p = line.p, .end = line.p + line.n };
	const char *expected;
	enum parsed parsed;

	if (line.n == 0)
		return PARSED_NOTHING;
	expected = read_syslog(&h);
	if (expected)
		return format_refuse(line, h.p, expected, why);
	state->inner.room = r->room;
	parsed = plan->inner->parse(&state->inner,
				    (struct str){ .p = h.p, .n = (size_t)(h.end - h.p) }, out, why);
	r->room.used = state->inner.room.used;
	r->hex = state->inner.hex;
	r->undecided = state->inner.undecided;
	if (parsed == PARSED_REFUSED)
		why->byte += (uint32_t)(h.p - line.p);
	return parsed;
}

static const struct format_sample syslog_samples[] = {
	{ "syslog:combined",
	  "<190>Jul  4 09:12:31 web1 nginx: 10.1.2.3 - pg0001 [04/Jul/2022:09:12:31 +0900] "
	  "\"GET /supply/0101 HTTP/1.1\" 200 512 \"-\" \"KasumiLauncher/1.2\"",
	  "ts=1656893551000 address=10.1.2.3 account=pg0001 method=GET target=/supply/0101 "
	  "protocol=HTTP/1.1 status=200 bytes=512 agent=KasumiLauncher/1.2" },
	{ "syslog:ltsv",
	  "<190>1 2022-07-04T09:12:32+09:00 web1 nginx - - [meta a=\"x\\\"] y\"] "
	  "time:2022-07-04T09:12:31+09:00\thost:10.1.2.3\tuser:pg0001\tstatus:200",
	  "ts=1656893551000 address=10.1.2.3 account=pg0001 status=200" },
	{ "syslog:json",
	  "Apr  1 09:05:01 nginx[4711]: {\"time\":\"2026-04-01T09:05:01+09:00\","
	  "\"remote_addr\":\"2001:db8::7\",\"user\":\"\\u95a2 7\",\"status\":200}",
	  "ts=1775001901000 address=2001:db8::7 account='関 7' status=200" },
	{ "syslog:vhost-combined",
	  "<13>2026-04-01T09:05:02.5+09:00 web1 httpd: kasumi.example:443 10.1.2.3 "
	  "- pg 7 [01/Apr/2026:09:05:01 +0900] \"GET /a%20b HTTP/1.1\" 404 0 \"-\" "
	  "\"-\"",
	  "ts=1775001901000 host=kasumi.example address=10.1.2.3 account='pg 7' "
	  "method=GET target=/a%20b status=404 bytes=0" },
	{ 0 },
};

const struct format fmt_syslog = {
	.name = "syslog",
	.summary = "a header of syslog (RFC 3164, RFC 5424) before each line of another format",
	.argument = "another format",
	.unwraps = true,
	.state_size = sizeof(struct syslog_state),
	.compile = syslog_compile,
	.parse = syslog_parse,
	.begin = syslog_begin,
	.end = syslog_end,
	.sample = syslog_samples,
};
