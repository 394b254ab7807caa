/*
 * when_pattern_test.c - strptime-like patterns, and Japanese dates with eras, kanji and full width.
 */
#include "base/test_wall.h"

#include "base/civil.h"
#include "base/when_own.h"

static const struct place nowhere = { { "kasumi.yaml", 11 }, 3, 9 };

#define REFUSED INT64_MIN
/* 2026-04-01 00:05:01 UTC is 09:05:01 in Japan, and then it was midnight there 9 hours before. */
#define T 1775001901000
#define MIDNIGHT 1774969200000

/* With a fresh cache, and a second time out of it: both must say the same. */
static void
want_read(const char *name, const struct when *w, const char *text, int64_t want)
{
	struct clock_cache clock = { 0 };

	for (int i = 0; i < 2; i++) {
		const char *expected = NULL;
		int64_t ts = 0;
		int32_t again;
		enum when_result r =
			when_read(w, &clock, walled(str_of(text)), &ts, &again, &expected);

		want_bool(name, "accepted", want != REFUSED, r != WHEN_REFUSED);
		if (r != WHEN_REFUSED)
			want_i64(name, "ms", want, ts);
		else
			assert_true(expected && *expected);
	}
}

static const struct when *
compile(struct arena *a, const char *how, int year)
{
	struct errors err = { 0 };
	const struct zone *z = zone_load(a, STR("Asia/Tokyo"), NULL, &err, nowhere);
	const struct when *w = when_compile(a, walled(str_of(how)), z, year, &err, nowhere);

	if (!w || err.list.n)
		fail_msg("%s: " STR_FMT, how, STR_ARG(err.list.at[0]));
	errors_free(&err);
	return w;
}

