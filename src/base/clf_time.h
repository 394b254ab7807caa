/*
 * clf_time.h - the time of NCSA logs, `04/Jul/2022:09:12:31 +0900`: 26 bytes at fixed places, 3 ns with the cache.
 * For formats that have nothing else at this place; when.h reads it too, among all others.
 */
#ifndef SEKISHO_BASE_CLF_TIME_H
#define SEKISHO_BASE_CLF_TIME_H

#include "base/when.h"

enum { CLF_TIME = 26 };

/* p[0..26) must be readable.  Second 60 is read as the last millisecond of its minute. */
bool clf_time(const char *p, struct clock_cache *clock, int64_t *ts_ms);

#endif
