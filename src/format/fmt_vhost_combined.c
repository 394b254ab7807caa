/*
 * fmt_vhost_combined.c - NCSA combined with the virtual host and its port in front, as Debian's Apache writes it.
 */
#include "format/apache_draft.h"

static int
vhost_combined_compile(const struct format_spec *spec, struct arena *arena, const void **plan,
		       struct errors *err)
{
	return apache_layout(
		STR("%v:%p %h %l %u %t \"%r\" %>s %O \"%{Referer}i\" \"%{User-Agent}i\""), spec,
		arena, plan, err);
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
	{ 0 },
};

const struct format fmt_vhost_combined = {
	.name = "vhost-combined",
	.summary = "NCSA combined behind a virtual host and its port",
	.compile = vhost_combined_compile,
	.parse = layout_parse,
	.sample = vhost_combined_samples,
};
