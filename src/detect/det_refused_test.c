/*
 * det_refused_test.c - LOG-03: one in a thousand, or a hundred, just over and just under.
 */
#include "detect/log_testing.h"

extern const struct detector det_refused;

static const int64_t param[PARAMS_MOST] = { 1000, 100 };

static void
just_over_and_just_under(void **state UNUSED)
{
	static const struct {
		const char *name;
		uint64_t accepted, refused;
		const char *want;
	} cases[] = {
		{ "nothing was refused", 1000, 0, "" },
		{ "one of a thousand is not more than one of a thousand", 999, 1, "" },
		{ "one of 999 is", 998, 1, "takuso: 1 of 999" },
		{ "a hundred of very many", 10000000, 100, "" },
		{ "a hundred and one of very many", 10000000, 101, "takuso: 101 of 10000101" },
		{ "nothing was accepted of it", 0, 7, "takuso: 7 of 7" },
		{ "no line at all", 0, 0, "" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct log_world *w = log_world_new(param);

		log_lines(w, 1, "00:00 3d 12:00");
		for (uint64_t half = cases[i].accepted / 2, k = 0; k < 2; k++) {
			uint64_t n = k ? cases[i].accepted - half : half;

			if (n)
				log_lines_at(w, 0, log_time(k ? "2d 09:00" : "1d 09:00"), n);
		}
		w->refused[0] = cases[i].refused;
		det_refused.roster(&w->roster);
		want_str(cases[i].name, "told", str_of(cases[i].want), log_told(w));
		want_i64(cases[i].name, "hits", cases[i].want[0] != 0,
			 (int64_t)w->judged[JUDGED_HIT]);
		if (w->roster.told.n) {
			want_i64(cases[i].name, "first", log_time("00:00"),
				 w->roster.told.at[0].first);
			want_i64(cases[i].name, "last", log_time("3d 12:00"),
				 w->roster.told.at[0].last);
			want_i64(cases[i].name, "lines", 0, (int64_t)w->roster.told.at[0].lines);
		}
		log_world_free(w);
	}
}

/* Where nothing was accepted there is no time to tell it of; the run says that nothing was. */
static void
an_input_without_lines_is_not_told(void **state UNUSED)
{
	struct log_world *w = log_world_new(param);

	w->refused[0] = 1000;
	det_refused.roster(&w->roster);
	want_i64("refused alone", "told", 0, (int64_t)w->roster.told.n);
	log_world_free(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(just_over_and_just_under),
		cmocka_unit_test(an_input_without_lines_is_not_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
