/*
 * field_names.c - the names of the fields, as policies write them.
 */
#include "model/policy.h"

const char *const field_names[FIELD_COUNT] = {
	[FIELD_OBJECT] = "object",     [FIELD_CLASS] = "class",   [FIELD_ACCOUNT] = "account",
	[FIELD_TERMINAL] = "terminal", [FIELD_MASKED] = "masked", [FIELD_ACT] = "act",
	[FIELD_OUTCOME] = "outcome",   [FIELD_N] = "n",           [FIELD_SID] = "sid",
	[FIELD_CODE] = "code",         [FIELD_DEVICE] = "device", [FIELD_PURPOSE] = "purpose",
	[FIELD_SEQ] = "seq",
};

const char *const nightly_names[NIGHTLY_COUNT] = {
	[NIGHTLY_DAILY] = "daily",
	[NIGHTLY_WEEKDAY] = "weekday",
	[NIGHTLY_NONE] = "none",
};

const char *const geoip_names[GEOIP_COUNT] = {
	[GEOIP_CITY] = "city",
	[GEOIP_ASN] = "asn",
	[GEOIP_COUNTRY] = "country",
	[GEOIP_ANONYMOUS] = "anonymous",
};
