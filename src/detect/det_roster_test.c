/*
 * det_roster_test.c - ACC-01, ACC-02, TMP-01: accounts without a row, owners without a post, grants that are over.
 */
#include "base/test_wall.h"

#include "model/detector.h"

extern const struct detector det_unlisted_account, det_leaver, det_lapsed_grant;

enum { ACCT = 7, TERM = 9, NET = 11, SYS = 3 };

static enum judged
judge(const struct detector *d, struct seen *who, struct key key[KEYS_MOST], int *count)
{
	struct event ev = { .who = who };
	enum judged j;

	who->tuple.system = SYS;
	*count = 0;
	j = d->screen(who, NULL);
	return j == JUDGED_HIT ? d->hit(&ev, NULL, key, count) : j;
}

static void
accounts_of_no_roster(void **state UNUSED)
{
	static const struct {
		const char *name;
		uint32_t account, row;
		enum judged want;
	} cases[] = {
		{ "on the roster", ACCT, 4, JUDGED_SILENT },
		{ "on none", ACCT, 0, JUDGED_HIT },
		{ "a line without an account", 0, 0, JUDGED_UNKNOWN_ACCOUNT },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct seen who = { .account_row = cases[i].row };
		struct key key[KEYS_MOST] = { { { 0 } } };
		int count;

		who.tuple.text[DICT_ACCOUNT] = cases[i].account;
		want_i64(cases[i].name, "verdict", cases[i].want,
			 judge(&det_unlisted_account, &who, key, &count));
		want_i64(cases[i].name, "keys", cases[i].want == JUDGED_HIT, count);
		if (count == 0)
			continue;
		want_i64(cases[i].name, "system", SYS, key[0].part[0]);
		want_i64(cases[i].name, "account", ACCT, key[0].part[1]);
	}
}

static void
owners_without_a_post(void **state UNUSED)
{
	static const struct {
		const char *name;
		uint32_t row;
		enum staff staff;
		enum judged want;
	} cases[] = {
		{ "in post", 4, STAFF_ENTITLED, JUDGED_SILENT },
		{ "in another organisation", 4, STAFF_ELSEWHERE, JUDGED_HIT },
		{ "in none any more", 4, STAFF_RETIRED, JUDGED_HIT },
		{ "nobody knows him", 4, STAFF_UNKNOWN, JUDGED_UNKNOWN_OWNER },
		{ "nobody knows the account", 0, STAFF_UNKNOWN, JUDGED_UNKNOWN_ACCOUNT },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct seen who = { .account_row = cases[i].row,
				    .standing = { .staff = (uint8_t)cases[i].staff } };
		struct key key[KEYS_MOST] = { { { 0 } } };
		int count;

		who.tuple.text[DICT_ACCOUNT] = ACCT;
		want_i64(cases[i].name, "verdict", cases[i].want,
			 judge(&det_leaver, &who, key, &count));
		want_i64(cases[i].name, "keys", cases[i].want == JUDGED_HIT, count);
		if (count)
			want_i64(cases[i].name, "account", ACCT, key[0].part[0]);
	}
}

#define BIT(subject) (1U << (subject))

