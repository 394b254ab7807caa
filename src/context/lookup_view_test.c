/*
 * lookup_view_test.c - relation, matrix and switching day of a view (DETECTION B.5, B.13.42), and answers
 * without ledgers.
 */
#include "context/context_testing.h"

static const char matrix[] =
	"prio,viewer_class,role,purpose,system,class,relation,disaster,verdict\n"
	"10,grid,,,,,,,allow\n"
	"20,retailer,,audit,,,,,allow\n"
	"30,retailer,call,,,usage,other,in,allow\n"
	"99,,,,,,,,deny\n"
	"40,retailer,,,denwa,,,,deny\n"
	"50,retailer,,,,contract,other,,allow_masked\n"
	"60,retailer,,,,outage,,,allow_disaster\n"
	"70,retailer,,,,,own,,allow\n";

static struct bench *
bench_views(bool with_matrix)
{
	struct bench *b = bench_new();

	bench_ledger(b, "orgs", STR("org,class\nKPG,grid\nKEP,retailer\nNEWA,supplier\n"));
	bench_ledger(b, "accounts",
		     STR("account,org,kind,role\nr,KEP,person,call\ng,KPG,person,\n"
			 "s,NEWA,person,\nd,KEP,person,desk\nx,ELSE,person,\n"));
	bench_ledger(b, "consumers",
		     STR("consumer,supplier,area,type,valid_from,valid_to\n"
			 "east,NEWA,east,normal,2022-01-01,2022-10-01\n"
			 "own,KEP,west,,,\n"
			 "east,KEP,east,last,2022-10-01,\n"
			 "gone,NEWA,,normal,,2022-09-10\n"
			 "fit,KEP,east,fit,,\n"));
	bench_ledger(b, "disasters",
		     STR("id,org,areas,from,to,coordination\n"
			 "d1,KEP,,2022-09-18 12:00,2022-09-20,yes\n"));
	if (with_matrix)
		bench_ledger(b, "barrier", STR(matrix));
	return b;
}

static uint32_t
word(struct bench *b, enum dict dict, const char *text)
{
	return text[0] ? bench_word(b, dict, str_of(text)) : 0;
}

static uint32_t
tuple_of(struct bench *b, const char *account, uint16_t system, const char *class,
	 enum masked masked)
{
	struct tuple t = { .system = system, .act = ACT_VIEW, .ok = 1, .masked = (uint8_t)masked };

	t.text[DICT_ACCOUNT] = word(b, DICT_ACCOUNT, account);
	t.text[DICT_CLASS] = word(b, DICT_CLASS, class);
	return bench_add_tuple(b, t);
}

