/*
 * det_silent_test.c - LOG-01 and LOG-02: gaps and silent days, worked out by hand.
 */
#include "detect/log_testing.h"

extern const struct detector det_silent_hours, det_silent_system;

static const int64_t param[PARAMS_MOST] = { 7200000 };

/* Weekdays 08:00-20:00 for takuso, nothing for keiyaku, whose lines say how long the input is. */
struct input {
	const char *name, *weekday, *saturday, *live, *takuso, *keiyaku, *want;
	int64_t max_gap_ms;
	uint64_t hits, silent;
};

static void
judge(const struct detector *d, const struct input *in)
{
	struct log_world *w = log_world_new(param);

	log_expect(w, 0, DAYTYPE_BIZ, in->weekday ? in->weekday : "08:00-20:00");
	if (in->saturday)
		log_expect(w, 0, DAYTYPE_SAT, in->saturday);
	if (in->live)
		w->system[0].live = log_time(in->live);
	w->system[0].max_gap_ms = in->max_gap_ms;
	log_lines(w, 0, in->takuso);
	log_lines(w, 1, in->keiyaku);
	d->roster(&w->roster);
	want_str(in->name, "told", str_of(in->want), log_told(w));
	want_i64(in->name, "hits", (int64_t)in->hits, (int64_t)w->judged[JUDGED_HIT]);
	want_i64(in->name, "silent", (int64_t)in->silent, (int64_t)w->judged[JUDGED_SILENT]);
	log_world_free(w);
}

/* Lines of a whole day, an hour and a half apart. */
#define DAY "08:30 10:00 11:30 13:00 14:30 16:00 17:30 19:00"

static const struct input gap_cases[] = {
	{ .name = "a line every hour and a half",
	  .takuso = DAY,
	  .keiyaku = "00:00 23:59",
	  .want = "",
	  .silent = 1 },
	{ .name = "three hours without one",
	  .takuso = "08:30 10:00 13:00 14:30 16:00 17:30 19:00",
	  .keiyaku = "00:00 23:59",
	  .want = "takuso: 2022-07-04 10:01 to 2022-07-04 13:00, 179 minutes",
	  .hits = 1 },
	{ .name = "two hours and a minute, in the minutes they lie in",
	  .takuso = "08:30 10:00:59 12:01 13:00 14:30 16:00 17:30 19:00",
	  .keiyaku = "00:00 23:59",
	  .want = "takuso: 2022-07-04 10:01 to 2022-07-04 12:01, 120 minutes",
	  .hits = 1 },
	{ .name = "two hours: not longer than it may be",
	  .takuso = "08:30 10:00 12:00 13:00 14:30 16:00 17:30 19:00",
	  .keiyaku = "00:00 23:59",
	  .want = "",
	  .silent = 1 },
	{ .name = "the first line two hours after the hours begin",
	  .takuso = "10:00 11:30 13:00 14:30 16:00 17:30 19:00",
	  .keiyaku = "00:00 23:59",
	  .want = "",
	  .silent = 1 },
	{ .name = "the first line more than that after",
	  .takuso = "10:01 11:30 13:00 14:30 16:00 17:30 19:00",
	  .keiyaku = "00:00 23:59",
	  .want = "takuso: 2022-07-04 08:00 to 2022-07-04 10:01, 121 minutes",
	  .hits = 1 },
	{ .name = "the last line too early, and one gap more: the longest of two",
	  .takuso = "08:30 10:00 13:00 14:30 16:00",
	  .keiyaku = "00:00 23:59",
	  .want = "takuso: 2022-07-04 16:01 to 2022-07-04 20:00, 239 minutes; the longest "
		  "of 2",
	  .hits = 1 },
	{ .name = "silence outside of the hours is nothing",
	  .takuso = "02:00 " DAY " 23:00",
	  .keiyaku = "00:00 23:59",
	  .want = "",
	  .silent = 1 },
	{ .name = "a line outside of the hours makes it a day, and the hours a gap",
	  .takuso = "02:00",
	  .keiyaku = "00:00 23:59",
	  .want = "takuso: 2022-07-04 08:00 to 2022-07-04 20:00, 720 minutes",
	  .hits = 1 },
	{ .name = "a day without any line is the other rule's",
	  .takuso = "1d " DAY,
	  .keiyaku = "00:00 1d 23:59",
	  .want = "",
	  .silent = 1 },
	{ .name = "the register knows how long it may be silent",
	  .takuso = "08:30 10:00 13:00 14:30 16:00 17:30 19:00",
	  .keiyaku = "00:00 23:59",
	  .max_gap_ms = 10800000,
	  .want = "",
	  .silent = 1 },
	{ .name = "what lies before the input's first line, and behind its last, is not "
		  "missing",
	  .takuso = "13:00 14:30",
	  .keiyaku = "12:00 16:00",
	  .want = "",
	  .silent = 1 },
	{ .name = "but in between it is",
	  .takuso = "13:00 14:30",
	  .keiyaku = "10:00 16:00",
	  .want = "takuso: 2022-07-04 10:00 to 2022-07-04 13:00, 180 minutes",
	  .hits = 1 },
	{ .name = "a weekend expects nothing",
	  .takuso = "4d " DAY " 5d 09:00 6d 09:00",
	  .keiyaku = "4d 00:00 6d 23:59",
	  .want = "",
	  .silent = 1 },
	{ .name = "a Saturday that has hours does, and a holiday that has none does not",
	  .takuso = "5d 09:00 7d 12:00",
	  .keiyaku = "5d 00:00 7d 23:59",
	  .saturday = "08:00-12:00",
	  .want = "takuso: 2022-07-09 09:01 to 2022-07-09 12:00, 179 minutes",
	  .hits = 1 },
	{ .name = "hours behind midnight are the day's before",
	  .takuso = "22:30 23:50 1d 01:00 04:00 05:50",
	  .keiyaku = "00:00 1d 21:00",
	  .weekday = "22:00-30:00",
	  .want = "takuso: 2022-07-05 01:01 to 2022-07-05 04:00, 179 minutes",
	  .hits = 1 },
	{ .name = "before it is live it is nobody's gap",
	  .takuso = "13:00 14:30 16:00 17:30 19:00",
	  .keiyaku = "00:00 23:59",
	  .live = "12:00",
	  .want = "",
	  .silent = 1 },
	{ .name = "two days are two units",
	  .takuso = "09:00 1d 19:00",
	  .keiyaku = "00:00 1d 23:59",
	  .want = "takuso: 2022-07-04 09:01 to 2022-07-04 20:00, 659 minutes; 2022-07-05 "
		  "08:00 to 2022-07-05 19:00, 660 minutes",
	  .hits = 2 },
	{ .name = "no line at all", .takuso = "", .keiyaku = "", .want = "" },
};

