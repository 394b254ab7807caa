/*
 * when_test.c - texts of times by their shape, by name and in zones; every day of 9999 years, every offset; and a cache
 * that never changes an answer.  The milliseconds wanted come from GNU date and Python's datetime, not from here.
 */
#include "base/test_told.h"

#include "base/civil.h"
#include "base/when.h"

static const struct place nowhere = { { "kasumi.yaml", 11 }, 3, 9 };

static const struct when *
compile(struct arena *a, const char *how, const char *zone, int year)
{
	struct errors err = { 0 };
	const struct zone *z = *zone ? zone_load(a, str_of(zone), NULL, &err, nowhere) : NULL;
	const struct when *w = when_compile(a, str_of(how), z, year, &err, nowhere);

	if (!w || err.list.n)
		fail_msg("%s, %s: " STR_FMT, how, zone, STR_ARG(err.list.at[0]));
	errors_free(&err);
	return w;
}

static enum when_result
read_fresh(const struct when *w, struct str text, int64_t *ts, int32_t *again)
{
	struct clock_cache fresh = { 0 };
	const char *expected = NULL;
	enum when_result r = when_read(w, &fresh, walled(text), ts, again, &expected);

	if (r == WHEN_REFUSED && (!expected || !*expected))
		fail_msg("refused without a word");
	return r;
}

#define REFUSED INT64_MIN

struct text_case {
	const char *name, *text;
	int64_t want; /* ms UTC */
};

static void
want_texts(const char *how, const char *zone, const struct text_case *cases, size_t count)
{
	struct arena a = { 0 };
	const struct when *w = compile(&a, how, zone, 0);

	for (size_t i = 0; i < count; i++) {
		int64_t ts = 0;
		int32_t again = 0;
		enum when_result r = read_fresh(w, str_of(cases[i].text), &ts, &again);

		want_bool(cases[i].name, "accepted", cases[i].want != REFUSED, r != WHEN_REFUSED);
		if (r != WHEN_REFUSED)
			want_i64(cases[i].name, "ms", cases[i].want, ts);
	}
	arena_free(&a);
}

/* 2026-04-01 00:05:01 UTC is 09:05:01 in Japan. */
#define T 1775001901000

