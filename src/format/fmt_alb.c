/*
 * fmt_alb.c - access logs of AWS Application Load Balancers: words and quoted texts by their number.
 *
 * Fields are added at the end from time to time, so lines may be shorter than our list or go on behind it; all up to
 * the user agent must be there, and all must be whole words or whole texts to the end of the line.
 */
#include "format/quote.h"
#include "format/request.h"

/* In the order they are written. */
static const struct {
	const char *name;
	int raw;
	bool quoted;
} fields[] = {
	{ "type", -1, false },
	{ "time", RAW_TIME, false },
	{ "elb", -1, false },
	{ "client:port", RAW_ADDRESS, false },
	{ "target:port", -1, false },
	{ "request_processing_time", -1, false },
	{ "target_processing_time", RAW_DURATION, false },
	{ "response_processing_time", -1, false },
	{ "elb_status_code", RAW_STATUS, false },
	{ "target_status_code", -1, false },
	{ "received_bytes", -1, false },
	{ "sent_bytes", RAW_BYTES, false },
	{ "request", -1, true },
	{ "user_agent", RAW_AGENT, true },
	{ "ssl_cipher", -1, false },
	{ "ssl_protocol", -1, false },
	{ "target_group_arn", -1, false },
	{ "trace_id", -1, true },
	{ "domain_name", -1, true },
	{ "chosen_cert_arn", -1, true },
	{ "matched_rule_priority", -1, false },
	{ "request_creation_time", -1, false },
	{ "actions_executed", -1, true },
	{ "redirect_url", -1, true },
	{ "error_reason", -1, true },
	{ "target:port_list", -1, true },
	{ "target_status_code_list", -1, true },
	{ "classification", -1, true },
	{ "classification_reason", -1, true },
	{ "conn_trace_id", -1, false },
};

enum { FIELDS = COUNT(fields), REQUEST = 12, FIELDS_LEAST = 14 };

struct alb {
	const struct when *when;
	size_t extra_count;
	int8_t raw[RAW_COUNT], extra[EXTRA_MOST]; /* numbers of fields; -1: none */
};

static int
choose(const struct format_spec *spec, struct str name, int8_t *place, struct errors *err)
{
	for (int i = 0; i < FIELDS; i++) {
		if (str_is(name, fields[i].name)) {
			*place = (int8_t)i;
			return 0;
		}
	}
	return error_at(err, spec->at,
			"alb has no field '" STR_FMT
			"'; its fields have the names of the AWS manual, as in 'trace_id'",
			STR_ARG(name));
}

static int
alb_compile(const struct format_spec *spec, struct arena *arena, const void **plan,
	    struct errors *err)
{
	struct alb *a = arena_alloc(arena, sizeof(*a));
	int rc = 0;

	memset(a->raw, -1, sizeof(a->raw));
	for (int i = 0; i < FIELDS; i++) {
		if (fields[i].raw >= 0)
			a->raw[fields[i].raw] = (int8_t)i;
	}
	for (int raw = 0; raw < RAW_COUNT; raw++) {
		if (spec->field[raw].n)
			rc |= choose(spec, spec->field[raw], &a->raw[raw], err);
	}
	for (size_t x = 0; x < spec->extra_count; x++)
		rc |= choose(spec, spec->extra[x], &a->extra[x], err);
	a->extra_count = spec->extra_count;
	a->when = when_compile(arena, spec->time.n ? spec->time : STR("iso8601"), spec->zone,
			       spec->year, err, spec->at);
	*plan = a;
	return rc || !a->when ? -1 : 0;
}

/* A word or a quoted text at *p; *p moves behind it and its blank.  false: neither. */
static bool
token(const char **p, const char *end, bool quoted, struct str *out)
{
	const char *q;

	if (quoted != (*p < end && **p == '"'))
		return false;
	q = quoted ? closing_quote(*p + 1, end) : find_byte(*p, end, ' ');
	if (!q || q == *p || (quoted && q + 1 < end && q[1] != ' ') ||
	    (!quoted && find_byte(*p, q, '"') != q))
		return false;
	*out = (struct str){ .p = *p + quoted, .n = (size_t)(q - *p) - quoted };
	q += quoted;
	*p = q < end ? q + 1 : q;
	return q + 1 != end; /* a blank at the end is no field */
}

/* `10.1.2.3:41002`, `[2001:db8::1]:41002`: without the port. */
static struct str
without_port(struct str s)
{
	const char *colon = s.n ? memrchr(s.p, ':', s.n) : NULL;

	if (colon)
		s.n = (size_t)(colon - s.p);
	if (s.n > 1 && s.p[0] == '[' && s.p[s.n - 1] == ']')
		s = str_head(str_skip(s, 1), s.n - 2);
	return s;
}

