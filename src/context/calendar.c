/*
 * calendar.c - holidays and closures into a byte a day: hours ask for three days a line.
 */
#include "context/calendar.h"

static int32_t
row_day(const struct ledger *l, size_t i)
{
	return jst_day(((const struct day_row *)ledger_row(l, i))->date);
}

void
calendar_compile(struct calendar *c, const struct ledger *const *ledgers, size_t count,
		 struct arena *a)
{
	int32_t first = INT32_MAX, last = INT32_MIN;

	*c = (struct calendar){ .count = 0 };
	for (size_t k = 0; k < count; k++) {
		for (size_t i = 0; i < ledgers[k]->count; i++) {
			int32_t day = row_day(ledgers[k], i);

			first = day < first ? day : first;
			last = day > last ? day : last;
		}
	}
	if (last < first)
		return;
	c->first = first;
	c->count = (size_t)((int64_t)last - first) + 1;
	c->type = arena_alloc(a, c->count);
	for (size_t i = 0; i < c->count; i++)
		c->type[i] = (uint8_t)calendar_week(first + (int32_t)i);
	for (size_t k = 0; k < count; k++) {
		for (size_t i = 0; i < ledgers[k]->count; i++)
			c->type[row_day(ledgers[k], i) - first] = DAYTYPE_HOL;
	}
}

void
calendar_check(const struct ledger *holidays, int32_t first, int32_t last, struct errors *warn)
{
	struct place at = { .file = holidays->path, .line = 0 };
	int low = INT32_MAX, high = INT32_MIN;
	int from = civil_from_day(first).year, to = civil_from_day(last).year;

	if (!holidays->loaded)
		return;
	for (size_t i = 0; i < holidays->count; i++) {
		int year = civil_from_day(row_day(holidays, i)).year;

		low = year < low ? year : low;
		high = year > high ? year : high;
	}
	if (high < low)
		error_at(warn, at, "no holiday stands here; every day of the week is as any other");
	else if (from < low || to > high)
		error_at(warn, at,
			 "holidays are known from %d to %d, and the logs are of %d to %d: there "
			 "holidays count as working days; take the newest file",
			 low, high, from, to);
}
