/*
 * det_terminal_test.c - TRM-01, TRM-02, TRM-03: a terminal nobody listed, somebody else's, one that is lent to nobody.
 */
#include "base/test_wall.h"

#include "model/detector.h"

extern const struct detector det_unlisted_terminal, det_borrowed_terminal, det_unlent_terminal;

enum { ACCT = 7, TERM = 9 };

#define LISTED .terminal_row = 4
#define NORMAL LISTED, .terminal_kind = TERMINAL_NORMAL
#define PERSON .account_kind = KIND_PERSON, .person = true
#define NAMED .tuple = { .text = { [DICT_ACCOUNT] = ACCT, [DICT_TERMINAL] = TERM } }
#define ASSIGNED(to) .standing = { .assignee = (to) }
#define LENT(to) .standing = { .loan = (to) }

struct trial {
	const char *name;
	struct seen who;
	enum judged want;
	int points;
};

static const struct trial unlisted[] = {
	{ "a listed terminal", { NAMED, LISTED }, JUDGED_SILENT, 0 },
	{ "a terminal without a row", { NAMED }, JUDGED_HIT, 0 },
	{ "of a shared account, too", { NAMED, .account_kind = KIND_SHARED }, JUDGED_HIT, 0 },
	{ "of a service, too", { NAMED, .account_kind = KIND_SERVICE }, JUDGED_HIT, 0 },
	{ "of an account that no roster has", { NAMED, .account_row = 0 }, JUDGED_HIT, 0 },
	{ "a kiosk that is listed",
	  { NAMED, LISTED, .terminal_kind = TERMINAL_KIOSK },
	  JUDGED_SILENT,
	  0 },
	{ "no terminal named",
	  { .tuple = { .text = { [DICT_ACCOUNT] = ACCT } } },
	  JUDGED_UNKNOWN_TERMINAL,
	  0 },
	{ "no account named",
	  { .tuple = { .text = { [DICT_TERMINAL] = TERM } } },
	  JUDGED_UNKNOWN_ACCOUNT,
	  0 },
};

static const struct trial borrowed[] = {
	{ "her own", { NAMED, PERSON, NORMAL, ASSIGNED(ASSIGNEE_OWNER) }, JUDGED_SILENT, 0 },
	{ "a colleague's", { NAMED, PERSON, NORMAL, ASSIGNED(ASSIGNEE_OTHER) }, JUDGED_HIT, 0 },
	{ "that of somebody elsewhere",
	  { NAMED, PERSON, NORMAL,
	    .standing = { .assignee = ASSIGNEE_OTHER, .assignee_elsewhere = true } },
	  JUDGED_HIT,
	  20 },
	{ "of one she substitutes for",
	  { NAMED, PERSON, NORMAL,
	    .standing = { .assignee = ASSIGNEE_SUBSTITUTED, .assignee_elsewhere = true } },
	  JUDGED_SILENT,
	  0 },
	{ "nobody knows whose",
	  { NAMED, PERSON, NORMAL, ASSIGNED(ASSIGNEE_UNKNOWN) },
	  JUDGED_UNKNOWN_OWNER,
	  0 },
	{ "no row of the terminal", { NAMED, PERSON }, JUDGED_UNKNOWN_TERMINAL, 0 },
	{ "no terminal named",
	  { .tuple = { .text = { [DICT_ACCOUNT] = ACCT } }, PERSON },
	  JUDGED_UNKNOWN_TERMINAL,
	  0 },
	{ "a kiosk is anybody's",
	  { NAMED, PERSON, LISTED, .terminal_kind = TERMINAL_KIOSK, ASSIGNED(ASSIGNEE_OTHER) },
	  JUDGED_OUTSIDE,
	  0 },
	{ "one for loans",
	  { NAMED, PERSON, LISTED, .terminal_kind = TERMINAL_LOAN, ASSIGNED(ASSIGNEE_OTHER) },
	  JUDGED_OUTSIDE,
	  0 },
	{ "of no kind", { NAMED, PERSON, LISTED, ASSIGNED(ASSIGNEE_OTHER) }, JUDGED_OUTSIDE, 0 },
	{ "a shared account",
	  { NAMED, NORMAL, .account_kind = KIND_SHARED, ASSIGNED(ASSIGNEE_OTHER) },
	  JUDGED_OUTSIDE,
	  0 },
	{ "nobody knows what account",
	  { NAMED, NORMAL, ASSIGNED(ASSIGNEE_OTHER) },
	  JUDGED_UNKNOWN_ACCOUNT,
	  0 },
};

