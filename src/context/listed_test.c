/*
 * listed_test.c - what a roster says of names that are not on it at an instant: other times, and slips of a finger.
 */
#include "base/test_wall.h"

#include "base/out.h"
#include "context/context_testing.h"

static struct bench *
bench_rosters(void)
{
	struct bench *b = bench_new();

	bench_ledger(b, "orgs", STR("org,class\nKPG,grid\n"));
	bench_ledger(
		b, "accounts",
		STR("account,system,org,kind,valid_from,valid_to\n"
		    "tanaka01,,KPG,person,2022-01-01,2022-02-01\n"   /* line 2 */
		    "tanaka01,,KPG,person,2022-03-01,2022-04-01\n"   /* line 3 */
		    "tanaka01,denwa,KPG,person,2023-01-01,\n"        /* line 4 */
		    "both,,KPG,person,,2022-02-01\n"                 /* line 5 */
		    "both,takuso,KPG,person,2021-01-01,2022-01-01\n" /* line 6 */
		    "aab,,KPG,person,,\n"
		    "here,takuso,KPG,person,,\n"
		    "there,denwa,KPG,person,,\n"
		    "x1,,KPG,person,,\nx2,,KPG,person,,\nx3,,KPG,person,,\nx4,,KPG,person,,\n"));
	bench_ledger(b, "terminals",
		     STR("terminal,org,valid_from,valid_to\nT-101,KPG,,2022-02-01\nT-1O1,KPG,,\n"));
	return b;
}

static uint32_t
line_of(struct bench *b, const char *account, const char *terminal)
{
	struct tuple t = { .act = ACT_VIEW, .ok = 1 };

	if (account[0])
		t.text[DICT_ACCOUNT] = bench_word(b, DICT_ACCOUNT, str_of(account));
	if (terminal[0])
		t.text[DICT_TERMINAL] = bench_word(b, DICT_TERMINAL, str_of(terminal));
	return bench_add_tuple(b, t);
}

/* All lines are of the system takuso. */
static const struct {
	const char *name, *account, *terminal, *at;
	uint32_t row;
	const char *edge; /* where the row ends, or begins when it is to come; "" = no row */
	const char *near[NEAR_MOST];
} cases[] = {
	{ "an O for a 0", "tanakaO1", "", "2022-05-01", 0, "", { "tanaka01" } },
	{ "an l for a 1", "tanaka0l", "", "2022-05-01", 0, "", { "tanaka01" } },
	{ "a letter too many", "tanaka001", "", "2022-05-01", 0, "", { "tanaka01" } },
	{ "a letter too few, in front", "anaka01", "", "2022-05-01", 0, "", { "tanaka01" } },
	{ "a letter too few, behind", "tanaka0", "", "2022-05-01", 0, "", { "tanaka01" } },
	{ "another number is no slip", "tanaka02", "", "2022-05-01", 0, "", { 0 } },
	{ "a digit put in", "tanaka010", "", "2022-05-01", 0, "", { "tanaka01" } },
	{ "two letters", "tanakaOl", "", "2022-05-01", 0, "", { 0 } },
	{ "one letter twice, told once", "aaab", "", "2022-05-01", 0, "", { "aab" } },
	{ "one letter of two, told once", "ab", "", "2022-05-01", 0, "", { "aab" } },
	{ "of this system", "her", "", "2022-05-01", 0, "", { "here" } },
	{ "of another system", "ther", "", "2022-05-01", 0, "", { 0 } },
	{ "three at most", "x", "", "2022-05-01", 0, "", { "x1", "x2", "x3" } },
	{ "nobody like it", "sato", "", "2022-05-01", 0, "", { 0 } },
	{ "between two rows", "tanaka01", "", "2022-02-01", 2, "2022-02-01", { 0 } },
	{ "behind both", "tanaka01", "", "2022-05-01", 3, "2022-04-01", { 0 } },
	{ "before both", "tanaka01", "", "2021-05-01", 2, "2022-01-01", { 0 } },
	{ "of its system and of every one", "both", "", "2022-05-01", 5, "2022-02-01", { 0 } },
	{ "a terminal that ended", "", "T-101", "2022-05-01", 2, "2022-02-01", { 0 } },
	{ "a terminal like another", "", "T-1o1", "2022-05-01", 0, "", { "T-101", "T-1O1" } },
	{ "no terminal", "sato", "", "2022-05-01", 0, "", { 0 } },
};

static void
other_times_and_slips(void **state UNUSED)
{
	struct bench *b = bench_rosters();

	for (size_t i = 0; i < COUNT(cases); i++)
		line_of(b, cases[i].account, cases[i].terminal);
	bench_ready(b);
	for (size_t i = 0; i < COUNT(cases); i++) {
		enum dict dict = cases[i].terminal[0] ? DICT_TERMINAL : DICT_ACCOUNT;
		int64_t ts = instant(cases[i].at);
		struct listed got;
		struct seen s;

		b->look.tuple(b->c, (uint32_t)i + 1, ts, &s);
		b->look.listed(b->c, &s, dict, ts, &got);
		want_i64(cases[i].name, "line", cases[i].row, got.row);
		if (got.row)
			want_i64(cases[i].name, "edge", instant(cases[i].edge),
				 got.to <= ts ? got.to : got.from);
		for (unsigned n = 0; n < NEAR_MOST; n++)
			want_str(cases[i].name, "near",
				 str_of(cases[i].near[n] ? cases[i].near[n] : ""),
				 n < got.near_count ? got.near[n] : STR(""));
	}
	bench_free(b);
}

