/*
 * ledger_test.c - what the loader refuses, where it points, and what it takes without a word.
 */
#include "context/context_testing.h"

#include "base/out.h"
#include "context/context_own.h"

/* `want`: "line:column: part of the message", one a mistake, '|' between; empty = loads. */
static const struct {
	const char *name, *ledger, *text, *want;
} cases[] = {
	{ "plain orgs", "orgs", "org,name,class\nKPG,Kasumi Grid,grid\n", "" },
	{ "Japanese headers", "orgs", "組織,名称,区分\nKPG,霞送配電,grid\n", "" },
	{ "a byte order mark and CRLF", "orgs", "\xEF\xBB\xBForg,class\r\nKPG,grid\r\n", "" },
	{ "columns of one's own are passed over", "orgs", "備考,org,class,remarks\nx,KPG,grid,y\n",
	  "" },
	{ "headers in capitals with blanks", "orgs", " Org , CLASS\nKPG,grid\n", "" },
	{ "lines of nothing but commas are passed over", "orgs", "org,class\nKPG,grid\n,\n\n", "" },
	{ "trailing empty cells are passed over", "orgs", "org,class\nKPG,grid,,\n", "" },
	{ "an empty file", "orgs", "", "1: the ledger is empty" },
	{ "a header alone is a ledger without rows", "orgs", "org,class\n", "" },
	{ "a missing required column", "orgs", "name,class\nx,grid\n",
	  "1: the column 'org' (組織) is missing" },
	{ "a misspelt required column", "orgs", "org,clas\nKPG,grid\n",
	  "1:2: unknown column 'clas'; did you mean 'class'?" },
	{ "a misspelt optional column is not passed over", "terminals",
	  "terminal,org,valid_form\nT-1,KPG,2022-01-01\n",
	  "1:3: unknown column 'valid_form'; did you mean 'valid_from'?" },
	{ "a column twice, once in Japanese", "orgs", "org,組織,class\na,b,grid\n",
	  "1:2: the column '組織' stands here a second time" },
	{ "an empty required cell", "orgs", "org,class\n,grid\n", "2:1: 'org' must not be empty" },
	{ "an unknown word tells the right ones", "orgs", "org,class\nKPG,gird\n",
	  "2:2: 'class' cannot be 'gird'; it must be one of grid, retailer, contractor, supplier, "
	  "government, owner" },
	{ "unknown is no word", "orgs", "org,class\nKPG,unknown\n",
	  "2:2: 'class' cannot be 'unknown'" },
	{ "every mistake in one run", "orgs", "org,class\nKPG,x\nKEP,retailer\n,y\n",
	  "2:2: 'class' cannot be 'x'|4:1: 'org' must not be empty|4:2: 'class' cannot be 'y'" },
	{ "one organisation twice", "orgs", "org,class\nKPG,grid\nKEP,grid\nKPG,retailer\n",
	  "4: this row and line 2 are of the same 'org'" },
	{ "too few cells", "orgs", "org,class\nKPG\n",
	  "2: this row has 1 cells where the header has 2" },
	{ "too many cells", "orgs", "org,class\nKPG,grid,x\n", "2: this row has 3 cells" },
	{ "a quote that never closes", "orgs", "org,class\nKPG,grid\n\"KEP,retailer\nx,y\n",
	  "3:1: a quote opens here and never closes" },
	{ "CP932, as Excel saves it", "orgs",
	  "\x91\x67\x90\x44,\x96\xBC\x8F\xCC,\x8B\xE6\x95\xAA\r\nKPG,\x89\xE0,grid\r\nKEP,"
	  "\xB6\xBD\xD0,"
	  "x\r\n",
	  "3:3: '区分' cannot be 'x'" },
	{ "CP932 whose second bytes are a backslash and a bar", "orgs",
	  "org,name,class\n\x95\x5C\x8E\xA6,\x83\x7C,grid\n", "" },
	{ "what is neither UTF-8 nor CP932", "orgs",
	  "org,name,class\nKPG,x,grid\nKEP,\x89\xFF,grid\n",
	  "3: this is neither UTF-8 nor CP932; save the file as UTF-8" },
	{ "half a character at the end of the file", "orgs", "org,class,name\nKPG,grid,\x89",
	  "2: this is neither UTF-8 nor CP932" },
	{ "UTF-8 with one broken byte is not taken for CP932", "orgs",
	  "org,name,class\nKPG,霞送配電株式会社,grid\nKEP,\xB6,grid\n", "3: this is neither" },
	{ "a file that says it is UTF-8 is never CP932", "orgs",
	  "\xEF\xBB\xBForg,name,class\nKPG,\x89\xE0,grid\n", "2: this is neither" },
	{ "an overlong form is neither", "orgs", "org,class\n\xC0\x80,grid\n",
	  "2: this is neither" },
	{ "a bad day", "people", "person,org,valid_from\np1,KPG,2022-02-29\n",
	  "2:3: 'valid_from' cannot be '2022-02-29'; it must be a date" },
	{ "a leap day", "people", "person,org,発令日\np1,KPG,2024/2/29\n", "" },
	{ "a person in two organisations", "people", "person,org\np1,KPG\np1,KEP\n", "" },
	{ "a person twice in one organisation", "people", "person,org\np1,KPG\np1,KEP\np1,KPG\n",
	  "4: this row and line 2 hold for the same 'person' at the same time" },
	{ "one day of overlap", "terminals",
	  "terminal,org,valid_from,valid_to\nT,KPG,2022-04-02,\nT,KPG,2022-01-01,2022-04-03\n",
	  "3: this row and line 2 hold for the same 'terminal'" },
	{ "an end is exclusive, so it may be the next begin", "terminals",
	  "terminal,org,valid_from,valid_to\nT,KPG,2022-04-02,\nT,KPG,,2022-04-02\n", "" },
	{ "a short row inside a long one behind another", "terminals",
	  "terminal,org,valid_from,valid_to\nT,a,2022-01-01,2023-01-01\n"
	  "T,a,2022-02-01,2022-03-01\nT,a,2022-05-01,2022-06-01\n",
	  "3: this row and line 2|4: this row and line 2" },
	{ "an end before the begin", "terminals",
	  "terminal,org,valid_from,valid_to\nT,KPG,2022-04-02,2022-04-01\n",
	  "2: this row ends before" },
	{ "an account of one system beside every system", "accounts",
	  "account,system,org,kind\na,,KPG,person\na,takuso,KPG,person\n", "" },
	{ "two accounts of equal rank", "accounts",
	  "account,system,org,kind\na,,KPG,person\nb,,KPG,person\na,,KEP,person\n",
	  "4: this row and line 2 hold for the same 'account'" },
	{ "privileged is yes or no", "accounts",
	  "account,org,kind,privileged\na,KPG,person,1\nb,KPG,person,no\nc,KPG,person,maybe\n",
	  "4:4: 'privileged' cannot be 'maybe'; it must be yes or no" },
	{ "an id that Excel rounded", "consumers",
	  "consumer,supplier\n0310000000000000000001,KEP\n3.01E+21,KEP\n3E+21,KEP\n",
	  "3:1: 'consumer' cannot be '3.01E+21'; Excel has rounded this id|4:1: 'consumer' cannot "
	  "be '3E+21'; Excel" },
	{ "an id with an E that is no number", "consumers",
	  "consumer,supplier\nE01,KEP\n3E,KEP\nA3E5,KEP\n", "" },
	{ "dated consumers", "consumers",
	  "供給地点特定番号,小売事業者,area,契約種別,valid_from,valid_to\n1,KEP,east,normal,,2022-"
	  "04-01\n"
	  "2,KEP,,,,\n1,NEWA,east,last,2022-04-01,\n",
	  "" },
	{ "address blocks", "networks",
	  "cidr,org,kind,flags\n10.1.0.0/16,KPG,site,\n10.1.2.3,KPG,vpn,shared_site\n2001:db8::/"
	  "32,,isp,\n",
	  "" },
	{ "bits behind the prefix", "networks", "cidr\n10.1.2.0/16\n",
	  "2:1: 'cidr' cannot be '10.1.2.0/16'; bits behind" },
	{ "one block written in two ways", "networks", "cidr\n2001:db8::/32\n2001:0DB8:0::/32\n",
	  "3: this row and line 2 are of the same 'cidr'" },
	{ "no block", "networks", "cidr\n10.1.2/24\n10.1.2.0/33\n::/129\n10.0.0.0/\nx\n",
	  "2:1: |3:1: |4:1: |5:1: |6:1: " },
	{ "an unknown flag", "networks", "cidr,flags\n10.0.0.0/8,shared\n",
	  "2:2: 'flags' cannot be 'shared'; it must be one of shared_site" },
	{ "a matrix without a default", "barrier",
	  "prio,class,verdict\n1,contract,deny\n2,bill,allow\n",
	  "3: the row with the greatest prio must be the default" },
	{ "the default is last by prio, not by line", "barrier",
	  "prio,class,verdict\n9,,deny\n2,bill,allow\n", "" },
	{ "two rows of one prio", "barrier", "prio,class,verdict\n1,contract,deny\n1,,deny\n",
	  "3: this row and line 2 are of the same 'prio'" },
	{ "a matrix without rows", "barrier", "prio,verdict\n", "1: a barrier without rows" },
	{ "a prio that is no number", "barrier", "prio,verdict\n1.5,deny\n",
	  "2:1: 'prio' cannot be '1.5'; it must be a whole number" },
	{ "the Cabinet Office file", "holidays",
	  "国民の祝日・休日月日,国民の祝日・休日名称\r\n1955/1/1,元日\r\n1955/1/15,成人の日\r\n",
	  "" },
	{ "disaster windows may overlap", "disasters",
	  "id,org,areas,from,to,coordination\nd,KEP,east;west,2022-09-18 12:00,2022-09-20,yes\n"
	  "d,KEP,east,2022-09-18,,yes\n",
	  "" },
	{ "grants of one subject may overlap", "grants",
	  "grant,kind,subject,system,from,to\ng1,account,a,takuso,2022-01-01,\n"
	  "g2,account,a,takuso,2022-02-01,\n",
	  "" },
	{ "an unknown ledger", "account", "x\n", "did you mean 'accounts'?" },
	{ "a ledger of a later age", "telegrams", "x\n", "unknown ledger 'telegrams'" },
};