static void
shapes_with_an_offset(void **state UNUSED)
{
	static const struct text_case cases[] = {
		{ "CLF", "01/Apr/2026:09:05:01 +0900", T },
		{ "CLF in UTC", "01/Apr/2026:00:05:01 +0000", T },
		{ "CLF west", "31/Mar/2026:20:35:01 -0330", T },
		{ "CLF with a fraction", "01/Apr/2026:09:05:01.207 +0900", T + 207 },
		{ "CLF with a colon in the offset", "01/Apr/2026:09:05:01 +09:00", T },
		{ "CLF, second 60 is the last millisecond", "01/Apr/2026:09:05:60 +0900",
		  T + 58999 },
		{ "CLF, second 61", "01/Apr/2026:09:05:61 +0900", REFUSED },
		{ "CLF without an offset has no zone", "01/Apr/2026:09:05:01", REFUSED },
		{ "CLF, a day of one digit", "1/Apr/2026:09:05:01 +0900", REFUSED },
		{ "CLF, a month written out", "01/April/2026:09:05:01 +0900", REFUSED },
		{ "CLF, a month of no language", "01/Apx/2026:09:05:01 +0900", REFUSED },
		{ "CLF, 24 o'clock", "01/Apr/2026:24:05:01 +0900", REFUSED },
		{ "CLF, no such day", "31/Apr/2026:09:05:01 +0900", REFUSED },
		{ "CLF, an offset too far", "01/Apr/2026:09:05:01 +1500", REFUSED },
		{ "CLF, text behind", "01/Apr/2026:09:05:01 +0900 ", REFUSED },
		{ "ISO", "2026-04-01T09:05:01+09:00", T },
		{ "ISO, Z", "2026-04-01T00:05:01Z", T },
		{ "ISO, small letters as RFC 3339 has them", "2026-04-01t00:05:01z", T },
		{ "ISO, the offset without a colon", "2026-04-01T09:05:01+0900", T },
		{ "ISO, the offset in hours", "2026-04-01T09:05:01+09", T },
		{ "ISO, an offset of which nobody knows the zone", "2026-04-01T00:05:01-00:00", T },
		{ "ISO, a blank for the T", "2026-04-01 09:05:01+09:00", T },
		{ "ISO, a blank before the offset", "2026-04-01 09:05:01 +0900", T },
		{ "ISO to the minute", "2026-04-01T09:05+09:00", T - 1000 },
		{ "ISO, one digit of a fraction", "2026-04-01T09:05:01.2+09:00", T + 200 },
		{ "ISO, milliseconds", "2026-04-01T09:05:01.207+09:00", T + 207 },
		{ "ISO, a comma", "2026-04-01T09:05:01,207+09:00", T + 207 },
		{ "ISO, microseconds are cut", "2026-04-01T09:05:01.207999+09:00", T + 207 },
		{ "ISO, nanoseconds are cut", "2026-04-01T09:05:01.207999999Z", T + 32400207 },
		{ "ISO, ten digits of a fraction", "2026-04-01T09:05:01.2079999999Z", REFUSED },
		{ "ISO, a point and nothing", "2026-04-01T09:05:01.Z", REFUSED },
		{ "ISO without separators", "20260401T090501+0900", T },
		{ "ISO without separators, UTC", "20260401T000501Z", T },
		{ "ISO without separators, a fraction", "20260401T000501.207Z", T + 207 },
		{ "ISO, the second that leaps", "2016-12-31T23:59:60Z", 1483228799999 },
		{ "ISO, and its fraction", "2016-12-31T23:59:60.5Z", 1483228799999 },
		{ "ISO, 24:00", "2026-04-01T24:00:00+09:00", REFUSED },
		{ "ISO, 25:10 beside an offset", "2026-04-01 25:10:00+09:00", REFUSED },
		{ "ISO, no zone anywhere", "2026-04-01T09:05:01", REFUSED },
		{ "ISO, the farthest offset", "2026-04-01T09:05:01+14:59", T - 21540000 },
		{ "ISO, an offset past it", "2026-04-01T09:05:01+15:00", REFUSED },
		{ "ISO, minutes of an offset", "2026-04-01T09:05:01+09:60", REFUSED },
		{ "ISO, half an offset", "2026-04-01T09:05:01+09:", REFUSED },
		{ "ISO, an offset of three digits", "2026-04-01T09:05:01+090", REFUSED },
		{ "ISO, the first instant", "0001-01-01T00:00:00Z", -62135596800000 },
		{ "ISO, one before it by its offset", "0001-01-01T00:00:00+00:01", REFUSED },
		{ "ISO, the last instant", "9999-12-31T23:59:59.999Z", 253402300799999 },
		{ "ISO, one behind it by its offset", "9999-12-31T23:59:59-00:01", REFUSED },
		{ "ISO, year 0", "0000-01-01T00:00:00Z", REFUSED },
		{ "ISO, five digits of a year", "12026-04-01T00:00:00Z", REFUSED },
		{ "UTC in words", "2026-04-01 00:05:01 UTC", T },
		{ "GMT in words", "2026/04/01 00:05:01 GMT", T },
		{ "JST in words", "2026/04/01 09:05:01 JST", T },
		{ "another zone in words", "2026/04/01 09:05:01 EST", REFUSED },
		{ "29 February of a leap year", "2024-02-29T00:00:00Z", 1709164800000 },
		{ "29 February of a common year", "2023-02-29T00:00:00Z", REFUSED },
		{ "29 February of 1900", "1900-02-29T00:00:00Z", REFUSED },
		{ "29 February of 2000", "2000-02-29T00:00:00Z", 951782400000 },
		{ "month 13", "2026-13-01T00:00:00Z", REFUSED },
		{ "month 0", "2026-00-01T00:00:00Z", REFUSED },
		{ "day 0", "2026-04-00T00:00:00Z", REFUSED },
		{ "minute 60", "2026-04-01T09:60:00Z", REFUSED },
		{ "second 61", "2026-04-01T09:05:61Z", REFUSED },
		{ "past 32 bits", "2038-01-19T03:14:08Z", 2147483648000 },
		{ "before 1970", "1969-12-31T23:59:59.999Z", -1 },
	};

	want_texts("", "", cases, COUNT(cases));
}

