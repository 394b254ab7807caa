/*
 * zone_own.h - what the files of zone share: a zone is a list of instants at which its offset changes.
 * Rules for the far future are written out for one cycle of the calendar when the zone is read, so nobody asks them.
 */
#ifndef SEKISHO_BASE_ZONE_OWN_H
#define SEKISHO_BASE_ZONE_OWN_H

#include "base/zone.h"

struct zone_change {
	int64_t at;     /* the first second of ... */
	int32_t offset; /* ... this offset */
};

struct zone {
	const struct zone_change *change; /* ascending; each really changes the offset */
	size_t count;
	int64_t cycle_end; /* from here on all is as it was 400 years before; INT64_MAX: no rule */
	int32_t first;     /* before any change */
};

/* The calendar repeats after 400 years, which are whole weeks. */
#define ZONE_CYCLE (146097LL * 86400)

/* A TZif file, versions 1 to 4; its changes are kept in the arena.  False: *wrong says what it should have been. */
bool zone_file_read(struct str bytes, struct arena *arena, struct zone *zone, const char **wrong);

/* When in the year the clock changes: Mm.w.d, Jn or n of POSIX's TZ, at a time that may be negative or past 24:00. */
struct rule_day {
	enum { RULE_JULIAN, RULE_DAY, RULE_WEEKDAY } kind;
	int month, week, day;
	int32_t time;
};

struct zone_rule {
	int32_t standard, summer; /* seconds east */
	bool has_summer;
	struct rule_day begin, end;
};

/* `JST-9`, `EST5EDT,M3.2.0,M11.1.0`, `<-03>3<-02>,M3.5.0/-2,M10.5.0/-1`. */
bool zone_rule_read(struct str text, struct zone_rule *rule);

/* Summer's begin and end in a year, as instants. */
void zone_rule_year(const struct zone_rule *rule, int year, struct zone_change out[2]);

#endif
