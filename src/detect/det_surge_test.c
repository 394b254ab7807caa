/*
 * det_surge_test.c - VOL-01: thresholds worked out by hand, just over and just under.
 *
 *     fires iff  x >= 30, x > med, (x - med)^2 10^6 > 25 max((1483 mad)^2, 10^6 med, 9 10^6)
 */
#include "base/test_wall.h"

#include "model/detector.h"

extern const struct detector det_surge;

enum { DAYS_MOST = 80 };

/* k, s0, base, base_min, guard, look, min */
static const int64_t param[PARAMS_MOST] = { 5, 3, 28, 10, 2, 60, 30 };

/* The judged day is day 100; `base` are the days from 97 down, one a day, newest first. */
static enum judged
judge(const uint32_t *base, size_t n, uint32_t x, struct account_day_sum *sum)
{
	struct account_day days[DAYS_MOST];

	for (size_t i = 0; i < n; i++)
		days[n - 1 - i] =
			(struct account_day){ .day = 97 - (int32_t)i, .consumers = base[i] };
	days[n] = (struct account_day){ .day = 100, .consumers = x };
	*sum = (struct account_day_sum){ 0 };
	return det_surge.day(days, n, param, sum);
}

static void
just_over_and_just_under(void **state UNUSED)
{
	static const struct {
		const char *name;
		uint32_t base[12];
		uint32_t fires; /* the least x that does */
		uint32_t median, mad, days;
	} cases[] = {
		/* 25 * 9 = 225: x > 4 + 15, but at least 30 */
		{ "few a day: the floor of 30", { 4, 4, 4, 4, 4, 4, 4, 4, 4, 4 }, 30, 4, 0, 10 },
		/* 25 * 16 = 400: x > 16 + 20 */
		{ "16 a day", { 16, 16, 16, 16, 16, 16, 16, 16, 16, 16 }, 37, 16, 0, 10 },
		/* 25 * 100 = 2500: x > 100 + 50 */
		{ "100 a day",
		  { 100, 100, 100, 100, 100, 100, 100, 100, 100, 100 },
		  151,
		  100,
		  0,
		  10 },
		/* 25 * 10,000: x > 10,000 + 500 */
		{ "10,000 a day",
		  { 10000, 10000, 10000, 10000, 10000, 10000, 10000, 10000, 10000, 10000 },
		  10501,
		  10000,
		  0,
		  10 },
		/*
		 * lower medians: 90 and 0, not 100 and 10; 25 * 90 = 2250 lies between 47^2 and
		 * 48^2
		 */
		{ "the lower of two medians",
		  { 90, 110, 90, 110, 90, 110, 90, 110, 90, 110 },
		  138,
		  90,
		  0,
		  10 },
		/*
		 * deviations 0 10 10 20 20 30 ...: mad 30; 25 * 44,490^2 / 10^6 = 49,484.0025,
		 * 222^2 = 49,284
		 */
		{ "a wide spread",
		  { 50, 150, 60, 140, 70, 130, 80, 120, 90, 110, 100 },
		  323,
		  100,
		  30,
		  11 },
		/* med 20, mad 4: 25 * 5,932^2 / 10^6 = 879.7 > 500; 29^2 = 841, 30^2 = 900 */
		{ "a spread over the median's own",
		  { 14, 15, 16, 17, 18, 20, 22, 23, 24, 25, 26 },
		  50,
		  20,
		  4,
		  11 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct account_day_sum sum;
		const char *name = cases[i].name;

		want_i64(name, "just under", JUDGED_SILENT,
			 judge(cases[i].base, cases[i].days, cases[i].fires - 1, &sum));
		want_i64(name, "just over", JUDGED_HIT,
			 judge(cases[i].base, cases[i].days, cases[i].fires, &sum));
		want_i64(name, "x", cases[i].fires, sum.x);
		want_i64(name, "median", cases[i].median, sum.median);
		want_i64(name, "mad", cases[i].mad, sum.mad);
		want_i64(name, "days", cases[i].days, sum.days);
		want_i64(name, "one view", JUDGED_SILENT,
			 judge(cases[i].base, cases[i].days, 1, &sum));
		want_i64(name, "as many as there can be", JUDGED_HIT,
			 judge(cases[i].base, cases[i].days, UINT32_MAX, &sum));
		want_i64(name, "no view", JUDGED_OUTSIDE,
			 judge(cases[i].base, cases[i].days, 0, &sum));
	}
}

/*
 * Nine sure days from 80 to 88, a tenth that is the case; without it the account is still
 * learning.
 */
static void
which_days_count(void **state UNUSED)
{
	static const struct {
		const char *name;
		struct account_day tenth;
		bool counts;
	} cases[] = {
		{ "three days ago", { .day = 97, .consumers = 5 }, true },
		{ "two days ago is guarded", { .day = 98, .consumers = 5 }, false },
		{ "yesterday is guarded", { .day = 99, .consumers = 5 }, false },
		{ "sixty days ago", { .day = 40, .consumers = 5 }, true },
		{ "sixty-one days ago", { .day = 39, .consumers = 5 }, false },
		{ "a holiday", { .day = 90, .consumers = 5, .kind = DAY_HOL }, false },
		{ "a day left out", { .day = 90, .consumers = 5, .left_out = true }, false },
		{ "a day without a view", { .day = 90, .consumers = 0 }, false },
		{ "a day with one view", { .day = 90, .consumers = 1 }, true },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct account_day days[11];
		struct account_day_sum sum;
		size_t n = 0;

		if (cases[i].tenth.day < 80)
			days[n++] = cases[i].tenth;
		for (int32_t d = 80; d < 89; d++)
			days[n++] = (struct account_day){ .day = d, .consumers = 5 };
		if (cases[i].tenth.day >= 80)
			days[n++] = cases[i].tenth;
		days[n] = (struct account_day){ .day = 100, .consumers = 300 };
		want_i64(cases[i].name, "judged", cases[i].counts ? JUDGED_HIT : JUDGED_LEARNING,
			 det_surge.day(days, n, param, &sum));
		/* A day that is left out never fires, whatever came before it. */
		days[n].left_out = true;
		want_i64(cases[i].name, "left out", JUDGED_LEFT_OUT,
			 det_surge.day(days, n, param, &sum));
	}
}

static void
holidays_are_compared_with_holidays(void **state UNUSED)
{
	struct account_day days[30];
	struct account_day_sum sum;
	size_t n = 0;

	for (int32_t d = 60; d < 80; d++)
		days[n++] = (struct account_day){ .day = d,
						  .consumers = d % 2 ? 500 : 2,
						  .kind = d % 2 ? DAY_BIZ : DAY_HOL };
	days[n] = (struct account_day){ .day = 100, .consumers = 40, .kind = DAY_HOL };
	want_i64("40 on a holiday", "judged", JUDGED_HIT, det_surge.day(days, n, param, &sum));
	want_i64("40 on a holiday", "median", 2, sum.median);
	days[n].kind = DAY_BIZ;
	want_i64("40 on a working day", "judged", JUDGED_SILENT,
		 det_surge.day(days, n, param, &sum));
	want_i64("40 on a working day", "median", 500, sum.median);
}

/*
 * 14 latest of 100, 14 of 1: the 14th of 28 is 1.  Two older ones of 100 would make the 15th of 30
 * a 100.
 */
static void
the_28_latest_are_the_baseline(void **state UNUSED)
{
	uint32_t base[40];
	struct account_day_sum sum;

	for (size_t i = 0; i < COUNT(base); i++)
		base[i] = i < 28 ? (i % 2 ? 100 : 1) : 100;
	want_i64("30 earlier days", "judged", JUDGED_HIT, judge(base, 30, 30, &sum));
	want_i64("30 earlier days", "days", 28, sum.days);
	want_i64("30 earlier days", "median", 1, sum.median);
	want_i64("40 earlier days", "judged", JUDGED_HIT, judge(base, 40, 30, &sum));
	want_i64("9 earlier days", "judged", JUDGED_LEARNING, judge(base, 9, 1000, &sum));
	want_i64("no earlier day", "judged", JUDGED_LEARNING, judge(base, 0, 1000, &sum));
}

/* Days that come later are none of its business. */
static void
later_days_do_not_matter(void **state UNUSED)
{
	struct account_day days[40];
	struct account_day_sum sum;

	for (int32_t d = 0; d < 40; d++)
		days[d] = (struct account_day){ .day = d, .consumers = d < 20 ? 5 : 100000 };
	days[19].consumers = 31;
	want_i64("day 19", "judged", JUDGED_HIT, det_surge.day(days, 19, param, &sum));
	want_i64("day 19", "days", 17, sum.days);
}

static void
the_rule_is_the_contracts(void **state UNUSED)
{
	want_str("VOL-01", "rule", STR("VOL-01"), str_of(det_surge.rule));
	want_i64("VOL-01", "kind", FINDING_ANOMALY, det_surge.kind);
	want_str("VOL-01", "key", STR("acct"), str_of(det_surge.key[0].name));
	assert_null(det_surge.key[1].name);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(just_over_and_just_under),
		cmocka_unit_test(which_days_count),
		cmocka_unit_test(holidays_are_compared_with_holidays),
		cmocka_unit_test(the_28_latest_are_the_baseline),
		cmocka_unit_test(later_days_do_not_matter),
		cmocka_unit_test(the_rule_is_the_contracts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
