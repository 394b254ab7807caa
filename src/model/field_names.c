/*
 * field_names.c - the names of the fields, as policies write them.
 */
#include "model/policy.h"

const char *const field_names[FIELD_COUNT] = {
	[FIELD_OBJECT] = "object",     [FIELD_CLASS] = "class",   [FIELD_ACCOUNT] = "account",
	[FIELD_TERMINAL] = "terminal", [FIELD_MASKED] = "masked",
};
