/*
 * det_off_test.c - OFF-01 and OFF-02: whose hours are asked for, what the answers mean, and when an episode is access.
 */
#include "base/test_wall.h"

#include "base/civil.h"
#include "detect/duty.h"

extern const struct detector det_off_hours, det_off_days;

/* Two answers: of the hours, and of the day. */
struct answers {
	enum duty duty;
	enum day_type day;
	int32_t asked_day;
};

static enum duty
fake_duty(const void *context, const struct seen *s, int64_t ts)
{
	assert_true(s->person && ts != 0);
	return ((const struct answers *)context)->duty;
}

static enum day_type
fake_day_type(const void *context, int32_t day)
{
	const struct answers *a = context;

	want_i64("the day asked for", "day", a->asked_day, day);
	return a->day;
}

static void
persons_alone_are_asked(void **state UNUSED)
{
	static const enum judged want[KIND_COUNT] = {
		[KIND_UNKNOWN] = JUDGED_UNKNOWN_ACCOUNT, [KIND_PERSON] = JUDGED_ASK,
		[KIND_SHARED] = JUDGED_OUTSIDE,          [KIND_GROUP] = JUDGED_OUTSIDE,
		[KIND_DISASTER] = JUDGED_OUTSIDE,        [KIND_SERVICE] = JUDGED_OUTSIDE,
	};

	for (int k = 0; k < KIND_COUNT; k++) {
		struct seen who = { .account_kind = (uint8_t)k, .person = k == KIND_PERSON };

		want_i64(account_kind_names[k], "OFF-01", want[k],
			 det_off_hours.screen(&who, NULL));
		want_i64(account_kind_names[k], "OFF-02", want[k], det_off_days.screen(&who, NULL));
	}
}

static void
hours_and_days_decide(void **state UNUSED)
{
	static const struct {
		const char *name;
		enum duty duty;
		enum judged want;
	} cases[] = {
		{ "off", HOURS_OFF, JUDGED_HIT },
		{ "within a shift", HOURS_SCHEDULE, JUDGED_SILENT },
		{ "permitted", HOURS_PERMIT, JUDGED_SILENT },
		{ "in a disaster", HOURS_DISASTER, JUDGED_SILENT },
		{ "no schedule", HOURS_UNKNOWN, JUDGED_UNKNOWN_HOURS },
	};
	static const enum day_type days[] = { DAYTYPE_BIZ, DAYTYPE_SAT, DAYTYPE_SUN, DAYTYPE_HOL };

	for (size_t i = 0; i < COUNT(cases); i++) {
		for (size_t d = 0; d < COUNT(days); d++) {
			struct answers a = { cases[i].duty, days[d], 19177 };
			struct lookup l = { .context = &a,
					    .duty = fake_duty,
					    .day_type = fake_day_type };
			struct seen who = { .person = true };
			/* The last ms of the JST day. */
			struct fact f = { .ts = jst_day_start(19178) - 1 };
			struct event ev = { &f, &who, NULL, &l };
			struct key key[KEYS_MOST] = { { { 0 } } };
			int count = 0;

			who.tuple.text[DICT_ACCOUNT] = 77;
			want_i64(cases[i].name, "OFF-01", cases[i].want,
				 det_off_hours.hit(&ev, NULL, key, &count));
			assert_true(count == 1 && key[0].part[0] == 77);
			key[0] = (struct key){ { 0 } };
			want_i64(cases[i].name, "OFF-02",
				 days[d] == DAYTYPE_BIZ ? JUDGED_OUTSIDE : cases[i].want,
				 det_off_days.hit(&ev, NULL, key, &count));
			assert_true(days[d] == DAYTYPE_BIZ || key[0].part[0] == 77);
		}
	}
}

static void
episodes_without_views_are_no_access(void **state UNUSED)
{
	static const int64_t one[PARAMS_MOST] = { 3600000, 1 }, five[PARAMS_MOST] = { 3600000, 5 };
	struct unit_sum logins = { .lines = 9, .accounts = 1 };
	struct unit_sum lists = { .lines = 3, .views = 1, .accounts = 1 };
	struct unit_sum many = { .lines = 5, .views = 5, .objects = 1, .accounts = 1 };

	want_bool("logins", "fires", false, det_off_hours.fires(&logins, one));
	want_bool("a list without a consumer", "fires", true, det_off_hours.fires(&lists, one));
	want_bool("one view of five", "fires", false, det_off_hours.fires(&lists, five));
	want_bool("five views of five", "fires", true, det_off_days.fires(&many, five));
}

static void
contractors_and_many_consumers_weigh_more(void **state UNUSED)
{
	for (int c = 0; c < ORG_CLASS_COUNT; c++) {
		struct seen who = { .account_class = (uint8_t)c };
		struct event ev = { .who = &who };

		want_i64(org_class_names[c], "points", c == ORG_CONTRACTOR ? 10 : 0,
			 det_off_hours.line_points(&ev, NULL));
	}
	want_i64("49 consumers", "points", 0, det_off_hours.consumer_points(49));
	want_i64("50 consumers", "points", 15, det_off_days.consumer_points(50));
}

static void
the_rules_are_the_contracts(void **state UNUSED)
{
	const struct detector *const rules[] = { &det_off_hours, &det_off_days };
	static const char *const ids[] = { "OFF-01", "OFF-02" };

	for (size_t i = 0; i < COUNT(rules); i++) {
		const struct detector *r = rules[i];

		want_str(ids[i], "rule", str_of(ids[i]), str_of(r->rule));
		want_i64(ids[i], "kind", FINDING_ANOMALY, r->kind);
		want_str(ids[i], "key", STR("acct"), str_of(r->key[0].name));
		assert_null(r->key[1].name);
		assert_true(r->may_forbid && !r->across && !r->origin_foreign &&
			    r->ends == ENDS_PAUSE && r->lines == LINES_OK);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(persons_alone_are_asked),
		cmocka_unit_test(hours_and_days_decide),
		cmocka_unit_test(episodes_without_views_are_no_access),
		cmocka_unit_test(contractors_and_many_consumers_weigh_more),
		cmocka_unit_test(the_rules_are_the_contracts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
