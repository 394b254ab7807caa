/*
 * det_unresolved_test.c - LOG-07: one finding a system and kind, its names with most lines first, twenty of them.
 */
#include "detect/log_testing.h"

extern const struct detector det_unresolved;

static const int64_t param[PARAMS_MOST] = { 20 };

static void
names_of_a_system_and_kind(void **state UNUSED)
{
	static const struct unresolved list[] = {
		{ 0, UNRESOLVED_ACCOUNT, BYTES("x1"), 5, 2000, 9000 },
		{ 0, UNRESOLVED_ACCOUNT, BYTES("x0"), 2, 1000, 3000 },
		{ 0, UNRESOLVED_TERMINAL, BYTES("t9"), 1, 4000, 4000 },
		{ 1, UNRESOLVED_ACCOUNT, BYTES("x1"), 7, 500, 600 },
	};
	static const struct {
		unsigned system, what;
		int64_t first, last;
		uint64_t lines;
		const char *names[2];
	} want[] = {
		{ 0, UNRESOLVED_ACCOUNT, 1000, 9000, 7, { "x1, lines 5", "x0, lines 2" } },
		{ 0, UNRESOLVED_TERMINAL, 4000, 4000, 1, { "t9, lines 1" } },
		{ 1, UNRESOLVED_ACCOUNT, 500, 600, 7, { "x1, lines 7" } },
	};
	struct log_world *w = log_world_new(param);

	w->lookup.gives = GIVES_ACCOUNTS | GIVES_TERMINALS | GIVES_BARRIER;
	w->roster.unresolved = list;
	w->roster.unresolved_count = COUNT(list);
	det_unresolved.roster(&w->roster);
	want_i64("all", "told", COUNT(want), (int64_t)w->roster.told.n);
	for (size_t i = 0; i < COUNT(want); i++) {
		const struct told *t = &w->roster.told.at[i];
		size_t names = want[i].names[1] ? 2 : 1;

		want_i64("told", "system", want[i].system, t->key.part[0]);
		want_i64("told", "what", want[i].what, t->key.part[1]);
		want_i64("told", "first", want[i].first, t->first);
		want_i64("told", "last", want[i].last, t->last);
		want_i64("told", "lines", (int64_t)want[i].lines, (int64_t)t->lines);
		want_i64("told", "names", (int64_t)names, (int64_t)t->also_count);
		for (size_t k = 0; k < names; k++)
			want_str("told", "name", str_of(want[i].names[k]), t->also[k].observed);
	}
	/* three ledgers, two systems: six questions */
	want_i64("all", "hits", 3, (int64_t)w->judged[JUDGED_HIT]);
	want_i64("all", "silent", 3, (int64_t)w->judged[JUDGED_SILENT]);
	log_world_free(w);
}

static void
twenty_names_are_shown_and_all_are_counted(void **state UNUSED)
{
	static struct unresolved list[25];
	struct log_world *w = log_world_new(param);

	for (size_t i = 0; i < COUNT(list); i++)
		list[i] = (struct unresolved){ .what = UNRESOLVED_CONSUMER,
					       .name = STR("0300000000000000000999"),
					       .lines = 100 - i,
					       .first = 10,
					       .last = 20 + (int64_t)i };
	w->lookup.gives = GIVES_CONSUMERS;
	w->roster.unresolved = list;
	w->roster.unresolved_count = COUNT(list);
	det_unresolved.roster(&w->roster);
	want_i64("25 names", "told", 1, (int64_t)w->roster.told.n);
	want_i64("25 names", "shown", 20, (int64_t)w->roster.told.at[0].also_count);
	/* 100 + 99 + ... + 76 */
	want_i64("25 names", "lines", 2200, (int64_t)w->roster.told.at[0].lines);
	want_i64("25 names", "last", 44, w->roster.told.at[0].last);
	log_world_free(w);
}

static void
without_ledgers_nothing_is_asked(void **state UNUSED)
{
	struct log_world *w = log_world_new(param);

	det_unresolved.roster(&w->roster);
	want_i64("no ledger", "judged", 0,
		 (int64_t)(w->judged[JUDGED_HIT] + w->judged[JUDGED_SILENT]));
	log_world_free(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_of_a_system_and_kind),
		cmocka_unit_test(twenty_names_are_shown_and_all_are_counted),
		cmocka_unit_test(without_ledgers_nothing_is_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
