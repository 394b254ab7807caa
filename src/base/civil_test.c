/*
 * civil_test.c - the calendar against a slow count of every day from 0001-01-01 to 9999-12-31.
 */
#include "base/test_wall.h"

#include "base/civil.h"

/* The rule as schools teach it. */
static bool
slow_leap(int y)
{
	if (y % 400 == 0)
		return true;
	if (y % 100 == 0)
		return false;
	return y % 4 == 0;
}

static int
slow_month(int y, int m)
{
	if (m == 2)
		return slow_leap(y) ? 29 : 28;
	return m == 4 || m == 6 || m == 9 || m == 11 ? 30 : 31;
}

/* 0001-01-01 is a Monday, 719,162 days before 1970-01-01; there are 3,652,059 days in all. */
static void
every_day_of_9999_years(void **state UNUSED)
{
	int32_t day = -719162;
	int weekday = 0;

	for (int y = 1; y <= 9999; y++) {
		want_bool("leap year", "leap", slow_leap(y), civil_leap(y));
		for (int m = 1; m <= 12; m++) {
			want_i64("month", "days", slow_month(y, m), civil_month_days(y, m));
			for (int d = 1; d <= slow_month(y, m); d++, day++) {
				struct civil c = civil_from_day(day);

				if (civil_day(y, m, d) != day || c.year != y || c.month != m ||
				    c.day != d || day_of_week(day) != weekday)
					fail_msg("%04d-%02d-%02d: wanted day %d, weekday %d; got "
						 "%d, %d, "
						 "and back %d-%d-%d",
						 y, m, d, day, weekday, civil_day(y, m, d),
						 day_of_week(day), c.year, c.month, c.day);
				weekday = weekday == 6 ? 0 : weekday + 1;
			}
		}
	}
	want_i64("the days of 9999 years", "count", 3652059, day + 719162);
}

