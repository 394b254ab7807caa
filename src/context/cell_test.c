/*
 * cell_test.c - cells as people and spreadsheets write them, what is understood, and what is refused with which words.
 */
#include "context/context_testing.h"

#include "base/out.h"
#include "context/cell.h"
#include "context/context_own.h"

/* A row whose last cell is `cell`; `want` is what the column then says, or after '!' a part of the message. */
static const struct {
	const char *name, *ledger, *row, *column, *cell, *want;
} cases[] = {
#define CREATED "accounts", "a,KPG,person,", "created"
	{ "a date", CREATED, "2022-04-01", "2022-04-01" },
	{ "a date with slashes and no zeroes", CREATED, "2022/4/1", "2022-04-01" },
	{ "a date in kanji", CREATED, "2022年4月1日", "2022-04-01" },
	{ "a date of an era", CREATED, "令和8年4月1日", "2026-04-01" },
	{ "the first year of an era", CREATED, "令和元年5月1日", "2019-05-01" },
	{ "an era by its letter", CREATED, "R8.4.1", "2026-04-01" },
	{ "an era by its letter, with slashes", CREATED, "H31/4/30", "2019-04-30" },
	{ "a date with its weekday", CREATED, "2022/4/1(金)", "2022-04-01" },
	{ "digits only", CREATED, "20220401", "2022-04-01" },
	{ "full width", CREATED, "２０２２／４／１", "2022-04-01" },
	{ "full width blanks around", CREATED, "　2022/4/1　", "2022-04-01" },
	{ "a time of one digit", CREATED, "2022/4/1 9:05", "2022-04-01 09:05" },
	{ "a time behind a full width blank", CREATED, "2022/4/1　9:05", "2022-04-01 09:05" },
	{ "hours behind midnight", CREATED, "2022/4/1 25:10", "2022-04-02 01:10" },
	{ "the end of a day", CREATED, "2022/3/31 24:00", "2022-04-01" },
	{ "afternoon in kanji", CREATED, "令和4年4月1日 午後1時30分", "2022-04-01 13:30" },
	{ "to the millisecond", CREATED, "2022-04-01 09:05:01.002", "2022-04-01 09:05:01.002" },
	{ "another zone", CREATED, "2022-04-01T00:30:00Z", "2022-04-01 09:30" },
	{ "29 February", CREATED, "2024/2/29", "2024-02-29" },
	{ "29 February that is none", CREATED, "2023/2/29",
	  "!it must be a date: a day that the calendar has" },
	{ "a day its era does not have", CREATED, "平成31年5月1日",
	  "!it must be a date: a day of its era" },
	{ "what a spreadsheet keeps a date as", CREATED, "44652",
	  "!this is a spreadsheet's number of a day" },
	{ "a date without a year", CREATED, "4月1日", "!it must be a date such as 2022-04-01" },
	{ "epoch seconds are no date of a ledger", CREATED, "1648771200",
	  "!it must be a date such as" },
	{ "hours that no night has", CREATED, "2022/4/1 30:00",
	  "!it must be a date: a time of day that there is" },

#define PRIVILEGED "accounts", "a,KPG,person,", "privileged"
	{ "yes", PRIVILEGED, "yes", "yes" },
	{ "1", PRIVILEGED, "1", "yes" },
	{ "TRUE, as a ticked box is saved", PRIVILEGED, "TRUE", "yes" },
	{ "はい", PRIVILEGED, "はい", "yes" },
	{ "○", PRIVILEGED, "○", "yes" },
	{ "the zero in kanji that looks like ○", PRIVILEGED, "〇", "yes" },
	{ "有", PRIVILEGED, "有", "yes" },
	{ "full width 1", PRIVILEGED, "１", "yes" },
	{ "no", PRIVILEGED, "No", "no" },
	{ "0", PRIVILEGED, "0", "no" },
	{ "いいえ", PRIVILEGED, "いいえ", "no" },
	{ "×", PRIVILEGED, "×", "no" },
	{ "無", PRIVILEGED, "無", "no" },
	{ "empty is no", PRIVILEGED, "", "no" },
	{ "perhaps", PRIVILEGED, "perhaps", "!it must be yes or no (はい or いいえ" },

#define STATE "accounts", "a,KPG,person,", "status"
	{ "a word", STATE, "suspended", "suspended" },
	{ "a word in capitals", STATE, "Active", "active" },
	{ "a Japanese word", STATE, "停止", "suspended" },
	{ "another for the same", STATE, "停止中", "suspended" },
	{ "a word of full width", STATE, "ｄｅｌｅｔｅｄ", "deleted" },
	{ "an unknown word, with all right ones", STATE, "retired",
	  "!it must be one of active, suspended, expired, deleted (有効, 停止, 期限切れ, 削除)" },

#define CLASS_OF "orgs", "KPG,", "class"
	{ "a class in Japanese", CLASS_OF, "一般送配電", "grid" },
	{ "a class in Japanese, shorter", CLASS_OF, "小売", "retailer" },
#define VERDICT "barrier", "1,", "verdict"
	{ "可", VERDICT, "可", "allow" },
	{ "否", VERDICT, "否", "deny" },
	{ "マスク", VERDICT, "マスク", "allow_masked" },
	{ "災害時可", VERDICT, "災害時可", "allow_disaster" },
#define NET_KIND "networks", "10.0.0.0/8,", "kind"
	{ "a kind of network", NET_KIND, "拠点", "site" },

#define ACCOUNT "accounts", "KPG,person,", "account"
	{ "an id as it is", ACCOUNT, "a01", "a01" },
	{ "the text formula of a spreadsheet", ACCOUNT, "=\"0123\"", "0123" },
	{ "the same, quoted as CSV", ACCOUNT, "\"=\"\"0123\"\"\"", "0123" },
	{ "an apostrophe before a number", ACCOUNT, "'0123", "0123" },
	{ "an apostrophe that is part of a name", ACCOUNT, "'abc", "'abc" },
	{ "blanks of a web page", ACCOUNT,
	  "\xC2\xA0"
	  "a01\xC2\xA0",
	  "a01" },
	{ "full width is kept: logs may have it", ACCOUNT, "ａ０１", "ａ０１" },
	{ "an id that was rounded", ACCOUNT, "3.01E+21", "!Excel has rounded this id" },
	{ "an id that only looks so", ACCOUNT, "3E05", "3E05" },
	{ "a newline inside a quoted cell", ACCOUNT, "\"a\nb\"", "a\nb" },
	{ "a comma inside a quoted cell", ACCOUNT, "\"a,b\"", "a,b" },

#define START "schedules", "day,biz,48:00,", "start"
	{ "a time of day", START, "9:05", "09:05" },
	{ "a time of day with seconds", START, "09:05:30", "09:05:30" },
	{ "full width time", START, "９：０５", "09:05" },
	{ "a number is no time", START, "0.375", "!it must be a time of day such as 9:30" },
	{ "minutes beyond the hour", START, "9:60", "!it must be a time of day such as 9:30" },
	{ "a shift beginning next day", START, "24:00", "!'start' must lie before 24:00" },
#define END "schedules", "day,biz,22:00,", "end"
	{ "an end behind midnight", END, "30:00", "30:00" },
	{ "an end of next day's midnight", END, "48:00", "48:00" },
	{ "an end behind that", END, "48:01", "!it must be a time of day such as 9:30" },
	{ "an end before the start", END, "6:00", "!'end' must lie behind 'start'" },
	{ "an end at the start", END, "22:00", "!'end' must lie behind 'start'" },

#define LAT "networks", "10.0.0.0/8,", "lat"
	{ "degrees", LAT, "35.6895", "35.689500" },
	{ "degrees without a fraction", LAT, "139", "139.000000" },
	{ "south", LAT, "-0.5", "-0.500000" },
	{ "finer than a millionth is cut off", LAT, "1.23456789", "1.234567" },
	{ "no degrees", LAT, "35.6N", "!it must be degrees such as 35.6895" },
	{ "beyond the pole", LAT, "181", "!it must be degrees" },
#define X_KM "networks", "10.0.0.0/8,", "x_km"
	{ "kilometres", X_KM, "-12", "-12" },
	{ "no whole kilometres", X_KM, "1.5", "!it must be a whole number" },
	{ "nothing said", X_KM, "", "" },

#define SHA "archive", "takuso,2022-04-01,f,", "sha256"
	{ "a digest", SHA, "7a063eceb4cdf071c18d7de0bb94ae609be188dfb1862c281f964ffc3290da5a",
	  "7a063eceb4cdf071c18d7de0bb94ae609be188dfb1862c281f964ffc3290da5a" },
	{ "a digest that is too short", SHA, "7a06", "!it must be a SHA-256" },
	{ "no digest", SHA, "zz063eceb4cdf071c18d7de0bb94ae609be188dfb1862c281f964ffc3290da5a",
	  "!it must be a SHA-256" },
	{ "a day is whole", "archive", "takuso,", "day", "2022-04-01 13:00", "2022-04-01" },
};

