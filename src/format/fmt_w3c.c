/*
 * fmt_w3c.c - W3C extended, as IIS and proxies write it; the columns are those of `#Fields:`.
 */
#include "format/w3c.h"

static const struct w3c_dialect w3c_dialect = {
	.usual = {
		.names = {
			[RAW_ADDRESS] = "c-ip x-client-ip client-ip",
			[RAW_ACCOUNT] = "cs-username c-username x-username",
			[RAW_METHOD] = "cs-method",
			[RAW_TARGET] = "cs-uri-stem cs-uri-path cs-uri",
			[RAW_AGENT] = "cs(user-agent) cs-user-agent c-agent",
			[RAW_FORWARDED] = "x-forwarded-for cs(x-forwarded-for) originalclientip",
			[RAW_TIME] = "date-time datetime timestamp x-timestamp",
			[RAW_STATUS] = "sc-status",
			[RAW_IDENT] = "cs-ident",
			[RAW_PROTOCOL] = "cs-version cs-protocol-version",
			[RAW_HOST] = "cs-host cs(host) s-ip",
			[RAW_BYTES] = "sc-bytes",
			[RAW_REFERER] = "cs(referer) cs(referrer) cs-referer",
			[RAW_DURATION] = "time-taken",
			[LABEL_DATE] = "date",
			[LABEL_CLOCK] = "time",
			[LABEL_QUERY] = "cs-uri-query",
		},
		.any_case = true,
	},
};

static int
plain_w3c_compile(const struct format_spec *spec, struct arena *arena, const void **plan,
		  struct errors *err)
{
	return w3c_compile(&w3c_dialect, spec, arena, plan, err);
}

static const struct format_sample w3c_samples[] = {
	{ "w3c",
	  "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip "
	  "cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken\n"
	  "2022-07-04 00:12:31 10.0.0.5 GET /supply/0101 t=T-1 443 KPG\\pg0001 10.1.2.3 "
	  "KasumiLauncher/1.2+(branch) - 200 0 0 41",
	  "ts=1656893551000 address=10.1.2.3 account=KPG\\pg0001 method=GET "
	  "target=/supply/0101?t=T-1 agent='KasumiLauncher/1.2 (branch)' status=200 duration=41 "
	  "host=10.0.0.5" },
	{ "w3c",
	  "#Fields: date time c-ip\n"
	  "2026-04-01 00:05:00 10.1.2.3\n"
	  "#Date: 2026-04-01\n"
	  "#Fields: time\tdate\tcs-username\tcs(User-Agent)\tx-screen\n"
	  "00:05:01\t2026-04-01\tpg 7\t\"a \"\"b\"\"\"\t契約",
	  "ts=1775001901000 address= account='pg 7' agent='a \"b\"' x-screen=契約" },
	{ "w3c",
	  "#Software: Kasumi Gate\n"
	  "#Fields: date time cs-method cs-uri-stem cs-uri-query c-ip X-Forwarded-For "
	  "sc-status cs-version cs-host sc-bytes\n"
	  "2026-04-01 00:05:01 POST /a%20b - 2001:db8::7 192.0.2.7 401 HTTP/2.0 "
	  "kasumi.example 0",
	  "ts=1775001901000 address=2001:db8::7 method=POST target=/a%20b forwarded=192.0.2."
	  "7 status=401 protocol=HTTP/2.0 host=kasumi.example bytes=0" },
	{ 0 },
};

const struct format fmt_w3c = {
	.name = "w3c",
	.summary = "W3C extended, as IIS writes it",
	.whole = true,
	.names_fields = true,
	.state_size = sizeof(struct w3c_state),
	.compile = plain_w3c_compile,
	.parse = w3c_parse,
	.sample = w3c_samples,
};
