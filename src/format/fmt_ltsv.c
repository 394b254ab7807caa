/*
 * fmt_ltsv.c - LTSV: `label:value` with tabs between them, as Apache and nginx are told to write it.
 *
 *     line --same labels as the last one?--> values
 *       |                                      ^
 *       +--every label looked up, none twice---+
 *
 * A file's lines have the same labels, so they are looked up once and then only compared.  What is remembered is a
 * cache: a line says the same whatever stood before it.
 */
#include "format/labels.h"

enum { LABEL_MOST = 63 };

struct known_label {
	char text[LABEL_MOST + 1]; /* with its colon */
	size_t n;                  /* of text */
	uint64_t slots;
};

struct ltsv_state {
	size_t count;
	struct known_label label[LABELS_OF_A_LINE];
};

static const struct label_usual ltsv_usual = {
	.names = {
		[RAW_ADDRESS] = "remote_addr client_ip clientip client remote_ip ip host remote_host",
		[RAW_ACCOUNT] = "user remote_user account username user_name user_id userid uid",
		[RAW_METHOD] = "method request_method http_method verb",
		[RAW_TARGET] = "request_uri uri target url path",
		[RAW_AGENT] = "ua user_agent http_user_agent useragent agent",
		[RAW_FORWARDED] = "forwardedfor http_x_forwarded_for x_forwarded_for forwarded_for xff",
		[RAW_TIME] = "time time_local timestamp time_iso8601 datetime msec",
		[RAW_STATUS] = "status code status_code",
		[RAW_IDENT] = "ident remote_ident",
		[RAW_PROTOCOL] = "protocol server_protocol",
		[RAW_HOST] = "vhost http_host server_name domain",
		[RAW_BYTES] = "size body_bytes_sent bytes_sent bytes",
		[RAW_REFERER] = "referer http_referer referrer",
		[RAW_DURATION] = "reqtime request_time response_time duration taken_sec reqtime_microsec apptime",
		[LABEL_REQUEST] = "req request request_line",
		[LABEL_QUERY] = "query query_string args",
	},
};

static int
ltsv_compile(const struct format_spec *spec, struct arena *arena, const void **plan,
	     struct errors *err)
{
	*plan = labels_compile(&ltsv_usual, spec, spec->zone, arena, err);
	return *plan ? 0 : -1;
}

static inline bool
same_label(const char *p, size_t room, const struct known_label *l)
{
	if (room < l->n)
		return false;
#if defined(STR_WIDE)
	if (LIKELY(l->n <= 16 && str_wide_at(p))) {
		__m128i a = _mm_loadu_si128((const __m128i *)(const void *)p);
		__m128i b = _mm_loadu_si128((const __m128i *)(const void *)l->text);
		unsigned same = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(a, b));

		return (~same & ((1U << l->n) - 1)) == 0;
	}
#endif
	return memcmp(p, l->text, l->n) == 0;
}

/* False: these are not the labels we know; out and v are then to be cleared. */
static inline bool
follow(const struct ltsv_state *known, struct str line, struct record *out, struct label_values *v)
{
	const char *p = line.p, *end = line.p + line.n;

	for (size_t i = 0; i < known->count; i++) {
		const struct known_label *l = &known->label[i];
		const char *tab;

		if (!same_label(p, (size_t)(end - p), l))
			return false;
		p += l->n;
		tab = find_byte(p, end, '\t');
		label_put(out, v, l->slots, (struct str){ .p = p, .n = (size_t)(tab - p) });
		if (tab == end)
			return i + 1 == known->count;
		p = tab + 1;
	}
	return known->count && p == end;
}

/* NULL, or what was expected at *at. */
static const char *
split_labels(struct str line, struct str *name, size_t *count, const char **at)
{
	const char *p = line.p, *end = line.p + line.n;
	size_t n = 0;

	while (p < end) {
		const char *tab = find_byte(p, end, '\t'), *colon = find_byte(p, tab, ':');

		*at = p;
		if (colon == tab || colon == p)
			return "a label, a colon and a value";
		if (colon - p > LABEL_MOST)
			return "a label of at most 63 bytes";
		if (n == LABELS_OF_A_LINE)
			return "at most 128 labels";
		name[n] = (struct str){ .p = p, .n = (size_t)(colon - p) };
		n++;
		p = tab < end ? tab + 1 : end;
	}
	*count = n;
	n = labels_doubled(name, n);
	if (n == *count)
		return NULL;
	*at = name[n].p;
	return "a label that stands but once";
}