/* The header that goes with a row: its first columns, and the one asked for. */
static const struct {
	const char *row, *header;
} headers[] = {
	{ "a,KPG,person,", "account,org,kind," },
	{ "KPG,person,", "org,kind," },
	{ "KPG,", "org," },
	{ "1,", "prio," },
	{ "10.0.0.0/8,", "cidr," },
	{ "day,biz,48:00,", "schedule,daytype,end," },
	{ "day,biz,22:00,", "schedule,daytype,start," },
	{ "takuso,2022-04-01,f,", "system,day,file," },
	{ "takuso,", "system," },
};

static const char *
header_of(const char *row)
{
	for (size_t i = 0; i < COUNT(headers); i++) {
		if (str_is(str_of(row), headers[i].row))
			return headers[i].header;
	}
	fail_msg("no header for %s", row);
	return "";
}

static const struct ledger *
ledger_of(const struct context *c, const char *name)
{
	for (size_t i = 0; i < LEDGER_COUNT; i++) {
		if (str_is(str_of(name), c->ledger[i].table->name))
			return &c->ledger[i];
	}
	fail_msg("no ledger %s", name);
	return NULL;
}

static void
check_cell(struct bench *b, size_t i, struct arena *a)
{
	const struct ledger *l = ledger_of(b->c, cases[i].ledger);
	struct str got;

	assert_int_equal(l->count, 1);
	got = cell_print(ledger_column(l->table, str_of(cases[i].column)), b->c->pool,
			 ledger_row(l, 0), a);
	if (!str_is(got, cases[i].want))
		fail_msg("%s: wanted '%s', got '" STR_FMT "'", cases[i].name, cases[i].want,
			 STR_ARG(got));
}

