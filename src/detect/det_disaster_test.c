/*
 * det_disaster_test.c - DIS-01 to DIS-05: whose line it is, which state its organisation is in, and what the window
 * shares.  Wanted verdicts are DETECTION's (B.6, B.13.24-29).
 */
#include "base/test_wall.h"

#include "detect/disaster_use.h"

extern const struct detector det_disaster_peace, det_disaster_class, det_disaster_area,
	det_disaster_tail, det_disaster_early, det_disaster_person;

enum { KPG = 1, KEP, CONTRACT = 5, EAST = 8, WEST };

/* Asked for KEP alone: in this state, sharing CONTRACT, reaching EAST. */
static struct disaster_said
fake_disaster(const void *context, uint16_t org, uint16_t area, int64_t ts)
{
	want_i64("the organisation asked about", "org", KEP, org);
	want_i64("areas are left aside", "area", 0, area);
	want_i64("as of the line", "ts", 7, ts);
	return (struct disaster_said){ .state = *(const enum dstate *)context, .row = 2 };
}

static bool
fake_shares(const void *context UNUSED, uint16_t org, uint32_t class, int64_t ts)
{
	return org == KEP && class == CONTRACT && ts == 7;
}

static bool
fake_reaches(const void *context, uint16_t org, uint16_t area, int64_t ts)
{
	return *(const enum dstate *)context == DSTATE_IN && org == KEP && ts == 7 &&
	       (area == EAST || area == 0);
}

static const struct detector *const by_state[DSTATE_COUNT] = {
	[DSTATE_PEACE] = &det_disaster_peace,
	[DSTATE_EARLY] = &det_disaster_early,
	[DSTATE_TAIL] = &det_disaster_tail,
};

/* A line of an account and terminal of KEP. */
struct line {
	struct seen who;
	struct fact fact;
	struct regard regard;
	struct lookup lookup;
	struct event ev;
};

static struct line *
line_of(struct line *l, enum subject subject, enum dstate *state)
{
	*l = (struct line){ .fact = { .ts = 7 } };
	l->who = (struct seen){ .account_kind = KIND_DISASTER,
				.account_org = KEP,
				.views = true,
				.windowed = true,
				.standing = { .disaster_subject = (uint8_t)subject,
					      .disaster_org = KEP } };
	l->who.tuple.text[DICT_ACCOUNT] = 77;
	l->who.tuple.text[DICT_TERMINAL] = 88;
	l->who.tuple.text[DICT_CLASS] = CONTRACT;
	l->regard.area = EAST;
	l->lookup = (struct lookup){ .context = state,
				     .disaster = fake_disaster,
				     .disaster_shares = fake_shares,
				     .disaster_reaches = fake_reaches };
	l->ev = (struct event){ &l->fact, &l->who, &l->regard, &l->lookup };
	return l;
}

static enum judged
judge(const struct detector *d, const struct line *l, struct key key[KEYS_MOST])
{
	enum judged j = d->screen(&l->who, NULL);
	int count = 0;

	if (j != JUDGED_ASK)
		return j;
	j = d->hit(&l->ev, NULL, key, &count);
	if (j == JUDGED_HIT)
		want_i64(d->rule, "keys", 1, count);
	return j;
}

static void
each_state_has_its_rule(void **state UNUSED)
{
	for (int s = 0; s < DSTATE_COUNT; s++) {
		for (int kind = SUBJECT_ACCOUNT; kind <= SUBJECT_TERMINAL; kind++) {
			enum dstate now = (enum dstate)s;
			struct line l;

			line_of(&l, (enum subject)kind, &now);
			for (int d = 0; d < DSTATE_IN; d++) {
				struct key key[KEYS_MOST] = { { { 0 } } };

				want_i64(dstate_names[s], by_state[d]->rule,
					 d == s ? JUDGED_HIT : JUDGED_SILENT,
					 judge(by_state[d], &l, key));
				want_i64(by_state[d]->rule, "subject",
					 kind == SUBJECT_ACCOUNT ? 77 : (1 << 30) + 88,
					 key[0].part[0]);
				want_i64(by_state[d]->rule, "state", d, key[0].part[1]);
			}
		}
	}
}