static void
patterns_read_what_they_say(void **state UNUSED)
{
	static const struct {
		const char *name, *how, *text;
		int64_t want;
		int year;
	} cases[] = {
		{ "all numbers", "%Y/%m/%d %H:%M:%S", "2026/04/01 09:05:01", T, 0 },
		{ "short numbers", "%Y/%m/%d %H:%M:%S", "2026/4/1 9:5:1", T, 0 },
		{ "numbers without anything between", "%Y%m%d%H%M%S", "20260401090501", T, 0 },
		{ "shorthands", "%FT%T", "2026-04-01T09:05:01", T, 0 },
		{ "the shorthand to the minute", "%F %R", "2026-04-01 09:05", T - 1000, 0 },
		{ "a fraction", "%F %T.%f", "2026-04-01 09:05:01.207", T + 207, 0 },
		{ "a comma before it", "%F %T,%f", "2026-04-01 09:05:01,2", T + 200, 0 },
		{ "an offset", "%F %T %z", "2026-04-01 00:05:01 +0000", T, 0 },
		{ "an offset of Z", "%F %T%z", "2026-04-01 00:05:01Z", T, 0 },
		{ "an offset too far", "%F %T%z", "2026-04-01 00:05:01+15:00", REFUSED, 0 },
		{ "a zone in words", "%F %T %Z", "2026-04-01 09:05:01 JST", T, 0 },
		{ "a zone in other words", "%F %T %Z", "2026-04-01 09:05:01 PST", REFUSED, 0 },
		{ "names of months", "%d %b %Y %T", "01 Apr 2026 09:05:01", T, 0 },
		{ "capitals", "%d %b %Y %T", "01 APR 2026 09:05:01", T, 0 },
		{ "months written out", "%d %B %Y %T", "01 April 2026 09:05:01", T, 0 },
		{ "no month", "%d %b %Y %T", "01 Apl 2026 09:05:01", REFUSED, 0 },
		{ "Apache's error log", "%a %b %d %T.%f %Y", "Wed Apr 01 09:05:01.207999 2026",
		  T + 207, 0 },
		{ "syslog, the year from the policy", "%b %e %T", "Apr  1 09:05:01", T, 2026 },
		{ "syslog, two digits", "%b %e %T", "Apr 11 09:05:01", T + 864000000, 2026 },
		{ "29 February in a year that has none", "%b %e %T", "Feb 29 09:05:01", REFUSED,
		  2026 },
		{ "two digits of a year", "%y-%m-%d", "26-04-01", MIDNIGHT, 0 },
		{ "68 is 2068", "%y-%m-%d", "68-01-01", 3092569200000, 0 },
		{ "69 is 1969", "%y-%m-%d", "69-01-01", -31568400000, 0 },
		{ "a day of the year", "%Y %j", "2026 091", MIDNIGHT, 0 },
		{ "day 366 of a common year", "%Y %j", "2026 366", REFUSED, 0 },
		{ "day 366 of a leap year", "%Y %j", "2024 366", 1735570800000, 0 },
		{ "day 0 of a year", "%Y %j", "2026 000", REFUSED, 0 },
		{ "month 0", "%Y-%m-%d", "2026-00-01", REFUSED, 0 },
		{ "twelve hours, morning", "%m/%d/%Y %I:%M:%S %p", "4/1/2026 9:05:01 AM", T, 0 },
		{ "twelve hours, evening", "%m/%d/%Y %I:%M:%S %p", "4/1/2026 9:05:01 pm",
		  T + 43200000, 0 },
		{ "12 AM is midnight", "%F %I:%M %p", "2026-04-01 12:00 AM", MIDNIGHT, 0 },
		{ "12 PM is noon", "%F %I:%M %p", "2026-04-01 12:00 PM", MIDNIGHT + 43200000, 0 },
		{ "13 PM is nothing", "%F %I:%M %p", "2026-04-01 13:00 PM", REFUSED, 0 },
		{ "0 AM is nothing", "%F %I:%M %p", "2026-04-01 0:00 AM", REFUSED, 0 },
		{ "an epoch in brackets", "[%s.%f]", "[1775001901.207]", T + 207, 0 },
		{ "a percent sign", "%Y%%%m%%%d", "2026%04%01", MIDNIGHT, 0 },
		{ "a blank is any number of blanks", "%F %T", "2026-04-01    09:05:01", T, 0 },
		{ "a blank is at least one", "%F %T", "2026-04-0109:05:01", REFUSED, 0 },
		{ "kanji", "%Y年%m月%d日 %H時%M分%S秒", "2026年4月1日 9時5分1秒", T, 0 },
		{ "the night after", "%F %R", "2026-03-31 25:10", MIDNIGHT + 4200000, 0 },
		{ "text behind", "%F %T", "2026-04-01 09:05:01 ", REFUSED, 0 },
		{ "text cut", "%F %T", "2026-04-01 09:05:", REFUSED, 0 },
		{ "nothing", "%F %T", "", REFUSED, 0 },
		{ "second 60", "%F %T", "2026-04-01 09:05:60", T + 58999, 0 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena a = { 0 };

		want_read(cases[i].name, compile(&a, cases[i].how, cases[i].year), cases[i].text,
			  cases[i].want);
		arena_free(&a);
	}
}

static void
a_refusal_shows_the_pattern(void **state UNUSED)
{
	struct arena a = { 0 };
	const struct when *w = compile(&a, "%F %T", 0);
	struct clock_cache clock = { 0 };
	const char *expected = NULL;
	int64_t ts;
	int32_t again;

	want_i64("a wrong text", "result", WHEN_REFUSED,
		 when_read(w, &clock, STR("x"), &ts, &again, &expected));
	want_str("a wrong text", "words", STR("a time as '%F %T' says"), str_of(expected));
	want_i64("a wrong day", "result", WHEN_REFUSED,
		 when_read(w, &clock, STR("2026-04-31 09:05:01"), &ts, &again, &expected));
	want_str("a wrong day", "words", STR("a day that the calendar has"), str_of(expected));
	arena_free(&a);
}

static const struct {
	const char *name, *text;
	int64_t want;
} japanese[] = {
		{ "kanji", "2026年4月1日 9時5分1秒", T },
		{ "kanji to the minute", "2026年4月1日 9時5分", T - 1000 },
		{ "kanji to the hour", "2026年4月1日 9時", T - 301000 },
		{ "a date alone", "2026年4月1日", MIDNIGHT },
		{ "no blank between", "2026年04月01日09時05分01秒", T },
		{ "a weekday", "2026年4月1日(水) 9時5分", T - 1000 },
		{ "a weekday and no blank", "2026年4月1日(水)9時5分", T - 1000 },
		{ "a weekday written out", "2026年4月1日(水曜日) 9時5分", T - 1000 },
		{ "a weekday in full width brackets", "2026年4月1日（水） 9時5分", T - 1000 },
		{ "a wrong weekday is not looked at", "2026年4月1日(月) 9時5分", T - 1000 },
		{ "Sunday", "2026年4月1日(日) 9時5分", T - 1000 },
		{ "an English weekday", "2026/4/1(Wed) 9:05", T - 1000 },
		{ "slashes and a weekday", "2026/4/1(水) 9:05:01", T },
		{ "no weekday", "2026年4月1日(春) 9時5分", REFUSED },
		{ "an open bracket", "2026年4月1日(水 9時5分", REFUSED },
		{ "full width", "２０２６年４月１日　９時５分１秒", T },
		{ "full width with slashes", "２０２６／０４／０１　０９：０５：０１", T },
		{ "half of the seconds full width", "2026/4/1 9:05:0１", T },
		{ "a colon behind kanji", "2026年4月1日 9:05:01", T },
		{ "a fraction of a kanji second", "2026年4月1日 9時5分01.207秒", T + 207 },
		{ "morning", "2026年4月1日 午前9時5分1秒", T },
		{ "afternoon", "2026年4月1日 午後9時5分1秒", T + 43200000 },
		{ "afternoon with colons", "2026/4/1 午後 9:05:01", T + 43200000 },
		{ "noon", "2026年4月1日 午後0時0分", MIDNIGHT + 43200000 },
		{ "12 in the afternoon is noon, as computers write it", "2026/4/1 午後 12:00",
		  MIDNIGHT + 43200000 },
		{ "12 in the morning is midnight", "2026/4/1 午前 12:00", MIDNIGHT },
		{ "13 in the afternoon", "2026年4月1日 午後13時5分", REFUSED },
		{ "the night after", "2026年3月31日 25時10分", MIDNIGHT + 4200000 },
		{ "an offset", "2026年4月1日 0時5分1秒+00:00", T },
}, eras[] = {
		{ "Reiwa", "令和8年4月1日 9時5分1秒", T },
		{ "Reiwa with points", "令和8.4.1 9:05:01", T },
		{ "R", "R8.4.1 9:05:01", T },
		{ "R, two digits", "R08.04.01 09:05:01", T },
		{ "R with slashes", "R8/4/1 9:05:01", T },
		{ "R with hyphens", "R8-4-1 9:05:01", T },
		{ "R and kanji", "R8年4月1日 9時5分1秒", T },
		{ "R of full width", "Ｒ８．４．１　９：０５：０１", T },
		{ "the square sign", "㋿8年4月1日", MIDNIGHT },
		{ "the first year by its name", "令和元年5月1日", 1556636400000 },
		{ "the first year by its number", "令和1年5月1日", 1556636400000 },
		{ "the first day of Reiwa", "R1.5.1", 1556636400000 },
		{ "the day before Reiwa", "R1.4.30", REFUSED },
		{ "the last day of Heisei", "H31.4.30", 1556550000000 },
		{ "the day after Heisei", "H31.5.1", REFUSED },
		{ "the first day of Heisei", "平成元年1月8日", 600188400000 },
		{ "the day before Heisei", "平成元年1月7日", REFUSED },
		{ "the last day of Showa", "昭和64年1月7日", 600102000000 },
		{ "the day after Showa", "S64.1.8", REFUSED },
		{ "the first day of Showa", "昭和元年12月25日", -1357635600000 },
		{ "the day before Showa", "昭和元年12月24日", REFUSED },
		{ "the last day of Taisho", "大正15年12月24日", -1357722000000 },
		{ "the day after Taisho", "T15.12.25", REFUSED },
		{ "the first day of Taisho", "T1.7.30", -1812186000000 },
		{ "the day before Taisho", "T1.7.29", REFUSED },
		{ "the last day of Meiji", "明治45年7月29日", -1812272400000 },
		{ "the day after Meiji", "M45.7.30", REFUSED },
		{ "the first day of this calendar in Japan", "明治6年1月1日", -3061012739000 },
		{ "the moon's calendar", "明治5年12月2日", REFUSED },
		{ "year 0 of an era", "令和0年4月1日", REFUSED },
		{ "a far year of an era", "令和99年4月1日", 4646646000000 },
		{ "three digits of an era", "令和100年4月1日", REFUSED },
		{ "no such day", "令和8年2月29日", REFUSED },
		{ "an era nobody proclaimed", "安政8年2月28日", REFUSED },
		{ "a letter without an era", "Q8.4.1", REFUSED },
		{ "a small letter", "r8.4.1", REFUSED },
		{ "the first year without an era", "元年5月1日", REFUSED },
		{ "separators that differ", "令和8.4/1", REFUSED },
		{ "a month without its sign", "2026年4.1", REFUSED },
		{ "a day without its sign", "2026年4月1", REFUSED },
		{ "UTF-8 cut in a sign", "2026年4月1\xe6\x97", REFUSED },
		{ "bytes that are no UTF-8",
		  "2026\xff"
		  "4\xff"
		  "1",
		  REFUSED },
		{ "a sign of the weekday for the month", "2026年4火1日", REFUSED },
		{ "a very long text",
		  "2026年4月1日　　　　　　　　　　　　　　　　　　　　　　　　"
		  "　　　　　　　　　　　　　　　　　　　　9時5分",
		  REFUSED },
};

static void
japanese_dates(void **state UNUSED)
{
	struct arena a = { 0 };
	const struct when *w = compile(&a, "", 0);

	for (size_t i = 0; i < COUNT(japanese); i++)
		want_read(japanese[i].name, w, japanese[i].text, japanese[i].want);
	for (size_t i = 0; i < COUNT(eras); i++)
		want_read(eras[i].name, w, eras[i].text, eras[i].want);
	arena_free(&a);
}

/* Every day from 1873 on belongs to one era. */
static void
eras_meet_without_a_gap(void **state UNUSED)
{
	for (int32_t day = civil_day(1873, 1, 1); day <= civil_day(2100, 12, 31); day++) {
		struct civil c = civil_from_day(day);
		int count = 0;

		for (const char *e = "MTSHR"; *e; e++)
			count += when_in_era(when_era_letter(*e), c.year, c.month, c.day);
		if (count != 1)
			fail_msg("%d-%d-%d is in %d eras", c.year, c.month, c.day, count);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patterns_read_what_they_say),
		cmocka_unit_test(a_refusal_shows_the_pattern),
		cmocka_unit_test(japanese_dates),
		cmocka_unit_test(eras_meet_without_a_gap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
