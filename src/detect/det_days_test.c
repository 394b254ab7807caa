/*
 * det_days_test.c - SHR-03, OFF-03, DRF-06: one more terminal, hour or change of site, and one fewer.
 */
#include "base/test_wall.h"

#include "base/civil.h"
#include "model/detector.h"

extern const struct detector det_many_terminals, det_rare_hour, det_roaming;

enum { USES_MOST = 8, MONDAY = 19177, DAYS_MOST = 80 };

#define KIOSK .terminal_kind = TERMINAL_KIOSK
#define MOBILE .net_kind = NET_MOBILE

static void
terminals_of_a_day(void **state UNUSED)
{
	static const int64_t param[PARAMS_MOST] = { 3 };
	static const struct {
		const char *name;
		struct day_use use[USES_MOST];
		uint32_t count, distinct;
		enum judged want;
	} cases[] = {
		{ "no line of a person", { { 0 } }, 0, 0, JUDGED_OUTSIDE },
		{ "one", { { .terminal = 1 } }, 1, 1, JUDGED_SILENT },
		{ "two", { { .terminal = 1 }, { .terminal = 2 } }, 2, 2, JUDGED_SILENT },
		{ "three",
		  { { .terminal = 1 }, { .terminal = 2 }, { .terminal = 3 } },
		  3,
		  3,
		  JUDGED_HIT },
		{ "two, one of them from two networks",
		  { { .terminal = 2, .net = 1 },
		    { .terminal = 1, .net = 1 },
		    { .terminal = 2, .net = 2 } },
		  3,
		  2,
		  JUDGED_SILENT },
		{ "two and none said",
		  { { .terminal = 1 }, { .terminal = 0 }, { .terminal = 2 } },
		  3,
		  2,
		  JUDGED_SILENT },
		{ "two and a kiosk",
		  { { .terminal = 1 }, { .terminal = 2 }, { .terminal = 3, KIOSK } },
		  3,
		  2,
		  JUDGED_SILENT },
		{ "three and a kiosk",
		  { { .terminal = 4 },
		    { .terminal = 2 },
		    { .terminal = 3, KIOSK },
		    { .terminal = 7 } },
		  4,
		  3,
		  JUDGED_HIT },
		{ "one that was a kiosk until noon counts",
		  { { .terminal = 1 },
		    { .terminal = 2 },
		    { .terminal = 3, KIOSK },
		    { .terminal = 3, .terminal_kind = TERMINAL_NORMAL } },
		  4,
		  3,
		  JUDGED_HIT },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct account_day day = { .day = MONDAY,
					   .use = cases[i].use,
					   .use_count = cases[i].count };
		struct account_day_sum sum = { 0 };

		want_i64(cases[i].name, "judged", cases[i].want,
			 det_many_terminals.day(&day, 0, param, &sum));
		want_i64(cases[i].name, "terminals", cases[i].distinct, sum.x);
	}
}

static void
networks_and_sites_of_a_day(void **state UNUSED)
{
	static const int64_t param[PARAMS_MOST] = { 5, 3 };
	static const struct {
		const char *name;
		struct day_use use[USES_MOST];
		uint32_t count, changes;
		enum judged want;
	} cases[] = {
		{ "no line of a person", { { 0 } }, 0, 0, JUDGED_OUTSIDE },
		{ "five networks, three changes",
		  { { .net = 1 }, { .net = 2 }, { .net = 3 }, { .net = 4 }, { .net = 5 } },
		  5,
		  3,
		  JUDGED_HIT },
		{ "five networks, two changes",
		  { { .net = 1 }, { .net = 2 }, { .net = 3 }, { .net = 4 }, { .net = 5 } },
		  5,
		  2,
		  JUDGED_SILENT },
		{ "four networks, many changes",
		  { { .net = 1 }, { .net = 2 }, { .net = 3 }, { .net = 4 } },
		  4,
		  90,
		  JUDGED_SILENT },
		{ "four networks of two terminals each",
		  { { .net = 1 },
		    { .net = 2 },
		    { .net = 3 },
		    { .net = 4 },
		    { .net = 1, .terminal = 1 },
		    { .net = 4, .terminal = 1 } },
		  6,
		  9,
		  JUDGED_SILENT },
		{ "one of five is a mobile operator's",
		  { { .net = 1 }, { .net = 2 }, { .net = 3 }, { .net = 4 }, { .net = 5, MOBILE } },
		  5,
		  3,
		  JUDGED_SILENT },
		{ "one of six is a mobile operator's",
		  { { .net = 1 },
		    { .net = 6 },
		    { .net = 2 },
		    { .net = 3 },
		    { .net = 4 },
		    { .net = 5, MOBILE } },
		  6,
		  3,
		  JUDGED_HIT },
		{ "no address is no network",
		  { { .net = 1 }, { .net = 2 }, { .net = 3 }, { .net = 4 }, { .net = 0 } },
		  5,
		  3,
		  JUDGED_SILENT },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct account_day day = { .day = MONDAY,
					   .site_changes = cases[i].changes,
					   .use = cases[i].use,
					   .use_count = cases[i].count };
		struct account_day_sum sum = { 0 };

		want_i64(cases[i].name, "judged", cases[i].want,
			 det_roaming.day(&day, 0, param, &sum));
	}
}

#define H(hour) (1U << (hour))
#define OFFICE (H(9) | H(10) | H(13))

/* Twenty days of office hours, Mondays to Fridays, end on a Friday; the day judged comes after. */
static size_t
office(struct account_day *days, size_t working)
{
	size_t n = 0;

	for (int32_t d = MONDAY; n < working; d++) {
		if (day_of_week(d) < 5)
			days[n++] = (struct account_day){ .day = d, .hours = OFFICE };
	}
	return n;
}