static void
check_messages(const char *name, const struct bench *b, const char *want)
{
	struct str rest = str_of(want);
	size_t n = 0;

	while (rest.n) {
		struct str part = str_split(&rest, '|');

		if (n >= b->err.list.n)
			fail_msg("%s: wanted '" STR_FMT "', got no more", name, STR_ARG(part));
		if (!str_contains(b->err.list.at[n], part))
			fail_msg("%s: wanted '" STR_FMT "', got '" STR_FMT "'", name, STR_ARG(part),
				 STR_ARG(b->err.list.at[n]));
		n++;
	}
	if (n < b->err.list.n)
		fail_msg("%s: one too many: " STR_FMT, name, STR_ARG(b->err.list.at[n]));
}

static void
mistakes(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct bench *b = bench_new();
		int failed;

		bench_ledger(b, cases[i].ledger, str_of(cases[i].text));
		failed = bench_load(b);
		check_messages(cases[i].name, b, cases[i].want);
		assert_int_equal(failed, cases[i].want[0] ? -1 : 0);
		bench_free(b);
	}
}

static void
all_ledgers_in_one_run(void **state UNUSED)
{
	struct bench *b = bench_new();

	bench_ledger(b, "orgs", STR("org,class\nKPG,x\n"));
	bench_ledger(b, "barrier", STR("prio,class,verdict\n1,a,deny\n"));
	bench_ledger(b, "orgs", STR("org,class\nKPG,grid\n"));
	bench_ledger(b, "people", STR("x\n"));
	snprintf(b->path[3], sizeof(b->path[3]), "/dev/null/nothing/people.csv");
	b->ledger[3].path = str_of(b->path[3]);
	assert_int_equal(bench_load(b), -1);
	check_messages(
		"all ledgers", b,
		":2:2: 'class' cannot be 'x'|sekisho.yaml:9: the ledger 'orgs' is named twice|"
		"sekisho.yaml:9: the ledger '/dev/null/nothing/people.csv' cannot be read|"
		":2: the row with the greatest prio must be the default");
	bench_free(b);
}

