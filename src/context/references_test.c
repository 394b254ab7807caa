/*
 * references_test.c - names that one ledger uses and none tells of, and logs of years without holidays.
 */
#include "context/consumer_testing.h"

static void
check_list(const char *name, const struct errors *warn, const char *const *want, size_t count)
{
	for (size_t i = 0; i < count && i < warn->list.n; i++) {
		if (!str_ends(warn->list.at[i], str_of(want[i])))
			fail_msg("%s: wanted '%s', got '" STR_FMT "'", name, want[i],
				 STR_ARG(warn->list.at[i]));
	}
	if (warn->list.n != count)
		fail_msg("%s: wanted %zu, got %zu, the last '" STR_FMT "'", name, count,
			 warn->list.n, STR_ARG(warn->list.at[warn->list.n - 1]));
}

static void
every_kind_of_name(void **state UNUSED)
{
	static const char *const want[] = {
		"sekisho.yaml:3:5: the organisation 'KPX' stands here and in no row of orgs; did "
		"you "
		"mean 'KPG'?",
		":3:3: the organisation 'KEQ' stands here and in no row of orgs; did you mean "
		"'KEP'?",
		":2:2: the organisation 'NEWX' stands here and in no row of orgs",
		":4:3: the organisation 'KHD' stands here and in no row of orgs",
		":2:2: the system 'denwo' stands here and not among the systems of the policy; did "
		"you mean 'denwa'?",
		":2:4: the area 'wesst' stands here and with no organisation of orgs; did you mean "
		"'west'?",
		":2:6: the site 'KCC9' stands here and in no row of networks; did you mean 'KCC1'?",
		":2:3: the class 'contrakt' stands here and not among the resources of the policy; "
		"did you mean 'contract'?",
		":2:2: the role 'desc' stands here and in no row of accounts; did you mean 'desk'?",
		":3:6: the schedule 'nigth' stands here and in no row of schedules; did you mean "
		"'night'?",
		":2:3: the person 'E00O1' stands here and in no row of people; did you mean "
		"'E0001'?",
		":2:1: the account 'a9' stands here and in no row of accounts",
		":4:1: the account 'acc01x' stands here and in no row of accounts; did you mean "
		"'acc01'?",
		":3:3: the terminal 'T-99' stands here and in no row of terminals; did you mean "
		"'T-9'?",
		":4:3: the network '10.1.2.0/16 ward' stands here and in no row of networks, as it "
		"is written there",
	};
	static struct permit_org permitted[] = {
		{ .org = { "KPG", 3 } },
		{ .org = { "KPX", 3 },
		  .at = { .file = { "sekisho.yaml", 12 }, .line = 3, .column = 5 } }
	};
	struct bench *b = bench_new();
	struct errors warn = { 0 };

	b->system[0].permitted = permitted;
	b->system[0].permitted_count = COUNT(permitted);
	bench_ledger(b, "orgs",
		     STR("org,class,parent,areas\nKPG,grid,,east;west\nKEP,retailer,KPG,\n"
			 "KCC,contractor,KHD,\n"));
	bench_ledger(b, "people", STR("person,org\nE0001,KPG\nE0002,KEP\n"));
	bench_ledger(b, "accounts",
		     STR("account,system,owner,org,kind,schedule,role\n"
			 "acc01,denwo,E00O1,KPG,person,night,desk\n"
			 "acc02,,E0002,KPG,person,nigth,\n"));
	bench_ledger(b, "allow_pairs", STR("account_org,system,origin_org\nKPG,,KPG\nKPG,,KEQ\n"));
	bench_ledger(b, "terminals", STR("terminal,org\nT-9,KPG\n"));
	bench_ledger(b, "networks", STR("cidr,org,site\n10.1.0.0/16,KPG,KCC1\n"));
	bench_ledger(b, "consumers", STR("consumer,supplier\n1,NEWX\n2,KEP\n3,NEWX\n"));
	bench_ledger(
		b, "disasters",
		STR("id,org,from,areas\nd,KEP,2022-04-01,east;wesst\nd,KEP,2022-05-01,wesst\n"));
	bench_ledger(b, "barrier",
		     STR("prio,role,class,verdict\n1,desc,contrakt,deny\n2,,,deny\n"));
	bench_ledger(b, "schedules", STR("schedule,daytype,start,end\nnight,biz,9:00,10:00\n"));
	bench_ledger(b, "contractors",
		     STR("org,parent,from,to,systems,sites\nKCC,KPG,2022-01-01,2023-01-01,denwa,"
			 "KCC1;KCC9\n"));
	bench_ledger(b, "permits",
		     STR("account,from,to\na9,2022-01-01,2022-01-02\nacc02,2022-01-01,2022-01-02\n"
			 "acc01x,2022-01-01,2022-01-02\na9,2022-01-03,2022-01-04\n"));
	bench_ledger(b, "grants",
		     STR("grant,kind,subject,system,from\ng,account,acc01,takuso,2022-01-01\n"
			 "g,terminal,T-99,takuso,2022-01-01\n"
			 "g,network,10.1.2.0/16 ward,takuso,2022-01-01\n"
			 "g,network,10.1.0.0/16,takuso,2022-01-01\n"
			 "g,network,10.9.9.0/24,takuso,2022-01-01\n"));
	bench_ready(b);
	context_check(b->c, &warn);
	check_list("every kind", &warn, want, COUNT(want));
	errors_free(&warn);
	bench_free(b);
}