static void
epochs_by_their_digits(void **state UNUSED)
{
	static const struct text_case cases[] = {
		{ "seconds", "1775001901", T },
		{ "milliseconds", "1775001901207", T + 207 },
		{ "microseconds", "1775001901207999", T + 207 },
		{ "nanoseconds", "1775001901207999999", T + 207 },
		{ "seconds and a point", "1775001901.207", T + 207 },
		{ "a point and one digit", "1775001901.2", T + 200 },
		{ "a point and nine digits", "1775001901.207999999", T + 207 },
		{ "a point and ten", "1775001901.2079999999", REFUSED },
		{ "a point and nothing", "1775001901.", REFUSED },
		{ "a point in milliseconds", "1775001901207.5", REFUSED },
		{ "nine digits", "177500190", REFUSED },
		{ "eleven digits", "17750019012", REFUSED },
		{ "fifteen digits", "177500190120799", REFUSED },
		{ "twenty digits", "17750019012079999999", REFUSED },
		{ "thirty digits", "177500190120799999991775001901", REFUSED },
		{ "a minus", "-1775001901", REFUSED },
		{ "second 60 of an epoch is none", "1775001960", T + 59000 },
		{ "the last of ten digits", "9999999999", 9999999999000 },
		{ "the first of ten digits", "1000000000", 1000000000000 },
		{ "a letter in it", "17750019o1", REFUSED },
	};

	want_texts("", "", cases, COUNT(cases));
	want_texts("", "Asia/Tokyo", cases, COUNT(cases));
}

static void
epochs_by_name(void **state UNUSED)
{
	static const struct text_case seconds[] = {
		{ "zero", "0", 0 },
		{ "one second", "1", 1000 },
		{ "nine digits", "999999999", 999999999000 },
		{ "minus one", "-1", -1000 },
		{ "minus one and a half", "-1.5", -1500 },
		{ "minus what is finer goes down", "-0.0001", -1 },
		{ "the first instant", "-62135596800", -62135596800000 },
		{ "one before it", "-62135596801", REFUSED },
		{ "the last second", "253402300799", 253402300799000 },
		{ "one behind it", "253402300800", REFUSED },
		{ "more than 64 bits", "99999999999999999999", REFUSED },
		{ "nothing", "", REFUSED },
		{ "a minus alone", "-", REFUSED },
		{ "a plus", "+1", REFUSED },
		{ "an exponent", "1e9", REFUSED },
		{ "two points", "1.2.3", REFUSED },
		{ "an ISO time", "2026-04-01T00:05:01Z", REFUSED },
	};
	static const struct text_case ms[] = {
		{ "ms: thirteen digits", "1775001901207", T + 207 },
		{ "ms: zero", "0", 0 },
		{ "ms: twelve", "12", 12 },
		{ "ms: minus twelve", "-12", -12 },
		{ "ms: minus a second and twelve", "-1012", -1012 },
		{ "ms: a point", "12.5", REFUSED },
	};
	static const struct text_case us[] = {
		{ "us: sixteen digits", "1775001901207999", T + 207 },
		{ "us: 999 are no millisecond", "999", 0 },
		{ "us: 1000 are one", "1000", 1 },
		{ "us: -1 goes down", "-1", -1 },
	};

	want_texts("epoch", "", seconds, COUNT(seconds));
	want_texts("epoch_ms", "", ms, COUNT(ms));
	want_texts("epoch_us", "", us, COUNT(us));
}

