/*
 * finish_test.c - what a finding counts and weighs: points by DETECTION B.0.14, one modifier at a
 * time.
 */
#include "engine/engine_fake.h"

static enum judged
any_line(const struct seen *who UNUSED, const int64_t *param UNUSED)
{
	return JUDGED_HIT;
}

static enum judged
by_account(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST],
	   int *count)
{
	key[0] = (struct key){ { ev->who->tuple.text[DICT_ACCOUNT] } };
	*count = 1;
	return JUDGED_HIT;
}

#define DETECTOR(...)                                                                              \
	{                                                                                          \
		.name = "t", .key = { { "acct", KEY_ACCOUNT } }, .screen = any_line,               \
		.hit = by_account, __VA_ARGS__                                                     \
	}
static const struct detector violations = DETECTOR(.kind = FINDING_VIOLATION);
static const struct detector anomalies = DETECTOR(.kind = FINDING_ANOMALY);
static const struct detector foreigners =
	DETECTOR(.kind = FINDING_VIOLATION, .origin_foreign = true);
static const struct detector barriers =
	DETECTOR(.kind = FINDING_VIOLATION, .switch_discount = true);

#define RULE(by, points)                                                                           \
	{                                                                                          \
		.detector = &(by), .id = "T", .version = "1.0", .gap_ms = 1800000,                 \
		.base = (points)                                                                   \
	}
static const struct rule plain = RULE(violations, 50);
static const struct rule anomaly = RULE(anomalies, 70);
static const struct rule heavy = RULE(violations, 90);
static const struct rule foreign = RULE(foreigners, 50);
static const struct rule barrier = RULE(barriers, 75);

/* What the lines of a case are: bits. */
enum {
	LOGIN = 1, /* not a view */
	PRIVILEGED = 2,
	MASKED = 4,   /* masked=1 */
	UNMASKED = 8, /* masked=0 */
	PUBLIC = 16,  /* the class is declared public */
	BARRED = 32,  /* the barrier denies object 1 */
	NO_OBJECT = 64,
	BOUNDARY = 128, /* every consumer changes supplier within 3 days */
	LAST_NOT = 256, /* but the last line's does not */
};

static const struct {
	const char *name;
	const struct rule *rule;
	const char *times;
	unsigned what, consumers; /* times are repeated for so many consumers */
	int want;
} points[] = {
	{ "the base", &plain, "09:00", 0, 1, 50 },
	{ "two lines of one day", &plain, "09:00 21:59", 0, 1, 50 },
	{ "two days", &plain, "09:00 1d09:00", 0, 1, 55 },
	{ "two days at midnight", &plain, "21:00 1d21:59:59.999", 0, 1, 55 },
	{ "five days are no more than two", &plain, "09:00 1d09:00 2d09:00 3d09:00 4d09:00", 0, 1,
	  55 },
	{ "before the night", &plain, "21:59:59.999", 0, 1, 50 },
	{ "the night begins", &plain, "22:00", 0, 1, 60 },
	{ "the night goes on", &plain, "00:00", 0, 1, 60 },
	{ "the night's last millisecond", &plain, "04:59:59.999", 0, 1, 60 },
	{ "the night is over", &plain, "05:00", 0, 1, 50 },
	{ "a login at night is no view", &plain, "02:00", LOGIN, 1, 50 },
	{ "99 consumers", &plain, "09:00", 0, 99, 50 },
	{ "100 consumers", &plain, "09:00", 0, 100, 55 },
	{ "a privileged account", &plain, "09:00", PRIVILEGED, 1, 60 },
	{ "shown to another organisation", &foreign, "09:00", 0, 1, 65 },
	{ "shown, said to be unmasked", &foreign, "09:00", UNMASKED, 1, 65 },
	{ "masked", &foreign, "09:00", MASKED, 1, 50 },
	{ "public", &foreign, "09:00", PUBLIC, 1, 50 },
	{ "no consumer shown", &foreign, "09:00", NO_OBJECT, 1, 50 },
	{ "no view", &foreign, "09:00", LOGIN, 1, 50 },
	{ "denied by the barrier", &barrier, "09:00", BARRED, 1, 90 },
	{ "denied but public", &barrier, "09:00", BARRED | PUBLIC, 1, 75 },
	{ "not denied", &barrier, "09:00", 0, 1, 75 },
	{ "denied near a change of supplier", &barrier, "09:00", BARRED | BOUNDARY, 1, 75 },
	{ "one line apart from it", &barrier, "09:00 09:01", BARRED | BOUNDARY | LAST_NOT, 1, 90 },
	{ "the change counts for the barrier alone", &plain, "09:00", BOUNDARY, 1, 50 },
	{ "an anomaly at most 89", &anomaly, "02:00 1d02:00", PRIVILEGED, 1, 89 },
	{ "a violation may be more than 100", &heavy, "02:00 1d02:00", PRIVILEGED, 100, 120 },
};

