/*
 * det_clock_test.c - LOG-06: histograms of office and night work, as they say and nine hours off.
 */
#include "detect/log_testing.h"

extern const struct detector det_clock;

/* clock_lines, clock_days, clock_fit, clock_margin, hour_lines, hour_days */
static const int64_t param[PARAMS_MOST] = { 500, 3, 80, 40, 100, 3 };

/* `n` lines in the middle of every hour of [from, to), which may lie behind midnight, on `days` days. */
static void
hours(struct log_world *w, int days, int from, int to, uint64_t n)
{
	for (int day = 0; day < days; day++) {
		for (int h = from; h < to; h++)
			log_lines_at(w, 0,
				     jst_day_start(LOG_MONDAY + day) + h * 3600000LL + 1800000, n);
	}
}

static void
nine_hours_off(void **state UNUSED)
{
	static const struct {
		const char *name, *expect;
		int days, from, to;
		uint64_t n;
		const char *want;
	} cases[] = {
		{ "office hours", NULL, 5, 8, 20, 10, "" },
		/* 08-20 in UTC is 23-11: of twelve hours, 8, 9 and 10 are office hours as they say */
		{ "office hours of Japan in UTC", NULL, 5, 23, 35, 10,
		  "takuso: 25 % as they say, 100 % if all were nine hours later: times of UTC that "
		  "are read as Japan's?" },
		/* 17-29: 17, 18 and 19 */
		{ "office hours of UTC in Japan", NULL, 5, 17, 29, 10,
		  "takuso: 25 % as they say, 100 % if all were nine hours earlier: times of Japan "
		  "that are read as UTC's?" },
		{ "around the clock", NULL, 5, 0, 24, 10, "" },
		/* 22-30, nine hours later 7-15: seven of eight hours; as they say none */
		{ "work of the night that is stated nowhere", NULL, 5, 22, 30, 15,
		  "takuso: 0 % as they say, 87 % if all were nine hours later: times of UTC that "
		  "are "
		  "read as Japan's?" },
		{ "work of the night, as the register says", "22:00-30:00", 5, 22, 30, 15, "" },
		{ "half hours of it", "08:30-17:30", 5, 8, 18, 12, "" },
		{ "480 lines", NULL, 5, 0, 4, 24, "" },
		{ "500 lines", NULL, 5, 0, 4, 25,
		  "takuso: 0 % as they say, 100 % if all were nine hours later: times of UTC that "
		  "are "
		  "read as Japan's?" },
		{ "two working days", NULL, 2, 0, 8, 100, "" },
		/* 0-8, nine hours later 9-17; as they say none */
		{ "three working days", NULL, 3, 0, 8, 100,
		  "takuso: 0 % as they say, 100 % if all were nine hours later: times of UTC that "
		  "are "
		  "read as Japan's?" },
		/* 2-14, later 11-23: nine of twelve fit, less than 80 % */
		{ "it fits better, but not well", NULL, 5, 2, 14, 10, "" },
		/* 4-12: four of eight fit as they say, later 13-21 seven of eight: 87 - 50 < 40 */
		{ "it fits well, but not much better", NULL, 5, 4, 12, 15, "" },
		/* 3-11: three of eight, later all: 100 - 37 */
		{ "well, and much better", NULL, 5, 3, 11, 15,
		  "takuso: 37 % as they say, 100 % if all were nine hours later: times of UTC that "
		  "are read as Japan's?" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct log_world *w = log_world_new(param);

		if (cases[i].expect)
			log_expect(w, 0, DAYTYPE_BIZ, cases[i].expect);
		hours(w, cases[i].days, cases[i].from, cases[i].to, cases[i].n);
		det_clock.roster(&w->roster);
		want_str(cases[i].name, "told", str_of(cases[i].want), log_told(w));
		log_world_free(w);
	}
}

static void
the_mixup_spans_the_systems_lines(void **state UNUSED)
{
	struct log_world *w = log_world_new(param);
	const struct told *t;

	hours(w, 3, 0, 8, 100);
	log_lines(w, 1, "00:00 9d 00:00");
	det_clock.roster(&w->roster);
	want_i64("one", "told", 1, (int64_t)w->roster.told.n);
	t = &w->roster.told.at[0];
	want_i64("one", "system", 0, t->key.part[0]);
	want_i64("one", "what", 0, t->key.part[1]);
	want_i64("one", "first", log_time("00:30"), t->first);
	want_i64("one", "last", log_time("2d 07:30"), t->last);
	log_world_free(w);
}

static void
days_within_an_hour(void **state UNUSED)
{
	static const struct {
		const char *name, *expect, *first, *last;
		int days;
		uint64_t n;
		const char *want;
	} cases[] = {
		{ "three days of a batch", NULL, "09:30", "10:29", 3, 50,
		  "takuso: 100 lines, 2022-07-04 09:30 to 10:29; 100 lines, 2022-07-05 09:30 to "
		  "10:29; 100 lines, 2022-07-06 09:30 to 10:29" },
		{ "two days", NULL, "09:30", "10:29", 2, 50, "" },
		{ "an hour apart", NULL, "09:30", "10:30", 3, 50, "" },
		{ "98 lines a day", NULL, "09:30", "10:29", 3, 49, "" },
		{ "it is expected for an hour a day", "09:30-10:30", "09:30", "10:29", 3, 50, "" },
		{ "it is expected for longer", "09:30-11:30", "09:30", "10:29", 3, 50,
		  "takuso: 100 lines, 2022-07-04 09:30 to 10:29; 100 lines, 2022-07-05 09:30 to "
		  "10:29; 100 lines, 2022-07-06 09:30 to 10:29" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct log_world *w = log_world_new(param);

		if (cases[i].expect)
			log_expect(w, 0, DAYTYPE_BIZ, cases[i].expect);
		for (int day = 0; day < cases[i].days; day++) {
			log_lines_at(w, 0, log_time(cases[i].first) + day * (int64_t)DAY_MS,
				     cases[i].n);
			log_lines_at(w, 0, log_time(cases[i].last) + day * (int64_t)DAY_MS,
				     cases[i].n);
		}
		det_clock.roster(&w->roster);
		want_str(cases[i].name, "told", str_of(cases[i].want), log_told(w));
		for (size_t k = 0; k < w->roster.told.n; k++)
			want_i64(cases[i].name, "what", 1, w->roster.told.at[k].key.part[1]);
		log_world_free(w);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nine_hours_off),
		cmocka_unit_test(the_mixup_spans_the_systems_lines),
		cmocka_unit_test(days_within_an_hour),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