static void
shapes_in_a_declared_zone(void **state UNUSED)
{
	static const struct text_case cases[] = {
		{ "slashes", "2026/04/01 09:05:01", T },
		{ "no leading zeroes", "2026/4/1 9:05", T - 1000 },
		{ "hyphens", "2026-04-01 09:05:01", T },
		{ "points", "2026.04.01 09:05:01", T },
		{ "ISO without an offset", "2026-04-01T09:05:01", T },
		{ "ISO with another offset than the zone's", "2026-04-01T00:05:01Z", T },
		{ "a fraction", "2026/04/01 09:05:01.207", T + 207 },
		{ "a date alone is its midnight", "2026/4/1", 1774969200000 },
		{ "a date alone, hyphens", "2026-04-01", 1774969200000 },
		{ "eight digits", "20260401", 1774969200000 },
		{ "fourteen digits", "20260401090501", T },
		{ "twelve digits", "202604010905", T - 1000 },
		{ "fourteen digits and a fraction", "20260401090501.207", T + 207 },
		{ "a blank between", "20260401 090501", T },
		{ "a blank, and colons", "20260401 09:05:01", T },
		{ "fourteen digits that are no date", "20261301090501", REFUSED },
		{ "CLF without an offset, as HAProxy has it", "01/Apr/2026:09:05:01.207", T + 207 },
		{ "25:10 is ten past one of the night after", "2026/3/31 25:10", 1774973400000 },
		{ "24:00 is midnight", "2026/3/31 24:00:00", 1774969200000 },
		{ "29:59:59 is the last", "2026/3/31 29:59:59", 1774990799000 },
		{ "the night after a year", "2025-12-31 25:10", 1767197400000 },
		{ "the night after 28 February", "2026-02-28 25:10", 1772295000000 },
		{ "30:00", "2026/3/31 30:00", REFUSED },
		{ "25:10 behind a T", "2026-03-31T25:10", REFUSED },
		{ "the night after the last day", "9999-12-31 33:10", REFUSED },
		{ "separators that differ", "2026/04-01 09:05:01", REFUSED },
		{ "year, day, month", "2026/31/03 09:05:01", REFUSED },
		{ "month first", "04/01/2026 09:05:01", REFUSED },
		{ "a year of two digits", "26/04/01 09:05:01", REFUSED },
		{ "a minute of one digit", "2026/4/1 9:5", REFUSED },
		{ "an hour alone", "2026/4/1 9", REFUSED },
		{ "a blank behind", "2026/4/1 9:05 ", REFUSED },
		{ "a blank before", " 2026/4/1 9:05", REFUSED },
		{ "two blanks between", "2026/4/1  9:05", REFUSED },
		{ "nothing", "", REFUSED },
		{ "a hyphen", "-", REFUSED },
		{ "a NUL's worth of words", "yesterday", REFUSED },
		{ "a byte that is no sign of Japanese",
		  "20260401 \x87"
		  "9:05",
		  REFUSED },
	};

	want_texts("", "Asia/Tokyo", cases, COUNT(cases));
	want_texts("", "+09:00", cases, COUNT(cases));
}

static void
named_ways_are_strict(void **state UNUSED)
{
	static const struct text_case clf[] = {
		{ "clf reads CLF", "01/Apr/2026:09:05:01 +0900", T },
		{ "clf does not read ISO", "2026-04-01T09:05:01+09:00", REFUSED },
		{ "clf does not read an epoch", "1775001901", REFUSED },
	};
	static const struct text_case iso[] = {
		{ "iso8601 reads ISO", "2026-04-01T09:05:01+09:00", T },
		{ "iso8601 reads it without separators", "20260401T090501+0900", T },
		{ "iso8601 reads a blank for the T", "2026-04-01 09:05:01", T },
		{ "iso8601 reads a date", "2026-04-01", 1774969200000 },
		{ "iso8601 does not read slashes", "2026/04/01 09:05:01", REFUSED },
		{ "iso8601 does not read short months", "2026-4-01 09:05:01", REFUSED },
		{ "iso8601 does not read short hours", "2026-04-01 9:05:01", REFUSED },
		{ "iso8601 does not read the night after", "2026-04-01 25:05:01", REFUSED },
		{ "iso8601 does not read eras", "R8-04-01 09:05:01", REFUSED },
		{ "iso8601 does not read an epoch", "1775001901", REFUSED },
		{ "iso8601 does not read a weekday", "2026-04-01(Wed) 09:05:01", REFUSED },
		{ "iso8601 takes no byte for a sign of Japanese",
		  "2026-04-01 \x87"
		  "9:05",
		  REFUSED },
	};

	want_texts("clf", "", clf, COUNT(clf));
	want_texts("iso8601", "Asia/Tokyo", iso, COUNT(iso));
}

