/*
 * fmt_caddy.c - Caddy 2's access log.  Its other logs may lie in the same file: their lines have no request.
 *
 * client_ip is whom Caddy holds for the client, by its own list of proxies; remote_ip is the peer; Caddy before 2.5
 * writes remote_addr with a port.
 */
#include "format/json_record.h"

static const struct json_shape caddy_shape = {
	.raw = {
		[RAW_ADDRESS] = "/request/client_ip /request/remote_ip /request/remote_addr",
		[RAW_ACCOUNT] = "/user_id",
		[RAW_METHOD] = "/request/method",
		[RAW_TARGET] = "/request/uri",
		[RAW_AGENT] = "/request/headers/User-Agent",
		[RAW_FORWARDED] = "/request/headers/X-Forwarded-For",
		[RAW_TIME] = "/ts",
		[RAW_STATUS] = "/status",
		[RAW_PROTOCOL] = "/request/proto",
		[RAW_HOST] = "/request/host",
		[RAW_BYTES] = "/size",
		[RAW_REFERER] = "/request/headers/Referer",
		[RAW_DURATION] = "/duration",
	},
	.only = "/request/method",
};

static int
caddy_compile(const struct format_spec *spec, struct arena *arena, const void **plan,
	      struct errors *err)
{
	return json_record_compile(&caddy_shape, spec, arena, plan, err);
}

static const struct format_sample caddy_samples[] = {
	{ "caddy",
	  "{\"level\":\"info\",\"ts\":1775001901.25,\"logger\":\"http.log.access.log0\","
	  "\"msg\":\"handled "
	  "request\",\"request\":{\"remote_ip\":\"10.1.2.3\",\"remote_port\":\"50012\","
	  "\"client_ip\":\"10.1.2.3\",\"proto\":\"HTTP/"
	  "2.0\",\"method\":\"GET\",\"host\":\"kasumi.example\","
	  "\"uri\":\"/supply/0101\",\"headers\":{\"User-Agent\":[\"Kasumi/1.0\"],"
	  "\"X-Forwarded-For\":[\"192.0.2.7, 10.9.0.1\",\"10.9.0.2\"]}},\"bytes_read\":0,"
	  "\"user_id\":\"pg0001\",\"duration\":0.001,\"size\":512,\"status\":200,\"resp_headers\":{"
	  "}}",
	  "ts=1775001901250 address=10.1.2.3 account=pg0001 method=GET target=/supply/0101 "
	  "agent=Kasumi/1.0 forwarded='192.0.2.7, 10.9.0.1, 10.9.0.2' status=200 protocol=HTTP/2.0 "
	  "host=kasumi.example bytes=512 duration=0.001" },
	{ "caddy",
	  "{\"level\":\"error\",\"ts\":1775001902,\"msg\":\"handled request\","
	  "\"request\":{\"remote_addr\":\"[2001:db8::7]:50012\",\"proto\":\"HTTP/1.1\","
	  "\"method\":\"POST\",\"host\":\"kasumi.example\",\"uri\":\"/find?a=1\\u0026b=\\\"x"
	  "\\\"\",\"headers\":{}},\"user_id\":\"\",\"duration\":0.25,\"size\":0,"
	  "\"status\":500}",
	  "ts=1775001902000 address=2001:db8::7 account= method=POST target=/find?a=1&b=\"x\""
	  " status=500 protocol=HTTP/1.1 host=kasumi.example bytes=0 duration=0.25" },
	{ "caddy",
	  "{\"ts\":\"2026-04-01T09:05:01.250+09:00\",\"request\":{\"client_ip\":\"10.2.0.9\""
	  ",\"remote_ip\":\"10.9.0.2\",\"method\":\"GET\",\"uri\":\"/supply/0101\","
	  "\"headers\":{\"User-Agent\":[\"Kasumi/1.0 (支店 7)\"],\"X-Terminal\":[\"T-1\"]}"
	  "},\"user_id\":\"ep 2\",\"status\":0}",
	  "ts=1775001901250 address=10.2.0.9 account='ep 2' method=GET target=/supply/0101 "
	  "status=0 agent='Kasumi/1.0 (支店 7)' /request/headers/X-Terminal=T-1" },
	{ 0 },
};

const struct format fmt_caddy = {
	.name = "caddy",
	.summary = "Caddy's access log",
	.names_fields = true,
	.state_size = JSON_RECORD_STATE,
	.compile = caddy_compile,
	.parse = json_record_parse,
	.sample = caddy_samples,
};