static void
only_what_is_kept_for_disasters_is_asked(void **state UNUSED)
{
	static const struct {
		const char *name;
		enum account_kind kind;
		enum subject subject;
		enum judged want;
	} cases[] = {
		{ "a disaster ID", KIND_DISASTER, SUBJECT_ACCOUNT, JUDGED_ASK },
		{ "a person on a disaster terminal", KIND_PERSON, SUBJECT_TERMINAL, JUDGED_ASK },
		{ "a stranger on a disaster terminal", KIND_UNKNOWN, SUBJECT_TERMINAL, JUDGED_ASK },
		{ "a person", KIND_PERSON, SUBJECT_KINDS, JUDGED_SILENT },
		{ "a shared ID", KIND_SHARED, SUBJECT_KINDS, JUDGED_SILENT },
		{ "an ID of no ledger", KIND_UNKNOWN, SUBJECT_KINDS, JUDGED_UNKNOWN_ACCOUNT },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct seen who = { .account_kind = (uint8_t)cases[i].kind, .views = true };

		who.standing.disaster_subject = (uint8_t)cases[i].subject;
		for (int d = 0; d < DSTATE_IN; d++)
			want_i64(cases[i].name, by_state[d]->rule, cases[i].want,
				 by_state[d]->screen(&who, NULL));
		want_i64(cases[i].name, "DIS-02", cases[i].want,
			 det_disaster_class.screen(&who, NULL));
		want_i64(cases[i].name, "DIS-02b", cases[i].want,
			 det_disaster_area.screen(&who, NULL));
		who.views = false;
		want_i64("a login", "DIS-02", JUDGED_OUTSIDE,
			 det_disaster_class.screen(&who, NULL));
		want_i64("a login", "DIS-02b", JUDGED_OUTSIDE,
			 det_disaster_area.screen(&who, NULL));
		want_i64("a login", "DIS-01", cases[i].want, det_disaster_peace.screen(&who, NULL));
	}
}

static void
a_window_shares_classes_and_reaches_areas(void **state UNUSED)
{
	static const struct {
		const char *name;
		enum dstate state;
		uint32_t class;
		uint16_t area;
		enum judged by_class, by_area;
	} cases[] = {
		{ "shared, in the area", DSTATE_IN, CONTRACT, EAST, JUDGED_SILENT, JUDGED_SILENT },
		{ "another class", DSTATE_IN, CONTRACT + 1, EAST, JUDGED_HIT, JUDGED_SILENT },
		{ "another area", DSTATE_IN, CONTRACT, WEST, JUDGED_SILENT, JUDGED_HIT },
		{ "no class", DSTATE_IN, 0, EAST, JUDGED_UNKNOWN_CLASS, JUDGED_SILENT },
		{ "no area", DSTATE_IN, CONTRACT, 0, JUDGED_SILENT, JUDGED_UNKNOWN_CONSUMER },
		{ "both, but at peace", DSTATE_PEACE, 6, WEST, JUDGED_SILENT, JUDGED_SILENT },
		{ "both, but in the tail", DSTATE_TAIL, 6, WEST, JUDGED_SILENT, JUDGED_SILENT },
		{ "both, but early", DSTATE_EARLY, 6, WEST, JUDGED_SILENT, JUDGED_SILENT },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		enum dstate now = cases[i].state;
		struct key key[KEYS_MOST] = { { { 0 } } };
		struct line l;

		line_of(&l, SUBJECT_TERMINAL, &now);
		l.who.tuple.text[DICT_CLASS] = cases[i].class;
		l.regard.area = cases[i].area;
		want_i64(cases[i].name, "DIS-02", cases[i].by_class,
			 judge(&det_disaster_class, &l, key));
		want_i64(cases[i].name, "DIS-02b", cases[i].by_area,
			 judge(&det_disaster_area, &l, key));
		want_i64(cases[i].name, "state", DSTATE_IN, key[0].part[1]);
	}
}

