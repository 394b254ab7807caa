/*
 * lookup_standing_test.c - posts, loans, contracts, grants and shared IDs as of an instant, at their edges.
 * Wanted values are DETECTION's (B.2, B.6, B.8, B.13), worked out by hand.
 */
#include "context/context_testing.h"

#include "context/context_own.h"

static struct arena bytes_of; /* of addresses; as long as a test */

static struct permit_org permitted[] = {
	{ .org = { "KPG", 3 }, .from = INT64_MIN, .to = INT64_MAX },
	{ .org = { "KEP", 3 }, .from = 0, .to = INT64_MAX },
};

static struct bench *
bench_standing(void)
{
	struct bench *b = bench_new();

	permitted[1].to = instant("2022-06-01");
	b->system[0].permitted = permitted;
	b->system[0].permitted_count = COUNT(permitted);
	bench_ledger(b, "orgs",
		     STR("org,class,parent,areas\nKPG,grid,,east;north\nKEP,retailer,,\n"
			 "KCC,contractor,KPG,\nKCS,contractor,KCC,\nKCX,contractor,,\n"
			 "KCR,contractor,KCQ,\nKCQ,contractor,KCR,\n"));
	bench_ledger(b, "consumers",
		     STR("consumer,supplier,area\nc1,KEP,north\nc2,KEP,west\nc3,KEP,\n"));
	bench_ledger(b, "people",
		     STR("person,org,dept,valid_from,valid_to\n"
			 "p1,KPG,desk,2020-04-01,2022-04-01\n"
			 "p1,KEP,sales,2022-04-01,\n"
			 "p2,KPG,desk,,2022-05-01\n"
			 "p3,KPG,desk,2020-04-01,\n"
			 "p3,KEP,sales,2022-04-01,2022-07-01\n"
			 "p4,KEP,sales,,\n"
			 "p5,KPG,desk,2021-04-01,2021-10-01\n"
			 "p5,KPG,desk,2022-04-01,\n"
			 "p6,KPG,desk,2022-04-01,\n"));
	bench_ledger(
		b, "accounts",
		STR("account,owner,org,kind,status,created,schedule\n"
		    "a1,p1,KPG,person,active,2020-04-01,\na2,p2,KPG,person,suspended,,\n"
		    "a3,p3,KPG,person,,,\na4,p4,KPG,person,,,\na5,p5,KPG,person,,,\n"
		    "a6,p6,KPG,person,,,\nnobody,,KPG,person,,,\nstranger,p9,KPG,person,,,\n"
		    "c1,,KCC,person,,,\nc2,,KCS,person,,,\nc3,,KCX,person,,,\nc4,,KCR,person,,,\n"
		    "dis,,KEP,disaster,,,\nS,,KPG,shared,,,\nr1,p4,KEP,person,,,\n"));
	bench_ledger(b, "terminals",
		     STR("terminal,org,kind,assignee\nT1,KPG,normal,p1\nT2,KPG,normal,p2\n"
			 "L1,KPG,loan,\nL2,KPG,loan,\nL3,KPG,loan,\nD1,KPG,disaster,\nT9,KPG,"
			 "normal,p9\n"));
	bench_ledger(b, "terminal_loans",
		     STR("terminal,org,out,in\nL1,KEP,2022-04-01 9:00,2022-04-03\n"
			 "L1,KCC,2022-04-05,\nL3,KEP,2022-04-01,2022-05-01\n"
			 "L3,KCC,2022-04-10,2022-04-10\n"));
	bench_ledger(b, "substitutes",
		     STR("person,substitute,from,to\np2,p3,2022-04-11,2022-04-16\n"));
	bench_ledger(b, "clients", STR("org,system,client\nKPG,takuso,A\nKPG,takuso,B\n"));
	bench_ledger(
		b, "networks",
		STR("cidr,org,site,kind\n10.1.0.0/16,KCC,KCC1,site\n10.2.0.0/16,KPG,HQ,site\n"));
	bench_ledger(b, "contractors",
		     STR("org,parent,systems,classes,sites,from,to\n"
			 "KCC,KPG,takuso,contract;notice,KCC1,2022-04-01,2022-10-01\n"
			 "KCC,KPG,denwa,,,2022-06-01,2022-07-01\n"
			 "KCS,,,,,2022-01-01,2023-01-01\n"
			 "KCX,,,,,2022-01-01,2023-01-01\n"
			 "KCR,,,,,2022-01-01,2023-01-01\n"
			 "KCQ,,,,,2022-01-01,2023-01-01\n"));
	bench_ledger(b, "grants",
		     STR("grant,kind,subject,system,from,to\n"
			 "g1,account,a1,takuso,2022-04-01,2022-04-05\n"
			 "g2,account,a1,takuso,2022-04-02,2022-04-04\n"
			 "g3,account,a1,takuso,2022-05-01,2022-05-02\n"
			 "g4,terminal,L1,takuso,2022-04-01,2022-04-02\n"
			 "g5,account,a1,denwa,2022-01-01,2022-01-02\n"));
	bench_ledger(b, "shared_ids",
		     STR("account,person,terminal,out,in\n"
			 "S,p1,,2022-04-01 9:00,2022-04-01 12:00\n"
			 "S,p2,T1,2022-04-01 11:00,2022-04-01 13:00\n"
			 "S,,,2022-04-02 9:00,2022-04-02 12:00\n"
			 "S,p1,,2022-04-03 9:00,\n"
			 "S,p2,,2022-04-06 9:00,2022-04-08 9:00\n"
			 "S,p3,T9,2022-04-09 9:00,2022-04-09 12:00\n"));
	bench_ledger(b, "work_orders",
		     STR("order,account,system,from,to,entered_at\n"
			 "W1,a1,takuso,2022-04-01,2022-04-03,2022-04-01 8:00\n"
			 "W2,,takuso,2022-04-02,2022-04-05,\n"
			 "W3,a1,denwa,2022-04-10,2022-04-11,\n"));
	bench_ledger(b, "disasters",
		     STR("id,org,areas,from,to,coordination,shared_classes\n"
			 "d1,KEP,east,2022-09-10,2022-09-12,yes,contract\n"
			 "d2,KEP,west,2022-09-11,2022-09-11 12:00,yes,\n"
			 "d3,,,2022-12-01,,yes,notice\n"));
	return b;
}

