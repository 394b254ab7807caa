/*
 * calendar.h - what a day is: working day, Saturday, Sunday or holiday, by the ledgers and never by arithmetic.
 */
#ifndef SEKISHO_CONTEXT_CALENDAR_H
#define SEKISHO_CONTEXT_CALENDAR_H

#include "base/civil.h"
#include "context/rows.h"

/* One byte a day from the first holiday to the last; outside, and before holidays, the week decides. */
struct calendar {
	uint8_t *type; /* enum day_type */
	int32_t first;
	size_t count;
};

void calendar_compile(struct calendar *c, const struct ledger *const *ledgers, size_t count,
		      struct arena *a);

/* Holidays are published by the year: warns when the years of those days have none in the ledger. */
void calendar_check(const struct ledger *holidays, int32_t first, int32_t last,
		    struct errors *warn);

static inline enum day_type
calendar_week(int32_t day)
{
	int w = day_of_week(day);

	return w == 5 ? DAYTYPE_SAT : w == 6 ? DAYTYPE_SUN : DAYTYPE_BIZ;
}

static inline enum day_type
calendar_day(const struct calendar *c, int32_t day)
{
	int64_t at = (int64_t)day - c->first;

	return at >= 0 && (size_t)at < c->count ? (enum day_type)c->type[at] : calendar_week(day);
}

#endif
