/*
 * shifts.h - the hours of every schedule, compiled: which minutes of which type of day are in, with grace around.
 *
 * A shift belongs to the day on which it begins, so a day's hours reach from the eve (grace before 00:00) to the end
 * of the day behind.  DETECTION B.3 asks three days for an instant: the one before, its own, the one behind.
 */
#ifndef SEKISHO_CONTEXT_SHIFTS_H
#define SEKISHO_CONTEXT_SHIFTS_H

#include "context/calendar.h"

enum { SHIFT_GRACE_MS = 30 * 60 * 1000, SHIFT_MINUTES = 3 * 1440, SHIFT_WORDS = 68 };

_Static_assert(SHIFT_WORDS * 64 >= SHIFT_MINUTES, "a bit for each minute of three days");

/* Minutes count from the eve's 00:00. */
struct shift_day {
	uint64_t whole[SHIFT_WORDS]; /* in, from the minute's first ms to its last */
	uint64_t part[SHIFT_WORDS];  /* in for some of it: ask the slots */
	const struct schedule_row *slot;
	uint32_t slots;
};

struct shifts {
	struct shift_day *day; /* [schedule * DAYTYPE_COUNT + type] */
	bool *known;           /* by schedule: it has hours */
	uint32_t schedules;    /* numbers below this */
	int64_t grace_ms;
};

void shifts_build(struct shifts *s, const struct ledger *schedules, uint32_t names,
		  int64_t grace_ms, struct arena *a);

/* Line of a slot that covers the instant; 0: none does. */
uint32_t shifts_slot(const struct shifts *s, uint16_t schedule, const struct calendar *c,
		     int64_t ts);

static inline struct shift_day *
shifts_day(const struct shifts *s, uint16_t schedule, enum day_type type)
{
	return &s->day[(size_t)schedule * DAYTYPE_COUNT + type];
}

static inline bool
shifts_known(const struct shifts *s, uint16_t schedule)
{
	return schedule < s->schedules && s->known[schedule];
}

/*
 * Is the instant in the schedule's hours?  Its own day first, which almost always says so; then the shift that began the
 * day before, and the grace before tomorrow's.  A bit each, and the slots where an edge lies inside the minute.
 */
static inline bool
shifts_cover(const struct shifts *s, uint16_t schedule, const struct calendar *c, int64_t ts)
{
	static const int order[] = { 0, 1, -1 };
	int32_t day = jst_day(ts);
	uint32_t minute = (uint32_t)((ts - jst_day_start(day)) / 60000);
	uint64_t part = 0;

	for (size_t i = 0; i < COUNT(order); i++) {
		/* Of day - back: an instant behind its midnight by `back` days. */
		int back = order[i];
		uint32_t at = (uint32_t)((int)minute + (back + 1) * 1440);
		const struct shift_day *d = shifts_day(s, schedule, calendar_day(c, day - back));

		if (d->whole[at / 64] >> at % 64 & 1)
			return true;
		part |= d->part[at / 64] >> at % 64 & 1;
	}
	return UNLIKELY(part) && shifts_slot(s, schedule, c, ts) != 0;
}

#endif