static struct fake *
world_of(const char *times, unsigned what, unsigned consumers)
{
	struct fake *f = fake_new();
	struct seen s = fake_person(1, what & LOGIN ? ACT_LOGIN : ACT_VIEW);
	struct str rest = str_of(times);
	uint32_t tuple;

	s.privileged = what & PRIVILEGED;
	s.class_public = what & PUBLIC;
	s.tuple.masked = what & MASKED ? MASKED_YES : what & UNMASKED ? MASKED_NO : MASKED_UNKNOWN;
	tuple = fake_tuple(f, s);
	for (uint32_t o = 1; o <= consumers; o++) {
		f->regard[o].switch_boundary = what & BOUNDARY;
		f->regard[o].verdict.barred = what & BARRED ? BARRED_YES : BARRED_NO;
	}
	f->regard[200].verdict = f->regard[1].verdict;
	while (rest.n) {
		int64_t ts = fake_time(str_split(&rest, ' '));

		for (uint32_t o = 1; o <= consumers; o++)
			fake_line(f, tuple, ts,
				  what & NO_OBJECT                 ? 0
				  : what & LAST_NOT && rest.n == 0 ? 200
								   : o);
	}
	return f;
}

static void
points_and_severity(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(points); i++) {
		struct fake *f = world_of(points[i].times, points[i].what, points[i].consumers);
		struct verdicts v;
		enum severity severity = points[i].want >= 90   ? SEVERITY_CRITICAL
					 : points[i].want >= 70 ? SEVERITY_HIGH
								: SEVERITY_MEDIUM;

		fake_judge(f, &points[i].rule, 1, &v);
		want_i64(points[i].name, "findings", 1, (int64_t)v.finding.n);
		want_i64(points[i].name, "points", points[i].want, v.finding.at[0]->points);
		want_i64(points[i].name, "severity", severity, v.finding.at[0]->severity);
		verdicts_free(&v);
		fake_free(f);
	}
}

