/*
 * det_denied_test.c - XTN-01 and XTN-02: screens that may spare a line the question but never the
 * answer.
 */
#include "base/test_wall.h"

#include "detect/denied.h"

extern const struct detector det_denied_view, det_barrier_hole;

static void
fill(struct seen *who, enum barred barred)
{
	for (int r = 0; r < REL_COUNT; r++) {
		for (int d = 0; d < DSTATE_COUNT; d++)
			who->verdict[r][d] =
				(struct verdict){ .barred = (uint8_t)barred, .prio = 3 };
	}
}

static void
screens(void **state UNUSED)
{
	static const struct {
		const char *name;
		bool views;
		uint16_t org;
		enum barred all, one; /* one: of relation `other` in peace */
		enum judged want;
	} cases[] = {
		{ "allowed whatever the consumer", true, 1, BARRED_NO, BARRED_NO, JUDGED_SILENT },
		{ "denied to one relation", true, 1, BARRED_NO, BARRED_YES, JUDGED_ASK },
		{ "unknown for one relation", true, 1, BARRED_NO, BARRED_UNKNOWN, JUDGED_ASK },
		{ "denied but for one", true, 1, BARRED_YES, BARRED_NO, JUDGED_ASK },
		{ "unknown for all", true, 1, BARRED_UNKNOWN, BARRED_UNKNOWN, JUDGED_ASK },
		{ "no view", false, 1, BARRED_YES, BARRED_YES, JUDGED_OUTSIDE },
		{ "nobody knows whose account", true, 0, BARRED_YES, BARRED_YES,
		  JUDGED_UNKNOWN_ACCOUNT },
		{ "not even where all is allowed", true, 0, BARRED_NO, BARRED_NO,
		  JUDGED_UNKNOWN_ACCOUNT },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct seen who = { .views = cases[i].views, .account_org = cases[i].org };

		fill(&who, cases[i].all);
		who.verdict[REL_OTHER][DSTATE_PEACE].barred = (uint8_t)cases[i].one;
		want_i64(cases[i].name, "XTN-01 screen", cases[i].want,
			 det_denied_view.screen(&who, NULL));
		want_i64(cases[i].name, "XTN-02 screen", cases[i].want,
			 det_barrier_hole.screen(&who, NULL));
	}
}

/* A screen that says SILENT speaks for every line of the tuple. */
static void
a_silent_screen_never_hides_a_hit(void **state UNUSED)
{
	for (unsigned cell = 0; cell < REL_COUNT * DSTATE_COUNT; cell++) {
		for (int barred = BARRED_YES; barred <= BARRED_UNKNOWN; barred++) {
			struct seen who = { .views = true, .account_org = 1 };

			fill(&who, BARRED_NO);
			who.verdict[cell / DSTATE_COUNT][cell % DSTATE_COUNT].barred =
				(uint8_t)barred;
			want_i64("one cell of the matrix", "screen", JUDGED_ASK,
				 denied_screen(&who, NULL));
		}
	}
}

static void
views(void **state UNUSED)
{
	static const struct {
		const char *name;
		struct regard view;
		enum judged want;
	} cases[] = {
		{ "denied",
		  { .relation = REL_OTHER, .verdict = { BARRED_YES, false, 4 } },
		  JUDGED_HIT },
		{ "denied by the last row",
		  { .relation = REL_OTHER, .verdict = { BARRED_YES, true, 9 } },
		  JUDGED_HIT },
		{ "allowed",
		  { .relation = REL_OWN, .verdict = { BARRED_NO, false, 2 } },
		  JUDGED_SILENT },
		{ "masking not said",
		  { .relation = REL_OTHER, .verdict = { BARRED_UNKNOWN, false, 4 } },
		  JUDGED_UNKNOWN_MASKING },
		{ "consumer unknown, the last row decides",
		  { .relation = REL_UNKNOWN, .verdict = { BARRED_UNKNOWN, true, 9 } },
		  JUDGED_UNKNOWN_CONSUMER },
		{ "no barrier at all",
		  { .relation = REL_OTHER, .verdict = { BARRED_UNKNOWN, false, 0 } },
		  JUDGED_NO_BARRIER },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct seen who = { .views = true, .account_org = 6, .tuple = { .system = 7 } };
		struct event ev = { .who = &who, .view = &cases[i].view };
		struct key key[KEYS_MOST] = { { { 0 } } };
		int count = 0;

		who.tuple.text[DICT_ACCOUNT] = 5;
		who.tuple.text[DICT_CLASS] = 8;
		want_i64(cases[i].name, "XTN-01", cases[i].want,
			 det_denied_view.hit(&ev, NULL, key, &count));
		want_i64(cases[i].name, "XTN-01 keys", 1, count);
		assert_true(key[0].part[0] == 5 && key[0].part[1] == 7 && key[0].part[2] == 8 &&
			    key[0].part[3] == (uint32_t)cases[i].view.relation);
		want_i64(cases[i].name, "XTN-02", cases[i].want,
			 det_barrier_hole.hit(&ev, NULL, key, &count));
		assert_true(count == 1 && key[0].part[0] == 6 && key[0].part[1] == 7 &&
			    key[0].part[2] == 8 && key[0].part[3] == 0);
	}
}

static void
a_hole_takes_three_accounts(void **state UNUSED)
{
	static struct {
		const char *name;
		struct unit_sum e;
		bool want;
	} cases[] = {
		{ "a thousand lines of two", { .lines = 1000, .accounts = 2 }, false },
		{ "three lines of three", { .lines = 3, .accounts = 3 }, true },
		{ "four", { .lines = 10, .accounts = 4 }, true },
	};

	static const int64_t param[PARAMS_MOST] = { 7LL * 86400000, 3 };
	static const int64_t five[PARAMS_MOST] = { 7LL * 86400000, 5 };

	for (size_t i = 0; i < COUNT(cases); i++) {
		want_bool(cases[i].name, "fires", cases[i].want,
			  det_barrier_hole.fires(&cases[i].e, param));
		want_bool(cases[i].name, "fires at five", false,
			  det_barrier_hole.fires(&cases[i].e, five));
	}
	assert_true(!det_denied_view.fires);
}

static void
the_rules_are_the_contracts(void **state UNUSED)
{
	static const struct {
		const struct detector *rule;
		const char *id, *keys[4];
		bool across;
	} cases[] = {
		{ &det_denied_view, "XTN-01", { "acct", "sys", "cls", "rel" }, false },
		{ &det_barrier_hole, "XTN-02", { "org", "sys", "cls", NULL }, true },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct detector *r = cases[i].rule;

		want_str(cases[i].id, "rule", str_of(cases[i].id), str_of(r->rule));
		want_i64(cases[i].id, "kind", FINDING_VIOLATION, r->kind);
		want_bool(cases[i].id, "across", cases[i].across, r->across);
		want_bool(cases[i].id, "discount near a switch", true, r->switch_discount);
		for (size_t k = 0; k < KEY_PARTS; k++)
			want_str(cases[i].id, "key", str_of(cases[i].keys[k]),
				 str_of(r->key[k].name));
	}
	want_str("XTN-02", "children", STR("denied_view"), str_of(det_barrier_hole.children));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens),
		cmocka_unit_test(a_silent_screen_never_hides_a_hit),
		cmocka_unit_test(views),
		cmocka_unit_test(a_hole_takes_three_accounts),
		cmocka_unit_test(the_rules_are_the_contracts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
