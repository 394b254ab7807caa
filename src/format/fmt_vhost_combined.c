/*
 * fmt_vhost_combined.c - NCSA combined with the virtual host in front, and its port if it is written.
 *
 *     HOST[:PORT] ADDRESS IDENT ACCOUNT [TIME] "REQUEST" STATUS BYTES "REFERER" "AGENT"
 *
 * Anything could stand before a line of combined, most of all a header of syslog; so the host must look like one, and
 * the client like an address or a name.
 */
#include "base/address.h"
#include "format/apache_draft.h"

enum { PORT_DIGITS = 5 };

static int
vhost_combined_compile(const struct format_spec *spec, struct arena *arena, const void **plan,
		       struct errors *err)
{
	return apache_layout(STR("%h %l %u %t \"%r\" %>s %O \"%{Referer}i\" \"%{User-Agent}i\""),
			     spec, arena, plan, err);
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Letters, digits and what stands between them; bytes beyond ASCII nobody has in a name that was looked up. */
static bool
is_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!is_letter(c) && !(c >= '0' && c <= '9') && c != '.' && c != '-' && c != '_')
			return false;
	}
	return s.n > 0;
}

static bool
has_letter(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (is_letter(s.p[i]))
			return true;
	}
	return false;
}

/* `host:80` to `host`; what has no port stays. */
static struct str
without_port(struct str s)
{
	size_t digits = 0;

	while (digits < s.n && s.p[s.n - digits - 1] >= '0' && s.p[s.n - digits - 1] <= '9')
		digits++;
	if (digits && digits <= PORT_DIGITS && digits < s.n && s.p[s.n - digits - 1] == ':')
		s.n -= digits + 1;
	return s;
}

/* A name, an IPv4 address, or an IPv6 one in its brackets. */
static bool
is_host(struct str s)
{
	char address[ADDRESS_SIZE];

	if (s.n > 2 && s.p[0] == '[' && s.p[s.n - 1] == ']')
		return address_parse(str_head(str_skip(s, 1), s.n - 2), address);
	return is_name(s);
}

static bool
is_client(struct str s)
{
	char address[ADDRESS_SIZE];

	return address_parse(s, address) || (is_name(s) && has_letter(s));
}

static enum parsed
vhost_combined_parse(struct parsing *r, struct str line, struct record *out, struct refusal *why)
{
	struct str word = str_head(line, str_find(line, ' ')), host = without_port(word);
	struct str rest = str_skip(line, min_size(word.n + 1, line.n));
	enum parsed parsed;

	if (line.n == 0)
		return PARSED_NOTHING;
	if (!is_host(host))
		return format_refuse(line, line.p, "a virtual host, with its port or without", why);
	if (!is_client(str_head(rest, str_find(rest, ' '))))
		return format_refuse(line, rest.p, "the client's address or name", why);
	parsed = layout_parse(r, rest, out, why);
	if (parsed == PARSED_REFUSED)
		why->byte += (uint32_t)(rest.p - line.p);
	else
		out->text[RAW_HOST] = host;
	return parsed;
}

#define AT " [01/Apr/2026:09:05:01 +0900] "

static const struct format_sample vhost_combined_samples[] = {
	{ "vhost-combined",
	  "takuso.kasumi.example:443 10.1.2.3 - pg0001" AT
	  "\"GET /supply/0101 HTTP/1.1\" 200 512 \"-\" \"KasumiLauncher/1.2\"",
	  "ts=1775001901000 host=takuso.kasumi.example address=10.1.2.3 account=pg0001 "
	  "method=GET target=/supply/0101 status=200 bytes=512 agent=KasumiLauncher/1.2" },
	{ "vhost-combined", "[2001:db8::1]:80 2001:db8::7 - -" AT "\"-\" 408 0 \"-\" \"-\"",
	  "host=[2001:db8::1] address=2001:db8::7 account=- status=408 referer=- agent=-" },
	{ "vhost-combined",
	  "a:80 10.1.2.3 - \"\"" AT "\"GET /a HTTP/1.1\" 401 0 \"-\" \"x\\\" y\\\\\"",
	  "host=a account=\"\" target=/a status=401 agent='x\\\" y\\\\'" },
	{ "vhost-combined", "10.0.0.7 pc-17.kasumi.example - pg 7" AT "\"-\" 408 0 \"-\" \"-\"",
	  "host=10.0.0.7 address=pc-17.kasumi.example account='pg 7' status=408" },
	{ 0 },
};

const struct format fmt_vhost_combined = {
	.name = "vhost-combined",
	.summary = "NCSA combined behind a virtual host, with its port or without",
	.compile = vhost_combined_compile,
	.parse = vhost_combined_parse,
	.sample = vhost_combined_samples,
};