static const struct {
	const char *name;
	int32_t day; /* after the Monday behind four weeks */
	uint32_t hours, rare;
	size_t working;
	struct account_day more; /* one of the days before; .day as above, 0 = none */
	enum judged want;
} hours[] = {
	{ "no view", 0, 0, 0, 20, { 0 }, JUDGED_OUTSIDE },
	{ "the hours of always", 0, OFFICE, 0, 20, { 0 }, JUDGED_SILENT },
	{ "an hour earlier", 0, H(8), 0, 20, { 0 }, JUDGED_SILENT },
	{ "two hours earlier", 0, H(7), H(7), 20, { 0 }, JUDGED_HIT },
	{ "an hour later", 0, H(14), 0, 20, { 0 }, JUDGED_SILENT },
	{ "two hours later", 0, H(15), H(15), 20, { 0 }, JUDGED_HIT },
	{ "in the gap at noon", 0, H(11) | H(12), 0, 20, { 0 }, JUDGED_SILENT },
	{ "a usual and two unusual hours",
	  0,
	  H(9) | H(3) | H(23),
	  H(3) | H(23),
	  20,
	  { 0 },
	  JUDGED_HIT },
	{ "office hours on a Saturday", 5, H(9), H(9), 20, { 0 }, JUDGED_HIT },
	{ "nineteen days", 0, H(3), 0, 19, { 0 }, JUDGED_LEARNING },
	{ "nineteen days and one without a view",
	  0,
	  H(3),
	  0,
	  19,
	  { .day = -1, .hours = 0 },
	  JUDGED_LEARNING },
	{ "nineteen days and a Sunday with one",
	  0,
	  H(3),
	  H(3),
	  19,
	  { .day = -1, .hours = H(12) },
	  JUDGED_HIT },
	{ "Monday at midnight, after a Sunday at 23",
	  0,
	  H(0),
	  0,
	  20,
	  { .day = -1, .hours = H(23) },
	  JUDGED_SILENT },
	{ "Monday at midnight, after a Sunday at 22",
	  0,
	  H(0),
	  H(0),
	  20,
	  { .day = -1, .hours = H(22) },
	  JUDGED_HIT },
	{ "Sunday at 23, when Mondays begin at midnight",
	  6,
	  H(23),
	  0,
	  20,
	  { .day = 0, .hours = H(0) },
	  JUDGED_SILENT },
	{ "Tuesday at midnight, when Mondays begin there",
	  1,
	  H(0),
	  H(0),
	  20,
	  { .day = 0, .hours = H(0) },
	  JUDGED_HIT },
	{ "yesterday is another day of the week",
	  1,
	  H(3),
	  H(3),
	  20,
	  { .day = 0, .hours = H(3) },
	  JUDGED_HIT },
};

static void
hours_of_the_week(void **state UNUSED)
{
	static const int64_t param[PARAMS_MOST] = { 56LL * DAY_MS, 20 };
	for (size_t i = 0; i < COUNT(hours); i++) {
		struct account_day days[DAYS_MOST];
		struct account_day_sum sum = { 0 };
		size_t n = office(days, hours[i].working);
		int32_t after = MONDAY + 28;
		enum judged got;

		if (hours[i].more.hours || hours[i].more.day) {
			days[n] = hours[i].more;
			days[n++].day += after;
		}
		days[n] = (struct account_day){ .day = after + hours[i].day,
						.hours = hours[i].hours };
		got = det_rare_hour.day(days, n, param, &sum);
		want_i64(hours[i].name, "judged", hours[i].want, got);
		want_i64(hours[i].name, "rare hours", hours[i].rare, sum.hours);
	}
}

/* 56 days before a Monday is a Monday; what lies before it is forgotten. */
static void
history_ends_after_eight_weeks(void **state UNUSED)
{
	static const int64_t param[PARAMS_MOST] = { 56LL * DAY_MS, 20 };
	struct account_day days[DAYS_MOST];
	size_t n = 0;

	days[n++] = (struct account_day){ .day = MONDAY, .hours = H(3) };
	for (int32_t d = 30; n < 21; d++)
		days[n++] = (struct account_day){ .day = MONDAY + d, .hours = OFFICE };
	days[n] = (struct account_day){ .day = MONDAY + 56, .hours = H(3) };
	want_i64("56 days ago", "judged", JUDGED_SILENT,
		 det_rare_hour.day(days, n, param, &(struct account_day_sum){ 0 }));
	days[n].day = MONDAY + 63;
	want_i64("63 days ago", "judged", JUDGED_HIT,
		 det_rare_hour.day(days, n, param, &(struct account_day_sum){ 0 }));
}

static void
the_rules_are_the_contracts(void **state UNUSED)
{
	static const struct {
		const struct detector *d;
		const char *rule;
		int most;
	} cases[] = {
		{ &det_many_terminals, "SHR-03", 0 },
		{ &det_rare_hour, "OFF-03", 39 },
		{ &det_roaming, "DRF-06", 0 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		want_str(cases[i].rule, "rule", str_of(cases[i].rule), str_of(cases[i].d->rule));
		want_str(cases[i].rule, "key", STR("acct"), str_of(cases[i].d->key[0].name));
		want_i64(cases[i].rule, "kind", FINDING_ANOMALY, cases[i].d->kind);
		want_i64(cases[i].rule, "most points", cases[i].most, cases[i].d->most_points);
		assert_null(cases[i].d->key[1].name);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(terminals_of_a_day),
		cmocka_unit_test(networks_and_sites_of_a_day),
		cmocka_unit_test(hours_of_the_week),
		cmocka_unit_test(history_ends_after_eight_weeks),
		cmocka_unit_test(the_rules_are_the_contracts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