/* Each case differs from the first in one thing. */
static void
an_everyday_id_is_told_in_a_window_only(void **state UNUSED)
{
	enum thing {
		NOTHING,
		PEACE,
		OWN_SYSTEM,
		DISASTER_SUBJECT,
		STRANGER,
		SHARED,
		GRID,
		PERMITTED,
		OTHER_PERMITTED,
		NO_WINDOWS
	};
	static const struct {
		const char *name;
		enum thing differs;
		enum judged want;
	} cases[] = {
		{ "a retailer's person in the grid's system", NOTHING, JUDGED_HIT },
		{ "... at peace", PEACE, JUDGED_SILENT },
		{ "... in a system that is not the grid's", OWN_SYSTEM, JUDGED_OUTSIDE },
		{ "... on a disaster terminal", DISASTER_SUBJECT, JUDGED_SILENT },
		{ "... with an ID of no ledger", STRANGER, JUDGED_UNKNOWN_ACCOUNT },
		{ "... with a shared ID", SHARED, JUDGED_SILENT },
		{ "... of the grid company", GRID, JUDGED_SILENT },
		{ "... whose company is permitted", PERMITTED, JUDGED_SILENT },
		{ "... at the terminal of one that is", OTHER_PERMITTED, JUDGED_HIT },
		{ "... whose company never has windows", NO_WINDOWS, JUDGED_SILENT },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		enum thing t = cases[i].differs;
		enum dstate now = t == PEACE ? DSTATE_PEACE : DSTATE_IN;
		struct key key[KEYS_MOST] = { { { 0 } } };
		struct line l;

		line_of(&l, t == DISASTER_SUBJECT ? SUBJECT_TERMINAL : SUBJECT_KINDS, &now);
		l.who.system_of_grid = t != OWN_SYSTEM;
		l.who.account_kind = t == STRANGER ? KIND_UNKNOWN
				     : t == SHARED ? KIND_SHARED
						   : KIND_PERSON;
		l.who.person = l.who.account_kind == KIND_PERSON;
		l.who.account_class = t == GRID ? ORG_GRID : ORG_RETAILER;
		l.who.standing.org_permitted = t == PERMITTED         ? 1U << SUBJECT_ACCOUNT
					       : t == OTHER_PERMITTED ? 1U << SUBJECT_TERMINAL
								      : 0;
		l.who.windowed = t != NO_WINDOWS;
		want_i64(cases[i].name, "DIS-05", cases[i].want,
			 judge(&det_disaster_person, &l, key));
		if (cases[i].want == JUDGED_HIT)
			assert_true(key[0].part[0] == 77 && key[0].part[1] == DSTATE_IN);
	}
}

static void
the_rules_are_the_contracts(void **state UNUSED)
{
	static const struct {
		const struct detector *rule;
		const char *id;
		enum key_kind subject;
	} cases[] = {
		{ &det_disaster_peace, "DIS-01", KEY_SUBJECT },
		{ &det_disaster_class, "DIS-02", KEY_SUBJECT },
		{ &det_disaster_area, "DIS-02b", KEY_SUBJECT },
		{ &det_disaster_tail, "DIS-03", KEY_SUBJECT },
		{ &det_disaster_early, "DIS-04", KEY_SUBJECT },
		{ &det_disaster_person, "DIS-05", KEY_ACCOUNT },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct detector *r = cases[i].rule;

		want_str(cases[i].id, "rule", str_of(cases[i].id), str_of(r->rule));
		want_i64(cases[i].id, "kind", FINDING_VIOLATION, r->kind);
		want_str(cases[i].id, "key", STR("subject"), str_of(r->key[0].name));
		want_str(cases[i].id, "key", STR("state"), str_of(r->key[1].name));
		want_i64(cases[i].id, "subject", cases[i].subject, r->key[0].kind);
		want_bool(cases[i].id, "across", cases[i].subject == KEY_SUBJECT, r->across);
		want_bool(cases[i].id, "shown outside", true, r->origin_foreign);
		assert_null(r->key[2].name);
		assert_true(!r->fires && r->needs == GIVES_DISASTERS && r->lines == LINES_OK);
		for (int s = 0; s < DSTATE_COUNT; s++)
			want_str(cases[i].id, "word", str_of(dstate_names[s]), str_of(r->words[s]));
		assert_null(r->words[DSTATE_COUNT]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_state_has_its_rule),
		cmocka_unit_test(only_what_is_kept_for_disasters_is_asked),
		cmocka_unit_test(a_window_shares_classes_and_reaches_areas),
		cmocka_unit_test(an_everyday_id_is_told_in_a_window_only),
		cmocka_unit_test(the_rules_are_the_contracts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