static void
levels_of_severity(void **state UNUSED)
{
	static const struct {
		int points;
		enum severity want;
	} cases[] = {
		{ 0, SEVERITY_INFO },       { 19, SEVERITY_INFO },   { 20, SEVERITY_LOW },
		{ 39, SEVERITY_LOW },       { 40, SEVERITY_MEDIUM }, { 69, SEVERITY_MEDIUM },
		{ 70, SEVERITY_HIGH },      { 89, SEVERITY_HIGH },   { 90, SEVERITY_CRITICAL },
		{ 120, SEVERITY_CRITICAL },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		want_i64("a level", "severity", cases[i].want, severity_of(cases[i].points));
}

/*
 * Two episodes of one case and a second case; failed lines, health checks and a logout between
 * them.
 */
static void
counts_are_of_the_union_of_lines(void **state UNUSED)
{
	static const struct window windows[] = {
		{ { "all", 3 }, INT64_MIN, INT64_MAX },
		{ { "first", 5 }, INT64_MIN, 1656979200000 /* 5 July 2022 09:00 in Japan */ },
		{ { "second", 6 }, 1656979200000, INT64_MAX },
	};
	static const struct rule *const rules[] = { &plain };
	struct fake *f = fake_new();
	struct seen s = fake_person(1, ACT_VIEW);
	uint32_t view, other, logout, failed, health;
	const struct finding *got;
	struct verdicts v;

	view = fake_tuple(f, s);
	s.net = 2;
	s.tuple.text[DICT_TERMINAL] = 7;
	other = fake_tuple(f, s);
	s.tuple.ok = 0;
	failed = fake_tuple(f, s);
	logout = fake_tuple(f, fake_person(1, ACT_LOGOUT));
	health = fake_tuple(f, fake_person(1, ACT_HEALTH));
	fake_line(f, view, fake_time(STR("09:00")), 1);
	fake_line(f, other, fake_time(STR("09:01")), 2);
	fake_line(f, view, fake_time(STR("1d08:59:59.999")), 1);
	fake_line(f, view, fake_time(STR("1d09:00")), 3);
	fake_line(f, logout, fake_time(STR("1d09:01")), 0);
	fake_line(f, failed, fake_time(STR("1d09:02")), 4);
	fake_line(f, health, fake_time(STR("1d09:03")), 5);
	fake_line(f, view, fake_time(STR("50d09:00")), 1);
	f->in.windows = windows;
	f->in.window_count = COUNT(windows);
	fake_judge(f, rules, 1, &v);
	got = v.finding.at[0];
	want_i64("one finding a rule and key", "findings", 1, (int64_t)v.finding.n);
	want_i64("ok lines but health checks", "lines", 6, (int64_t)got->counts.lines);
	want_i64("views", "views", 5, (int64_t)got->counts.views);
	want_i64("distinct", "consumers", 3, (int64_t)got->counts.consumers);
	want_i64("days of the person", "person days", 3, (int64_t)got->counts.person_days);
	want_i64("networks", "networks", 2, (int64_t)got->counts.networks);
	want_i64("terminals", "terminals", 1, (int64_t)got->counts.terminals);
	want_i64("episodes", "episodes", 3, (int64_t)got->counts.episodes);
	want_i64("cases", "cases", 2, (int64_t)got->case_count);
	want_i64("the first case", "lines", 5, (int64_t)got->cases[0].counts.lines);
	want_i64("the first case", "consumers", 3, (int64_t)got->cases[0].counts.consumers);
	want_i64("the second case", "consumers", 1, (int64_t)got->cases[1].counts.consumers);
	want_i64("window all", "consumers", 3, (int64_t)got->by_window[0]);
	want_i64("window first", "consumers", 2, (int64_t)got->by_window[1]);
	want_i64("window second", "consumers", 2, (int64_t)got->by_window[2]);
	assert_true(got->sample[0].fact.ts == fake_time(STR("09:00")));
	assert_true(got->sample[1].fact.ts == fake_time(STR("50d09:00")));
	want_i64("what the rule said of them", "hits", 6, (int64_t)v.tally[0].judged[JUDGED_HIT]);
	verdicts_free(&v);
	fake_free(f);
}

/* Nothing new at or after the gap: closed.  The rule and key alone make the case's fingerprint. */
static void
open_ends_and_fingerprints(void **state UNUSED)
{
	static const struct {
		const char *name, *end;
		bool open;
	} cases[] = {
		{ "the end is within the gap", "09:30", true },
		{ "the end is a millisecond past it", "09:30:00.001", false },
	};
	static const struct rule *const rules[] = { &plain };
	char fp_case[2][FINGERPRINT], fp_occ[2][FINGERPRINT];

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct fake *f = fake_new();
		struct verdicts v;
		uint32_t login = fake_tuple(f, fake_person(1, ACT_LOGIN));

		fake_line(f, login, fake_time(i ? STR("08:59") : STR("09:00")), 0);
		fake_line(f, login, fake_time(STR("09:00")), 0);
		fake_line(f, fake_tuple(f, fake_person(2, ACT_HEALTH)),
			  fake_time(str_of(cases[i].end)), 0);
		fake_judge(f, rules, 1, &v);
		want_i64(cases[i].name, "findings", 1, (int64_t)v.finding.n);
		want_bool(cases[i].name, "open", cases[i].open, v.finding.at[0]->open);
		memcpy(fp_case[i], v.finding.at[0]->fp_case, FINGERPRINT);
		memcpy(fp_occ[i], v.finding.at[0]->fp_occ, FINGERPRINT);
		verdicts_free(&v);
		fake_free(f);
	}
	want_str("an earlier line", "case", str_of(fp_case[0]), str_of(fp_case[1]));
	want_bool("an earlier line", "another occurrence", true, strcmp(fp_occ[0], fp_occ[1]) != 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(points_and_severity),
		cmocka_unit_test(levels_of_severity),
		cmocka_unit_test(counts_are_of_the_union_of_lines),
		cmocka_unit_test(open_ends_and_fingerprints),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