static void
cells(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct bench *b = bench_new();
		struct arena a = { 0 };
		bool refused = cases[i].want[0] == '!';

		bench_ledger(b, cases[i].ledger,
			     arena_printf(&a, "%s%s\n%s%s\n", header_of(cases[i].row),
					  cases[i].column, cases[i].row, cases[i].cell));
		if ((bench_load(b) != 0) != refused)
			fail_msg("%s: %s, not %s", cases[i].name,
				 refused ? "taken" : b->err.list.at[0].p,
				 refused ? "refused" : "taken");
		if (refused && !str_contains(b->err.list.at[0], str_of(cases[i].want + 1)))
			fail_msg("%s: wanted '%s', got '" STR_FMT "'", cases[i].name,
				 cases[i].want + 1, STR_ARG(b->err.list.at[0]));
		if (!refused)
			check_cell(b, i, &a);
		arena_free(&a);
		bench_free(b);
	}
}

/* Where a mistake stands: the line on which its row begins, and the number of its cell. */
static void
places_behind_newlines(void **state UNUSED)
{
	struct bench *b = bench_new();

	bench_ledger(b, "orgs",
		     STR("org,name,class\n\nKPG,\"two\nlines\",grid\n,,\nKEP,\"a\n\nb\",shop\n"));
	assert_int_equal(bench_load(b), -1);
	assert_int_equal(b->err.list.n, 1);
	assert_true(str_contains(b->err.list.at[0], STR(":6:3: 'class' cannot be 'shop'")));
	bench_free(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells),
		cmocka_unit_test(places_behind_newlines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