/* `row`: the line of the matrix that decides; 0 = none does. */
static const struct {
	const char *name, *account;
	uint16_t system;
	enum masked masked;
	const char *class;
	const char *object, *at;
	enum relation relation;
	enum barred barred;
	unsigned row;
} cases[] = {
	{ "grid may see all", "g", 0, 0, "contract", "east", "2022-05-02", REL_OTHER, BARRED_NO,
	  2 },
	{ "grid without consumer: the deciding row is not the last", "g", 0, 0, "contract", "",
	  "2022-05-02", REL_UNKNOWN, BARRED_NO, 2 },
	{ "masking on allows", "r", 0, MASKED_YES, "contract", "east", "2022-05-02", REL_OTHER,
	  BARRED_NO, 7 },
	{ "masking off denies", "r", 0, MASKED_NO, "contract", "east", "2022-05-02", REL_OTHER,
	  BARRED_YES, 7 },
	{ "masking unsaid is undetermined", "r", 0, MASKED_UNKNOWN, "contract", "east",
	  "2022-05-02", REL_OTHER, BARRED_UNKNOWN, 7 },
	{ "its own customer", "r", 0, 0, "contract", "own", "2022-05-02", REL_OWN, BARRED_NO, 9 },
	{ "last resort comes before supplier", "r", 0, 0, "contract", "east", "2022-10-01",
	  REL_LAST, BARRED_YES, 5 },
	{ "feed-in comes before supplier", "r", 0, 0, "contract", "fit", "2022-10-01", REL_FIT,
	  BARRED_YES, 5 },
	{ "a named system", "r", 1, 0, "contract", "own", "2022-05-02", REL_OWN, BARRED_YES, 6 },
	{ "a disaster screen in peace", "r", 0, 0, "outage", "own", "2022-05-02", REL_OWN,
	  BARRED_YES, 8 },
	{ "a disaster screen in a disaster", "r", 0, 0, "outage", "own", "2022-09-18 12:00",
	  REL_OWN, BARRED_NO, 8 },
	{ "a disaster screen in the early hours", "r", 0, 0, "outage", "own", "2022-09-18 11:59",
	  REL_OWN, BARRED_YES, 8 },
	{ "a disaster screen in the tail", "r", 0, 0, "outage", "own", "2022-09-20", REL_OWN,
	  BARRED_YES, 8 },
	{ "a disaster row in a disaster", "r", 0, 0, "usage", "east", "2022-09-19", REL_OTHER,
	  BARRED_NO, 4 },
	{ "a disaster row for another role", "d", 0, 0, "usage", "east", "2022-09-19", REL_OTHER,
	  BARRED_YES, 5 },
	{ "a disaster row in peace", "r", 0, 0, "usage", "east", "2022-09-21", REL_OTHER,
	  BARRED_YES, 5 },
	{ "a named screen does not match none", "r", 0, MASKED_YES, "", "east", "2022-05-02",
	  REL_OTHER, BARRED_YES, 5 },
	{ "an unknown consumer and the last row", "r", 0, MASKED_YES, "contract", "nobody",
	  "2022-05-02", REL_UNKNOWN, BARRED_UNKNOWN, 5 },
	{ "a consumer that is gone", "r", 0, MASKED_YES, "contract", "gone", "2022-09-10",
	  REL_UNKNOWN, BARRED_UNKNOWN, 5 },
	{ "an unknown consumer and another row", "r", 1, 0, "contract", "nobody", "2022-05-02",
	  REL_UNKNOWN, BARRED_YES, 6 },
	{ "a supplier's own customer, but no row for suppliers", "s", 0, 0, "contract", "east",
	  "2022-05-02", REL_OWN, BARRED_YES, 5 },
	{ "an organisation without a class", "x", 0, 0, "contract", "east", "2022-05-02", REL_OTHER,
	  BARRED_YES, 5 },
};

static void
matrix_decides(void **state UNUSED)
{
	struct bench *b = bench_views(true);
	struct seen s;
	struct regard g;

	for (size_t i = 0; i < COUNT(cases); i++) {
		tuple_of(b, cases[i].account, cases[i].system, cases[i].class, cases[i].masked);
		word(b, DICT_OBJECT, cases[i].object);
	}
	tuple_of(b, "stranger", 0, "notice", MASKED_YES);
	bench_ready(b);
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t ts = instant(cases[i].at);

		b->look.tuple(b->c, (uint32_t)i + 1, ts, &s);
		b->look.view(b->c, &s, word(b, DICT_OBJECT, cases[i].object), ts, &g);
		if (g.relation != cases[i].relation || g.verdict.barred != cases[i].barred ||
		    g.verdict.prio != cases[i].row || g.verdict.last != (cases[i].row == 5))
			fail_msg("%s: relation %s, barred %d by row %u", cases[i].name,
				 relation_names[g.relation], g.verdict.barred, g.verdict.prio);
		assert_true(s.views);
		assert_false(s.class_public);
	}
	b->look.tuple(b->c, b->tuples, instant("2022-05-02"), &s);
	assert_int_equal(s.account_org, ORG_NONE);
	assert_true(s.class_public);
	b->look.view(b->c, &s, word(b, DICT_OBJECT, "east"), instant("2022-05-02"), &g);
	assert_int_equal(g.verdict.barred, BARRED_UNKNOWN);
	bench_free(b);
}

