/*
 * raw_names.c - the usual names of what a line holds, as policies and samples write them.
 */
#include "model/format.h"

const char *const raw_names[RAW_COUNT] = {
	[RAW_ADDRESS] = "address",   [RAW_ACCOUNT] = "account",   [RAW_METHOD] = "method",
	[RAW_TARGET] = "target",     [RAW_AGENT] = "agent",       [RAW_FORWARDED] = "forwarded",
	[RAW_TIME] = "time",         [RAW_STATUS] = "status",     [RAW_IDENT] = "ident",
	[RAW_PROTOCOL] = "protocol", [RAW_HOST] = "host",         [RAW_BYTES] = "bytes",
	[RAW_REFERER] = "referer",   [RAW_DURATION] = "duration",
};