static void
what_the_run_record_says(void **state UNUSED)
{
	struct bench *b = bench_new();
	const struct ledger_info *info;
	size_t count;

	bench_ledger(b, "closures", STR("date\n2022-08-15\n2022-08-16\n"));
	bench_ready(b);
	info = context_ledgers(b->c, &count);
	assert_int_equal(count, 1);
	assert_string_equal(info->name, "closures");
	assert_int_equal(info->rows, 2);
	/* sha256sum of those bytes */
	assert_string_equal(info->sha256,
			    "7a063eceb4cdf071c18d7de0bb94ae609be188dfb1862c281f964ffc3290da5a");
	assert_true(str_is(b->look.ledger_digest(b->c, "closures"), info->sha256));
	assert_int_equal(b->look.ledger_digest(b->c, "orgs").n, 0);
	bench_free(b);
}

/* The same two days in CP932, with the heading of the Cabinet Office; the digest is of the bytes as they lie. */
static void
a_ledger_in_cp932(void **state UNUSED)
{
	static const char file[] =
		"\x8D\x91\x96\xAF\x82\xCC\x8F\x6A\x93\xFA\x81\x45\x8B\x78\x93\xFA\x8C\x8E\x93\xFA,"
		"\x8D\x91\x96\xAF\x82\xCC\x8F\x6A\x93\xFA\x81\x45\x8B\x78\x93\xFA\x96\xBC\x8F\xCC\r"
		"\n"
		"2022/1/1,\x8C\xB3\x93\xFA\r\n"
		"2022/1/10,\x90\xAC\x90\x6C\x82\xCC\x93\xFA\r\n";
	struct bench *b = bench_new();
	const struct day_row *row;
	const struct ledger *l;

	bench_ledger(b, "holidays", STR(file));
	bench_ready(b);
	l = &b->c->ledger[LEDGER_holidays];
	assert_int_equal(l->count, 2);
	row = ledger_row(l, 0);
	assert_int_equal(row->date, instant("2022-01-01"));
	assert_true(str_is(row->name, "元日"));
	row = ledger_row(l, 1);
	assert_int_equal(row->date, instant("2022-01-10"));
	assert_true(str_is(row->name, "成人の日"));
	assert_true(str_is(b->look.ledger_digest(b->c, "holidays"),
			   "5d2658fbaf5d0f82ef49483ad51f117766f8045e59330e4ace46279868ec93f6"));
	bench_free(b);
}

