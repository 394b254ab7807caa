/*
 * lookup_test.c - the edges of every look-up, to the millisecond.  Wanted values are DETECTION's (B.0.5, B.2,
 * B.5, B.6, B.13).
 */
#include "context/context_testing.h"

#define MAPPED "\0\0\0\0\0\0\0\0\0\0\xFF\xFF"

static struct bench *
bench_world(void)
{
	struct bench *b = bench_new();

	bench_ledger(b, "orgs",
		     STR("org,class\nKPG,grid\nKEP,retailer\nNEWA,supplier\nKCC,contractor\n"));
	bench_ledger(b, "accounts",
		     STR("account,system,owner,org,kind,privileged,role,valid_from,valid_to\n"
			 "a,,p1,KPG,person,no,desk,2022-04-01,2022-07-01\n"
			 "a,takuso,p1,KEP,shared,yes,,2022-05-01,2022-06-01\n"
			 "r,,p2,KEP,person,,call,,\n"
			 "g,,p3,KPG,person,,,,\n"));
	bench_ledger(b, "terminals",
		     STR("terminal,org,kind,valid_from,valid_to\n"
			 "T,KPG,normal,,2022-04-01 12:00\n"
			 "T,KEP,loan,2022-04-01 12:00,\n"));
	bench_ledger(b, "networks",
		     STR("cidr,org,site,kind,flags\n"
			 "10.0.0.0/8,KPG,head,site,\n"
			 "10.1.0.0/16,KEP,branch,vpn,\n"
			 "10.1.2.0/24,KCC,shop,site,shared_site\n"
			 "10.1.3.0/24,KCC,shop,proxy,\n"));
	bench_ledger(b, "consumers",
		     STR("consumer,supplier,area,type,valid_from,valid_to\n"
			 "c-east,NEWA,east,normal,2022-01-01,2022-10-01\n"
			 "c-west,KEP,west,,,\n"
			 "c-east,KEP,east,last,2022-10-01,\n"
			 "c-nowhere,NEWA,,normal,,\n"
			 "c-fit,KEP,east,fit,,\n"));
	bench_ledger(b, "disasters",
		     STR("id,name,org,areas,from,to,coordination,kind\n"
			 "d1,taifu,KEP,east;north,2022-09-18 12:00,2022-09-20,yes,real\n"
			 "d2,none,KEP,,2022-03-01,2022-03-05,no,real\n"
			 "d3,all,,,2022-12-01,2022-12-02,1,drill\n"
			 "d4,all,,,2022-12-03 01:00,,1,real\n"));
	bench_ledger(b, "allow_pairs",
		     STR("account_org,origin_org,system,valid_from,valid_to\n"
			 "KPG,KEP,takuso,2022-04-10,2022-04-20\n"
			 "KPG,KCC,,,\n"));
	bench_ledger(b, "grants",
		     STR("grant,kind,subject,system,from,to\n"
			 "g1,account,a,takuso,2022-04-03,2022-04-04\n"
			 "g2,network,10.1.0.0/16,denwa,2022-04-05,2022-04-06\n"
			 "g3,terminal,T,takuso,2022-04-07,\n"));
	bench_ledger(b, "barrier",
		     STR("prio,viewer_class,role,purpose,system,class,relation,disaster,verdict\n"
			 "10,grid,,,,,,,allow\n"
			 "20,retailer,,audit,,,,,allow\n"
			 "30,retailer,call,,,usage,other,in,allow\n"
			 "40,retailer,,,denwa,,,,deny\n"
			 "50,retailer,,,,contract,other,,allow_masked\n"
			 "60,retailer,,,,outage,,,allow_disaster\n"
			 "70,retailer,,,,,own,,allow\n"
			 "99,,,,,,,,deny\n"));
	bench_ledger(b, "holidays", STR("date,name\n2022-09-19,x\n2022-09-23,y\n"));
	bench_ledger(b, "closures", STR("date\n2022-08-15\n"));
	bench_ledger(b, "people",
		     STR("person,org,dept,valid_from,valid_to\np1,KPG,desk,,2022-04-01\n"
			 "p1,KPG,field,2022-04-01,\n"));
	return b;
}