static void
gaps_within_expected_hours(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(gap_cases); i++)
		judge(&det_silent_hours, &gap_cases[i]);
}

static const struct input silent_cases[] = {
	{ .name = "a line a day is enough",
	  .takuso = "09:00 1d 09:00 2d 09:00",
	  .keiyaku = "00:00 2d 23:59",
	  .want = "",
	  .silent = 3 },
	{ .name = "one day without",
	  .takuso = "09:00 2d 09:00",
	  .keiyaku = "00:00 2d 23:59",
	  .want = "takuso: 2022-07-05",
	  .hits = 1,
	  .silent = 2 },
	{ .name = "days in a row are told as one, over a weekend too",
	  .takuso = "3d 09:00 9d 09:00",
	  .keiyaku = "3d 00:00 9d 23:59",
	  .want = "takuso: 2022-07-08 to 2022-07-12, 2 days",
	  .hits = 2,
	  .silent = 2 },
	{ .name = "a Sunday is not expected",
	  .takuso = "4d 09:00 8d 09:00",
	  .keiyaku = "4d 00:00 8d 23:59",
	  .want = "",
	  .silent = 2 },
	{ .name = "silent for the whole input",
	  .takuso = "",
	  .keiyaku = "00:00 4d 23:59",
	  .want = "takuso: 2022-07-04 to 2022-07-08, 5 days",
	  .hits = 5 },
	{ .name = "a night's run: the day has just begun",
	  .takuso = "09:00",
	  .keiyaku = "00:00 1d 01:00",
	  .want = "",
	  .silent = 1 },
	{ .name = "two hours of its day are not more than it may be silent",
	  .takuso = "09:00",
	  .keiyaku = "00:00 1d 10:00",
	  .want = "",
	  .silent = 1 },
	{ .name = "a minute more is",
	  .takuso = "09:00",
	  .keiyaku = "00:00 1d 10:01",
	  .want = "takuso: 2022-07-05",
	  .hits = 1,
	  .silent = 1 },
	{ .name = "hours shorter than the longest silence, whole within the input",
	  .takuso = "09:30",
	  .keiyaku = "00:00 1d 23:59",
	  .weekday = "09:00-10:00",
	  .want = "takuso: 2022-07-05",
	  .hits = 1,
	  .silent = 1 },
	{ .name = "a line behind midnight is in the hours of the day before",
	  .takuso = "22:30 2d 03:00",
	  .keiyaku = "00:00 2d 21:00",
	  .weekday = "22:00-30:00",
	  .want = "",
	  .silent = 2 },
	{ .name = "days before it is live are nobody's",
	  .takuso = "2d 09:00",
	  .keiyaku = "00:00 3d 23:59",
	  .live = "2d 00:00",
	  .want = "takuso: 2022-07-07",
	  .hits = 1,
	  .silent = 1 },
	{ .name = "not live yet",
	  .takuso = "",
	  .keiyaku = "00:00 3d 23:59",
	  .live = "40d 00:00",
	  .want = "" },
	{ .name = "hours of a whole day",
	  .weekday = "00:00-24:00",
	  .takuso = "00:00 1d 00:00 2d 00:00",
	  .keiyaku = "00:00 2d 23:59",
	  .want = "",
	  .silent = 3 },
};

