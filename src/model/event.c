/*
 * event.c - the names of acts and reasons, as policies write them and reports print them.
 */
#include "model/event.h"

const char *const act_names[ACT_COUNT] = {
	[ACT_OTHER] = "other",         [ACT_LOGIN] = "login",       [ACT_LOGOUT] = "logout",
	[ACT_VIEW] = "view",           [ACT_LIST] = "list",         [ACT_EXPORT] = "export",
	[ACT_PRINT] = "print",         [ACT_DOWNLOAD] = "download", [ACT_UPDATE] = "update",
	[ACT_AUTH_FAIL] = "auth_fail", [ACT_MFA] = "mfa",           [ACT_CONSENT] = "consent",
	[ACT_ADMIN] = "admin",         [ACT_HEALTH] = "health",
};

const char *const reason_names[REASON_COUNT] = {
	[REASON_NONE] = "",
	[REASON_AUTH] = "auth",
	[REASON_FORBIDDEN] = "forbidden",
	[REASON_NOT_FOUND] = "not_found",
	[REASON_ERROR] = "error",
};

bool
act_named(struct str name, enum act *act)
{
	for (int a = 0; a < ACT_COUNT; a++) {
		if (str_is(name, act_names[a])) {
			*act = (enum act)a;
			return true;
		}
	}
	return false;
}
