/*
 * lookup_records_test.c - which rows of records tell why a consumer was looked at, to the millisecond; worked out by
 * hand from the windows that lookup_records.c draws.
 */
#include "base/test_wall.h"

#include "base/out.h"
#include "context/context_testing.h"

static struct bench *
bench_records(void)
{
	struct bench *b = bench_new();

	bench_ledger(b, "orgs", STR("org,class\nKPG,grid\nKEP,retailer\n"));
	bench_ledger(b, "accounts",
		     STR("account,org,kind\ndesk,KEP,person\nother,KEP,person\ngrid,KPG,person\n"));
	bench_ledger(b, "records",
		     STR("kind,id,consumer,account,org,at,effective\n"
			 "call,C1,c-call,,,2022-04-10 12:00,\n"
			 "ticket,T1,c-desk,desk,,2022-04-10 12:00,\n"
			 "outage,O1,c-org,,KEP,2022-04-10 12:00,\n"
			 "application,A1,c-apply,,,2022-04-10,2022-05-01\n"
			 "application,A2,c-soon,,,2022-04-10,2022-04-11\n"
			 "application,A3,c-open,,,2022-04-10,\n"
			 "deletion,D1,c-gone,,,2022-04-10 12:00,\n"
			 "call,C3,c-two,,,2022-04-12 12:00,\n"
			 "call,C2,c-two,,,2022-04-10 12:00,\n"
			 "call,C4,,,,2022-04-10 12:00,\n"));
	return b;
}

static const struct {
	const char *name, *consumer, *account, *at;
	int ms;
	const char *want; /* ids, in order */
} cases[] = {
	{ "a day before the call", "c-call", "desk", "2022-04-09 12:00", 0, "C1" },
	{ "a ms more than a day before it", "c-call", "desk", "2022-04-09 12:00", -1, "" },
	{ "the last ms of seven days", "c-call", "desk", "2022-04-17 12:00", -1, "C1" },
	{ "seven days behind it", "c-call", "desk", "2022-04-17 12:00", 0, "" },
	{ "an account of no ledger, and a call of nobody's", "c-call", "who", "2022-04-10", 0,
	  "C1" },
	{ "the ticket's own account", "c-desk", "desk", "2022-04-10 12:00", 0, "T1" },
	{ "a colleague of it", "c-desk", "other", "2022-04-10 12:00", 0, "" },
	{ "an account of the organisation", "c-org", "other", "2022-04-10 12:00", 0, "O1" },
	{ "an account of another one", "c-org", "grid", "2022-04-10 12:00", 0, "" },
	{ "an account of which nobody knows whose it is", "c-org", "who", "2022-04-10 12:00", 0,
	  "" },
	{ "the last ms before an application takes effect", "c-apply", "desk", "2022-05-01", -1,
	  "A1" },
	{ "when it has taken effect", "c-apply", "desk", "2022-05-01", 0, "" },
	{ "one that takes effect tomorrow holds for seven days", "c-soon", "desk", "2022-04-17", -1,
	  "A2" },
	{ "and no longer", "c-soon", "desk", "2022-04-17", 0, "" },
	{ "the last ms of 90 days", "c-open", "desk", "2022-07-09", -1, "A3" },
	{ "90 days behind it", "c-open", "desk", "2022-07-09", 0, "" },
	{ "a deletion", "c-gone", "desk", "2022-04-10 12:00", 0, "" },
	{ "two calls, as they came", "c-two", "desk", "2022-04-12 12:00", 0, "C2 C3" },
	{ "a consumer without records", "c-none", "desk", "2022-04-10 12:00", 0, "" },
};

static void
records_explain(void **state UNUSED)
{
	struct bench *b = bench_records();
	uint32_t object[COUNT(cases)], tuple[COUNT(cases)];

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct tuple t = { .act = ACT_VIEW, .ok = 1 };

		t.text[DICT_ACCOUNT] = bench_word(b, DICT_ACCOUNT, str_of(cases[i].account));
		tuple[i] = bench_add_tuple(b, t);
		object[i] = bench_word(b, DICT_OBJECT, str_of(cases[i].consumer));
	}
	bench_ready(b);
	assert_true(b->look.gives & GIVES_RECORDS);
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t ts = instant(cases[i].at) + cases[i].ms;
		struct explained e;
		struct seen s;
		struct out got;

		out_memory(&got);
		b->look.tuple(b->c, tuple[i], ts, &s);
		for (size_t k = 0; b->look.explained(b->c, &s, object[i], ts, k, &e); k++)
			out_printf(&got, "%s" STR_FMT, k ? " " : "", STR_ARG(e.id));
		want_str(cases[i].name, "ids", str_of(cases[i].want), out_taken(&got));
		out_discard(&got);
	}
	bench_free(b);
}

static void
a_row_is_told_whole(void **state UNUSED)
{
	struct bench *b = bench_records();
	struct tuple t = { .act = ACT_VIEW, .ok = 1 };
	uint32_t object = bench_word(b, DICT_OBJECT, STR("c-apply")), tuple;
	struct explained e;
	struct seen s;

	t.text[DICT_ACCOUNT] = bench_word(b, DICT_ACCOUNT, STR("desk"));
	tuple = bench_add_tuple(b, t);
	bench_ready(b);
	b->look.tuple(b->c, tuple, instant("2022-04-12"), &s);
	assert_true(b->look.explained(b->c, &s, object, instant("2022-04-12"), 0, &e));
	assert_int_equal(e.row, 5);
	want_str("it", "kind", STR("application"), str_of(e.kind));
	assert_true(e.at == instant("2022-04-10"));
	/* A line that names no consumer is explained by none of those that name none either. */
	assert_false(b->look.explained(b->c, &s, 0, instant("2022-04-10 12:00"), 0, &e));
	bench_free(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_explain),
		cmocka_unit_test(a_row_is_told_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
