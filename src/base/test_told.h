/*
 * test_told.h - for tests: what was told of a text in a policy, and where.
 */
#ifndef SEKISHO_BASE_TEST_TOLD_H
#define SEKISHO_BASE_TEST_TOLD_H

#include "base/test_wall.h"

#include "base/error.h"

/* One message, at `place`, that has `want` in it; then it is forgotten. */
static inline void
want_told(const char *name, struct errors *err, const char *place, const char *want)
{
	want_i64(name, "messages", 1, (int64_t)err->list.n);
	if (!str_contains(err->list.at[0], str_of(want)) ||
	    !str_starts(err->list.at[0], str_of(place)))
		fail_msg("%s: wanted [%s], got [" STR_FMT "]", name, want,
			 STR_ARG(err->list.at[0]));
	errors_free(err);
}

#endif
