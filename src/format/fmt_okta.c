/*
 * fmt_okta.c - Okta's system log, a JSON object a line.  The event's type is the target; its result is told as the HTTP
 * status that means the same.
 */
#include "format/json_record.h"

/* SKIPPED and UNKNOWN say nothing. */
static const struct json_outcome okta_outcomes[] = {
	{ "SUCCESS", 200 },   { "ALLOW", 200 }, { "FAILURE", 401 },
	{ "CHALLENGE", 401 }, { "DENY", 403 },  { 0 },
};

static const struct json_shape okta_shape = {
	.raw = {
		[RAW_ADDRESS] = "/client/ipAddress",
		[RAW_ACCOUNT] = "/actor/alternateId /actor/id",
		[RAW_TARGET] = "eventType",
		[RAW_AGENT] = "/client/userAgent/rawUserAgent",
		[RAW_TIME] = "published",
		[RAW_IDENT] = "/actor/id",
	},
	.time = "iso8601",
	.only = "eventType",
	.outcome = "/outcome/result",
	.outcomes = okta_outcomes,
};

static int
okta_compile(const struct format_spec *spec, struct arena *arena, const void **plan,
	     struct errors *err)
{
	return json_record_compile(&okta_shape, spec, arena, plan, err);
}

static const struct format_sample okta_samples[] = {
	{ "okta",
	  "{\"actor\":{\"id\":\"u17\",\"type\":\"User\",\"alternateId\":\"pg0001@kpg.example\"},"
	  "\"client\":{\"userAgent\":{\"rawUserAgent\":\"Kasumi/1.0\"},\"ipAddress\":\"10.1.2.3\"},"
	  "\"eventType\":\"user.session.start\",\"outcome\":{\"result\":\"SUCCESS\",\"reason\":"
	  "null},"
	  "\"published\":\"2026-04-01T00:05:01.250Z\"}",
	  "ts=1775001901250 address=10.1.2.3 account=pg0001@kpg.example target=user.session.start "
	  "agent=Kasumi/1.0 ident=u17 status=200" },
	{ "okta",
	  "{\"published\":\"2026-04-01T00:05:02.000Z\",\"eventType\":\"user.session.start\","
	  "\"outcome\":{\"reason\":\"INVALID_CREDENTIALS\",\"result\":\"FAILURE\"},"
	  "\"actor\":{\"id\":null,\"alternateId\":\"ep9999@kep.example\"},"
	  "\"client\":{\"ipAddress\":\"10.2.0.9\"}}",
	  "ts=1775001902000 address=10.2.0.9 account=ep9999@kep.example target=user.session.start "
	  "status=401" },
	{ "okta",
	  "{\"actor\":{\"id\":\"u17\",\"alternateId\":null,\"displayName\":\"\\u95a2 "
	  "7\"},\"client\":{\"userAgent\":{\"rawUserAgent\":\"Kasumi \\\"1.0\\\" "
	  "(x; y)\"},\"ipAddress\":\"2001:db8::7\"},\"eventType\":\"policy.evaluate_sign_on\""
	  ",\"outcome\":{\"result\":\"DENY\"},\"published\":\"2026-04-01T00:05:03.500Z\"}",
	  "ts=1775001903500 address=2001:db8::7 account=u17 target=policy.evaluate_sign_on "
	  "agent='Kasumi \"1.0\" (x; y)' ident=u17 status=403 /actor/displayName='関 "
	  "7'" },
	{ 0 },
};

const struct format fmt_okta = {
	.name = "okta",
	.summary = "Okta's system log",
	.names_fields = true,
	.state_size = JSON_RECORD_STATE,
	.compile = okta_compile,
	.parse = json_record_parse,
	.sample = okta_samples,
};