/* "account terminal address system class client"; "-" is not said. */
static uint32_t
tuple_of(struct bench *b, const char *text)
{
	struct str rest = str_of(text), part[6] = { { 0 } };
	struct tuple t = { .act = ACT_VIEW, .ok = 1 };
	struct cidr c;

	for (size_t i = 0; i < COUNT(part) && rest.n; i++) {
		part[i] = str_split(&rest, ' ');
		if (str_is(part[i], "-"))
			part[i].n = 0;
	}
	t.system = (uint16_t)str_is(part[3], "denwa");
	t.text[DICT_ACCOUNT] = part[0].n ? bench_word(b, DICT_ACCOUNT, part[0]) : 0;
	t.text[DICT_TERMINAL] = part[1].n ? bench_word(b, DICT_TERMINAL, part[1]) : 0;
	t.text[DICT_CLASS] = part[4].n ? bench_word(b, DICT_CLASS, part[4]) : 0;
	t.text[DICT_CLIENT] = part[5].n ? bench_word(b, DICT_CLIENT, part[5]) : 0;
	if (part[2].n) {
		char *bytes = arena_alloc(&bytes_of, ADDRESS_SIZE);

		assert_int_equal(cidr_parse(part[2], &c), CIDR_OK);
		memcpy(bytes, c.byte, ADDRESS_SIZE);
		t.text[DICT_ADDRESS] =
			bench_word(b, DICT_ADDRESS, (struct str){ bytes, ADDRESS_SIZE });
	}
	return bench_add_tuple(b, t);
}

/* Every case asks its own tuple at its own instant; the answer must hold to both ends of its interval. */
struct ask {
	const char *name, *tuple, *at;
	int ms;
};

static bool
same(const struct standing *a, const struct standing *b)
{
	return a->status == b->status && a->staff == b->staff && a->staff_row == b->staff_row &&
	       a->staff_left == b->staff_left && a->assignee == b->assignee &&
	       a->assignee_elsewhere == b->assignee_elsewhere &&
	       a->substitute_row == b->substitute_row && a->loan == b->loan &&
	       a->loan_row == b->loan_row && a->client == b->client && a->contract == b->contract &&
	       a->contract_row == b->contract_row && a->org_permitted == b->org_permitted &&
	       a->grant_row == b->grant_row && memcmp(a->lapsed, b->lapsed, sizeof(a->lapsed)) == 0;
}

