/*
 * civil.h - the calendar in integers: days since 1970-01-01, proleptic Gregorian, years 1 to 9999.
 * No libc time functions: they read TZ and locale, and are a hundred times slower.
 */
#ifndef SEKISHO_BASE_CIVIL_H
#define SEKISHO_BASE_CIVIL_H

#include "base/str.h"

enum { DAY_MS = 86400000, JST_MS = 32400000 };

static inline bool
civil_leap(int y)
{
	return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
}

static inline int
civil_month_days(int y, int m)
{
	static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return days[m - 1] + (m == 2 && civil_leap(y));
}

/* Day number of a valid date: shift the year to start in March, count eras of 400 years. */
static inline int32_t
civil_day(int y, int m, int d)
{
	int shifted = y - (m <= 2) + 400; /* never negative for years from 1 */
	int era = shifted / 400;
	int yoe = shifted % 400;
	int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;

	return (era - 1) * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

struct civil {
	int year, month, day;
};

struct civil civil_from_day(int32_t day);

/* floor, also before 1970 */
static inline int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b != 0 && (a % b < 0) != (b < 0));
}

static inline int32_t
jst_day(int64_t ts_ms)
{
	return (int32_t)floor_div(ts_ms + JST_MS, DAY_MS);
}

static inline int64_t
jst_day_start(int32_t day)
{
	return (int64_t)day * DAY_MS - JST_MS;
}

/* Monday = 0 */
static inline int
day_of_week(int32_t day)
{
	return (int)(((int64_t)day % 7 + 7 + 3) % 7);
}

/* The same day `months` on (or back, when negative); where that month is too short, its last day. */
int32_t add_months_clip(int32_t day, int months);

/* "2022-07-04T09:12:31.207+09:00"; buf holds CIVIL_TEXT bytes. */
enum { CIVIL_TEXT = 96 };
struct str civil_print_jst(char *buf, int64_t ts_ms);

/* The same to the second, for people: "2022-07-04 09:12:31"; the day alone is the first ten bytes. */
struct str civil_print_plain(char *buf, int64_t ts_ms);

/* yyyy-mm-dd, yyyy/m/d, either with ` hh:mm[:ss[.mmm]]` or `T...`; JST unless +hh:mm or Z follows. */
bool civil_parse_jst(struct str s, int64_t *ts_ms);

#endif