/* --- all of them ------------------------------------------------------------------------------------ */

static void
every_day_of_9999_years(void **state UNUSED)
{
	struct arena a = { 0 };
	const struct when *w = compile(&a, "", "UTC", 0);
	int64_t day = -719162;

	for (int y = 1; y <= 9999; y++) {
		for (int m = 1; m <= 12; m++) {
			bool leap = y % 400 == 0 || (y % 4 == 0 && y % 100 != 0);
			int days = m == 2                                  ? 28 + leap
				   : m == 4 || m == 6 || m == 9 || m == 11 ? 30
									   : 31;

			for (int d = 1; d <= days + (y % 100 < 5); d++) {
				char t[11] = { (char)('0' + y / 1000),
					       (char)('0' + y / 100 % 10),
					       (char)('0' + y / 10 % 10),
					       (char)('0' + y % 10),
					       '-',
					       (char)('0' + m / 10),
					       (char)('0' + m % 10),
					       '-',
					       (char)('0' + d / 10),
					       (char)('0' + d % 10),
					       0 };
				struct clock_cache fresh;
				const char *expected;
				int64_t ts = 0;
				int32_t again;
				bool ok;

				fresh.owner = NULL;
				ok = when_read(w, &fresh, (struct str){ t, 10 }, &ts, &again,
					       &expected) == WHEN_READ;
				if (ok != (d <= days) || (ok && ts != day * 86400000))
					fail_msg("%s: accepted %d, got %lld", t, ok, (long long)ts);
				day += ok;
			}
		}
	}
	want_i64("the days of 9999 years", "count", 3652059, day + 719162);
	arena_free(&a);
}

static void
every_offset(void **state UNUSED)
{
	static const char *const forms[] = { "01/Apr/2026:09:05:01 %c%02d%02d",
					     "2026-04-01T09:05:01%c%02d:%02d",
					     "2026/4/1 9:05:01 %c%02d%02d" };
	struct arena a = { 0 };
	const struct when *w = compile(&a, "", "", 0);

	for (size_t f = 0; f < COUNT(forms); f++) {
		for (int i = 0; i < 2 * 10000; i++) {
			int h = i / 2 / 100, m = i / 2 % 100, sign = i % 2 ? -1 : 1;
			char text[64];
			int64_t ts = 0;
			int32_t again;
			bool ok;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
			snprintf(text, sizeof(text), forms[f], sign < 0 ? '-' : '+', h, m);
#pragma GCC diagnostic pop
			ok = read_fresh(w, str_of(text), &ts, &again) == WHEN_READ;
			want_bool(text, "an offset", h <= 14 && m <= 59, ok);
			if (ok)
				want_i64(text, "ms", T + 32400000 - sign * (h * 60LL + m) * 60000,
					 ts);
		}
	}
	arena_free(&a);
}

/* --- clocks that are set ------------------------------------------------------------------------------ */

