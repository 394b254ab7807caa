/*
 * when.h - the times of logs: how one source writes them, compiled once, and read 10 ns each while the minute stays.
 *
 * By their shape are read: 01/Apr/2026:09:05:01 +0900, ISO 8601, epoch seconds to nanoseconds, 2026/4/1 9:05,
 * 20260401090501, 令和8年4月1日(水) 午後9時5分, R8.4.1, and 25:10 for ten past one of the night after.  Own
 * integers all the way: no strptime, no mktime, no TZ.
 */
#ifndef SEKISHO_BASE_WHEN_H
#define SEKISHO_BASE_WHEN_H

#include "base/zone.h"

enum { CLOCK_TEXT = 48 };

/*
 * The last text read and what came of it: one that differs only in its seconds needs no reading.  Only a cache, and
 * it knows whose it is: readers may share one.  Zeroed is empty.
 */
struct clock_cache {
	char text[CLOCK_TEXT];
	char mask[CLOCK_TEXT];          /* 0 over the seconds and their fraction, else 0xff */
	const void *owner;              /* who read it */
	int64_t ts;                     /* ms UTC, of its second 00 */
	int32_t again;                  /* ms to the second time it can be, or 0 */
	uint8_t n;                      /* bytes of text */
	uint8_t second_at, second_most; /* where two digits of seconds stand; most 0: nowhere */
	uint8_t fraction_at, fraction_n;
};

struct when;

enum when_result {
	WHEN_READ,
	WHEN_TWICE, /* in the hour that comes twice: the earlier, and ms from there to the later */
	WHEN_REFUSED
};

/*
 * `how`: "" by shape; clf, iso8601, epoch, epoch_ms, epoch_us, epoch_ns; or a pattern in the manner of strptime:
 * %Y %y %m %d %e %b %j %H %I %p %M %S %f %z %Z %s %a %T %F %R %%.  A time without an offset is of `zone`; with zone
 * NULL it is refused.  One without a year is of `year`; with 0 it is refused.  NULL with the mistakes told; lives in
 * the arena, and needs the zone.
 */
const struct when *when_compile(struct arena *arena, struct str how, const struct zone *zone,
				int year, struct errors *err, struct place at);

/*
 * Reads the whole of `text`.  *again_ms is not 0 after WHEN_TWICE only.  A refusal says in *expected what would be
 * right: a constant, or the pattern's own.  Hours 24 to 29 are those after midnight, where no offset and no T stands;
 * second 60 is read as the last millisecond of its minute.
 */
enum when_result when_read(const struct when *when, struct clock_cache *clock, struct str text,
			   int64_t *ts_ms, int32_t *again_ms, const char **expected);

#endif
