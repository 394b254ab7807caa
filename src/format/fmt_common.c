/*
 * fmt_common.c - NCSA common: address ident account [time] "request" status bytes.
 */
#include "format/apache_draft.h"

static int
common_compile(const struct format_spec *spec, struct arena *arena, const void **plan,
	       struct errors *err)
{
	return apache_layout(STR("%h %l %u %t \"%r\" %>s %b"), spec, arena, plan, err);
}

static const struct format_sample common_samples[] = {
	{ "common",
	  "10.1.2.3 - pg0001 [01/Apr/2026:09:05:01 +0900] \"GET /supply/0101 HTTP/1.1\" 200 512",
	  "ts=1775001901000 address=10.1.2.3 ident=- account=pg0001 method=GET "
	  "target=/supply/0101 protocol=HTTP/1.1 status=200 bytes=512" },
	{ "common", "2001:db8::7 - - [29/Feb/2024:23:59:60 +0000] \"-\" 408 -",
	  "ts=1709251199999 address=2001:db8::7 account=- status=408 bytes=-" },
	{ "common",
	  "10.1.2.3 - pg 7 [x] [01/Apr/2026:09:05:01 +0900] \"GET /\\\"a b HTTP/1.0\" 404 0",
	  "account='pg 7 [x]' target='/\\\"a b' protocol=HTTP/1.0 status=404" },
	{ 0 },
};

const struct format fmt_common = {
	.name = "common",
	.summary = "NCSA common, as Apache and others write it",
	.compile = common_compile,
	.parse = layout_parse,
	.sample = common_samples,
};
