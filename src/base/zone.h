/*
 * zone.h - time zones: how far local time is from UTC, and which instant a local time is.  Own reader of TZif files;
 * never TZ, never the libc's idea of local time (which, once the process is locked down, is silently UTC).
 */
#ifndef SEKISHO_BASE_ZONE_H
#define SEKISHO_BASE_ZONE_H

#include "base/error.h"

struct zone;

enum {
	OFFSET_MOST = (14 * 60 + 59) * 60, /* of what people write: +14:59 */
	ZONE_OFFSET_MOST = 26 * 3600       /* no zone is as far from UTC as this, in seconds */
};

enum zone_local {
	ZONE_ONCE,
	ZONE_TWICE, /* clocks were set back: the hour comes twice */
	ZONE_NEVER  /* clocks were set forward over it */
};

/*
 * An IANA name (Asia/Tokyo), UTC, GMT, JST, or an offset (+09:00).  UTC, Japan and offsets need no file; the rest is
 * read from `folder` (NULL: /usr/share/zoneinfo).  NULL with the mistake told.  It lives as long as the arena.
 */
const struct zone *zone_load(struct arena *arena, struct str name, const char *folder,
			     struct errors *err, struct place at);

/* Seconds east of UTC at an instant (seconds since 1970). */
int32_t zone_offset(const struct zone *zone, int64_t utc);

/* The instants a local time (seconds since 1970-01-01 00:00 of the zone's clock) can be: none, one, or the first and
 * the last; utc[0] == utc[1] when there is one. */
enum zone_local zone_to_utc(const struct zone *zone, int64_t local, int64_t utc[2]);

/* Is that answer the same, second for second, through the minute from `local` on? */
bool zone_even_minute(const struct zone *zone, int64_t local);

#endif