/* Numbers of words whose text is "" are 0: the line does not say. */
static uint32_t
word(struct bench *b, enum dict dict, const char *text)
{
	return text[0] ? bench_word(b, dict, str_of(text)) : 0;
}

static uint32_t
tuple_of(struct bench *b, const char *account, uint16_t system, const char *terminal,
	 struct str address, const char *class, enum masked masked)
{
	struct tuple t = { .system = system, .act = ACT_VIEW, .ok = 1, .masked = (uint8_t)masked };

	t.text[DICT_ACCOUNT] = word(b, DICT_ACCOUNT, account);
	t.text[DICT_TERMINAL] = word(b, DICT_TERMINAL, terminal);
	t.text[DICT_CLASS] = word(b, DICT_CLASS, class);
	t.text[DICT_ADDRESS] = address.n ? bench_word(b, DICT_ADDRESS, address) : 0;
	return bench_add_tuple(b, t);
}

static int64_t
edge(const char *text)
{
	return str_is(str_of(text), "-")   ? INT64_MIN
	       : str_is(str_of(text), "+") ? INT64_MAX
					   : instant(text);
}

static void
accounts_as_of(void **state UNUSED)
{
	static const struct {
		const char *name;
		uint16_t system;
		const char *at;
		int ms;
		uint32_t line;
		const char *from, *until;
	} cases[] = {
		{ "the last ms before valid_from", 1, "2022-04-01", -1, 0, "-", "2022-04-01" },
		{ "valid_from is in", 1, "2022-04-01", 0, 2, "2022-04-01", "2022-07-01" },
		{ "the last ms before valid_to", 1, "2022-07-01", -1, 2, "2022-04-01",
		  "2022-07-01" },
		{ "valid_to is out", 1, "2022-07-01", 0, 0, "2022-07-01", "+" },
		/* its grant for takuso ended on 2022-04-04, which is an edge, too */
		{ "before the named row the empty one", 0, "2022-05-01", -1, 2, "2022-04-04",
		  "2022-05-01" },
		{ "the named system wins", 0, "2022-05-01", 0, 3, "2022-05-01", "2022-06-01" },
		{ "to its last ms", 0, "2022-06-01", -1, 3, "2022-05-01", "2022-06-01" },
		{ "and then the empty one is back", 0, "2022-06-01", 0, 2, "2022-06-01",
		  "2022-07-01" },
		{ "nothing wins in another system", 1, "2022-05-15", 0, 2, "2022-04-01",
		  "2022-07-01" },
	};
	struct bench *b = bench_world();

	for (uint16_t s = 0; s < 2; s++)
		tuple_of(b, "a", s, "", STR(""), "", MASKED_UNKNOWN);
	bench_ready(b);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct seen s;

		b->look.tuple(b->c, cases[i].system + 1U, instant(cases[i].at) + cases[i].ms, &s);
		if (s.account_row != cases[i].line || s.from != edge(cases[i].from) ||
		    s.until != edge(cases[i].until))
			fail_msg("%s: line %u", cases[i].name, s.account_row);
		assert_int_equal(s.privileged, cases[i].line == 3);
		assert_int_equal(s.person, cases[i].line == 2);
		assert_int_equal(s.account_kind, cases[i].line == 2   ? KIND_PERSON
						 : cases[i].line == 3 ? KIND_SHARED
								      : KIND_UNKNOWN);
	}
	assert_true(str_is(b->look.account_column(b->c, 2, "owner"), "p1"));
	assert_true(str_is(b->look.account_column(b->c, 2, "role"), "desk"));
	assert_true(str_is(b->look.account_column(b->c, 3, "kind"), "shared"));
	assert_true(str_is(b->look.account_column(b->c, 3, "system"), "takuso"));
	assert_int_equal(b->look.account_column(b->c, 77, "role").n, 0);
	assert_int_equal(b->look.account_column(b->c, 1, "role").n, 0);
	assert_true(str_is(b->look.department(b->c, STR("p1"), instant("2022-04-01") - 1), "desk"));
	assert_true(str_is(b->look.department(b->c, STR("p1"), instant("2022-04-01")), "field"));
	bench_free(b);
}

