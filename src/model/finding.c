/*
 * finding.c - severities and their points (DETECTION B.0.14).
 */
#include "model/finding.h"

const char *const severity_names[] = {
	[SEVERITY_INFO] = "info", [SEVERITY_LOW] = "low",           [SEVERITY_MEDIUM] = "medium",
	[SEVERITY_HIGH] = "high", [SEVERITY_CRITICAL] = "critical",
};

const char *const mark_names[MARK_COUNT] = {
	[MARK_NONE] = "",           [MARK_NEW] = "new",       [MARK_UNCHANGED] = "unchanged",
	[MARK_UPDATED] = "updated", [MARK_ABSENT] = "absent",
};

enum severity
severity_of(int points)
{
	return points >= 90   ? SEVERITY_CRITICAL
	       : points >= 70 ? SEVERITY_HIGH
	       : points >= 40 ? SEVERITY_MEDIUM
	       : points >= 20 ? SEVERITY_LOW
			      : SEVERITY_INFO;
}

bool
severity_named(struct str name, enum severity *out)
{
	for (int s = SEVERITY_INFO; s <= SEVERITY_CRITICAL; s++) {
		if (str_is(name, severity_names[s])) {
			*out = (enum severity)s;
			return true;
		}
	}
	return false;
}