/* With an index the rows are not at hand: the same names, without the line. */
static void
names_in_an_index(void **state UNUSED)
{
	static const char *const by_row[] = {
		":2:2: the organisation 'NEWX' stands here and in no row of orgs",
		":4:2: the organisation 'KEQ' stands here and in no row of orgs; did you mean "
		"'KEP'?",
		":3:3: the area 'wesst' stands here and with no organisation of orgs; did you "
		"mean 'west'?",
	};
	static const char *const names[] = {
		"the organisation 'KEQ' stands here and in no row of orgs; did you mean "
		"'KEP'?",
		"the organisation 'NEWX' stands here and in no row of orgs",
		"the area 'wesst' stands here and with no organisation of orgs; did you mean "
		"'west'?",
	};
	struct shelf *s = shelf_new(STR("consumer,supplier,area\n1,NEWX,\n2,KEP,wesst\n3,KEQ,"
					"west\n4,NEWX,\n"));
	struct consumer_built built;
	struct errors warn = { 0 };
	struct arena a = { 0 };
	const char *by_index[COUNT(names)];

	bench_ledger(s->b, "orgs", STR("org,class,areas\nKEP,retailer,west\n"));
	if (shelf_look(s, 1))
		fail_msg(STR_FMT, STR_ARG(s->b->err.list.at[0]));
	context_check(s->b->c, &warn);
	check_list("rows", &warn, by_row, COUNT(by_row));
	errors_free(&warn);
	assert_int_equal(shelf_build(s, BUILD_WINDOW, &built), 0);
	assert_int_equal(shelf_look(s, 1), 0);
	assert_true(s->b->c->indexed);
	for (size_t i = 0; i < COUNT(names); i++)
		by_index[i] = arena_printf(&a, "%s: %s", s->csv, names[i]).p;
	context_check(s->b->c, &warn);
	check_list("an index", &warn, by_index, COUNT(by_index));
	errors_free(&warn);
	arena_free(&a);
	shelf_free(s);
}