/* What the policy names stands instead of what the request says. */
static void
fill(const struct alb *a, const struct str *field, struct record *out)
{
	memset(out->text, 0, sizeof(out->text));
	request_into(field[REQUEST], out);
	request_split_url(out);
	for (int i = 0; i < RAW_COUNT; i++) {
		if (a->raw[i] >= 0)
			out->text[i] = field[a->raw[i]];
	}
	out->text[RAW_ADDRESS] = without_port(out->text[RAW_ADDRESS]);
	for (size_t x = 0; x < a->extra_count; x++) {
		struct str text = field[a->extra[x]];

		out->extra[x] = str_head(text, str_is(text, "-") ? 0 : text.n);
	}
	out->who = (struct str){ 0 };
	out->again = 0;
	out->escaped = true;
}

/* NULL, or what was expected of the text in *bad. */
static const char *
read_values(const struct alb *a, struct parsing *r, struct record *out, struct str *bad)
{
	const char *expected;

	*bad = out->text[RAW_TIME];
	if (bad->n == 0)
		return "the field with the time";
	if (when_read(a->when, &r->clock, *bad, &out->ts, &out->again, &expected) == WHEN_REFUSED)
		return expected;
	*bad = out->text[RAW_STATUS];
	return format_status_of(*bad, &out->status) ? NULL : "a status of three digits";
}

static enum parsed
alb_parse(struct parsing *r, struct str line, struct record *out, struct refusal *why)
{
	const struct alb *a = r->plan;
	const char *p = line.p, *end = line.p + line.n, *expected;
	struct str field[FIELDS] = { { 0 } }, text;
	size_t i = 0;

	if (line.n == 0)
		return PARSED_NOTHING;
	for (; p < end; i++) {
		bool quoted = i < FIELDS ? fields[i].quoted : *p == '"';
		const char *at = p;

		if (!token(&p, end, quoted, &text))
			return format_refuse(line, at,
					     quoted ? "a quoted text, and a blank behind it"
						    : "a word, and a blank behind it",
					     why);
		if (i < FIELDS)
			field[i] = text;
	}
	if (i < FIELDS_LEAST)
		return format_refuse(line, p, "all fields up to the user agent", why);
	fill(a, field, out);
	expected = read_values(a, r, out, &text);
	if (expected)
		return format_refuse(line, text.n ? text.p : end, expected, why);
	return PARSED_EVENT;
}

#define HEAD "https 2026-04-01T00:05:01.250123Z app/takuso/0123456789abcdef "
#define TAIL                                                                                       \
	"TLS_AES_128_GCM_SHA256 TLSv1.3 arn:aws:x \"Root=1-2\" \"takuso.example\" \"arn:aws:y\" "  \
	"1 "                                                                                       \
	"2026-04-01T00:05:01.200000Z \"forward\" \"-\" \"-\" \"10.0.0.7:80\" \"200\" \"-\" \"-\""

static const struct format_sample alb_samples[] = {
	{ "alb",
	  HEAD "10.1.2.3:41002 10.0.0.7:80 0.000 0.031 0.000 200 200 34 366 "
	       "\"GET https://takuso.example:443/supply/0101?t=T-1 HTTP/2.0\" "
	       "\"KasumiLauncher/1.2\" " TAIL " TID_01",
	  "ts=1775001901250 address=10.1.2.3 method=GET host=takuso.example:443 "
	  "target=/supply/0101?t=T-1 protocol=HTTP/2.0 status=200 bytes=366 "
	  "agent=KasumiLauncher/1.2 trace_id=Root=1-2 conn_trace_id=TID_01" },
	{ "alb",
	  HEAD
	  "[2001:db8::7]:41002 - -1 -1 -1 400 - 0 272 \"- http://takuso.example:80- \" \"-\" - - "
	  "- \"-\" \"-\" \"-\" -",
	  "address=2001:db8::7 status=400 agent=-" },
	{ "alb",
	  HEAD "10.1.2.3:41002 10.0.0.7:80 0.000 0.031 0.000 404 404 34 0 "
	       "\"GET https://takuso.example:443/ HTTP/1.1\" \"a\\x22 200 1 \\\\\" " TAIL
	       " new \"newer\"",
	  "status=404 target=/ agent='a\\x22 200 1 \\\\'" },
	{ 0 },
};

const struct format fmt_alb = {
	.name = "alb",
	.summary = "AWS Application Load Balancer",
	.names_fields = true,
	.compile = alb_compile,
	.parse = alb_parse,
	.sample = alb_samples,
};
