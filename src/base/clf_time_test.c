/*
 * clf_time_test.c - every day of some years, every offset, every wrong byte; and a cache that
 * never changes an answer.
 */
#include "base/test_wall.h"

#include "base/clf_time.h"

static const char months[12][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
				    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

/* Days before a year, counted one year at a time. */
static int64_t
days_before_year(int y)
{
	int64_t days = -719162;

	for (int i = 1; i < y; i++)
		days += i % 400 == 0 || (i % 4 == 0 && i % 100 != 0) ? 366 : 365;
	return days;
}

static int
month_days(int y, int m)
{
	bool leap = y % 400 == 0 || (y % 4 == 0 && y % 100 != 0);

	return m == 2 ? 28 + leap : m == 4 || m == 6 || m == 9 || m == 11 ? 30 : 31;
}

/* Reads `text` with a fresh cache. */
static bool
read_time(struct str text, int64_t *ts)
{
	struct clock_cache fresh = { 0 };

	return clf_time(walled(text).p, &fresh, ts);
}

static void
every_day_of_some_years(void **state UNUSED)
{
	static const int years[] = { 1,    4,    100,  400,  1600, 1899, 1900, 1969, 1970,
				     1999, 2000, 2022, 2023, 2024, 2038, 2100, 9996, 9999 };

	for (size_t i = 0; i < COUNT(years); i++) {
		struct clock_cache clock = { 0 };
		int64_t day = days_before_year(years[i]);

		for (int m = 1; m <= 12; m++) {
			for (int d = 1; d <= 31; d++) {
				char text[100];
				int64_t ts = 0;
				bool ok, exists = d <= month_days(years[i], m);

				snprintf(text, sizeof(text), "%02d/%s/%04d:23:59:58 +0000", d,
					 months[m - 1], years[i]);
				ok = clf_time(walled((struct str){ text, CLF_TIME }).p, &clock,
					      &ts);
				want_bool(text, "a day", exists, ok);
				if (exists)
					want_i64(text, "ms", (day++ * 86400 + 86398) * 1000, ts);
			}
		}
		want_i64("the year", "days", days_before_year(years[i] + 1), day);
	}
}

/* 4 July 2022 00:00 UTC is day 19177; an hour's difference to the east is an hour earlier. */
static void
every_offset(void **state UNUSED)
{
	for (int h = 0; h <= 99; h++) {
		for (int m = 0; m <= 99; m++) {
			for (int sign = -1; sign <= 1; sign += 2) {
				char text[64];
				int64_t ts = 0;
				bool ok;

				snprintf(text, sizeof(text), "04/Jul/2022:09:12:31 %c%02d%02d",
					 sign < 0 ? '-' : '+', h, m);
				ok = read_time((struct str){ text, CLF_TIME }, &ts);
				want_bool(text, "an offset", h <= 14 && m <= 59, ok);
				if (ok)
					want_i64(text, "ms",
						 19177LL * 86400000 + 33151000 -
							 sign * (h * 60LL + m) * 60000LL,
						 ts);
			}
		}
	}
}

/* As when_test.c has it of the same time in ISO 8601: 0001-01-01 and 9999-12-31 of UTC are the ends. */
static void
years_1_to_9999_of_utc(void **state UNUSED)
{
	static const struct {
		const char *name, *text;
		int64_t want; /* 0: refused */
	} cases[] = {
		{ "the first instant", "01/Jan/0001:00:00:00 +0000", -62135596800000 },
		{ "the first, written in the east", "01/Jan/0001:09:00:00 +0900", -62135596800000 },
		{ "one before it by its offset", "01/Jan/0001:00:00:59 +0001", 0 },
		{ "the last", "31/Dec/9999:23:59:60 +0000", 253402300799999 },
		{ "the last, written in the west", "31/Dec/9999:09:59:59 -1400", 253402300799000 },
		{ "one behind it by its offset", "31/Dec/9999:23:59:00 -0001", 0 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t ts = 0;

		want_bool(cases[i].name, "read", cases[i].want != 0,
			  read_time(str_of(cases[i].text), &ts));
		want_i64(cases[i].name, "ms", cases[i].want, ts);
	}
}

static void
times_of_day(void **state UNUSED)
{
	static const struct {
		const char *name, *text;
		int64_t want; /* ms of 4 July 2022 UTC; -1: refused */
	} cases[] = {
		{ "midnight", "04/Jul/2022:00:00:00 +0000", 0 },
		{ "the last second", "04/Jul/2022:23:59:59 +0000", 86399000 },
		{ "second 60 is the last millisecond of its minute", "04/Jul/2022:09:12:60 +0000",
		  33179999 },
		{ "second 60 of the last minute", "04/Jul/2022:23:59:60 +0000", 86399999 },
		{ "second 61", "04/Jul/2022:09:12:61 +0000", -1 },
		{ "second 99", "04/Jul/2022:09:12:99 +0000", -1 },
		{ "minute 60", "04/Jul/2022:09:60:00 +0000", -1 },
		{ "24 o'clock", "04/Jul/2022:24:00:00 +0000", -1 },
		{ "day 0", "00/Jul/2022:09:12:31 +0000", -1 },
		{ "day 32", "32/Jul/2022:09:12:31 +0000", -1 },
		{ "29 February of a common year", "29/Feb/2023:09:12:31 +0000", -1 },
		{ "29 February of 1900", "29/Feb/1900:09:12:31 +0000", -1 },
		{ "31 June", "31/Jun/2022:09:12:31 +0000", -1 },
		{ "year 0", "04/Jul/0000:09:12:31 +0000", -1 },
		{ "a month of no language", "04/Jup/2022:09:12:31 +0000", -1 },
		{ "a month across two names", "04/anF/2022:09:12:31 +0000", -1 },
		{ "a blank for a digit", " 4/Jul/2022:09:12:31 +0000", -1 },
		{ "a sign for a digit", "04/Jul/2022:09:12:+1 +0000", -1 },
		{ "no sign of the offset", "04/Jul/2022:09:12:31  0000", -1 },
		{ "a zone by name", "04/Jul/2022:09:12:31 UTC00", -1 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t ts = 0;
		bool ok = read_time(str_of(cases[i].text), &ts);

		want_bool(cases[i].name, "accepted", cases[i].want >= 0, ok);
		if (ok)
			want_i64(cases[i].name, "ms", 19177LL * 86400000 + cases[i].want, ts);
	}
}

/* No byte of a time may be anything; also right after the same minute was read. */
static void
every_wrong_byte_is_refused(void **state UNUSED)
{
	static const char wrong[] = { 'x', '\0', ' ', '/', ':', (char)0xff, '\n' };
	struct clock_cache warm = { 0 };
	int64_t ts;

	assert_true(clf_time("04/Jul/2022:09:12:31 +0900", &warm, &ts));
	for (size_t at = 0; at < CLF_TIME; at++) {
		for (size_t w = 0; w < COUNT(wrong); w++) {
			char text[] = "04/Jul/2022:09:12:31 +0900", name[64];

			if (text[at] == wrong[w])
				continue;
			text[at] = wrong[w];
			snprintf(name, sizeof(name), "byte %zu is %d", at, wrong[w]);
			want_bool(name, "accepted", false,
				  read_time((struct str){ text, CLF_TIME }, &ts));
			want_bool(name, "accepted by a warm cache", false,
				  clf_time(walled((struct str){ text, CLF_TIME }).p, &warm, &ts));
		}
	}
}

/* A cache begins as zeroes; a line of NUL bytes must not be the minute it remembers. */
static void
a_fresh_cache_knows_no_minute(void **state UNUSED)
{
	char text[CLF_TIME] = { 0 };
	int64_t ts = 0;

	text[18] = '3';
	text[19] = '1';
	want_bool("NUL bytes around seconds", "accepted", false,
		  read_time((struct str){ text, CLF_TIME }, &ts));
}

/* Mostly times that share minutes, zones or seconds; some of them wrong. */
static size_t
random_time(struct dice *d, char *text, size_t room)
{
	static const char *const zones[] = { "+0900", "+0000", "-0900", "+0930",
					     "+0990", "0900 ", "-0000" };

	snprintf(text, room, "%02u/%s/20%02u:%02u:%02u:%02u %s", 27 + throw_of(d, 5),
		 months[throw_of(d, 2)], 22 + throw_of(d, 3), throw_of(d, 30) ? 9U : 24U,
		 throw_of(d, 3) + 58, throw_of(d, 63), zones[throw_of(d, COUNT(zones))]);
	if (throw_of(d, 20) == 0)
		text[throw_of(d, CLF_TIME)] = (char)throw_of(d, 256);
	return CLF_TIME;
}

static void
the_cache_never_changes_an_answer(void **state UNUSED)
{
	struct clock_cache clock = { 0 };
	struct dice d = { 61 };
	unsigned accepted = 0;

	for (int i = 0; i < 400000; i++) {
		char text[40];
		struct str s = { text, random_time(&d, text, sizeof(text)) };
		int64_t want = 0, got = 0;
		bool wanted = read_time(s, &want);
		bool ok = clf_time(walled(s).p, &clock, &got);

		if (ok != wanted || (ok && want != got))
			fail_msg("%.26s: wanted %d %lld, got %d %lld", text, wanted,
				 (long long)want, ok, (long long)got);
		accepted += ok;
	}
	assert_true(accepted > 50000 && accepted < 350000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_day_of_some_years),
		cmocka_unit_test(every_offset),
		cmocka_unit_test(years_1_to_9999_of_utc),
		cmocka_unit_test(times_of_day),
		cmocka_unit_test(every_wrong_byte_is_refused),
		cmocka_unit_test(a_fresh_cache_knows_no_minute),
		cmocka_unit_test(the_cache_never_changes_an_answer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