static const struct trial unlent[] = {
	{ "lent at the time",
	  { NAMED, LISTED, .terminal_kind = TERMINAL_LOAN, LENT(LOAN_OUT) },
	  JUDGED_SILENT,
	  0 },
	{ "given back",
	  { NAMED, LISTED, .terminal_kind = TERMINAL_LOAN, LENT(LOAN_RETURNED) },
	  JUDGED_HIT,
	  20 },
	{ "never lent",
	  { NAMED, LISTED, .terminal_kind = TERMINAL_LOAN, LENT(LOAN_NEVER) },
	  JUDGED_HIT,
	  0 },
	{ "for disasters, never lent",
	  { NAMED, LISTED, .terminal_kind = TERMINAL_DISASTER, LENT(LOAN_NEVER) },
	  JUDGED_HIT,
	  0 },
	{ "for disasters, lent",
	  { NAMED, LISTED, .terminal_kind = TERMINAL_DISASTER, LENT(LOAN_OUT) },
	  JUDGED_SILENT,
	  0 },
	{ "no ledger of loans",
	  { NAMED, LISTED, .terminal_kind = TERMINAL_LOAN, LENT(LOAN_UNKNOWN) },
	  JUDGED_UNKNOWN_LOAN,
	  0 },
	{ "somebody's own", { NAMED, NORMAL, LENT(LOAN_NEVER) }, JUDGED_OUTSIDE, 0 },
	{ "a kiosk",
	  { NAMED, LISTED, .terminal_kind = TERMINAL_KIOSK, LENT(LOAN_RETURNED) },
	  JUDGED_OUTSIDE,
	  0 },
	{ "of no kind", { NAMED, LISTED, LENT(LOAN_RETURNED) }, JUDGED_OUTSIDE, 0 },
	{ "no row of the terminal", { NAMED, LENT(LOAN_NEVER) }, JUDGED_OUTSIDE, 0 },
	{ "no account named",
	  { .tuple = { .text = { [DICT_TERMINAL] = TERM } },
	    LISTED,
	    .terminal_kind = TERMINAL_LOAN,
	    LENT(LOAN_RETURNED) },
	  JUDGED_UNKNOWN_ACCOUNT,
	  0 },
};

static void
judge(const struct detector *d, const struct trial *t)
{
	struct event ev = { .who = &t->who };
	struct key key[KEYS_MOST] = { { { 0 } } };
	int count = 0;

	want_i64(t->name, "screen", t->want, d->screen(&t->who, NULL));
	if (t->want != JUDGED_HIT)
		return;
	want_i64(t->name, "hit", JUDGED_HIT, d->hit(&ev, NULL, key, &count));
	want_i64(t->name, "keys", 1, count);
	want_i64(t->name, "account", ACCT, key[0].part[0]);
	want_i64(t->name, "terminal", TERM, key[0].part[1]);
	assert_true(key[0].part[2] == 0 && key[0].part[3] == 0);
	want_i64(t->name, "points", t->points, d->line_points ? d->line_points(&ev, NULL) : 0);
}

static void
unlisted_terminals(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(unlisted); i++)
		judge(&det_unlisted_terminal, &unlisted[i]);
}

static void
borrowed_terminals(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(borrowed); i++)
		judge(&det_borrowed_terminal, &borrowed[i]);
}

static void
unlent_terminals(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(unlent); i++)
		judge(&det_unlent_terminal, &unlent[i]);
}

static void
the_rules_are_the_contracts(void **state UNUSED)
{
	static const struct {
		const struct detector *d;
		const char *rule;
		uint32_t needs;
	} cases[] = {
		{ &det_unlisted_terminal, "TRM-01", GIVES_TERMINALS },
		{ &det_borrowed_terminal, "TRM-02", GIVES_TERMINALS },
		{ &det_unlent_terminal, "TRM-03", GIVES_LOANS },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct detector *d = cases[i].d;

		want_str(cases[i].rule, "rule", str_of(cases[i].rule), str_of(d->rule));
		want_i64(cases[i].rule, "kind", FINDING_VIOLATION, d->kind);
		want_str(cases[i].rule, "key", STR("acct"), str_of(d->key[0].name));
		want_str(cases[i].rule, "key", STR("term"), str_of(d->key[1].name));
		assert_null(d->key[2].name);
		want_i64(cases[i].rule, "needs", cases[i].needs, d->needs);
		assert_true(d->lines == LINES_OK && !d->across && !d->origin_foreign && !d->fires);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unlisted_terminals),
		cmocka_unit_test(borrowed_terminals),
		cmocka_unit_test(unlent_terminals),
		cmocka_unit_test(the_rules_are_the_contracts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