static void
clocks_that_are_set(void **state UNUSED)
{
	static const struct {
		const char *name, *zone, *text;
		int64_t want, ts, again;
	} cases[] = {
		{ "before New York's spring", "America/New_York", "2026-03-08 01:59:59", WHEN_READ,
		  1772953199000, 0 },
		{ "the hour New York's clocks never show", "America/New_York",
		  "2026-03-08 02:00:00", WHEN_REFUSED, 0, 0 },
		{ "its last second", "America/New_York", "2026-03-08 02:59:59", WHEN_REFUSED, 0,
		  0 },
		{ "after it", "America/New_York", "2026-03-08 03:00:00", WHEN_READ, 1772953200000,
		  0 },
		{ "before the hour that comes twice", "America/New_York", "2026-11-01 00:59:59",
		  WHEN_READ, 1793509199000, 0 },
		{ "the hour that comes twice", "America/New_York", "2026-11-01 01:00:00",
		  WHEN_TWICE, 1793509200000, 3600000 },
		{ "its last second", "America/New_York", "2026-11-01 01:59:59.5", WHEN_TWICE,
		  1793512799500, 3600000 },
		{ "after it", "America/New_York", "2026-11-01 02:00:00", WHEN_READ, 1793516400000,
		  0 },
		{ "an offset leaves no doubt", "America/New_York", "2026-11-01T01:30:00-05:00",
		  WHEN_READ, 1793514600000, 0 },
		{ "half an hour twice, on Lord Howe", "Australia/Lord_Howe", "2026-04-05 01:30:00",
		  WHEN_TWICE, 1775313000000, 1800000 },
		{ "half an hour never", "Australia/Lord_Howe", "2026-10-04 02:29:59", WHEN_REFUSED,
		  0, 0 },
		{ "25:30 is an hour that comes twice", "America/New_York", "2026-10-31 25:30",
		  WHEN_TWICE, 1793511000000, 3600000 },
		{ "the day that Apia never had", "Pacific/Apia", "2011-12-30 12:00", WHEN_REFUSED,
		  0, 0 },
		{ "a summer of 1950 in Japan", "Asia/Tokyo", "1950-08-01 12:00", WHEN_READ,
		  -612828000000, 0 },
	};
	struct arena a = { 0 };
	unsigned done = 0;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct errors err = { 0 };
		const struct zone *z = zone_load(&a, str_of(cases[i].zone), NULL, &err, nowhere);
		const struct when *w;
		int64_t ts = 0;
		int32_t again = 0;

		errors_free(&err);
		if (!z)
			continue;
		w = when_compile(&a, STR(""), z, 0, &err, nowhere);
		want_i64(cases[i].name, "result", cases[i].want,
			 read_fresh(w, str_of(cases[i].text), &ts, &again));
		if (cases[i].want == WHEN_REFUSED)
			continue;
		want_i64(cases[i].name, "ms", cases[i].ts, ts);
		want_i64(cases[i].name, "ms to the second time", cases[i].again, again);
		done++;
	}
	if (done < 5)
		print_message("# no time zones on this machine: %u of %zu done\n", done,
			      COUNT(cases));
	arena_free(&a);
}

/* --- the cache ---------------------------------------------------------------------------------------- */

/* Texts of one kind that often share a minute; some of them wrong. */
static size_t
random_text(struct dice *d, char *text, size_t room)
{
	static const char *const tails[] = { "", "Z", "+09:00", " +0900", ".207", ".999999+0900" };
	unsigned day = 28 + throw_of(d, 5), hour = throw_of(d, 20) ? 1 : 24,
		 min = 58 + throw_of(d, 3);
	unsigned sec = throw_of(d, 63), ms = throw_of(d, 1000);
	const char *tail = tails[throw_of(d, COUNT(tails))];
	int n = 0;

	switch (throw_of(d, 6)) {
	case 0:
		n = snprintf(text, room, "%02u/Oct/2026:%02u:%02u:%02u%s", day, hour, min, sec,
			     tail);
		break;
	case 1:
		n = snprintf(text, room, "2026-10-%02uT%02u:%02u:%02u%s", day, hour, min, sec,
			     tail);
		break;
	case 2:
		n = snprintf(text, room, "2026/11/%u %u:%02u:%02u.%03u", day % 4, hour, min, sec,
			     ms);
		break;
	case 3:
		n = snprintf(text, room, "17%02u0019%02u.%03u", day, sec, ms);
		break;
	case 4:
		n = snprintf(text, room, "17%02u0019%02u%03u", day, sec, ms);
		break;
	case 5:
		n = snprintf(text, room, "令和8年11月%u日(月) %u時%u分%02u秒", day % 4, hour, min,
			     sec);
		break;
	}
	if (throw_of(d, 12) == 0)
		text[throw_of(d, (uint32_t)n)] = (char)throw_of(d, 256);
	return (size_t)n;
}