static void
look(struct bench *b, const struct ask *ask, uint32_t tuple, struct seen *s)
{
	int64_t ts = instant(ask->at) + ask->ms;
	struct seen again;

	b->look.tuple(b->c, tuple, ts, s);
	if (s->from > ts || s->until <= ts)
		fail_msg("%s: the answer does not hold when it is given", ask->name);
	for (int end = 0; end < 2; end++) {
		int64_t at = end ? s->until - 1 : s->from;

		b->look.tuple(b->c, tuple, at, &again);
		if (!same(&again.standing, &s->standing))
			fail_msg("%s: the answer does not hold to its %s", ask->name,
				 end ? "end" : "begin");
	}
}

static void
posts(void **state UNUSED)
{
	static const struct {
		struct ask ask;
		enum staff want;
		uint32_t line;
		const char *left; /* "" = never was */
	} cases[] = {
		{ { "in post", "a1", "2022-03-31", 0 }, STAFF_ENTITLED, 2, "" },
		{ { "the last ms in post", "a1", "2022-04-01", -1 }, STAFF_ENTITLED, 2, "" },
		{ { "moved to another company", "a1", "2022-04-01", 0 },
		  STAFF_ELSEWHERE,
		  2,
		  "2022-04-01" },
		{ { "before any post", "a1", "2020-04-01", -1 }, STAFF_RETIRED, 0, "" },
		{ { "retired", "a2", "2022-05-01", 0 }, STAFF_RETIRED, 4, "2022-05-01" },
		{ { "the last ms before", "a2", "2022-05-01", -1 }, STAFF_ENTITLED, 4, "" },
		{ { "two posts at once: one is enough", "a3", "2022-05-01", 0 },
		  STAFF_ENTITLED,
		  5,
		  "" },
		{ { "and after the other ended", "a3", "2022-07-01", 0 }, STAFF_ENTITLED, 5, "" },
		{ { "never in the account's organisation", "a4", "2022-05-01", 0 },
		  STAFF_ELSEWHERE,
		  0,
		  "" },
		{ { "between two posts in one organisation", "a5", "2022-01-01", 0 },
		  STAFF_RETIRED,
		  8,
		  "2021-10-01" },
		{ { "back again", "a5", "2022-04-01", 0 }, STAFF_ENTITLED, 9, "" },
		{ { "not yet in post", "a6", "2022-03-31", 0 }, STAFF_RETIRED, 0, "" },
		{ { "an owner that no ledger knows", "stranger", "2022-05-01", 0 },
		  STAFF_UNKNOWN,
		  0,
		  "" },
		{ { "no owner", "nobody", "2022-05-01", 0 }, STAFF_UNKNOWN, 0, "" },
		{ { "no account", "zzz", "2022-05-01", 0 }, STAFF_UNKNOWN, 0, "" },
	};
	struct bench *b = bench_standing();

	for (size_t i = 0; i < COUNT(cases); i++)
		tuple_of(b, cases[i].ask.tuple);
	bench_ready(b);
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t left = cases[i].left[0] ? instant(cases[i].left) : INT64_MIN;
		struct seen s;

		look(b, &cases[i].ask, (uint32_t)i + 1, &s);
		if (s.standing.staff != cases[i].want || s.standing.staff_row != cases[i].line ||
		    s.standing.staff_left != left)
			fail_msg("%s: got %d line %u", cases[i].ask.name, s.standing.staff,
				 s.standing.staff_row);
	}
	bench_free(b);
}

static void
accounts(void **state UNUSED)
{
	struct bench *b = bench_standing();
	struct seen s;

	tuple_of(b, "a1");
	tuple_of(b, "a2");
	tuple_of(b, "zzz");
	bench_ready(b);
	b->look.tuple(b->c, 1, 0, &s);
	assert_int_equal(s.standing.status, ACCOUNT_ACTIVE);
	assert_int_equal(s.standing.created, instant("2020-04-01"));
	b->look.tuple(b->c, 2, 0, &s);
	assert_int_equal(s.standing.status, ACCOUNT_SUSPENDED);
	assert_int_equal(s.standing.created, INT64_MIN);
	b->look.tuple(b->c, 3, 0, &s);
	assert_int_equal(s.standing.status, ACCOUNT_UNSAID);
	bench_free(b);
}