static void
known_days(void **state UNUSED)
{
	static const struct {
		const char *name;
		int y, m, d, want, weekday;
	} cases[] = {
		{ "the epoch was a Thursday", 1970, 1, 1, 0, 3 },
		{ "the day before it", 1969, 12, 31, -1, 2 },
		{ "after the leap day of 2000", 2000, 3, 1, 11017, 2 },
		{ "4 July 2022 was a Monday", 2022, 7, 4, 19177, 0 },
		{ "the last day of 32 bit time", 2038, 1, 19, 24855, 1 },
		{ "the last day we know", 9999, 12, 31, 2932896, 4 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		int32_t day = civil_day(cases[i].y, cases[i].m, cases[i].d);

		want_i64(cases[i].name, "day", cases[i].want, day);
		want_i64(cases[i].name, "weekday", cases[i].weekday, day_of_week(day));
	}
}

static void
division_floors(void **state UNUSED)
{
	for (int64_t b = -7; b <= 7; b++) {
		for (int64_t a = -50; b && a <= 50; a++) {
			int64_t q = floor_div(a, b), r = a - q * b;

			if (r != 0 &&
			    ((r < 0) != (b < 0) || r <= -8 || r >= 8 || (b > 0 ? r >= b : r <= b)))
				fail_msg("%lld / %lld: got %lld", (long long)a, (long long)b,
					 (long long)q);
			if (r == 0)
				assert_true(q * b == a);
		}
	}
}

static void
days_turn_at_midnight_in_japan(void **state UNUSED)
{
	static const struct {
		const char *name;
		int64_t ts;
		int32_t want;
	} cases[] = {
		{ "the epoch is 9 o'clock in Japan", 0, 0 },
		{ "midnight of that day", -32400000, 0 },
		{ "a millisecond before it", -32400001, -1 },
		{ "midnight of the day before", -32400000 - 86400000, -1 },
		{ "a millisecond before that", -32400001 - 86400000, -2 },
		{ "the last millisecond of the first day", 53999999, 0 },
		{ "the next midnight", 54000000, 1 },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		want_i64(cases[i].name, "day", cases[i].want, jst_day(cases[i].ts));
	for (int32_t day = -719162; day < 2932896; day += 997) {
		want_i64("start of a day", "day", day, jst_day(jst_day_start(day)));
		want_i64("before its start", "day", day - 1, jst_day(jst_day_start(day) - 1));
	}
}

static void
instants_are_printed_in_japan(void **state UNUSED)
{
	static const struct {
		const char *name, *want;
		int64_t ts;
		const char *plain;
	} cases[] = {
		{ "the epoch", "1970-01-01T09:00:00.000+09:00", 0, "1970-01-01 09:00:00" },
		{ "milliseconds", "1970-01-01T09:00:00.207+09:00", 207, "1970-01-01 09:00:00" },
		{ "before the epoch", "1970-01-01T08:59:59.999+09:00", -1, "1970-01-01 08:59:59" },
		{ "the last of a day", "1970-01-01T23:59:59.999+09:00", 53999999,
		  "1970-01-01 23:59:59" },
		{ "a summer morning", "2022-07-04T09:12:31.000+09:00", 19177LL * 86400000 + 751000,
		  "2022-07-04 09:12:31" },
		{ "the first day", "0001-01-01T00:00:00.000+09:00", -719162LL * 86400000 - 32400000,
		  "0001-01-01 00:00:00" },
	};
	char buf[CIVIL_TEXT];

	for (size_t i = 0; i < COUNT(cases); i++) {
		want_str(cases[i].name, "text", str_of(cases[i].want),
			 civil_print_jst(buf, cases[i].ts));
		want_str(cases[i].name, "for people", str_of(cases[i].plain),
			 civil_print_plain(buf, cases[i].ts));
	}
	want_str("the last hours of 9999 in London", "text", STR("10000-01-01T08:59:59.999+09:00"),
		 civil_print_jst(buf, 2932897LL * 86400000 - 1));
}

static void
instants_are_read(void **state UNUSED)
{
	static const int64_t day = 19177LL * 86400000; /* 2022-07-04 00:00 UTC */
	static const struct {
		const char *name, *text;
		int64_t want; /* beside `day`; INT64_MIN: refused */
	} cases[] = {
		{ "a date is its midnight in Japan", "2022-07-04", -32400000 },
		{ "slashes and short months", "2022/7/4", -32400000 },
		{ "a time to the minute", "2022-07-04 09:12", 720000 },
		{ "a time to the second", "2022-07-04 09:12:31", 751000 },
		{ "a time to the millisecond", "2022-07-04 09:12:31.207", 751207 },
		{ "a T between", "2022-07-04T09:12:31", 751000 },
		{ "UTC said", "2022-07-04T09:12:31Z", 33151000 },
		{ "an offset east", "2022-07-04T09:12:31+09:00", 751000 },
		{ "an offset west", "2022-07-04T09:12:31-05:30", 52951000 },
		{ "the farthest offset", "2022-07-04T09:12+14:59", 33120000 - 53940000 },
		{ "an offset too far", "2022-07-04T09:12+15:00", INT64_MIN },
		{ "minutes of an offset", "2022-07-04T09:12+09:60", INT64_MIN },
		{ "nothing", "", INT64_MIN },
		{ "a year alone", "2022", INT64_MIN },
		{ "a month alone", "2022-07", INT64_MIN },
		{ "no such leap day", "2023-02-29", INT64_MIN },
		{ "a century without one", "1900-02-29", INT64_MIN },
		{ "no such day", "2022-06-31", INT64_MIN },
		{ "day zero", "2022-07-00", INT64_MIN },
		{ "month zero", "2022-00-04", INT64_MIN },
		{ "month thirteen", "2022-13-04", INT64_MIN },
		{ "year zero", "0000-01-01", INT64_MIN },
		{ "separators that differ", "2022-07/04", INT64_MIN },
		{ "24 o'clock", "2022-07-04 24:00", INT64_MIN },
		{ "minute sixty", "2022-07-04 09:60", INT64_MIN },
		{ "second sixty", "2022-07-04 09:12:60", INT64_MIN },
		{ "a blank behind", "2022-07-04 ", INT64_MIN },
		{ "text behind", "2022-07-04x", INT64_MIN },
		{ "text behind a time", "2022-07-04 09:12:31 JST", INT64_MIN },
		{ "an hour alone", "2022-07-04 09", INT64_MIN },
		{ "a five digit year", "12022-07-04", INT64_MIN },
		{ "a sign", "-022-07-04", INT64_MIN },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t got = 0;
		bool ok = civil_parse_jst(walled(str_of(cases[i].text)), &got);

		want_bool(cases[i].name, "accepted", cases[i].want != INT64_MIN, ok);
		if (ok)
			want_i64(cases[i].name, "ms", day + cases[i].want, got);
	}
}

static void
what_is_printed_is_read_back(void **state UNUSED)
{
	struct dice d = { 5 };
	char buf[CIVIL_TEXT];

	for (int i = 0; i < 200000; i++) {
		int64_t ts = (int64_t)(throw64(&d) % (3652059ULL * 86400000)) -
			     719162LL * 86400000 - 32400000;
		int64_t got = 0;

		assert_true(civil_parse_jst(walled(civil_print_jst(buf, ts)), &got));
		want_i64("round trip", "ms", ts, got);
	}
}

static void
months_are_clipped(void **state UNUSED)
{
	static const struct {
		const char *name;
		struct civil from;
		int months;
		struct civil want;
	} cases[] = {
		{ "a day that both months have", { 2022, 4, 1 }, 6, { 2022, 10, 1 } },
		{ "31 August to February", { 2022, 8, 31 }, 6, { 2023, 2, 28 } },
		{ "31 August to a February of a leap year", { 2023, 8, 31 }, 6, { 2024, 2, 29 } },
		{ "30 August too", { 2022, 8, 30 }, 6, { 2023, 2, 28 } },
		{ "28 August is not clipped", { 2022, 8, 28 }, 6, { 2023, 2, 28 } },
		{ "29 February to August", { 2024, 2, 29 }, 6, { 2024, 8, 29 } },
		{ "29 February, a year on", { 2024, 2, 29 }, 12, { 2025, 2, 28 } },
		{ "29 February, four years on", { 2024, 2, 29 }, 48, { 2028, 2, 29 } },
		{ "1900 was no leap year", { 1899, 8, 31 }, 6, { 1900, 2, 28 } },
		{ "31 March to September", { 2022, 3, 31 }, 6, { 2022, 9, 30 } },
		{ "over the year", { 2022, 12, 31 }, 2, { 2023, 2, 28 } },
		{ "nothing", { 2022, 12, 31 }, 0, { 2022, 12, 31 } },
		{ "back", { 2022, 3, 31 }, -1, { 2022, 2, 28 } },
		{ "back over the year", { 2022, 1, 31 }, -2, { 2021, 11, 30 } },
		{ "back to December", { 2022, 1, 15 }, -1, { 2021, 12, 15 } },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct civil a = cases[i].from, b = cases[i].want;

		want_i64(cases[i].name, "day", civil_day(b.year, b.month, b.day),
			 add_months_clip(civil_day(a.year, a.month, a.day), cases[i].months));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_day_of_9999_years),
		cmocka_unit_test(known_days),
		cmocka_unit_test(division_floors),
		cmocka_unit_test(days_turn_at_midnight_in_japan),
		cmocka_unit_test(instants_are_printed_in_japan),
		cmocka_unit_test(instants_are_read),
		cmocka_unit_test(what_is_printed_is_read_back),
		cmocka_unit_test(months_are_clipped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