static void
origins(void **state UNUSED)
{
	struct bench *b = bench_world();
	struct seen s;
	uint32_t site, vpn, shared, proxy, out, t;

	site = tuple_of(b, "a", 0, "", (struct str){ MAPPED "\x0A\x02\x00\x01", 16 }, "", 0);
	vpn = tuple_of(b, "a", 1, "", (struct str){ MAPPED "\x0A\x01\x00\x01", 16 }, "", 0);
	shared = tuple_of(b, "a", 0, "", (struct str){ MAPPED "\x0A\x01\x02\x01", 16 }, "", 0);
	proxy = tuple_of(b, "a", 0, "", (struct str){ MAPPED "\x0A\x01\x03\x01", 16 }, "", 0);
	out = tuple_of(b, "a", 0, "", (struct str){ MAPPED "\xCB\x00\x71\x01", 16 }, "", 0);
	t = tuple_of(b, "a", 0, "T", (struct str){ MAPPED "\xCB\x00\x71\x99", 16 }, "", 0);
	bench_ready(b);

	b->look.tuple(b->c, site, instant("2022-04-15"), &s);
	assert_int_equal(s.net_row, 2);
	assert_int_equal(s.origin[0], s.account_org);
	b->look.tuple(b->c, vpn, instant("2022-04-05"), &s);
	assert_true(str_is(b->look.net_name(b->c, s.net), "10.1.0.0/16"));
	assert_true(str_is(b->look.org_name(b->c, s.origin[0]), "KEP"));
	assert_true(str_is(b->look.site_name(b->c, s.net_site), "branch"));
	assert_true(s.granted);
	assert_int_equal(s.until, instant("2022-04-06"));
	assert_false(s.pair_allowed[0]); /* that pair is of takuso */
	b->look.tuple(b->c, shared, instant("2022-04-15"), &s);
	assert_true(s.net_shared_site);
	assert_int_equal(s.origin[0], ORG_NONE);
	assert_true(str_is(b->look.org_name(b->c, b->look.net_org(b->c, s.net)), "KCC"));
	b->look.tuple(b->c, proxy, instant("2022-04-15"), &s);
	assert_int_equal(s.net_kind, NET_PROXY);
	assert_int_equal(s.origin[0], ORG_NONE);
	b->look.tuple(b->c, out, instant("2022-04-15"), &s);
	assert_true(str_is(b->look.net_name(b->c, s.net), "203.0.113.0/24"));
	assert_int_equal(s.net_row, 0);
	assert_int_equal(s.net_org, ORG_NONE);
	b->look.tuple(b->c, t, instant("2022-04-01 12:00") - 1, &s);
	assert_true(str_is(b->look.net_name(b->c, s.net), "203.0.113.0/24"));
	assert_true(str_is(b->look.org_name(b->c, s.terminal_org), "KPG"));
	assert_int_equal(s.until, instant("2022-04-01 12:00"));
	b->look.tuple(b->c, t, instant("2022-04-01 12:00"), &s);
	assert_true(str_is(b->look.org_name(b->c, s.origin[1]), "KEP"));
	assert_int_equal(s.terminal_kind, TERMINAL_LOAN);
	assert_false(s.pair_allowed[1]);
	assert_int_equal(s.until, instant("2022-04-03")); /* the grant of the account begins */
	b->look.tuple(b->c, t, instant("2022-04-03"), &s);
	assert_true(s.granted);
	b->look.tuple(b->c, t, instant("2022-04-04"), &s);
	assert_false(s.granted);
	b->look.tuple(b->c, t, instant("2022-04-10"), &s);
	assert_true(s.pair_allowed[1]);
	assert_true(s.granted); /* the terminal's, open */
	b->look.tuple(b->c, t, instant("2022-04-20"), &s);
	assert_false(s.pair_allowed[1]);
	bench_free(b);
}