static void
systems_that_are_silent(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(silent_cases); i++) {
		struct input in = silent_cases[i];

		judge(&det_silent_system, &in);
	}
}

static void
systems_that_state_nothing(void **state UNUSED)
{
	static const struct {
		const char *name, *takuso, *keiyaku, *live, *want;
	} cases[] = {
		{ "nothing is expected of what is not even live", "", "00:00 9d 23:59", NULL, "" },
		{ "a line on any day will do", "3d 00:00", "00:00 9d 23:59", "00:00", "" },
		{ "none on any", "", "00:00 9d 23:59", "00:00",
		  "takuso: 2022-07-04 to 2022-07-13, 10 days" },
		{ "since it is live", "", "00:00 9d 23:59", "8d 00:00",
		  "takuso: 2022-07-12 to 2022-07-13, 2 days" },
		{ "a line before it is live does not count as one since", "1d 09:00",
		  "00:00 9d 23:59", "8d 00:00", "takuso: 2022-07-12 to 2022-07-13, 2 days" },
		{ "one day", "", "00:00", "00:00", "takuso: 2022-07-04" },
		{ "live after the input", "", "00:00", "30d 00:00", "" },
		{ "an empty input says nothing of anybody", "", "", "00:00", "" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct log_world *w = log_world_new(param);

		if (cases[i].live)
			w->system[0].live = log_time(cases[i].live);
		log_lines(w, 0, cases[i].takuso);
		log_lines(w, 1, cases[i].keiyaku);
		det_silent_system.roster(&w->roster);
		want_str(cases[i].name, "told", str_of(cases[i].want), log_told(w));
		log_world_free(w);
	}
}

static void
a_row_of_days_is_one_thing_to_tell(void **state UNUSED)
{
	struct log_world *w = log_world_new(param);
	const struct told *t;

	log_expect(w, 0, DAYTYPE_BIZ, "08:00-20:00");
	log_lines(w, 0, "09:00 4d 09:00 8d 09:00");
	log_lines(w, 1, "00:00 9d 23:59");
	det_silent_system.roster(&w->roster);
	want_i64("1 to 3, and 9", "told", 2, (int64_t)w->roster.told.n);
	t = &w->roster.told.at[0];
	want_i64("1 to 3", "days", 3, (int64_t)t->units);
	want_i64("1 to 3", "first", log_time("1d 00:00"), t->first);
	want_i64("1 to 3", "last", log_time("4d 00:00") - 1, t->last);
	want_str("1 to 3", "ref", STR("expect weekday 08:00-20:00, systems line 4"), t->why.ref);
	t = &w->roster.told.at[1];
	want_i64("9", "days", 0, (int64_t)t->units);
	want_i64("9", "first", log_time("9d 00:00"), t->first);
	log_world_free(w);
}

/* Only holidays are expected, and these two are more than the 30 days apart that would join them to one case. */
static void
days_far_apart_are_not_in_a_row(void **state UNUSED)
{
	struct log_world *w = log_world_new(param);

	log_expect(w, 0, DAYTYPE_HOL, "08:00-20:00");
	log_lines(w, 1, "00:00 59d 23:59");
	det_silent_system.roster(&w->roster);
	want_str("two holidays", "told", STR("takuso: 2022-07-11; 2022-08-18"), log_told(w));
	log_world_free(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gaps_within_expected_hours),
		cmocka_unit_test(systems_that_are_silent),
		cmocka_unit_test(systems_that_state_nothing),
		cmocka_unit_test(a_row_of_days_is_one_thing_to_tell),
		cmocka_unit_test(days_far_apart_are_not_in_a_row),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
