/*
 * fmt_traefik.c - Traefik's access log in JSON.  Headers are there if its configuration keeps them.
 */
#include "format/json_record.h"

static const struct json_shape traefik_shape = {
	.raw = {
		[RAW_ADDRESS] = "ClientHost ClientAddr",
		[RAW_ACCOUNT] = "ClientUsername",
		[RAW_METHOD] = "RequestMethod",
		[RAW_TARGET] = "RequestPath",
		[RAW_AGENT] = "request_User-Agent",
		[RAW_FORWARDED] = "request_X-Forwarded-For",
		[RAW_TIME] = "StartUTC StartLocal time",
		[RAW_STATUS] = "DownstreamStatus OriginStatus",
		[RAW_PROTOCOL] = "RequestProtocol",
		[RAW_HOST] = "RequestHost RequestAddr",
		[RAW_BYTES] = "DownstreamContentSize",
		[RAW_REFERER] = "request_Referer",
		[RAW_DURATION] = "Duration", /* nanoseconds */
	},
	.only = "RequestMethod",
};

static int
traefik_compile(const struct format_spec *spec, struct arena *arena, const void **plan,
		struct errors *err)
{
	return json_record_compile(&traefik_shape, spec, arena, plan, err);
}

static const struct format_sample traefik_samples[] = {
	{ "traefik",
	  "{\"ClientAddr\":\"10.1.2.3:50012\",\"ClientHost\":\"10.1.2.3\",\"ClientPort\":\"50012\","
	  "\"ClientUsername\":\"pg0001\",\"DownstreamContentSize\":512,\"DownstreamStatus\":200,"
	  "\"Duration\":12000000,\"RequestAddr\":\"kasumi.example\",\"RequestHost\":\"kasumi."
	  "example\","
	  "\"RequestMethod\":\"GET\",\"RequestPath\":\"/supply/0101\",\"RequestProtocol\":\"HTTP/"
	  "1.1\","
	  "\"StartUTC\":\"2026-04-01T00:05:01.25Z\",\"level\":\"info\",\"msg\":\"\","
	  "\"request_User-Agent\":\"Kasumi/1.0\",\"time\":\"2026-04-01T09:05:02+09:00\"}",
	  "ts=1775001901250 address=10.1.2.3 account=pg0001 method=GET target=/supply/0101 "
	  "agent=Kasumi/1.0 status=200 protocol=HTTP/1.1 host=kasumi.example bytes=512 "
	  "duration=12000000" },
	{ "traefik",
	  "{\"ClientAddr\":\"[2001:db8::7]:50012\",\"ClientUsername\":\"-\",\"DownstreamStatus\":"
	  "502,"
	  "\"RequestMethod\":\"POST\",\"RequestPath\":\"/contract\","
	  "\"StartLocal\":\"2026-04-01T09:05:01+09:00\"}",
	  "ts=1775001901000 address=2001:db8::7 account=- method=POST target=/contract "
	  "status=502" },
	{ "traefik",
	  "{\"ClientHost\":\"10.2.0.9\",\"ClientUsername\":\"ep 2\",\"DownstreamStatus\":404"
	  ",\"OriginStatus\":404,\"RequestMethod\":\"GET\",\"RequestPath\":\"/find?q=\\\"x "
	  "y\\\"\",\"RequestAddr\":\"kasumi.example:443\",\"StartUTC\":\"2026-04-01T00:05:01"
	  ".123456789Z\",\"request_X-Forwarded-For\":\"192.0.2.7, 10.9.0.1\",\"request_Refer"
	  "er\":\"https://kasumi.example/\\u5951\"}",
	  "ts=1775001901123 address=10.2.0.9 account='ep 2' method=GET target='/find?q=\"x "
	  "y\"' status=404 host=kasumi.example:443 forwarded='192.0.2.7, 10.9.0.1' "
	  "referer=https://kasumi.example/契" },
	{ 0 },
};

const struct format fmt_traefik = {
	.name = "traefik",
	.summary = "Traefik's access log in JSON",
	.names_fields = true,
	.state_size = JSON_RECORD_STATE,
	.compile = traefik_compile,
	.parse = json_record_parse,
	.sample = traefik_samples,
};