/* Apart, so that the way of the known labels stays short. */
static __attribute__((noinline)) const char *
learn(const struct labels *l, struct str line, struct ltsv_state *known, const char **at)
{
	struct str name[LABELS_OF_A_LINE] = { 0 };
	uint64_t slots[LABELS_OF_A_LINE] UNINITIALIZED;
	size_t n = 0;
	const char *expected = split_labels(line, name, &n, at);

	if (expected)
		return expected;
	labels_assign(l, name, n, slots);
	for (size_t i = 0; i < n; i++) {
		struct known_label *k = &known->label[i];

		memcpy(k->text, name[i].p, name[i].n + 1);
		k->n = name[i].n + 1;
		k->slots = slots[i];
	}
	known->count = n;
	return NULL;
}

static enum parsed
ltsv_parse(struct parsing *r, struct str line, struct record *out, struct refusal *why)
{
	const struct labels *l = r->plan;
	struct ltsv_state *known = r->state;
	struct label_values v UNINITIALIZED;
	const char *at = line.p, *expected;

	if (line.n == 0)
		return PARSED_NOTHING;
	labels_clear(l, out, &v);
	if (UNLIKELY(!follow(known, line, out, &v))) {
		labels_clear(l, out, &v);
		expected = learn(l, line, known, &at);
		if (expected)
			return format_refuse(line, at, expected, why);
		if (!follow(known, line, out, &v))
			BUG("the labels of a line are not its own");
	}
	out->escaped = true;
	return labels_finish(l, r, line, &v, out, why);
}

static const struct format_sample ltsv_samples[] = {
	{ "ltsv",
	  "time:[04/Jul/2022:09:12:31 +0900]\thost:10.1.2.3\tuser:pg0001\t"
	  "req:GET /supply/0101?t=T-1 HTTP/1.1\tstatus:200\tsize:512\treferer:-\t"
	  "ua:KasumiLauncher/1.2\treqtime:0.041",
	  "ts=1656893551000 address=10.1.2.3 account=pg0001 method=GET target=/supply/0101?t=T-1 "
	  "protocol=HTTP/1.1 status=200 bytes=512 agent=KasumiLauncher/1.2 duration=0.041" },
	{ "ltsv",
	  "remote_addr:2001:db8::1\ttimestamp:1656893551.250\tremote_user:ep0002\t"
	  "request_method:POST\trequest_uri:/contract\tquery_string:id=1\tcode:302\t"
	  "http_x_forwarded_for:10.2.0.9, 10.2.0.1\tvhost:takuso.example",
	  "ts=1656893551250 address=2001:db8::1 account=ep0002 method=POST target=/contract?id=1 "
	  "status=302 forwarded='10.2.0.9, 10.2.0.1' host=takuso.example" },
	{ "ltsv",
	  "time:2026-04-01T09:05:01.250+09:00\thost:10.1.2.3\tuser:pg\\x207\treq:GET "
	  "/find?q=\\x22x\\x22 HTTP/1.1\tstatus:404\tua:a\\\"b c:d\tscreen:契約",
	  "ts=1775001901250 address=10.1.2.3 account=pg\\x207 method=GET target=/find?q=\\x2"
	  "2x\\x22 protocol=HTTP/1.1 status=404 agent='a\\\"b c:d' screen=契約" },
	{ 0 },
};

const struct format fmt_ltsv = {
	.name = "ltsv",
	.summary = "label:value with tabs between them",
	.names_fields = true,
	.state_size = sizeof(struct ltsv_state),
	.compile = ltsv_compile,
	.parse = ltsv_parse,
	.sample = ltsv_samples,
};
