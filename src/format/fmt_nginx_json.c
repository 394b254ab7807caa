/*
 * fmt_nginx_json.c - nginx with a JSON log_format whose names are those of the variables, or what most people call
 * them.  \xHH is let pass: it stands where the log_format lacks escape=json, and is not JSON.
 */
#include "format/json_record.h"

static const struct json_shape nginx_json_shape = {
	.raw = {
		[RAW_ADDRESS] = "remote_addr realip_remote_addr client_ip clientip remote_ip",
		[RAW_ACCOUNT] = "remote_user user username",
		[RAW_METHOD] = "request_method method",
		[RAW_TARGET] = "request_uri uri url path",
		[RAW_AGENT] = "http_user_agent user_agent agent ua",
		[RAW_FORWARDED] = "http_x_forwarded_for x_forwarded_for xff",
		[RAW_TIME] = "time_iso8601 time_local msec time ts timestamp @timestamp event_datetime",
		[RAW_STATUS] = "status",
		[RAW_PROTOCOL] = "server_protocol protocol",
		[RAW_HOST] = "http_host host server_name",
		[RAW_BYTES] = "body_bytes_sent bytes_sent bytes size",
		[RAW_REFERER] = "http_referer referer referrer",
		[RAW_DURATION] = "request_time duration responsetime",
	},
	.request = "request",
	.hex = true,
};

static int
nginx_json_compile(const struct format_spec *spec, struct arena *arena, const void **plan,
		   struct errors *err)
{
	return json_record_compile(&nginx_json_shape, spec, arena, plan, err);
}

static const struct format_sample nginx_json_samples[] = {
	{ "nginx-json",
	  "{\"time_iso8601\":\"2026-04-01T09:05:01+09:00\",\"remote_addr\":\"10.1.2.3\","
	  "\"remote_user\":\"pg0001\",\"request\":\"GET /supply/0101 HTTP/1.1\",\"status\":\"200\","
	  "\"body_bytes_sent\":\"512\",\"http_referer\":\"\",\"http_user_agent\":\"Ka\\u0073umi/"
	  "1.0\","
	  "\"request_time\":\"0.012\"}",
	  "ts=1775001901000 address=10.1.2.3 account=pg0001 method=GET target=/supply/0101 "
	  "protocol=HTTP/1.1 status=200 bytes=512 agent=Kasumi/1.0 duration=0.012" },
	{ "nginx-json",
	  "{\"msec\":1775001901.250,\"remote_addr\":\"10.2.0.9\",\"remote_user\":\"ep0002\","
	  "\"request_method\":\"GET\",\"request_uri\":\"/find?q=\\x22x\\x22\",\"status\":404}",
	  "ts=1775001901250 address=10.2.0.9 account=ep0002 method=GET target=/find?q=\"x\" "
	  "status=404" },
	{ "nginx-json",
	  "{\"time_local\":\"01/Apr/2026:09:05:01 +0900\",\"remote_addr\":\"2001:db8::7\","
	  "\"remote_user\":\"pg 7\",\"request\":\"GET /a?b=1 HTTP/2.0\",\"status\":304,"
	  "\"http_x_forwarded_for\":\"192.0.2.7, 10.9.0.1\",\"host\":\"kasumi.example\","
	  "\"upstream\":{\"time\":[\"0.1\",\"0.2\"]}}",
	  "ts=1775001901000 address=2001:db8::7 account='pg 7' method=GET target=/a?b=1 "
	  "protocol=HTTP/2.0 status=304 forwarded='192.0.2.7, 10.9.0.1' host=kasumi.example "
	  "/upstream/time/1=0.2" },
	{ 0 },
};

const struct format fmt_nginx_json = {
	.name = "nginx-json",
	.summary = "nginx with a JSON log_format of the usual names",
	.names_fields = true,
	.state_size = JSON_RECORD_STATE,
	.compile = nginx_json_compile,
	.parse = json_record_parse,
	.sample = nginx_json_samples,
};