static void
no_digest_unless_asked_for(void **state UNUSED)
{
	struct bench *b = bench_new();
	size_t count;

	bench_ledger(b, "closures", STR("date\n2022-08-15\n"));
	assert_int_equal(context_load(&b->c, &b->policy, false, &b->err), 0);
	assert_string_equal(context_ledgers(b->c, &count)->sha256, "");
	unlink(b->path[0]);
	bench_free(b);
}

/* Enough rows that the file is hashed on a thread, and that rows have to be moved; then of each key twice. */
static void
many_rows(void **state UNUSED)
{
	enum { ROWS = 3000, SHARED = 7 };
	struct bench *b = bench_new();
	struct arena a = { 0 };
	struct tuple t = { .system = 0 };
	struct out o;
	struct regard got;
	struct seen seen;
	uint8_t digest[SHA256_SIZE];
	char hex[SHA256_HEX];

	out_memory(&o);
	out_printf(&o, "consumer,supplier,type,valid_from,valid_to\n");
	for (int i = 0; i < ROWS; i++)
		out_printf(&o, "%022d,S%d,%s,2022-04-01,%s\n", i, i % 5, i % 3 ? "normal" : "",
			   i % SHARED ? "" : "2022-05-01");
	for (int i = 0; i < ROWS; i += SHARED)
		out_printf(&o, "%022d,S%d,last,2022-05-01,\n", i, i % 5);
	bench_ledger(b, "consumers", out_taken(&o));
	sha256_of(out_taken(&o), digest);
	sha256_hex(digest, hex);
	for (int i = 0; i < BENCH_WORDS; i++)
		bench_word(b, DICT_OBJECT, arena_printf(&a, "%022d", i * SHARED / 2));
	bench_add_tuple(b, t);
	bench_ready(b);
	assert_true(str_is(b->look.ledger_digest(b->c, "consumers"), hex));
	b->look.tuple(b->c, 1, instant("2022-06-01"), &seen);
	for (int i = 0; i < BENCH_WORDS; i++) {
		int number = i * SHARED / 2;
		bool twice = number % SHARED == 0;

		b->look.view(b->c, &seen, (uint32_t)i + 1, instant("2022-06-01"), &got);
		assert_int_equal(got.consumer_row, twice ? ROWS + 2 + number / SHARED : number + 2);
		assert_int_equal(got.relation, twice ? REL_LAST : REL_OTHER);
		assert_false(got.switch_boundary);
		b->look.view(b->c, &seen, (uint32_t)i + 1, instant("2022-04-30"), &got);
		assert_int_equal(got.consumer_row, number + 2);
		assert_int_equal(got.switch_boundary, twice);
		b->look.view(b->c, &seen, (uint32_t)i + 1, instant("2022-03-31"), &got);
		assert_int_equal(got.consumer_row, 0);
	}
	out_discard(&o);
	arena_free(&a);
	bench_free(b);
}

