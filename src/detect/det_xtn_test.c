/*
 * det_xtn_test.c - XTN-03, XTN-04 and XTN-05: which refusals are attempts, which answers of the matrix are none, and
 * whose areas are asked about.
 */
#include "base/test_wall.h"

#include "model/detector.h"

extern const struct detector det_attempts, det_barrier_gap, det_foreign_area;

static void
refusals(void **state UNUSED)
{
	static const struct {
		const char *name;
		enum act act;
		enum reason reason;
		uint32_t account;
		enum judged want;
	} cases[] = {
		{ "a view", ACT_VIEW, REASON_FORBIDDEN, 77, JUDGED_HIT },
		{ "a download", ACT_DOWNLOAD, REASON_FORBIDDEN, 77, JUDGED_HIT },
		{ "a login", ACT_LOGIN, REASON_FORBIDDEN, 77, JUDGED_HIT },
		{ "a logout", ACT_LOGOUT, REASON_FORBIDDEN, 77, JUDGED_OUTSIDE },
		{ "an update", ACT_UPDATE, REASON_FORBIDDEN, 77, JUDGED_OUTSIDE },
		{ "a wrong password", ACT_LOGIN, REASON_AUTH, 77, JUDGED_OUTSIDE },
		{ "nothing there", ACT_VIEW, REASON_NOT_FOUND, 77, JUDGED_OUTSIDE },
		{ "a fault", ACT_VIEW, REASON_ERROR, 77, JUDGED_OUTSIDE },
		{ "nobody is named", ACT_VIEW, REASON_FORBIDDEN, 0, JUDGED_UNKNOWN_ACCOUNT },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct seen who = { .tuple = { .system = 3, .act = (uint8_t)cases[i].act },
				    .views = act_views(cases[i].act) };
		struct event ev = { .who = &who };
		struct key key[KEYS_MOST] = { { { 0 } } };
		int count = 0;

		who.tuple.reason = (uint8_t)cases[i].reason;
		who.tuple.text[DICT_ACCOUNT] = cases[i].account;
		want_i64(cases[i].name, "screen", cases[i].want, det_attempts.screen(&who, NULL));
		if (cases[i].want != JUDGED_HIT)
			continue;
		want_i64(cases[i].name, "hit", JUDGED_HIT,
			 det_attempts.hit(&ev, NULL, key, &count));
		assert_true(count == 1 && key[0].part[0] == 77 && key[0].part[1] == 3);
	}
	assert_int_equal(det_attempts.lines, LINES_FAILED);
}