static const struct {
	const char *name;
	unsigned lapsed, permitted; /* bits of enum subject */
	bool granted;
	enum judged want;
	unsigned keys;
} grants[] = {
	{ "nothing was ever granted", 0, 0, false, JUDGED_SILENT, 0 },
	{ "the account's is over", BIT(SUBJECT_ACCOUNT), 0, false, JUDGED_HIT,
	  BIT(SUBJECT_ACCOUNT) },
	{ "the terminal's is over", BIT(SUBJECT_TERMINAL), 0, false, JUDGED_HIT,
	  BIT(SUBJECT_TERMINAL) },
	{ "the network's is over", BIT(SUBJECT_NETWORK), 0, false, JUDGED_HIT,
	  BIT(SUBJECT_NETWORK) },
	{ "all three are: three findings", 7, 0, false, JUDGED_HIT, 7 },
	{ "another one is in force", 7, 0, true, JUDGED_SILENT, 0 },
	{ "one is in force, and none is over", 0, 0, true, JUDGED_SILENT, 0 },
	{ "the account's organisation is permitted", BIT(SUBJECT_ACCOUNT), BIT(SUBJECT_ACCOUNT),
	  false, JUDGED_SILENT, 0 },
	{ "that the terminal's is does not help the account", BIT(SUBJECT_ACCOUNT),
	  BIT(SUBJECT_TERMINAL) | BIT(SUBJECT_NETWORK), false, JUDGED_HIT, BIT(SUBJECT_ACCOUNT) },
	{ "of three one is permitted", 7, BIT(SUBJECT_TERMINAL), false, JUDGED_HIT,
	  BIT(SUBJECT_ACCOUNT) | BIT(SUBJECT_NETWORK) },
};

static void
grants_that_are_over(void **state UNUSED)
{
	static const uint32_t number[SUBJECT_KINDS] = {
		[SUBJECT_ACCOUNT] = ACCT, [SUBJECT_TERMINAL] = TERM, [SUBJECT_NETWORK] = NET
	};

	for (size_t i = 0; i < COUNT(grants); i++) {
		struct seen who = { .granted = grants[i].granted, .net = NET };
		struct key key[KEYS_MOST] = { { { 0 } } };
		int count, at = 0;

		who.tuple.text[DICT_ACCOUNT] = ACCT;
		who.tuple.text[DICT_TERMINAL] = TERM;
		who.standing.org_permitted = (uint8_t)grants[i].permitted;
		for (unsigned s = 0; s < SUBJECT_KINDS; s++)
			who.standing.lapsed[s] = grants[i].lapsed >> s & 1 ? 40 + s : 0;
		want_i64(grants[i].name, "verdict", grants[i].want,
			 judge(&det_lapsed_grant, &who, key, &count));
		for (unsigned s = 0; s < SUBJECT_KINDS; s++) {
			if (!(grants[i].keys >> s & 1))
				continue;
			want_i64(grants[i].name, "subject", key_subject((enum subject)s, number[s]),
				 key[at].part[0]);
			want_i64(grants[i].name, "system", SYS, key[at++].part[1]);
		}
		want_i64(grants[i].name, "keys", at, count);
	}
}

static void
the_rules_are_the_contracts(void **state UNUSED)
{
	static const struct {
		const struct detector *d;
		const char *rule, *key[2];
		uint32_t needs;
		bool across, foreign;
	} cases[] = {
		{ &det_unlisted_account,
		  "ACC-01",
		  { "sys", "acct" },
		  GIVES_ACCOUNTS,
		  false,
		  false },
		{ &det_leaver, "ACC-02", { "acct" }, GIVES_PEOPLE, false, true },
		{ &det_lapsed_grant, "TMP-01", { "subject", "sys" }, GIVES_GRANTS, true, true },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct detector *d = cases[i].d;

		want_str(cases[i].rule, "rule", str_of(cases[i].rule), str_of(d->rule));
		want_i64(cases[i].rule, "kind", FINDING_VIOLATION, d->kind);
		for (int k = 0; k < 2 && cases[i].key[k]; k++)
			want_str(cases[i].rule, "key", str_of(cases[i].key[k]),
				 str_of(d->key[k].name));
		assert_null(d->key[cases[i].key[1] ? 2 : 1].name);
		want_i64(cases[i].rule, "needs", cases[i].needs, d->needs);
		want_bool(cases[i].rule, "across", cases[i].across, d->across);
		want_bool(cases[i].rule, "foreign", cases[i].foreign, d->origin_foreign);
		assert_true(d->lines == LINES_OK && !d->fires);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accounts_of_no_roster),
		cmocka_unit_test(owners_without_a_post),
		cmocka_unit_test(grants_that_are_over),
		cmocka_unit_test(the_rules_are_the_contracts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
