/*
 * lookup_roster_test.c - windows, what is kept for disasters and the last reset of an account, as ledgers have them.
 */
#include "context/context_testing.h"

static struct bench *
bench_roster(void)
{
	struct bench *b = bench_new();

	bench_ledger(b, "orgs", STR("org,class\nKPG,grid\nKEP,retailer\n"));
	bench_ledger(b, "accounts",
		     STR("account,system,org,kind,status,valid_from,valid_to\n"
			 "p1,,KEP,person,active,,\n"                      /* line 2 */
			 "d1,takuso,KEP,disaster,active,,\n"              /* line 3 */
			 "d1,,KEP,disaster,suspended,,\n"                 /* line 4 */
			 "d2,,KEP,disaster,,2022-07-01,2022-08-01\n"      /* line 5 */
			 "d2,,KPG,disaster,active,2022-08-01,\n"          /* line 6 */
			 "d1,nosuch,KEP,disaster,active,2022-07-01,\n")); /* line 7 */
	bench_ledger(b, "terminals",
		     STR("terminal,org,kind\nT1,KPG,normal\nT2,KPG,disaster\nT3,KPG,disaster\n"));
	bench_ledger(b, "terminal_loans",
		     STR("terminal,org,out,in\nT2,KEP,2022-07-01,2022-07-05\n"
			 "T2,,2022-07-10,\nT1,KEP,2022-07-01,\n"));
	bench_ledger(b, "disasters",
		     STR("id,org,areas,from,to,coordination,approver,registered_at\n"
			 "D-1,KEP,east;west,2022-07-05,2022-07-06,yes,E1,2022-07-05 9:00\n"
			 "D-2,,,2022-07-10,,no,,\n"
			 "D-1,KPG,,2022-07-05,2022-07-06,yes,E1,\n"
			 "D-3,KEP,,2022-07-05,2022-07-09,yes,E1,\n"
			 "D-4,KEP,,2022-07-04,2022-07-09,yes,E1,\n"));
	bench_ledger(b, "auth_events",
		     STR("at,account,kind,ok\n"
			 "2022-07-03,d1,mfa,\n"      /* line 2 */
			 "2022-07-02,d1,issue,\n"    /* line 3 */
			 "2022-07-04,d1,reset,yes\n" /* line 4 */
			 "2022-07-06,d1,reset,no\n"  /* line 5 */
			 "2022-07-08,d1,password,\n" /* line 6 */
			 "2022-07-09,d2,mfa,\n"      /* line 7 */
			 "2022-07-01,d3,reset,\n"    /* line 8 */
			 "2022-07-20,d4,mfa,\n"      /* line 9 */
			 "2022-07-21,d4,issue,\n")); /* line 10 */
	return b;
}

static void
the_last_reset_by_then(void **state UNUSED)
{
	static const struct {
		const char *name, *account, *at;
		int ms;
		bool any;
		uint32_t row;
	} cases[] = {
		{ "before all", "d1", "2022-07-01", 0, true, 0 },
		{ "a ms before it", "d1", "2022-07-02", -1, true, 0 },
		{ "at its instant", "d1", "2022-07-02", 0, true, 3 },
		{ "a second factor is none", "d1", "2022-07-03 12:00", 0, true, 3 },
		{ "the next", "d1", "2022-07-04", 0, true, 4 },
		{ "one that failed is none", "d1", "2022-07-07", 0, true, 4 },
		{ "nor is a changed password", "d1", "2022-07-30", 0, true, 4 },
		{ "no reset ever", "d2", "2022-07-30", 0, false, 0 },
		{ "another's stands before it", "d3", "2022-07-30", 0, true, 8 },
		{ "only later", "d4", "2022-07-20 12:00", 0, true, 0 },
		{ "no event ever", "p1", "2022-07-30", 0, false, 0 },
		{ "nobody", "", "2022-07-30", 0, false, 0 },
	};
	struct bench *b = bench_roster();
	uint32_t account[COUNT(cases)];

	for (size_t i = 0; i < COUNT(cases); i++)
		account[i] = cases[i].account[0]
				     ? bench_word(b, DICT_ACCOUNT, str_of(cases[i].account))
				     : 0;
	bench_ready(b);
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t ts = instant(cases[i].at) + cases[i].ms;
		struct reset_said got = b->look.reset(b->c, account[i], ts);

		if (got.any != cases[i].any || got.row != cases[i].row ||
		    (got.row == 0) != (got.at == INT64_MIN) || got.at > ts)
			fail_msg("%s: any %d, line %u", cases[i].name, got.any, got.row);
	}
	bench_free(b);
}

static bool
window_of(const struct bench *b, uint32_t line, struct window_row *w)
{
	for (size_t i = 0; b->look.window_at(b->c, i, w); i++) {
		if (w->row == line)
			return true;
	}
	return false;
}