/* Nothing to look in, nothing to say: an organisation is not unknown because nobody keeps a list of them. */
static void
ledgers_that_are_not_there(void **state UNUSED)
{
	struct bench *b = bench_new();
	struct errors warn = { 0 };

	b->policy.resource_count = 0;
	bench_ledger(b, "accounts",
		     STR("account,owner,org,kind,schedule,role\na,p,KPG,person,day,desk\n"));
	bench_ledger(b, "contractors",
		     STR("org,from,to,classes,sites\nKCC,2022-01-01,2023-01-01,x,y\n"));
	bench_ledger(b, "terminal_loans", STR("terminal,out\nT,2022-01-01\n"));
	bench_ready(b);
	context_check(b->c, &warn);
	check_list("not there", &warn, NULL, 0);
	errors_free(&warn);
	bench_free(b);
}

/* A line's own word for its class may be one that no resource has. */
static void
classes_that_lines_name(void **state UNUSED)
{
	struct extract extract = { .kind = SOURCE_QUERY, .field = FIELD_CLASS };
	struct bench *b = bench_new();
	struct errors warn = { 0 };

	b->system[1].extract = &extract;
	b->system[1].extract_count = 1;
	bench_ledger(b, "barrier", STR("prio,class,verdict\n1,contrakt,deny\n2,,deny\n"));
	bench_ready(b);
	context_check(b->c, &warn);
	check_list("of lines", &warn, NULL, 0);
	errors_free(&warn);
	bench_free(b);
}

static void
twenty_of_a_kind(void **state UNUSED)
{
	enum { OWNERS = 70000 };
	struct bench *b = bench_new();
	struct errors warn = { 0 };
	struct out o;

	out_memory(&o);
	out_printf(&o, "account,owner,org,kind\n");
	for (int i = 0; i < 3 * OWNERS; i++)
		out_printf(&o, "a%d,q%d,KPG,person\n", i, i % OWNERS);
	bench_ledger(b, "accounts", out_taken(&o));
	bench_ledger(b, "people", STR("person,org\nE0001,KPG\n"));
	bench_ready(b);
	context_check(b->c, &warn);
	assert_int_equal(warn.list.n, 21);
	assert_true(str_ends(warn.list.at[0],
			     STR(":2:2: the person 'q0' stands here and in no row of people")));
	assert_true(str_ends(warn.list.at[19],
			     STR(":21:2: the person 'q19' stands here and in no row of people")));
	assert_true(str_is(warn.list.at[20], "69980 more persons stand in no row of people"));
	out_discard(&o);
	errors_free(&warn);
	bench_free(b);
}

static void
days_without_holidays(void **state UNUSED)
{
	static const struct {
		const char *name, *rows, *first, *last, *want;
	} cases[] = {
		{ "within", "2021/1/1,x\n2023/11/23,y\n", "2021-01-02", "2023-12-31", NULL },
		{ "a day too late", "2021/1/1,x\n2023/11/23,y\n", "2023-12-31", "2024-01-01",
		  ": holidays are known from 2021 to 2023, and the logs are of 2023 to 2024: there "
		  "holidays count as working days; take the newest file" },
		{ "a day too early", "2021/1/1,x\n", "2020-12-31", "2021-01-01",
		  ": holidays are known from 2021 to 2021, and the logs are of 2020 to 2021: there "
		  "holidays count as working days; take the newest file" },
		{ "none at all", "", "2021-01-01", "2021-01-01",
		  ": no holiday stands here; every day of the week is as any other" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct bench *b = bench_new();
		struct errors warn = { 0 };
		struct arena a = { 0 };

		bench_ledger(b, "holidays", arena_printf(&a, "date,name\n%s", cases[i].rows));
		bench_ready(b);
		context_check_days(b->c, jst_day(instant(cases[i].first)),
				   jst_day(instant(cases[i].last)), &warn);
		check_list(cases[i].name, &warn, &cases[i].want, cases[i].want != NULL);
		errors_free(&warn);
		arena_free(&a);
		bench_free(b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_name),
		cmocka_unit_test(names_in_an_index),
		cmocka_unit_test(ledgers_that_are_not_there),
		cmocka_unit_test(classes_that_lines_name),
		cmocka_unit_test(twenty_of_a_kind),
		cmocka_unit_test(days_without_holidays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