static void
loans(void **state UNUSED)
{
	static const struct {
		struct ask ask;
		enum loan want;
		uint32_t line;
		const char *org;
	} cases[] = {
		{ { "before the first loan", "a1 L1", "2022-04-01 09:00", -1 }, LOAN_NEVER, 0, "" },
		{ { "the first ms of a loan", "a1 L1", "2022-04-01 09:00", 0 },
		  LOAN_OUT,
		  2,
		  "KEP" },
		{ { "its last ms", "a1 L1", "2022-04-03", -1 }, LOAN_OUT, 2, "KEP" },
		{ { "given back", "a1 L1", "2022-04-03", 0 }, LOAN_RETURNED, 2, "" },
		{ { "lent again", "a1 L1", "2022-04-05", 0 }, LOAN_OUT, 3, "KCC" },
		{ { "and never given back", "a1 L1", "2029-04-05", 0 }, LOAN_OUT, 3, "KCC" },
		{ { "never lent", "a1 L2", "2022-04-05", 0 }, LOAN_NEVER, 0, "" },
		{ { "an empty row within a loan hides nothing", "a1 L3", "2022-04-10", 0 },
		  LOAN_OUT,
		  4,
		  "KEP" },
		{ { "nor later", "a1 L3", "2022-04-29", 0 }, LOAN_OUT, 4, "KEP" },
		{ { "nor at its end", "a1 L3", "2022-05-01", 0 }, LOAN_RETURNED, 4, "" },
		{ { "no terminal", "a1 -", "2022-04-05", 0 }, LOAN_UNKNOWN, 0, "" },
		{ { "no ledger knows it", "a1 ZZ", "2022-04-05", 0 }, LOAN_UNKNOWN, 0, "" },
	};
	struct bench *b = bench_standing();

	for (size_t i = 0; i < COUNT(cases); i++)
		tuple_of(b, cases[i].ask.tuple);
	bench_ready(b);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct seen s;

		look(b, &cases[i].ask, (uint32_t)i + 1, &s);
		if (s.standing.loan != cases[i].want || s.standing.loan_row != cases[i].line ||
		    !str_is(b->look.org_name(b->c, s.standing.loan_org), cases[i].org))
			fail_msg("%s: got %d line %u", cases[i].ask.name, s.standing.loan,
				 s.standing.loan_row);
	}
	bench_free(b);
}

static void
assignees(void **state UNUSED)
{
	static const struct {
		struct ask ask;
		enum assignee want;
		bool elsewhere;
		uint32_t line;
	} cases[] = {
		{ { "one's own terminal", "a1 T1", "2022-03-01", 0 }, ASSIGNEE_OWNER, false, 0 },
		{ { "a colleague's", "a1 T2", "2022-03-01", 0 }, ASSIGNEE_OTHER, false, 0 },
		{ { "that of somebody who has moved", "a3 T1", "2022-04-01", 0 },
		  ASSIGNEE_OTHER,
		  true,
		  0 },
		{ { "that of somebody who has retired", "a3 T2", "2022-05-01", 0 },
		  ASSIGNEE_OTHER,
		  true,
		  0 },
		{ { "a ms before standing in", "a3 T2", "2022-04-11", -1 },
		  ASSIGNEE_OTHER,
		  false,
		  0 },
		{ { "standing in", "a3 T2", "2022-04-11", 0 }, ASSIGNEE_SUBSTITUTED, false, 2 },
		{ { "a ms before it ends", "a3 T2", "2022-04-16", -1 },
		  ASSIGNEE_SUBSTITUTED,
		  false,
		  2 },
		{ { "when it has ended", "a3 T2", "2022-04-16", 0 }, ASSIGNEE_OTHER, false, 0 },
		{ { "not the other way round", "a2 T1", "2022-04-12", 0 },
		  ASSIGNEE_OTHER,
		  true,
		  0 },
		{ { "posts that no ledger knows", "a3 T9", "2022-04-12", 0 },
		  ASSIGNEE_OTHER,
		  false,
		  0 },
		{ { "a terminal of nobody", "a1 L1", "2022-04-12", 0 },
		  ASSIGNEE_UNKNOWN,
		  false,
		  0 },
		{ { "an account of nobody", "nobody T1", "2022-04-12", 0 },
		  ASSIGNEE_UNKNOWN,
		  false,
		  0 },
	};
	struct bench *b = bench_standing();

	for (size_t i = 0; i < COUNT(cases); i++)
		tuple_of(b, cases[i].ask.tuple);
	bench_ready(b);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct seen s;

		look(b, &cases[i].ask, (uint32_t)i + 1, &s);
		if (s.standing.assignee != cases[i].want ||
		    s.standing.assignee_elsewhere != cases[i].elsewhere ||
		    s.standing.substitute_row != cases[i].line)
			fail_msg("%s: got %d line %u", cases[i].ask.name, s.standing.assignee,
				 s.standing.substitute_row);
	}
	bench_free(b);
}

