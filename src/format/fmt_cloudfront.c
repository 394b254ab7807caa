/*
 * fmt_cloudfront.c - the access logs of CloudFront: W3C extended with tabs, names of its own, and URL-encoded agents.
 */
#include "format/w3c.h"

static const struct w3c_dialect cloudfront_dialect = {
	.usual = {
		.names = {
			[RAW_ADDRESS] = "c-ip",
			[RAW_METHOD] = "cs-method",
			[RAW_TARGET] = "cs-uri-stem",
			[RAW_AGENT] = "cs(user-agent)",
			[RAW_FORWARDED] = "x-forwarded-for",
			[RAW_TIME] = "timestamp",
			[RAW_STATUS] = "sc-status",
			[RAW_PROTOCOL] = "cs-protocol-version",
			[RAW_HOST] = "x-host-header cs(host)",
			[RAW_BYTES] = "sc-bytes",
			[RAW_REFERER] = "cs(referer)",
			[RAW_DURATION] = "time-taken",
			[LABEL_DATE] = "date",
			[LABEL_CLOCK] = "time",
			[LABEL_QUERY] = "cs-uri-query",
		},
		.any_case = true,
	},
	.separator = '\t',
	.url_encoded = true,
};

static int
cloudfront_compile(const struct format_spec *spec, struct arena *arena, const void **plan,
		   struct errors *err)
{
	return w3c_compile(&cloudfront_dialect, spec, arena, plan, err);
}

static const struct format_sample cloudfront_samples[] = {
	{ "cloudfront",
	  "#Version: 1.0\n"
	  "#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem "
	  "sc-status "
	  "cs(Referer) cs(User-Agent) cs-uri-query x-edge-result-type x-host-header "
	  "cs-protocol-version x-forwarded-for time-taken\n"
	  "2022-07-04\t00:12:31\tNRT57-C1\t512\t10.1.2.3\tGET\tedge.example\t/supply/0101\t200\t-\t"
	  "KasumiLauncher/1.2%20(branch)\tt=T-1\tHit\ttakuso.example\tHTTP/2.0\t"
	  "10.2.0.9,%2010.2.0.1\t0.041",
	  "ts=1656893551000 address=10.1.2.3 method=GET target=/supply/0101?t=T-1 status=200 "
	  "agent='KasumiLauncher/1.2 (branch)' host=takuso.example protocol=HTTP/2.0 bytes=512 "
	  "forwarded='10.2.0.9, 10.2.0.1' duration=0.041" },
	{ "cloudfront",
	  "#Fields: date time c-ip cs-method cs-uri-stem sc-status cs(User-Agent) "
	  "cs-uri-query x-edge-result-type\n"
	  "2026-04-01\t00:05:01\t2001:db8::7\tGET\t/a%20b\t000\tK%20%2522x%2522\t"
	  "-\tError",
	  "ts=1775001901000 address=2001:db8::7 method=GET target=/a%20b status=000 "
	  "agent='K %22x%22' x-edge-result-type=Error" },
	{ "cloudfront",
	  "#Fields: time date c-ip sc-status\n"
	  "00:05:00\t2026-04-01\t10.1.2.3\t200\n"
	  "#Fields: date time c-ip cs(Host) sc-status cs-protocol-version cs(Referer) "
	  "sc-bytes\n"
	  "2026-04-01\t00:05:01\t10.2.0.9\tkasumi.example\t302\tHTTP/1.1\thttps://kasumi.exa"
	  "mple/a\t0",
	  "ts=1775001901000 address=10.2.0.9 host=kasumi.example status=302 protocol=HTTP/1."
	  "1 referer=https://kasumi.example/a bytes=0" },
	{ 0 },
};

const struct format fmt_cloudfront = {
	.name = "cloudfront",
	.summary = "the access logs of CloudFront",
	.whole = true,
	.names_fields = true,
	.state_size = sizeof(struct w3c_state),
	.compile = cloudfront_compile,
	.parse = w3c_parse,
	.sample = cloudfront_samples,
};