/* Short cells are remembered by their bytes: these must not be taken for one another. */
static void
cells_that_look_alike(void **state UNUSED)
{
	static const char *const names[] = { "a",
					     "aa",
					     "aaa",
					     "ab",
					     "aba",
					     "abba",
					     "abcba",
					     "abccba",
					     "abcdcba",
					     "abcddcba",
					     "abcdeabcd",
					     "a\xE3\x81\x82",
					     "abcdefghabcdefgh",
					     "abcdefgh abcdefgh",
					     "abcdefghabcdefgi" };
	struct bench *b = bench_new();
	struct tuple t = { .system = 0 };
	struct arena a = { 0 };
	struct seen seen;
	struct out o;

	out_memory(&o);
	out_printf(&o, "terminal,org\n");
	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < COUNT(names); i++)
			out_printf(&o, "T%d-%zu,%s%s\n", round, i, names[i], round ? " " : "");
	}
	bench_ledger(b, "terminals", out_taken(&o));
	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < COUNT(names); i++) {
			t.text[DICT_TERMINAL] =
				bench_word(b, DICT_TERMINAL, arena_printf(&a, "T%d-%zu", round, i));
			bench_add_tuple(b, t);
		}
	}
	bench_ready(b);
	for (uint32_t i = 0; i < b->tuples; i++) {
		b->look.tuple(b->c, i + 1, 0, &seen);
		assert_true(
			str_is(b->look.org_name(b->c, seen.terminal_org), names[i % COUNT(names)]));
	}
	out_discard(&o);
	arena_free(&a);
	bench_free(b);
}

static void
columns_of_an_account(void **state UNUSED)
{
	struct bench *b = bench_new();

	bench_ledger(b, "accounts",
		     STR("account,org,kind,created,valid_from,valid_to\n"
			 "a,KPG,person, 2020/4/1 ,\"2021-04-01 09:00\",\n"));
	bench_ready(b);
	assert_true(str_is(b->look.account_column(b->c, 2, "created"), "2020/4/1"));
	assert_true(str_is(b->look.account_column(b->c, 2, "登録日"), "2020/4/1"));
	assert_true(str_is(b->look.account_column(b->c, 2, "valid_from"), "2021-04-01 09:00"));
	assert_int_equal(b->look.account_column(b->c, 2, "valid_to").n, 0);
	assert_true(str_is(b->look.account_column(b->c, 2, "kind"), "person"));
	assert_int_equal(b->look.account_column(b->c, 1, "kind").n, 0);
	bench_free(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mistakes),
		cmocka_unit_test(all_ledgers_in_one_run),
		cmocka_unit_test(what_the_run_record_says),
		cmocka_unit_test(a_ledger_in_cp932),
		cmocka_unit_test(no_digest_unless_asked_for),
		cmocka_unit_test(many_rows),
		cmocka_unit_test(cells_that_look_alike),
		cmocka_unit_test(columns_of_an_account),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