static void
contracts(void **state UNUSED)
{
	static const struct {
		struct ask ask;
		enum contract want;
		uint32_t line;
	} cases[] = {
		{ { "all right", "c1 - 10.1.0.1 takuso contract", "2022-05-01", 0 },
		  CONTRACT_OK,
		  2 },
		{ { "a screen that says no class", "c1 - 10.1.0.1 takuso", "2022-05-01", 0 },
		  CONTRACT_OK,
		  2 },
		{ { "before its term", "c1 - 10.1.0.1 takuso contract", "2022-04-01", -1 },
		  CONTRACT_TERM,
		  0 },
		{ { "the first ms of its term", "c1 - 10.1.0.1 takuso contract", "2022-04-01", 0 },
		  CONTRACT_OK,
		  2 },
		{ { "behind its term", "c1 - 10.1.0.1 takuso contract", "2022-10-01", 0 },
		  CONTRACT_TERM,
		  0 },
		{ { "another system", "c1 - 10.1.0.1 denwa contract", "2022-05-01", 0 },
		  CONTRACT_SYSTEM,
		  2 },
		{ { "a second contract for that system", "c1 - 10.2.0.1 denwa bill", "2022-06-01",
		    0 },
		  CONTRACT_OK,
		  3 },
		{ { "and behind it", "c1 - 10.2.0.1 denwa bill", "2022-07-01", 0 },
		  CONTRACT_SYSTEM,
		  2 },
		{ { "another class", "c1 - 10.1.0.1 takuso bill", "2022-05-01", 0 },
		  CONTRACT_CLASS,
		  2 },
		{ { "another site", "c1 - 10.2.0.1 takuso contract", "2022-05-01", 0 },
		  CONTRACT_SITE,
		  2 },
		{ { "from nobody knows where", "c1 - 192.0.2.1 takuso contract", "2022-05-01", 0 },
		  CONTRACT_SITE_UNKNOWN,
		  2 },
		{ { "a contractor's contractor, while his is in force", "c2 - - takuso",
		    "2022-05-01", 0 },
		  CONTRACT_OK,
		  4 },
		{ { "and when that one's is over", "c2 - - takuso", "2022-10-01", 0 },
		  CONTRACT_CHAIN,
		  4 },
		{ { "a contractor of nobody", "c3 - - takuso", "2022-05-01", 0 },
		  CONTRACT_CHAIN,
		  5 },
		{ { "contractors in a ring", "c4 - - takuso", "2022-05-01", 0 },
		  CONTRACT_CHAIN,
		  6 },
		{ { "no contractor", "a1 - - takuso", "2022-05-01", 0 }, CONTRACT_FREE, 0 },
		{ { "no account", "zzz - - takuso", "2022-05-01", 0 }, CONTRACT_UNKNOWN, 0 },
	};
	struct bench *b = bench_standing();

	for (size_t i = 0; i < COUNT(cases); i++)
		tuple_of(b, cases[i].ask.tuple);
	bench_ready(b);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct seen s;

		look(b, &cases[i].ask, (uint32_t)i + 1, &s);
		if (s.standing.contract != cases[i].want ||
		    s.standing.contract_row != cases[i].line)
			fail_msg("%s: got %d line %u", cases[i].ask.name, s.standing.contract,
				 s.standing.contract_row);
	}
	bench_free(b);
}

static void
clients(void **state UNUSED)
{
	static const struct {
		const char *name, *tuple;
		enum client_use want;
	} cases[] = {
		{ "a client of the list", "a1 - - takuso - B", CLIENT_LISTED },
		{ "another", "a1 - - takuso - C", CLIENT_UNLISTED },
		{ "none said", "a1 - - takuso - -", CLIENT_UNKNOWN },
		{ "a system without a list", "a1 - - denwa - C", CLIENT_FREE },
		{ "an organisation without a list", "r1 - - takuso - C", CLIENT_FREE },
		{ "no account", "zzz - - takuso - A", CLIENT_UNKNOWN },
	};
	struct bench *b = bench_standing();
	struct seen s;

	for (size_t i = 0; i < COUNT(cases); i++)
		tuple_of(b, cases[i].tuple);
	bench_ready(b);
	for (size_t i = 0; i < COUNT(cases); i++) {
		b->look.tuple(b->c, (uint32_t)i + 1, 0, &s);
		if (s.standing.client != cases[i].want)
			fail_msg("%s: got %d", cases[i].name, s.standing.client);
	}
	bench_free(b);
}