static void
without_matrix(void **state UNUSED)
{
	struct bench *b = bench_views(false);
	uint32_t t = tuple_of(b, "g", 0, "contract", MASKED_YES);
	struct seen s;

	bench_ready(b);
	b->look.tuple(b->c, t, instant("2022-05-02"), &s);
	for (int rel = 0; rel < REL_COUNT; rel++) {
		for (int d = 0; d < DSTATE_COUNT; d++) {
			assert_int_equal(s.verdict[rel][d].barred, BARRED_UNKNOWN);
			assert_int_equal(s.verdict[rel][d].prio, 0);
		}
	}
	bench_free(b);
}

static void
switching_days(void **state UNUSED)
{
	static const struct {
		const char *name, *object, *at;
		int ms;
		bool want;
		uint32_t line;
	} days[] = {
		{ "three days and a ms before", "east", "2022-09-28", -1, false, 2 },
		{ "three days before", "east", "2022-09-28", 0, true, 2 },
		{ "three days after", "east", "2022-10-04", 0, true, 4 },
		{ "three days and a ms after", "east", "2022-10-04", 1, false, 4 },
		{ "the first begin is no change", "east", "2022-01-01", 0, false, 2 },
		{ "an end without a next row", "gone", "2022-09-13", 0, true, 0 },
		{ "long after it", "gone", "2022-09-13", 1, false, 0 },
		{ "a consumer that never changes", "own", "2022-09-13", 0, false, 3 },
		{ "no consumer", "", "2022-10-01", 0, false, 0 },
	};
	struct bench *b = bench_views(true);
	uint32_t t = tuple_of(b, "r", 0, "contract", MASKED_YES);
	struct seen s;

	for (size_t i = 0; i < COUNT(days); i++)
		word(b, DICT_OBJECT, days[i].object);
	bench_ready(b);
	b->look.tuple(b->c, t, 0, &s);
	for (size_t i = 0; i < COUNT(days); i++) {
		uint32_t object = word(b, DICT_OBJECT, days[i].object);
		struct regard g;

		b->look.prefetch(b->c, object);
		b->look.view(b->c, &s, object, instant(days[i].at) + days[i].ms, &g);
		if (g.switch_boundary != days[i].want || g.consumer_row != days[i].line)
			fail_msg("%s: %d, line %u", days[i].name, g.switch_boundary,
				 g.consumer_row);
	}
	bench_free(b);
}

static void
without_ledgers(void **state UNUSED)
{
	struct bench *b = bench_new();
	uint32_t t = tuple_of(b, "r", 1, "contract", MASKED_YES);
	struct seen s;
	struct regard g;

	b->tuple[0].text[DICT_ADDRESS] = bench_word(
		b, DICT_ADDRESS, (struct str){ "\x20\x01\x0D\xB8\0\0\0\0\0\0\0\0\0\0\0\1", 16 });
	b->tuple[0].text[DICT_TERMINAL] = word(b, DICT_TERMINAL, "T");
	word(b, DICT_OBJECT, "east");
	bench_ready(b);
	b->look.tuple(b->c, t, 0, &s);
	assert_int_equal(s.from, INT64_MIN);
	assert_int_equal(s.until, INT64_MAX);
	assert_int_equal(s.account_org, ORG_NONE);
	assert_int_equal(s.terminal_org, ORG_NONE);
	assert_true(str_is(b->look.net_name(b->c, s.net), "2001:db8::/64"));
	assert_false(s.granted || s.windowed || s.person);
	b->look.prefetch(b->c, 1);
	b->look.view(b->c, &s, 1, 0, &g);
	assert_int_equal(g.relation, REL_UNKNOWN);
	assert_int_equal(g.dstate, DSTATE_PEACE);
	assert_int_equal(g.verdict.barred, BARRED_UNKNOWN);
	assert_false(b->look.disaster_day(b->c, 0, 0));
	assert_int_equal(b->look.day_kind(b->c, 0), DAY_BIZ); /* 1970-01-01 was a Thursday */
	assert_int_equal(b->look.department(b->c, STR("p"), 0).n, 0);
	bench_free(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(matrix_decides),
		cmocka_unit_test(without_matrix),
		cmocka_unit_test(switching_days),
		cmocka_unit_test(without_ledgers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
