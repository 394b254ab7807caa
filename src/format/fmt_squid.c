/*
 * fmt_squid.c - Squid's native access.log.
 *
 *     seconds.ms elapsed address result/status bytes method URL account hierarchy/peer type
 *
 * Accounts are URL-encoded, so a blank in one is %20.  A URL can hold blanks; it stands between fields that cannot.
 */
#include "format/layout.h"

static const struct layout_known fields[] = {
	{ "time", CLASS_TIME, RAW_TIME, 1, "epoch" },
	{ "elapsed", CLASS_NUMBER, RAW_DURATION, 1, NULL },
	{ "address", CLASS_TOKEN, RAW_ADDRESS, 1, NULL },
	{ "result", CLASS_TOKEN, LAYOUT_NOTHING, 0, NULL },
	{ "status", CLASS_NUMBER, RAW_STATUS, 1, NULL },
	{ "bytes", CLASS_NUMBER, RAW_BYTES, 1, NULL },
	{ "method", CLASS_WORD, RAW_METHOD, 1, NULL },
	{ "url", CLASS_FREE, RAW_TARGET, 1, NULL },
	{ "account", CLASS_WORD, RAW_ACCOUNT, 1, NULL },
	{ "hierarchy", CLASS_WORD, LAYOUT_NOTHING, 0, NULL },
	{ "type", CLASS_WORD, LAYOUT_NOTHING, 0, NULL },
};

static int
squid_compile(const struct format_spec *spec, struct arena *arena, const void **plan,
	      struct errors *err)
{
	static const struct layout_how how = {
		.percent_user = true,
		.whole_url = true,
		.padded = true,
		.what = "Squid's native log",
	};
	struct layout_draft d = { .arena = arena };
	int rc;

	for (size_t i = 0; i < COUNT(fields); i++) {
		if (i > 0)
			layout_literal(&d, fields[i].raw == RAW_STATUS ? '/' : ' ');
		if (!layout_field(&d, str_of(fields[i].name), &fields[i], i + 1))
			BUG("too many fields");
	}
	rc = layout_compile(&d, &how, spec, plan, err);
	layout_draft_free(&d);
	return rc;
}

static const struct format_sample squid_samples[] = {
	{ "squid",
	  "1775001901.250     62 10.1.2.3 TCP_MISS/200 9592 GET "
	  "http://takuso.example/supply/0101?t=1 "
	  "pg0001 HIER_DIRECT/192.0.2.7 text/html",
	  "ts=1775001901250 duration=62 address=10.1.2.3 status=200 bytes=9592 method=GET "
	  "host=takuso.example target=/supply/0101?t=1 account=pg0001 result=TCP_MISS" },
	{ "squid",
	  "1775001901.007 120031 10.1.2.3 TCP_TUNNEL/200 70 CONNECT takuso.example:443 "
	  "kpg%5Cpg%207 "
	  "HIER_DIRECT/192.0.2.7 -",
	  "ts=1775001901007 target=takuso.example:443 account='kpg\\pg 7' status=200" },
	{ "squid",
	  "1775001901.007      0 10.1.2.3 NONE/400 70 GET http://a.example/x y z - HIER_NONE/- -",
	  "ts=1775001901007 host=a.example target='/x y z' account=- status=400" },
	{ 0 },
};

const struct format fmt_squid = {
	.name = "squid",
	.summary = "Squid's native access.log",
	.names_fields = true,
	.compile = squid_compile,
	.parse = layout_parse,
	.sample = squid_samples,
};
