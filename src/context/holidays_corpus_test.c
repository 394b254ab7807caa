/*
 * holidays_corpus_test.c - the Cabinet Office file as downloaded, against holidays that others have collected.
 * Runs where SEKISHO_CORPUS names the folder of real material (`make conformance`), else it is skipped.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/civil.h"
#include "context/calendar.h"
#include "context/ledgers.h"

#include <stdio.h>
#include <stdlib.h>

/*
 * Years that both files tell of; the Cabinet Office's begins in 1955.  Counted with grep and diff.  The names differ
 * where one says which holiday a day stands in for, and the other only that it is a day off.
 */
enum { FIRST_YEAR = 1970, LAST_YEAR = 2027, DAYS = 920, NAMES_THAT_DIFFER = 96 };

struct day {
	int64_t ts;
	struct str name;
};

struct days {
	VEC(struct day) list;
	struct arena text;
};

static const char *
corpus_or_skip(void)
{
	const char *folder = getenv("SEKISHO_CORPUS");

	if (!folder || !folder[0])
		skip();
	return folder;
}

static bool
told_by_both(int64_t ts)
{
	return ts >= jst_day_start(civil_day(FIRST_YEAR, 1, 1)) &&
	       ts < jst_day_start(civil_day(LAST_YEAR + 1, 1, 1));
}

static void
keep(struct days *d, int64_t ts, struct str name)
{
	if (told_by_both(ts))
		*VEC_PUSH(&d->list) = (struct day){ .ts = ts, .name = arena_str(&d->text, name) };
}

/* holiday_jp: `1970-01-01: 元日`, one a line. */
static void
read_collected(const char *folder, struct days *d)
{
	char path[512], line[256];
	FILE *f;

	snprintf(path, sizeof(path), "%s/japan/holiday_jp/holidays.yml", folder);
	f = fopen(path, "re");
	if (!f)
		fail_msg("%s cannot be read", path);
	while (fgets(line, sizeof(line), f)) {
		struct str rest = str_trim(str_of(line)), date = str_split(&rest, ':');
		int64_t ts;

		if (civil_parse_jst(date, &ts))
			keep(d, ts, str_trim(rest));
	}
	fclose(f);
}

static void
read_official(const char *folder, struct days *d)
{
	struct pool pools[POOL_COUNT] = { { 0 } };
	struct hash_key key = { 0 };
	struct errors err = { 0 };
	struct ledger l;
	char path[512];

	snprintf(path, sizeof(path), "%s/japan/syukujitsu-cabinet-office-2026.csv", folder);
	ledger_init(&l, &led_holidays, &key);
	if (ledger_load(&l, str_of(path), (struct place){ 0 }, pools, false, &err))
		fail_msg(STR_FMT, STR_ARG(err.list.at[0]));
	for (size_t i = 0; i < l.count; i++) {
		const struct day_row *row = ledger_row(&l, i);

		keep(d, row->date, row->name);
	}
	ledger_free(&l);
	errors_free(&err);
}

static void
every_date_of_the_cabinet_office(void **state UNUSED)
{
	const char *folder = corpus_or_skip();
	struct days official = { 0 }, collected = { 0 };
	size_t differ = 0;

	read_official(folder, &official);
	read_collected(folder, &collected);
	assert_int_equal(official.list.n, DAYS);
	assert_int_equal(collected.list.n, DAYS);
	for (size_t i = 0; official.list.at && collected.list.at && i < DAYS; i++) {
		const struct day *a = &official.list.at[i], *b = &collected.list.at[i];

		if (a->ts != b->ts)
			fail_msg("date %zu: ours is a " STR_FMT ", wanted a " STR_FMT, i + 1,
				 STR_ARG(a->name), STR_ARG(b->name));
		differ += !str_eq(a->name, b->name);
	}
	assert_int_equal(differ, NAMES_THAT_DIFFER);
	VEC_FREE(&official.list);
	VEC_FREE(&collected.list);
	arena_free(&official.text);
	arena_free(&collected.text);
}

/*
 * Days that are holidays by law and by no name of their own: in place of a Sunday's (振替休日, from 1973), between two
 * holidays (国民の休日, from 1988), made or moved for one year.  By the calendar on the wall.
 */
static void
days_that_only_the_file_knows(void **state UNUSED)
{
	static const struct {
		int year, month, day;
		enum day_type want;
	} days[] = {
		{ 1973, 4, 30, DAYTYPE_HOL }, /* Monday behind the first Sunday that counted */
		{ 1988, 5, 4, DAYTYPE_HOL },  /* Wednesday, the first between two */
		{ 2009, 9, 22, DAYTYPE_HOL }, /* Tuesday between two */
		{ 2019, 4, 30, DAYTYPE_HOL }, /* around the new emperor's day ... */
		{ 2019, 5, 2, DAYTYPE_HOL },
		{ 2019, 5, 6, DAYTYPE_HOL },   /* ... and for Sunday the 5th */
		{ 2020, 5, 6, DAYTYPE_HOL },   /* Wednesday, for Sunday the 3rd */
		{ 2020, 10, 12, DAYTYPE_BIZ }, /* moved to July for the games */
		{ 2021, 7, 19, DAYTYPE_BIZ },  /* so was this Monday's, to the 22nd */
		{ 2021, 7, 22, DAYTYPE_HOL },
		{ 2023, 1, 2, DAYTYPE_HOL }, /* Monday, for New Year's Sunday */
		{ 2026, 5, 6, DAYTYPE_HOL }, /* Wednesday, for Sunday the 3rd */
		{ 2026, 5, 7, DAYTYPE_BIZ },
		{ 2026, 9, 22, DAYTYPE_HOL }, /* Tuesday between two */
		{ 2026, 9, 26, DAYTYPE_SAT },
		{ 2026, 9, 27, DAYTYPE_SUN },
		{ 2026, 12, 31, DAYTYPE_BIZ }, /* no holiday by law */
	};
	const char *folder = corpus_or_skip();
	struct pool pools[POOL_COUNT] = { { 0 } };
	struct hash_key key = { 0 };
	struct errors err = { 0 };
	struct arena a = { 0 };
	struct calendar c;
	struct ledger l;
	const struct ledger *ledgers[] = { &l };
	char path[512];

	snprintf(path, sizeof(path), "%s/japan/syukujitsu-cabinet-office-2026.csv", folder);
	ledger_init(&l, &led_holidays, &key);
	if (ledger_load(&l, str_of(path), (struct place){ 0 }, pools, false, &err))
		fail_msg(STR_FMT, STR_ARG(err.list.at[0]));
	calendar_compile(&c, ledgers, 1, &a);
	for (size_t i = 0; i < COUNT(days); i++) {
		int32_t day = civil_day(days[i].year, days[i].month, days[i].day);

		if (calendar_day(&c, day) != days[i].want)
			fail_msg("%d-%02d-%02d", days[i].year, days[i].month, days[i].day);
	}
	arena_free(&a);
	ledger_free(&l);
	errors_free(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_date_of_the_cabinet_office),
		cmocka_unit_test(days_that_only_the_file_knows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