static void
windows_as_they_stand(void **state UNUSED)
{
	struct bench *b = bench_roster();
	struct window_row w;
	size_t n = 0;

	bench_ready(b);
	while (b->look.window_at(b->c, n, &w))
		n++;
	assert_int_equal(n, 5);
	assert_true(window_of(b, 2, &w));
	assert_true(w.id == 2 && w.coordination && w.approved && w.areas == 2);
	assert_int_equal(w.from, instant("2022-07-05"));
	assert_int_equal(w.to, instant("2022-07-06"));
	assert_int_equal(w.tail_end, instant("2022-07-07"));
	assert_int_equal(w.registered_at, instant("2022-07-05 09:00"));
	assert_true(window_of(b, 3, &w));
	assert_true(w.id == 3 && !w.coordination && !w.approved && w.areas == 0 && w.org == 0);
	assert_true(w.to == INT64_MAX && w.tail_end == INT64_MAX && w.registered_at == INT64_MIN);
	assert_true(window_of(b, 4, &w));
	assert_true(w.id == 2 && w.org != 0);
	bench_free(b);
}

/* Of two windows that begin at once, the later line; outside of them the nearer edge, and of two the earlier line. */
static void
the_window_in_force(void **state UNUSED)
{
	static const struct {
		const char *at;
		enum dstate state;
		uint32_t row;
	} cases[] = {
		{ "2022-07-04 12:00", DSTATE_IN, 6 },
		{ "2022-07-05 12:00", DSTATE_IN, 5 },
		{ "2022-07-06 12:00", DSTATE_IN, 5 },
		{ "2022-07-09 12:00", DSTATE_TAIL, 5 },
	};
	struct bench *b = bench_roster();
	struct seen s;
	struct tuple t = { .ok = 1 };

	t.text[DICT_ACCOUNT] = bench_word(b, DICT_ACCOUNT, STR("p1"));
	bench_add_tuple(b, t);
	bench_ready(b);
	b->look.tuple(b->c, 1, 0, &s);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct disaster_said d =
			b->look.disaster(b->c, s.account_org, 0, instant(cases[i].at));

		if (d.state != cases[i].state || d.row != cases[i].row)
			fail_msg("%s: %s, line %u", cases[i].at, dstate_names[d.state], d.row);
	}
	bench_free(b);
}

static void
what_is_kept_for_disasters(void **state UNUSED)
{
	static const struct {
		enum subject kind;
		uint32_t row;
		const char *at, *id;
		bool held;
		uint32_t name, loan;
		const char *org;
		enum account_status status;
	} cases[] = {
		{ SUBJECT_ACCOUNT, 2, "2022-07-10", "p1", false, 2, 0, "KEP", ACCOUNT_ACTIVE },
		{ SUBJECT_ACCOUNT, 3, "2022-07-10", "d1", true, 3, 0, "KEP", ACCOUNT_ACTIVE },
		{ SUBJECT_ACCOUNT, 4, "2022-07-10", "d1", true, 3, 0, "KEP", ACCOUNT_SUSPENDED },
		{ SUBJECT_ACCOUNT, 7, "2022-07-10", "d1", true, 3, 0, "KEP", ACCOUNT_ACTIVE },
		{ SUBJECT_ACCOUNT, 7, "2022-06-30", "d1", false, 7, 0, "KEP", ACCOUNT_ACTIVE },
		{ SUBJECT_ACCOUNT, 5, "2022-07-10", "d2", true, 5, 0, "KEP", ACCOUNT_UNSAID },
		{ SUBJECT_ACCOUNT, 5, "2022-08-01", "d2", false, 5, 0, "KEP", ACCOUNT_UNSAID },
		{ SUBJECT_ACCOUNT, 6, "2022-08-01", "d2", true, 5, 0, "KPG", ACCOUNT_ACTIVE },
		{ SUBJECT_TERMINAL, 2, "2022-07-10", "T1", false, 2, 0, "KPG", ACCOUNT_UNSAID },
		{ SUBJECT_TERMINAL, 3, "2022-07-01", "T2", true, 3, 2, "KEP", ACCOUNT_UNSAID },
		{ SUBJECT_TERMINAL, 3, "2022-07-05", "T2", true, 3, 0, "KPG", ACCOUNT_UNSAID },
		{ SUBJECT_TERMINAL, 3, "2022-07-10", "T2", true, 3, 3, "KPG", ACCOUNT_UNSAID },
		{ SUBJECT_TERMINAL, 4, "2022-07-10", "T3", true, 4, 0, "KPG", ACCOUNT_UNSAID },
	};
	struct bench *b = bench_roster();

	bench_ready(b);
	for (size_t i = 0; i < COUNT(cases); i++) {
		enum subject kind = cases[i].kind;
		int64_t ts = instant(cases[i].at);
		struct kept_row k;
		size_t at = 0;

		while (b->look.kept_at(b->c, kind, at, ts, &k) && k.row != cases[i].row)
			at++;
		if (k.row != cases[i].row || k.held != cases[i].held || k.name != cases[i].name ||
		    k.loan_row != cases[i].loan || k.status != cases[i].status ||
		    !str_is(b->look.org_name(b->c, k.org), cases[i].org))
			fail_msg("%s %s: line %u, held %d, name %u, loan %u", cases[i].id,
				 cases[i].at, k.row, k.held, k.name, k.loan_row);
		assert_true(str_is(b->look.kept_name(b->c, kind, k.row), cases[i].id));
	}
	assert_true(b->look.kept_name(b->c, SUBJECT_ACCOUNT, 99).n == 0);
	assert_true(b->look.kept_name(b->c, SUBJECT_TERMINAL, 99).n == 0);
	bench_free(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_reset_by_then),
		cmocka_unit_test(windows_as_they_stand),
		cmocka_unit_test(the_window_in_force),
		cmocka_unit_test(what_is_kept_for_disasters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