static void
grants_and_permitted(void **state UNUSED)
{
	static const struct {
		struct ask ask;
		uint32_t in_force, account, terminal;
		unsigned permitted;
	} cases[] = {
		{ { "before any", "a1 L1 - takuso", "2022-03-31", 0 }, 0, 0, 0, 3 },
		{ { "in force", "a1 - - takuso", "2022-04-01", 0 }, 2, 0, 0, 1 },
		{ { "one has ended, the other holds", "a1 - - takuso", "2022-04-04", 0 },
		  2,
		  3,
		  0,
		  1 },
		{ { "both have: the one that ended last", "a1 - - takuso", "2022-04-05", 0 },
		  0,
		  2,
		  0,
		  1 },
		{ { "a new one", "a1 - - takuso", "2022-05-01", 0 }, 4, 2, 0, 1 },
		{ { "it has ended, too", "a1 - - takuso", "2022-05-02", 0 }, 0, 4, 0, 1 },
		{ { "that of the terminal", "r1 L1 - takuso", "2022-04-02", 0 }, 0, 0, 5, 3 },
		{ { "another system's, which lists nobody", "a1 L1 - denwa", "2022-04-02", 0 },
		  0,
		  6,
		  0,
		  0 },
		{ { "an organisation is permitted to the last ms", "r1 - 10.2.0.1 takuso",
		    "2022-06-01", -1 },
		  0,
		  0,
		  0,
		  5 },
		{ { "and then not", "r1 - 10.2.0.1 takuso", "2022-06-01", 0 }, 0, 0, 0, 4 },
		{ { "a contractor's site is not", "a1 - 10.1.0.1 takuso", "2022-03-31", 0 },
		  0,
		  0,
		  0,
		  1 },
	};
	struct bench *b = bench_standing();

	for (size_t i = 0; i < COUNT(cases); i++)
		tuple_of(b, cases[i].ask.tuple);
	bench_ready(b);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct seen s;

		look(b, &cases[i].ask, (uint32_t)i + 1, &s);
		if (s.standing.grant_row != cases[i].in_force ||
		    s.granted != (cases[i].in_force != 0) ||
		    s.standing.lapsed[SUBJECT_ACCOUNT] != cases[i].account ||
		    s.standing.lapsed[SUBJECT_TERMINAL] != cases[i].terminal ||
		    s.standing.lapsed[SUBJECT_NETWORK] != 0 ||
		    s.standing.org_permitted != cases[i].permitted ||
		    s.standing.permits_listed != (s.tuple.system == 0))
			fail_msg("%s: in force %u, lapsed %u and %u, permitted %u",
				 cases[i].ask.name, s.standing.grant_row,
				 s.standing.lapsed[SUBJECT_ACCOUNT],
				 s.standing.lapsed[SUBJECT_TERMINAL], s.standing.org_permitted);
	}
	bench_free(b);
}

static const struct {
	struct ask ask;
	enum attribution want;
	uint32_t entries, line;
	const char *person;
} entry_cases[] = {
	{ { "before any entry", "S", "2022-04-01 09:00", -1 }, ATTRIBUTION_NO_ENTRY, 0, 0, "" },
	{ { "the first ms of an entry", "S", "2022-04-01 09:00", 0 },
	  ATTRIBUTION_PERSON,
	  1,
	  2,
	  "p1" },
	{ { "its last ms", "S T2", "2022-04-01 12:00", -1 }, ATTRIBUTION_PERSON, 1, 2, "p1" },
	{ { "another entry names another terminal", "S T2", "2022-04-01 11:30", 0 },
	  ATTRIBUTION_PERSON,
	  1,
	  2,
	  "p1" },
	{ { "two entries, of which one names this terminal", "S T1", "2022-04-01 11:30", 0 },
	  ATTRIBUTION_AMBIGUOUS,
	  2,
	  3,
	  "" },
	{ { "one may be meant, but the line says no terminal", "S -", "2022-04-01 11:30", 0 },
	  ATTRIBUTION_UNKNOWN,
	  1,
	  0,
	  "" },
	{ { "the entry of this terminal alone", "S T1", "2022-04-01 12:00", 0 },
	  ATTRIBUTION_PERSON,
	  1,
	  3,
	  "p2" },
	{ { "an entry without a person", "S", "2022-04-02 10:00", 0 },
	  ATTRIBUTION_NO_PERSON,
	  1,
	  4,
	  "" },
	{ { "given back", "S", "2022-04-02 12:00", 0 }, ATTRIBUTION_NO_ENTRY, 0, 0, "" },
	{ { "an open entry holds for a day", "S", "2022-04-04 09:00", -1 },
	  ATTRIBUTION_PERSON,
	  1,
	  5,
	  "p1" },
	{ { "then it was never closed", "S", "2022-04-04 09:00", 0 },
	  ATTRIBUTION_NEVER_CLOSED,
	  0,
	  5,
	  "" },
	{ { "an entry of two days holds for one", "S", "2022-04-07 09:00", -1 },
	  ATTRIBUTION_PERSON,
	  1,
	  6,
	  "p2" },
	{ { "behind it the open one again", "S", "2022-04-07 09:00", 0 },
	  ATTRIBUTION_NEVER_CLOSED,
	  0,
	  5,
	  "" },
	{ { "another terminal's entry is none", "S T1", "2022-04-09 10:00", 0 },
	  ATTRIBUTION_NEVER_CLOSED,
	  0,
	  5,
	  "" },
	{ { "it may be, when the line says no terminal", "S", "2022-04-09 10:00", 0 },
	  ATTRIBUTION_UNKNOWN,
	  0,
	  0,
	  "" },
	{ { "an ID without entries", "a1", "2022-04-09 10:00", 0 },
	  ATTRIBUTION_NO_ENTRY,
	  0,
	  0,
	  "" },
};

