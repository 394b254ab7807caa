/*
 * fmt_combined.c - NCSA combined, as Apache and nginx write it: escape-aware and anchored at both ends.
 *
 *     address ident account [time] "request" status bytes "referer" "agent"
 *
 * Inside quotes both servers write a quote as \" or \x22, so a bare quote ends the field and anything after the last
 * one is not ours to guess: the line is refused as ambiguous.  An account may hold spaces; it ends at " [" + a time.
 */
#include "base/clf_time.h"
#include "format/quote.h"
#include "format/request.h"

/* `"..."` at *p; *p moves behind it. */
static inline bool
quoted(const char **p, const char *end, struct str *out)
{
	const char *q;

	if (*p >= end || **p != '"')
		return false;
	q = closing_quote(*p + 1, end);
	if (!q)
		return false;
	*out = (struct str){ .p = *p + 1, .n = (size_t)(q - *p - 1) };
	*p = q + 1;
	return true;
}

/* Is at " [", a time by its shape, and `] "`?  A quote forged inside an account comes escaped, so it does not match. */
static inline bool
time_begins(const char *at, const char *end)
{
	return end - at > CLF_TIME + 4 && at[4] == '/' && at[8] == '/' && at[13] == ':' &&
	       at[2 + CLF_TIME] == ']' && at[4 + CLF_TIME] == '"';
}

/* Where the account ends: at the first " [" with a time behind it; at the first " [" at all when none has. */
static inline const char *
account_end(const char *p, const char *end)
{
	const char *first = NULL;

	for (const char *at = find_byte(p, end, ' '); end - at > 1;
	     at = find_byte(at + 1, end, ' ')) {
		if (at[1] != '[')
			continue;
		if (LIKELY(time_begins(at, end)))
			return at;
		if (!first)
			first = at;
	}
	return first;
}

/* address ident account: everything before " [". */
static inline const char *
split_who(struct str line, struct record *out)
{
	const char *end = line.p + line.n, *p = line.p, *at = find_byte(p, end, ' ');

	/* After a comma comes another address, and then neither identity nor account is where we look for it. */
	if (at == end || at == p || at[-1] == ',')
		return NULL;
	out->text[RAW_ADDRESS] = (struct str){ .p = p, .n = (size_t)(at - p) };
	p = at + 1;
	at = find_byte(p, end, ' ');
	if (at == end || at == p)
		return NULL;
	out->text[RAW_IDENT] = (struct str){ .p = p, .n = (size_t)(at - p) };
	p = at + 1;
	at = account_end(p, end);
	if (!at || at == p)
		return NULL;
	out->text[RAW_ACCOUNT] = (struct str){ .p = p, .n = (size_t)(at - p) };
	out->who = (struct str){ .p = line.p, .n = (size_t)(at - line.p) };
	return at + 2;
}

/* Behind the digits and dashes at p: eight bytes at once, a digit being 3x with x + 6 still 3x. */
static inline const char *
bytes_sent(const char *p, const char *end)
{
	if (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ && end - p >= 8) {
		uint64_t v = load64(p), high = 0xf0f0f0f0f0f0f0f0ULL, three = 0x3030303030303030ULL;
		uint64_t other =
			((v & high) ^ three) | (((v + 0x0606060606060606ULL) & high) ^ three);

		if (LIKELY(other))
			p += __builtin_ctzll(other) / 8;
	}
	while (p < end && ((*p >= '0' && *p <= '9') || *p == '-'))
		p++;
	return p;
}

static enum parsed
combined_parse(struct parsing *r, struct str line, struct record *out, struct refusal *why)
{
	const char *end = line.p + line.n, *p, *digits;
	struct str request;
	struct request split;

	if (line.n == 0)
		return PARSED_NOTHING;
	out->text[RAW_FORWARDED] = out->text[RAW_HOST] = out->text[RAW_DURATION] =
		(struct str){ 0 };
	out->again = 0;
	out->escaped = true;
	p = split_who(line, out);
	if (!p)
		return format_refuse(line, line.p, "address, identity, account and [time]", why);
	if (end - p < CLF_TIME + 3 || !clf_time(p, &r->clock, &out->ts))
		return format_refuse(line, p, "a time like 04/Jul/2022:09:12:31 +0900", why);
	out->text[RAW_TIME] = (struct str){ .p = p, .n = CLF_TIME };
	p += CLF_TIME;
	if (p[0] != ']' || p[1] != ' ')
		return format_refuse(line, p, "] after the time", why);
	p += 2;
	if (!quoted(&p, end, &request))
		return format_refuse(line, p, "a quoted request", why);
	if (end - p < 5 || p[0] != ' ' || p[4] != ' ' ||
	    !format_status_of((struct str){ .p = p + 1, .n = 3 }, &out->status))
		return format_refuse(line, p + (p < end && *p == ' '), "a status of three digits",
				     why);
	out->text[RAW_STATUS] = (struct str){ .p = p + 1, .n = 3 };
	p += 5;
	digits = p;
	p = bytes_sent(p, end);
	if (p >= end || *p != ' ' || p == digits)
		return format_refuse(line, p, "the bytes sent, or -", why);
	out->text[RAW_BYTES] = (struct str){ .p = digits, .n = (size_t)(p - digits) };
	p++;
	if (!quoted(&p, end, &out->text[RAW_REFERER]) || p >= end || *p != ' ')
		return format_refuse(line, p, "a quoted referer", why);
	p++;
	if (!quoted(&p, end, &out->text[RAW_AGENT]))
		return format_refuse(line, p, "a quoted user agent", why);
	if (p != end)
		return format_refuse(line, p, "the end of the line", why);
	split = request_split(request);
	out->text[RAW_METHOD] = split.method;
	out->text[RAW_TARGET] = split.target;
	out->text[RAW_PROTOCOL] = split.protocol;
	return PARSED_EVENT;
}

static const struct format_sample combined_samples[] = {
	{ "combined",
	  "10.1.2.3 - pg0001 [01/Apr/2026:09:05:01 +0900] \"GET /supply/0101 HTTP/1.1\" 200 512 "
	  "\"http://takuso.example/\" \"KasumiLauncher/1.2\"",
	  "ts=1775001901000 address=10.1.2.3 ident=- account=pg0001 method=GET "
	  "target=/supply/0101 protocol=HTTP/1.1 status=200 bytes=512 "
	  "referer=http://takuso.example/ agent=KasumiLauncher/1.2" },
	{ "combined", "2001:db8::7 - - [29/Feb/2024:23:59:60 +0000] \"-\" 408 - \"-\" \"-\"",
	  "ts=1709251199999 address=2001:db8::7 account=- status=408 bytes=- agent=-" },
	{ "combined",
	  "10.1.2.3 - pg 7 [x] [01/Apr/2026:09:05:01 +0900] \"GET /\\\"a b HTTP/1.0\" 404 0 \"-\" "
	  "\"a\\x22 200 1 \\\\\"",
	  "account='pg 7 [x]' target='/\\\"a b' protocol=HTTP/1.0 status=404 "
	  "agent='a\\x22 200 1 \\\\'" },
	{ 0 },
};

const struct format fmt_combined = {
	.name = "combined",
	.summary = "NCSA combined, as Apache and nginx write it",
	.parse = combined_parse,
	.sample = combined_samples,
};