static void
the_cache_never_changes_an_answer(void **state UNUSED)
{
	struct arena a = { 0 };
	struct errors err = { 0 };
	const struct zone *z = zone_load(&a, STR("America/New_York"), NULL, &err, nowhere);
	const struct when *w[2] = { when_compile(&a, STR(""), z, 0, &err, nowhere),
				    compile(&a, "", "+09:00", 0) };
	struct clock_cache warm = { 0 };
	struct dice d = { 77 };
	unsigned accepted = 0;

	for (int i = 0; i < 300000; i++) {
		char text[80];
		struct str s = { text, random_text(&d, text, sizeof(text)) };
		const struct when *which = w[throw_of(&d, 50) == 0];
		int64_t want = 0, got = 0;
		int32_t want_again = 0, again = 0;
		const char *expected = NULL;
		enum when_result wanted = read_fresh(which, s, &want, &want_again);
		enum when_result r = when_read(which, &warm, walled(s), &got, &again, &expected);

		if (r != wanted || (r != WHEN_REFUSED && (want != got || want_again != again)))
			fail_msg("%.*s: wanted %d %lld, got %d %lld", (int)s.n, text, (int)wanted,
				 (long long)want, (int)r, (long long)got);
		accepted += r != WHEN_REFUSED;
	}
	assert_true(accepted > 50000 && accepted < 290000);
	errors_free(&err);
	arena_free(&a);
}

/* No text of NUL bytes is what a fresh cache remembers, whatever its length. */
static void
a_fresh_cache_knows_nothing(void **state UNUSED)
{
	static const char nul[64];
	struct arena a = { 0 };
	const struct when *w = compile(&a, "", "UTC", 0);

	for (size_t n = 0; n <= sizeof(nul); n++) {
		int64_t ts;
		int32_t again;

		want_i64("NUL bytes", "result", WHEN_REFUSED,
			 read_fresh(w, (struct str){ nul, n }, &ts, &again));
	}
	arena_free(&a);
}

static void
ways_of_writing_are_refused(void **state UNUSED)
{
	static const struct {
		const char *name, *how, *want;
	} cases[] = {
		{ "a way nobody knows", "rfc822", "'rfc822' is no way of writing times" },
		{ "capitals", "CLF", "'CLF' is no way of writing times" },
		{ "a letter nobody knows", "%Y-%m-%d %Q", "'%Q' is not known" },
		{ "half a percent", "%Y-%m-%d %", "ends with half a '%'" },
		{ "a day said twice", "%Y-%m-%d %e", "says twice what '%e' means" },
		{ "a month said twice", "%Y-%m-%d %b", "says twice what '%b' means" },
		{ "a clock said twice", "%F %T %H", "says twice what '%H' means" },
		{ "no day", "%Y-%m %H:%M", "must say the day" },
		{ "no month", "%Y %d %H:%M", "must say the day" },
		{ "a day of the year and of the month", "%Y %j %d", "must say the day" },
		{ "no year", "%m-%d %H:%M", "'year:' is needed" },
		{ "no zone", "%Y-%m-%d %H:%M", "'timezone:' is needed" },
		{ "twelve hours without their half", "%Y-%m-%d %I:%M %z", "need each other" },
		{ "a half without twelve hours", "%Y-%m-%d %H:%M %p %z", "need each other" },
		{ "minutes without hours", "%Y-%m-%d %M %z", "must say what is coarser" },
		{ "a fraction without seconds", "%Y-%m-%d %H:%M.%f %z",
		  "must say what is coarser" },
		{ "an epoch and a year", "%s %Y", "is the whole time" },
	};
	struct arena a = { 0 };

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct errors err = { 0 };

		want_bool(cases[i].name, "accepted", false,
			  when_compile(&a, walled(str_of(cases[i].how)), NULL, 0, &err, nowhere) !=
				  NULL);
		want_told(cases[i].name, &err, "kasumi.yaml:3:9: ", cases[i].want);
	}
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shapes_with_an_offset),
		cmocka_unit_test(epochs_by_their_digits),
		cmocka_unit_test(epochs_by_name),
		cmocka_unit_test(shapes_in_a_declared_zone),
		cmocka_unit_test(named_ways_are_strict),
		cmocka_unit_test(every_day_of_9999_years),
		cmocka_unit_test(every_offset),
		cmocka_unit_test(clocks_that_are_set),
		cmocka_unit_test(the_cache_never_changes_an_answer),
		cmocka_unit_test(a_fresh_cache_knows_nothing),
		cmocka_unit_test(ways_of_writing_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