static void
hands(void **state UNUSED)
{
	struct bench *b = bench_standing();

	for (size_t i = 0; i < COUNT(entry_cases); i++)
		tuple_of(b, entry_cases[i].ask.tuple);
	bench_ready(b);
	for (size_t i = 0; i < COUNT(entry_cases); i++) {
		struct attributed a;
		struct seen s;

		look(b, &entry_cases[i].ask, (uint32_t)i + 1, &s);
		a = b->look.attribution(b->c, &s,
					instant(entry_cases[i].ask.at) + entry_cases[i].ask.ms);
		if (a.attribution != entry_cases[i].want || a.entries != entry_cases[i].entries ||
		    a.row != entry_cases[i].line || !str_is(a.person, entry_cases[i].person))
			fail_msg("%s: got %s, %u entries, line %u", entry_cases[i].ask.name,
				 attribution_names[a.attribution], a.entries, a.row);
	}
	bench_free(b);
}

static void
work_orders(void **state UNUSED)
{
	static const struct {
		struct ask ask;
		uint32_t line;
	} cases[] = {
		{ { "before it", "a1 - - takuso", "2022-04-01", -1 }, 0 },
		{ { "one's own", "a1 - - takuso", "2022-04-01", 0 }, 2 },
		{ { "one's own before anybody's", "a1 - - takuso", "2022-04-02", 0 }, 2 },
		{ { "anybody's", "a1 - - takuso", "2022-04-03", 0 }, 3 },
		{ { "anybody's for another", "a2 - - takuso", "2022-04-03", 0 }, 3 },
		{ { "another system's", "a1 - - denwa", "2022-04-02", 0 }, 0 },
		{ { "behind all", "a1 - - takuso", "2022-04-05", 0 }, 0 },
	};
	struct bench *b = bench_standing();

	for (size_t i = 0; i < COUNT(cases); i++)
		tuple_of(b, cases[i].ask.tuple);
	bench_ready(b);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct ordered o;
		struct seen s;

		look(b, &cases[i].ask, (uint32_t)i + 1, &s);
		o = b->look.work_order(b->c, &s, instant(cases[i].ask.at) + cases[i].ask.ms);
		if (o.row != cases[i].line)
			fail_msg("%s: got line %u", cases[i].ask.name, o.row);
		if (o.row == 2)
			assert_int_equal(o.entered_at, instant("2022-04-01 08:00"));
	}
	bench_free(b);
}

