/*
 * fmt_json.c - NDJSON: an object a line, its fields by the names they usually have or by JSON pointers of the policy.
 */
#include "format/json_record.h"

static const struct json_shape json_shape = {
	.raw = {
		[RAW_ADDRESS] = "remote_addr client_ip clientip remote_ip client_addr ip_address ip remote_host",
		[RAW_ACCOUNT] = "remote_user user username user_name user_id account login",
		[RAW_METHOD] = "request_method method http_method verb",
		[RAW_TARGET] = "request_uri uri path url target",
		[RAW_AGENT] = "http_user_agent user_agent agent ua",
		[RAW_FORWARDED] = "http_x_forwarded_for x_forwarded_for xff forwarded_for",
		[RAW_TIME] = "time ts timestamp @timestamp datetime time_iso8601 time_local msec",
		[RAW_STATUS] = "status status_code response_code",
		[RAW_PROTOCOL] = "server_protocol protocol proto",
		[RAW_HOST] = "http_host host server_name vhost",
		[RAW_BYTES] = "body_bytes_sent bytes_sent bytes body_bytes size",
		[RAW_REFERER] = "http_referer referer referrer",
		[RAW_DURATION] = "request_time duration response_time elapsed latency",
	},
	.request = "request",
};

static int
json_compile(const struct format_spec *spec, struct arena *arena, const void **plan,
	     struct errors *err)
{
	return json_record_compile(&json_shape, spec, arena, plan, err);
}

static const struct format_sample json_samples[] = {
	{ "json",
	  "{\"time\":\"2026-04-01T09:05:01+09:00\",\"remote_addr\":\"10.1.2.3\",\"user\":"
	  "\"pg0001\","
	  "\"method\":\"GET\",\"uri\":\"/supply/0101\",\"status\":200,\"bytes\":512}",
	  "ts=1775001901000 address=10.1.2.3 account=pg0001 method=GET target=/supply/0101 "
	  "status=200 bytes=512" },
	{ "json",
	  "{\"ts\":1775001901.25,\"client_ip\":\"10.2.0.9\",\"username\":\"ep0002\","
	  "\"request\":\"POST /contract?id=1 HTTP/1.1\",\"status\":\"302\"}",
	  "ts=1775001901250 address=10.2.0.9 account=ep0002 method=POST target=/contract?id=1 "
	  "protocol=HTTP/1.1 status=302" },
	{ "json",
	  "{\"@timestamp\":\"2026-04-01T09:05:01.5+09:00\",\"ip\":\"10.1.2.3\","
	  "\"user\":\"関広 7\",\"verb\":\"GET\",\"path\":\"/a\\\\b\\u0026c\","
	  "\"screen\":{\"name\":\"\\u5951\\u7d04 \\\"1\\\"\",\"no\":7},\"masked\":true,"
	  "\"size\":null}",
	  "ts=1775001901500 address=10.1.2.3 account='関広 7' method=GET target=/a\\b&c "
	  "bytes= /screen/name='契約 \"1\"' /screen/no=7 masked=true" },
	{ 0 },
};

const struct format fmt_json = {
	.name = "json",
	.summary = "NDJSON, an object a line; fields by name or by JSON pointer",
	.names_fields = true,
	.state_size = JSON_RECORD_STATE,
	.compile = json_compile,
	.parse = json_record_parse,
	.sample = json_samples,
};