static void
disaster_states(void **state UNUSED)
{
	static const struct {
		const char *name, *object, *at;
		int ms;
		enum dstate want;
	} cases[] = {
		{ "two hours and a ms before", "c-east", "2022-09-18 10:00", -1, DSTATE_PEACE },
		{ "two hours before", "c-east", "2022-09-18 10:00", 0, DSTATE_EARLY },
		{ "the last ms before", "c-east", "2022-09-18 12:00", -1, DSTATE_EARLY },
		{ "from is in", "c-east", "2022-09-18 12:00", 0, DSTATE_IN },
		{ "the last ms in", "c-east", "2022-09-20", -1, DSTATE_IN },
		{ "to is tail", "c-east", "2022-09-20", 0, DSTATE_TAIL },
		{ "the last ms of the tail", "c-east", "2022-09-21", -1, DSTATE_TAIL },
		{ "a day after to is peace", "c-east", "2022-09-21", 0, DSTATE_PEACE },
		{ "another area", "c-west", "2022-09-19", 0, DSTATE_PEACE },
		{ "a consumer without area", "c-nowhere", "2022-09-19", 0, DSTATE_IN },
		{ "a consumer nobody knows", "c-unknown", "2022-09-19", 0, DSTATE_IN },
		{ "a line without consumer", "", "2022-09-19", 0, DSTATE_IN },
		{ "a window without coordination does not exist", "c-east", "2022-03-02", 0,
		  DSTATE_PEACE },
		{ "a window of every organisation", "c-west", "2022-12-01", 0, DSTATE_IN },
		{ "tail wins over early", "c-west", "2022-12-02 23:30", 0, DSTATE_TAIL },
		{ "in wins over tail, and an open end stays in", "c-west", "2050-01-01", 0,
		  DSTATE_IN },
	};
	struct bench *b = bench_world();
	uint32_t r = tuple_of(b, "r", 0, "", STR(""), "", MASKED_UNKNOWN);
	struct seen s;

	for (size_t i = 0; i < COUNT(cases); i++)
		word(b, DICT_OBJECT, cases[i].object);
	bench_ready(b);
	b->look.tuple(b->c, r, instant("2022-09-19"), &s);
	assert_true(s.windowed);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct regard g;

		b->look.view(b->c, &s, word(b, DICT_OBJECT, cases[i].object),
			     instant(cases[i].at) + cases[i].ms, &g);
		if (g.dstate != cases[i].want)
			fail_msg("%s: wanted %s, got %s", cases[i].name,
				 dstate_names[cases[i].want], dstate_names[g.dstate]);
	}
	bench_free(b);
}

static void
days(void **state UNUSED)
{
	struct bench *b = bench_world();
	uint32_t r = tuple_of(b, "r", 0, "", STR(""), "", MASKED_UNKNOWN);
	uint32_t g = tuple_of(b, "g", 0, "", STR(""), "", MASKED_UNKNOWN);
	struct seen kep, kpg;

	bench_ready(b);
	b->look.tuple(b->c, r, 0, &kep);
	b->look.tuple(b->c, g, 0, &kpg);
	assert_false(b->look.disaster_day(b->c, kep.account_org, jst_day(instant("2022-09-17"))));
	assert_true(b->look.disaster_day(b->c, kep.account_org, jst_day(instant("2022-09-18"))));
	assert_true(b->look.disaster_day(b->c, kep.account_org, jst_day(instant("2022-09-19"))));
	assert_false(b->look.disaster_day(b->c, kep.account_org, jst_day(instant("2022-09-20"))));
	assert_false(b->look.disaster_day(b->c, kpg.account_org, jst_day(instant("2022-09-19"))));
	assert_true(b->look.disaster_day(b->c, kpg.account_org, jst_day(instant("2022-12-01"))));
	assert_int_equal(b->look.day_kind(b->c, jst_day(instant("2022-09-16"))),
			 DAY_BIZ); /* Friday */
	assert_int_equal(b->look.day_kind(b->c, jst_day(instant("2022-09-17"))), DAY_HOL);
	assert_int_equal(b->look.day_kind(b->c, jst_day(instant("2022-09-18"))), DAY_HOL);
	assert_int_equal(b->look.day_kind(b->c, jst_day(instant("2022-09-19"))), DAY_HOL);
	assert_int_equal(b->look.day_kind(b->c, jst_day(instant("2022-09-20"))), DAY_BIZ);
	assert_int_equal(b->look.day_kind(b->c, jst_day(instant("2022-08-15"))), DAY_HOL);
	bench_free(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accounts_as_of),
		cmocka_unit_test(origins),
		cmocka_unit_test(disaster_states),
		cmocka_unit_test(days),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