static void
disasters_and_their_subjects(void **state UNUSED)
{
	static const struct {
		const char *name, *at;
		int ms;
		enum dstate want;
		uint32_t line;
	} cases[] = {
		{ "long before: the nearest", "2022-08-01", 0, DSTATE_PEACE, 2 },
		{ "two hours before", "2022-09-09 22:00", 0, DSTATE_EARLY, 2 },
		{ "a ms before that", "2022-09-09 22:00", -1, DSTATE_PEACE, 2 },
		{ "in", "2022-09-10", 0, DSTATE_IN, 2 },
		{ "in two: the one begun last", "2022-09-11", 0, DSTATE_IN, 3 },
		{ "in one, in the tail of the other", "2022-09-11 12:00", 0, DSTATE_IN, 2 },
		{ "in the tail", "2022-09-12", 0, DSTATE_TAIL, 2 },
		{ "behind the tail", "2022-09-13", 0, DSTATE_PEACE, 2 },
		{ "nearer to everybody's", "2022-11-15", 0, DSTATE_PEACE, 4 },
		{ "everybody's, without an end", "2029-01-01", 0, DSTATE_IN, 4 },
	};
	struct bench *b = bench_standing();
	uint32_t contract, bill;
	struct seen s;
	uint16_t kep;

	tuple_of(b, "dis D1");
	tuple_of(b, "r1 D1 - takuso contract");
	tuple_of(b, "- D1 - takuso bill");
	tuple_of(b, "r1 T1");
	contract = bench_word(b, DICT_CLASS, STR("contract"));
	bill = bench_word(b, DICT_CLASS, STR("bill"));
	bench_ready(b);
	b->look.tuple(b->c, 1, 0, &s);
	assert_int_equal(s.standing.disaster_subject, SUBJECT_ACCOUNT);
	kep = s.standing.disaster_org;
	assert_true(str_is(b->look.org_name(b->c, kep), "KEP"));
	b->look.tuple(b->c, 2, 0, &s);
	assert_int_equal(s.standing.disaster_subject, SUBJECT_TERMINAL);
	assert_int_equal(s.standing.disaster_org, kep);
	b->look.tuple(b->c, 3, 0, &s);
	assert_int_equal(s.standing.disaster_subject, SUBJECT_TERMINAL);
	assert_true(str_is(b->look.org_name(b->c, s.standing.disaster_org), "KPG"));
	b->look.tuple(b->c, 4, 0, &s);
	assert_int_equal(s.standing.disaster_subject, SUBJECT_KINDS);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct disaster_said d =
			b->look.disaster(b->c, kep, 0, instant(cases[i].at) + cases[i].ms);

		if (d.state != cases[i].want || d.row != cases[i].line)
			fail_msg("%s: got %s line %u", cases[i].name, dstate_names[d.state], d.row);
	}
	assert_true(b->look.disaster_shares(b->c, kep, contract, instant("2022-09-11")));
	assert_false(b->look.disaster_shares(b->c, kep, bill, instant("2022-09-11")));
	assert_false(b->look.disaster_shares(b->c, kep, contract, instant("2022-09-12")));
	assert_false(b->look.disaster_shares(b->c, kep, contract, instant("2022-12-02")));
	bench_free(b);
}

/* The accounts of KPG are those whose organisation has areas. */
static void
want_bound(const char *account, const struct seen *s)
{
	if (s->area_bound != (account[0] == 'a'))
		fail_msg("%s is %sbound to areas", account, s->area_bound ? "" : "not ");
}

static void
areas(void **state UNUSED)
{
	static const struct {
		const char *account, *consumer;
		enum area_held want;
	} cases[] = {
		{ "a1", "c1", AREA_HELD },    { "a1", "c2", AREA_FOREIGN },
		{ "a1", "c3", AREA_UNKNOWN }, { "a1", "c4", AREA_UNKNOWN },
		{ "r1", "c1", AREA_UNKNOWN }, { "zzz", "c1", AREA_UNKNOWN },
	};
	struct bench *b = bench_standing();
	uint32_t object[COUNT(cases)];

	for (size_t i = 0; i < COUNT(cases); i++) {
		tuple_of(b, cases[i].account);
		object[i] = bench_word(b, DICT_OBJECT, str_of(cases[i].consumer));
	}
	bench_ready(b);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct regard g;
		struct seen s;

		b->look.tuple(b->c, (uint32_t)i + 1, 0, &s);
		b->look.view(b->c, &s, object[i], 0, &g);
		assert_int_equal(b->look.area_held(b->c, s.account_org, g.area), cases[i].want);
		want_bound(cases[i].account, &s);
	}
	bench_free(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(posts),
		cmocka_unit_test(accounts),
		cmocka_unit_test(loans),
		cmocka_unit_test(assignees),
		cmocka_unit_test(contracts),
		cmocka_unit_test(clients),
		cmocka_unit_test(grants_and_permitted),
		cmocka_unit_test(hands),
		cmocka_unit_test(work_orders),
		cmocka_unit_test(disasters_and_their_subjects),
		cmocka_unit_test(areas),
	};

	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	arena_free(&bytes_of);
	return failed;
}