static void
ten_attempts_or_five_consumers(void **state UNUSED)
{
	static const int64_t param[PARAMS_MOST] = { 1800000, 10, 5 };
	static struct {
		const char *name;
		struct unit_sum u;
		bool want;
	} cases[] = {
		{ "nine of four", { .lines = 9, .views = 9, .objects = 4 }, false },
		{ "ten of one", { .lines = 10, .views = 10, .objects = 1 }, true },
		{ "ten logins", { .lines = 10 }, true },
		{ "five of five", { .lines = 5, .views = 5, .objects = 5 }, true },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		want_bool(cases[i].name, "fires", cases[i].want,
			  det_attempts.fires(&cases[i].u, param));
}

/* The answers that are none, in any place of the matrix, and those that are one. */
static void
answers_of_the_matrix(void **state UNUSED)
{
	static const struct {
		const char *name;
		struct verdict verdict;
		bool unknown, known; /* a gap with the relation unknown, with it known */
	} cases[] = {
		{ "allowed", { BARRED_NO, 0, 4 }, false, false },
		{ "denied", { BARRED_YES, 0, 4 }, false, false },
		{ "denied by the default", { BARRED_YES, 1, 9 }, false, false },
		{ "masking unknown", { BARRED_UNKNOWN, 0, 4 }, false, false },
		{ "the default, undecided", { BARRED_UNKNOWN, 1, 9 }, true, false },
		{ "no row", { BARRED_UNKNOWN, 0, 0 }, true, true },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		for (int cell = 0; cell < REL_COUNT * DSTATE_COUNT; cell++) {
			enum relation rel = (enum relation)(cell / DSTATE_COUNT);
			bool gap = rel == REL_UNKNOWN ? cases[i].unknown : cases[i].known;
			struct seen who = { .views = true, .account_org = 6 };
			struct regard view = { .relation = rel, .verdict = cases[i].verdict };
			struct event ev = { .who = &who, .view = &view };
			struct key key[KEYS_MOST] = { { { 0 } } };
			int count = 0;

			who.tuple.system = 3;
			who.tuple.text[DICT_CLASS] = 8;
			who.verdict[rel][cell % DSTATE_COUNT] = cases[i].verdict;
			want_i64(cases[i].name, "screen", gap ? JUDGED_ASK : JUDGED_SILENT,
				 det_barrier_gap.screen(&who, NULL));
			want_i64(cases[i].name, "hit", gap ? JUDGED_HIT : JUDGED_SILENT,
				 det_barrier_gap.hit(&ev, NULL, key, &count));
			assert_true(count == 1 && key[0].part[0] == 6 && key[0].part[1] == 3 &&
				    key[0].part[2] == 8 && key[0].part[3] == (uint32_t)rel);
		}
	}
}

/* By organisation 6: area 1 is its own, 2 is not, 0 nobody knows. */
static enum area_held
fake_held(const void *context UNUSED, uint16_t org, uint16_t area)
{
	want_i64("the organisation asked about", "org", 6, org);
	return area == 0 ? AREA_UNKNOWN : area == 1 ? AREA_HELD : AREA_FOREIGN;
}

static void
areas(void **state UNUSED)
{
	static const struct {
		const char *name;
		bool views, bound;
		uint16_t org, area;
		enum judged want;
	} cases[] = {
		{ "its own", true, true, 6, 1, JUDGED_SILENT },
		{ "another's", true, true, 6, 2, JUDGED_HIT },
		{ "nobody knows which", true, true, 6, 0, JUDGED_UNKNOWN_CONSUMER },
		{ "it has no areas", true, false, 6, 2, JUDGED_OUTSIDE },
		{ "an organisation nobody knows", true, false, 0, 2, JUDGED_UNKNOWN_ACCOUNT },
		{ "no view", false, true, 6, 2, JUDGED_OUTSIDE },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct seen who = { .views = cases[i].views,
				    .area_bound = cases[i].bound,
				    .account_org = cases[i].org };
		struct regard view = { .area = cases[i].area };
		struct lookup l = { .area_held = fake_held };
		struct event ev = { .who = &who, .view = &view, .lookup = &l };
		struct key key[KEYS_MOST] = { { { 0 } } };
		int count = 0;
		enum judged j = det_foreign_area.screen(&who, NULL);

		who.tuple.text[DICT_ACCOUNT] = 77;
		if (j == JUDGED_ASK)
			j = det_foreign_area.hit(&ev, NULL, key, &count);
		want_i64(cases[i].name, "judged", cases[i].want, j);
		if (j == JUDGED_HIT)
			assert_true(count == 1 && key[0].part[0] == 77 && key[0].part[1] == 2);
	}
}

static void
the_rules_are_the_contracts(void **state UNUSED)
{
	static const struct {
		const struct detector *rule;
		const char *id;
		enum finding_kind kind;
		const char *keys[4];
		bool across, outside;
		enum unit_end ends;
		uint32_t needs;
	} cases[] = {
		{ &det_attempts,
		  "XTN-03",
		  FINDING_ANOMALY,
		  { "acct", "sys" },
		  false,
		  false,
		  ENDS_PAUSE,
		  0 },
		{ &det_barrier_gap,
		  "XTN-04",
		  FINDING_CONTROL_GAP,
		  { "org", "sys", "cls", "rel" },
		  true,
		  false,
		  ENDS_NEVER,
		  GIVES_BARRIER },
		{ &det_foreign_area,
		  "XTN-05",
		  FINDING_VIOLATION,
		  { "acct", "area" },
		  false,
		  true,
		  ENDS_PAUSE,
		  0 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct detector *r = cases[i].rule;

		want_str(cases[i].id, "rule", str_of(cases[i].id), str_of(r->rule));
		want_i64(cases[i].id, "kind", cases[i].kind, r->kind);
		want_bool(cases[i].id, "across", cases[i].across, r->across);
		want_bool(cases[i].id, "shown outside", cases[i].outside, r->origin_foreign);
		want_i64(cases[i].id, "ends", cases[i].ends, r->ends);
		want_i64(cases[i].id, "needs", cases[i].needs, r->needs);
		for (size_t k = 0; k < KEY_PARTS; k++)
			want_str(cases[i].id, "key", str_of(cases[i].keys[k]),
				 str_of(r->key[k].name));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refusals),
		cmocka_unit_test(ten_attempts_or_five_consumers),
		cmocka_unit_test(answers_of_the_matrix),
		cmocka_unit_test(areas),
		cmocka_unit_test(the_rules_are_the_contracts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
