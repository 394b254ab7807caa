/*
 * fmt_keycloak.c - events of Keycloak, a JSON object a line.  Its type (LOGIN, LOGIN_ERROR, LOGOUT ...) is the target:
 * what was asked for.  How it ended is in the type, too, and is told as the HTTP status that means the same.
 */
#include "format/json_record.h"

static const struct json_outcome keycloak_outcomes[] = {
	{ "LOGIN_ERROR", 401 },
	{ "*_ERROR", 400 },
	{ "*", 200 },
	{ 0 },
};

/* Whoever fails to log in may be nobody: then there is a name in details and no userId. */
static const struct json_shape keycloak_shape = {
	.raw = {
		[RAW_ADDRESS] = "ipAddress",
		[RAW_ACCOUNT] = "/details/username userId",
		[RAW_TARGET] = "type",
		[RAW_TIME] = "time",
		[RAW_IDENT] = "userId",
		[RAW_HOST] = "clientId",
	},
	.time = "epoch_ms",
	.only = "type",
	.outcome = "type",
	.outcomes = keycloak_outcomes,
};

static int
keycloak_compile(const struct format_spec *spec, struct arena *arena, const void **plan,
		 struct errors *err)
{
	return json_record_compile(&keycloak_shape, spec, arena, plan, err);
}

static const struct format_sample keycloak_samples[] = {
	{ "keycloak",
	  "{\"id\":\"e1\",\"time\":1775001901250,\"type\":\"LOGIN\",\"realmId\":\"kasumi\","
	  "\"clientId\":\"supply\",\"userId\":\"u-17\",\"ipAddress\":\"10.1.2.3\","
	  "\"details\":{\"username\":\"pg0001\",\"auth_method\":\"openid-connect\"}}",
	  "ts=1775001901250 address=10.1.2.3 account=pg0001 target=LOGIN ident=u-17 host=supply "
	  "status=200" },
	{ "keycloak",
	  "{\"time\":1775001902000,\"type\":\"LOGIN_ERROR\",\"realmId\":\"kasumi\",\"clientId\":"
	  "\"supply\","
	  "\"userId\":null,\"ipAddress\":\"10.2.0.9\",\"error\":\"user_not_found\","
	  "\"details\":{\"username\":\"ep9999\"}}",
	  "ts=1775001902000 address=10.2.0.9 account=ep9999 target=LOGIN_ERROR host=supply "
	  "status=401" },
	{ "keycloak",
	  "{\"time\":1775001903000,\"type\":\"LOGOUT\",\"realmId\":\"kasumi\",\"clientId\":null,"
	  "\"userId\":\"u-17\",\"ipAddress\":\"10.1.2.3\",\"details\":{}}",
	  "ts=1775001903000 address=10.1.2.3 account=u-17 target=LOGOUT ident=u-17 status=200" },
	{ "keycloak",
	  "{\"time\":1775001904007,\"type\":\"UPDATE_PASSWORD_ERROR\",\"clientId\":\"supply\""
	  ",\"userId\":\"u-17\",\"ipAddress\":\"2001:db8::7\",\"details\":{\"username\":\"\\"
	  "u95a2\\u5e83 7\",\"screen\":\"a\\/b\"}}",
	  "ts=1775001904007 address=2001:db8::7 account='関広 7' target=UPDATE_PASSWORD_ER"
	  "ROR ident=u-17 host=supply status=400 /details/screen=a/b" },
	{ 0 },
};

const struct format fmt_keycloak = {
	.name = "keycloak",
	.summary = "Keycloak's events",
	.names_fields = true,
	.state_size = JSON_RECORD_STATE,
	.compile = keycloak_compile,
	.parse = json_record_parse,
	.sample = keycloak_samples,
};