/* One character changed, but no digit for a digit, or one put in: by the definition, over the whole roster. */
static bool
one_apart(struct str a, struct str b)
{
	size_t i = 0;

	if (a.n > b.n)
		return one_apart(b, a);
	while (i < a.n && a.p[i] == b.p[i])
		i++;
	if (b.n == a.n + 1)
		return str_eq(str_skip(a, i), str_skip(b, i + 1));
	return a.n == b.n && i < a.n && str_eq(str_skip(a, i + 1), str_skip(b, i + 1)) &&
	       (a.p[i] > '9' || b.p[i] > '9');
}

enum { ROSTER = 300, ASKED = BENCH_WORDS };

static struct str
random_id(struct dice *d, char room[8])
{
	size_t n = 1 + throw_of(d, 6);

	for (size_t i = 0; i < n; i++)
		room[i] = "0189aOlT"[throw_of(d, 8)];
	return (struct str){ room, n };
}

static void
slips_are_those_of_the_definition(void **state UNUSED)
{
	static char ids[ROSTER][8], asked[ASKED][8];
	static struct str id[ROSTER], name[ASKED];
	struct bench *b = bench_new();
	struct dice d = { 11 };
	struct out o;

	out_memory(&o);
	out_text(&o, "terminal,org\n");
	for (size_t i = 0; i < ROSTER; i++) {
		bool twice;

		do {
			twice = false;
			id[i] = random_id(&d, ids[i]);
			for (size_t k = 0; k < i; k++)
				twice |= str_eq(id[i], id[k]);
		} while (twice);
		out_bytes(&o, id[i]);
		out_text(&o, ",KPG\n");
	}
	bench_ledger(b, "orgs", STR("org,class\nKPG,grid\n"));
	bench_ledger(b, "terminals", out_taken(&o));
	for (size_t i = 0; i < ASKED; i++) {
		name[i] = random_id(&d, asked[i]);
		bench_add_tuple(b, (struct tuple){ .act = ACT_VIEW,
						   .ok = 1,
						   .text[DICT_TERMINAL] =
							   bench_word(b, DICT_TERMINAL, name[i]) });
	}
	bench_ready(b);
	for (size_t i = 0; i < ASKED; i++) {
		struct listed got;
		struct seen s;
		size_t near = 0;
		bool listed = false;

		for (size_t k = 0; k < ROSTER; k++) {
			near += one_apart(id[k], name[i]);
			listed |= str_eq(id[k], name[i]);
		}
		b->look.tuple(b->c, (uint32_t)i + 1, 0, &s);
		b->look.listed(b->c, &s, DICT_TERMINAL, 0, &got);
		want_i64(asked[i], "near", listed ? 0 : (int64_t)min_size(near, NEAR_MOST),
			 got.near_count);
		for (unsigned n = 0; n < got.near_count; n++)
			assert_true(one_apart(got.near[n], name[i]));
	}
	out_discard(&o);
	bench_free(b);
}

static void
nothing_is_known_without_ledger_or_name(void **state UNUSED)
{
	struct bench *b = bench_new();
	struct listed got;
	struct seen s;

	line_of(b, "sato", "");
	bench_ready(b);
	b->look.tuple(b->c, 1, 0, &s);
	b->look.listed(b->c, &s, DICT_ACCOUNT, 0, &got);
	assert_true(got.row == 0 && got.near_count == 0);
	b->look.listed(b->c, &s, DICT_TERMINAL, 0, &got);
	assert_true(got.row == 0 && got.near_count == 0);
	bench_free(b);
}

static void
cells_read_as_ledgers_write_them(void **state UNUSED)
{
	static const struct {
		const char *ledger;
		uint32_t line;
		const char *column, *want;
	} cells[] = {
		{ "accounts", 3, "account", "tanaka01" },
		{ "accounts", 3, "valid_to", "2022-04-01" },
		{ "accounts", 4, "system", "denwa" },
		{ "accounts", 4, "valid_to", "" },
		{ "accounts", 99, "account", "" },
		{ "accounts", 0, "account", "" },
		{ "accounts", 3, "nosuch", "" },
		{ "people", 2, "person", "" },
		{ "nosuch", 2, "person", "" },
		{ "terminals", 3, "terminal", "T-1O1" },
	};
	struct bench *b = bench_rosters();
	struct arena a = { 0 };

	bench_ready(b);
	for (size_t i = 0; i < COUNT(cells); i++)
		want_str(cells[i].ledger, cells[i].column, str_of(cells[i].want),
			 b->look.ledger_cell(b->c, cells[i].ledger, cells[i].line, cells[i].column,
					     &a));
	arena_free(&a);
	bench_free(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(other_times_and_slips),
		cmocka_unit_test(slips_are_those_of_the_definition),
		cmocka_unit_test(nothing_is_known_without_ledger_or_name),
		cmocka_unit_test(cells_read_as_ledgers_write_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
