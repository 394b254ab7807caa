/*
 * det_many_users_test.c - SHR-06: whose lines on which terminals count, and how many accounts are too many.
 */
#include "base/test_wall.h"

#include "model/detector.h"

extern const struct detector det_many_users;

#define PERSON .person = true, .account_kind = KIND_PERSON

static const struct {
	const char *name;
	struct seen who;
	enum judged want;
} cases[] = {
	{ "a person on a normal terminal",
	  { PERSON, .tuple = { .text = { [DICT_TERMINAL] = 7 } },
	    .terminal_kind = TERMINAL_NORMAL },
	  JUDGED_HIT },
	{ "on one that no ledger knows",
	  { PERSON, .tuple = { .text = { [DICT_TERMINAL] = 7 } } },
	  JUDGED_HIT },
	{ "on one for disasters",
	  { PERSON, .tuple = { .text = { [DICT_TERMINAL] = 7 } },
	    .terminal_kind = TERMINAL_DISASTER },
	  JUDGED_HIT },
	{ "on a kiosk",
	  { PERSON, .tuple = { .text = { [DICT_TERMINAL] = 7 } }, .terminal_kind = TERMINAL_KIOSK },
	  JUDGED_OUTSIDE },
	{ "on none that is said", { PERSON }, JUDGED_UNKNOWN_TERMINAL },
	{ "a service",
	  { .account_kind = KIND_SERVICE, .tuple = { .text = { [DICT_TERMINAL] = 7 } } },
	  JUDGED_OUTSIDE },
	{ "nobody knows who",
	  { .tuple = { .text = { [DICT_TERMINAL] = 7 } } },
	  JUDGED_UNKNOWN_ACCOUNT },
};

static void
whose_lines_count(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct event ev = { .who = &cases[i].who };
		struct key key[KEYS_MOST] = { { { 0 } } };
		int count = 0;

		want_i64(cases[i].name, "screen", cases[i].want,
			 det_many_users.screen(&cases[i].who, NULL));
		if (cases[i].want != JUDGED_HIT)
			continue;
		want_i64(cases[i].name, "hit", JUDGED_HIT,
			 det_many_users.hit(&ev, NULL, key, &count));
		want_i64(cases[i].name, "keys", 1, count);
		want_i64(cases[i].name, "terminal", 7, key[0].part[0]);
	}
}

static void
how_many_are_too_many(void **state UNUSED)
{
	static const int64_t param[PARAMS_MOST] = { 3 };
	static const struct {
		const char *name;
		uint32_t accounts, orgs;
		bool fires;
		int points;
	} units[] = {
		{ "two of two organisations", 2, 2, false, 20 },
		{ "three of one", 3, 1, true, 0 },
		{ "three of nobody's", 3, 0, true, 0 },
		{ "three of two", 3, 2, true, 20 },
		{ "nine of three", 9, 3, true, 20 },
	};

	for (size_t i = 0; i < COUNT(units); i++) {
		struct unit_sum u = { .accounts = units[i].accounts, .orgs = units[i].orgs };

		want_i64(units[i].name, "fires", units[i].fires, det_many_users.fires(&u, param));
		want_i64(units[i].name, "points", units[i].points, u.points);
	}
}

static void
the_rule_is_the_contracts(void **state UNUSED)
{
	want_str("SHR-06", "rule", STR("SHR-06"), str_of(det_many_users.rule));
	want_str("SHR-06", "key", STR("term"), str_of(det_many_users.key[0].name));
	want_i64("SHR-06", "kind", FINDING_ANOMALY, det_many_users.kind);
	want_i64("SHR-06", "a day ends it", ENDS_DAY, det_many_users.ends);
	assert_true(det_many_users.across && det_many_users.shared_terminals &&
		    !det_many_users.key[1].name);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whose_lines_count),
		cmocka_unit_test(how_many_are_too_many),
		cmocka_unit_test(the_rule_is_the_contracts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
