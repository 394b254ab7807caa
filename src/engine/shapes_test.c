/*
 * shapes_test.c - the days and pairs the engine cuts an account's lines into, seen by rules that
 * write them down.
 */
#include "engine/engine_fake.h"

static struct account_day noted[64];
static size_t noted_count;

/* Notes each day when it is the last of those given, and fires on days of two consumers. */
static enum judged
note_day(const struct account_day *days, size_t at, const int64_t *param UNUSED,
	 struct account_day_sum *sum)
{
	assert_true(at < COUNT(noted) && (at == 0 || days[at - 1].day < days[at].day));
	noted[at] = days[at];
	noted_count = at + 1;
	sum->x = days[at].consumers;
	return days[at].consumers == 2 ? JUDGED_HIT : JUDGED_SILENT;
}

static enum judged
any_pair(const struct session *x, const struct session *y, const int64_t *param UNUSED, int *extra)
{
	assert_true(x->a <= y->a && y->a <= x->b && x->n >= 2 && y->n >= 2);
	*extra = x->net_org != y->net_org ? 20 : 0;
	return JUDGED_HIT;
}

static enum judged
no_line(const struct seen *who UNUSED, const int64_t *param UNUSED)
{
	return JUDGED_SILENT;
}

static const struct detector days_detector = {
	.name = "days",
	.kind = FINDING_ANOMALY,
	.key = { { "acct", KEY_ACCOUNT } },
	.day = note_day,
};
static const struct rule days = {
	.detector = &days_detector,
	.id = "T-DAY",
	.version = "1.0",
	.base = 50,
};
static const struct detector pairs_detector = {
	.name = "pairs",
	.kind = FINDING_ANOMALY,
	.key = { { "acct", KEY_ACCOUNT } },
	.screen = no_line,
	.pair = any_pair,
};
static const struct rule pairs = {
	.detector = &pairs_detector,
	.id = "T-PAIR",
	.version = "1.0",
	.base = 60,
};

enum { VIEW = 1, LIST, LOGIN, FAILED, HEALTH, SHARED, OTHER_ORG, NO_OBJECT };

static void
add_tuples(struct fake *f)
{
	struct seen s = fake_person(1, ACT_VIEW);

	fake_tuple(f, s);
	fake_tuple(f, fake_person(1, ACT_LIST));
	fake_tuple(f, fake_person(1, ACT_LOGIN));
	s.tuple.ok = 0;
	fake_tuple(f, s);
	fake_tuple(f, fake_person(1, ACT_HEALTH));
	s = fake_person(1, ACT_VIEW);
	s.account_kind = KIND_SHARED;
	s.person = false;
	fake_tuple(f, s);
	s = fake_person(1, ACT_VIEW);
	s.account_org = 2;
	fake_tuple(f, s);
}

/* Lines as "tuple@time=object"; days wanted as "day:consumers", h for a holiday, - for left out. */
static void
days_are_japanese_and_count_consumers(void **state UNUSED)
{
	static const struct {
		const char *name, *lines, *want;
		int32_t disaster, silent;
	} cases[] = {
		{ "distinct consumers", "1@09:00=1 1@10:00=2 1@11:00=1", "0:2 ", -9, -9 },
		{ "midnight parts days", "1@23:59:59.999=1 1@1d00:00=1", "0:1 1:1 ", -9, -9 },
		{ "a list shows consumers too", "2@09:00=1 1@09:01=2", "0:2 ", -9, -9 },
		{ "what failed shows none", "4@09:00=1 1@09:01=2", "0:1 ", -9, -9 },
		{ "a login shows none", "3@09:00=1 1@09:01=2", "0:1 ", -9, -9 },
		{ "a health check shows none", "5@09:00=1 1@09:01=2", "0:1 ", -9, -9 },
		{ "a view without consumer", "1@09:00=0 1@09:01=2", "0:1 ", -9, -9 },
		{ "not while the account was no person's", "6@09:00=1 1@09:01=2", "0:1 ", -9, -9 },
		{ "a Saturday and a Sunday", "1@4d09:00=1 1@5d09:00=1 1@6d09:00=1 1@7d09:00=1",
		  "4:1 5:1h 6:1h 7:1 ", -9, -9 },
		{ "a disaster day is left out", "1@09:00=1 1@1d09:00=1 1@2d09:00=1",
		  "0:1 1:1- 2:1 ", 1, -9 },
		{ "another organisation's disaster is not", "7@1d09:00=1", "1:1 ", 1, -9 },
		{ "the first view of the day decides whose", "7@1d08:00=1 1@1d09:00=2", "1:2 ", 1,
		  -9 },
		{ "and the other way round", "1@1d08:00=1 7@1d09:00=2", "1:2- ", 1, -9 },
		{ "a login of another before it does not", "3@1d07:00=0 7@1d09:00=2", "1:1 ", 1,
		  -9 },
		{ "a working day with a silent system", "1@1d09:00=1 1@2d09:00=1", "1:1- 2:1 ", -9,
		  1 },
		{ "a silent Sunday is none", "1@6d09:00=1", "6:1h ", -9, 6 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		static const struct rule *const rules[] = { &days };
		struct fake *f = fake_new();
		struct str rest = str_of(cases[i].lines);
		struct verdicts v;
		char got[200] = "";
		size_t n = 0;

		add_tuples(f);
		f->disaster_day = FAKE_MONDAY + cases[i].disaster;
		f->silent_day = FAKE_MONDAY + cases[i].silent;
		while (rest.n) {
			struct str object = str_split(&rest, ' '), time = str_split(&object, '=');
			struct str tuple = str_split(&time, '@');

			fake_line(f, (uint32_t)(tuple.p[0] - '0'), fake_time(time),
				  (uint32_t)(object.p[0] - '0'));
		}
		noted_count = 0;
		fake_judge(f, rules, 1, &v);
		for (size_t k = 0; k < noted_count; k++) {
			if (noted[k].consumers)
				n += (size_t)snprintf(got + n, sizeof(got) - n, "%d:%u%s%s ",
						      noted[k].day - FAKE_MONDAY,
						      noted[k].consumers,
						      noted[k].kind == DAY_HOL ? "h" : "",
						      noted[k].left_out ? "-" : "");
		}
		want_str(cases[i].name, "days", str_of(cases[i].want), (struct str){ got, n });
		verdicts_free(&v);
		fake_free(f);
	}
}

/* B.13.15: all ok lines of the day but health checks, whoever the account was then. */
static void
a_fired_day_has_all_its_ok_lines(void **state UNUSED)
{
	static const struct rule *const rules[] = { &days };
	struct fake *f = fake_new();
	struct verdicts v;
	const struct finding *got;

	add_tuples(f);
	fake_line(f, LOGIN, fake_time(STR("08:59")), 0);
	fake_line(f, VIEW, fake_time(STR("09:00")), 1);
	fake_line(f, FAILED, fake_time(STR("09:30")), 3);
	fake_line(f, LIST, fake_time(STR("10:00")), 2);
	fake_line(f, HEALTH, fake_time(STR("12:00")), 0);
	fake_line(f, SHARED, fake_time(STR("13:00")), 3);
	fake_line(f, VIEW, fake_time(STR("1d09:00")), 1);
	fake_judge(f, rules, 1, &v);
	want_i64("one fired day", "findings", 1, (int64_t)v.finding.n);
	got = v.finding.at[0];
	want_i64("one fired day", "episodes", 1, (int64_t)got->counts.episodes);
	want_i64("its lines", "lines", 4, (int64_t)got->counts.lines);
	want_i64("its first", "ts", fake_time(STR("08:59")), got->first);
	want_i64("its last", "ts", fake_time(STR("13:00")), got->last);
	verdicts_free(&v);
	fake_free(f);
}

/* "place@time ..."; every overlap fires, so that counts and lines can be told by hand. */
static void
pairs_count_and_share_their_lines(void **state UNUSED)
{
	static const struct {
		const char *name, *lines;
		int64_t count, cases, used, points; /* count 0: no finding */
	} cases[] = {
		{ "one place", "1@09:00 1@09:05", 0, 0, 0, 0 },
		{ "no overlap", "1@09:00 1@09:05 2@09:06 2@09:07", 0, 0, 0, 0 },
		{ "one line is no session", "1@09:00 1@09:05 2@09:03", 0, 0, 0, 0 },
		{ "two places", "1@09:00 2@09:01 1@09:05 2@09:06", 1, 1, 4, 60 },
		{ "another organisation's network", "1@09:00 3@09:01 1@09:05 3@09:06", 1, 1, 4,
		  80 },
		{ "a session of two pairs has its lines once",
		  "1@09:00 2@09:01 1@09:05 2@09:06 1@09:15 1@09:25 2@09:20 2@09:24", 2, 1, 8, 60 },
		{ "three places are three pairs", "1@09:00 2@09:01 4@09:02 1@09:05 2@09:06 4@09:07",
		  3, 1, 6, 60 },
		{ "lines outside the pairs are not theirs",
		  "1@09:00 2@09:01 1@09:05 2@09:06 1@12:00 1@12:01", 1, 1, 4, 60 },
		{ "two cases",
		  "1@09:00 2@09:01 1@09:05 2@09:06 1@40d09:00 2@40d09:01 1@40d09:05 2@40d09:06", 2,
		  2, 8, 65 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		static const struct rule *const rules[] = { &pairs };
		struct fake *f = fake_new();
		struct str rest = str_of(cases[i].lines);
		struct verdicts v;

		for (uint32_t net = 1; net <= 4; net++) {
			struct seen s = fake_person(1, ACT_LOGIN);

			s.net = net;
			s.net_org = net == 3 ? 2 : 1;
			fake_tuple(f, s);
		}
		while (rest.n) {
			struct str time = str_split(&rest, ' '), place = str_split(&time, '@');

			fake_line(f, (uint32_t)(place.p[0] - '0'), fake_time(time), 0);
		}
		fake_judge(f, rules, 1, &v);
		want_i64(cases[i].name, "findings", cases[i].count > 0, (int64_t)v.finding.n);
		if (v.finding.n) {
			const struct finding *got = v.finding.at[0];

			want_i64(cases[i].name, "pairs", cases[i].count,
				 (int64_t)got->counts.episodes);
			want_i64(cases[i].name, "cases", cases[i].cases, (int64_t)got->case_count);
			want_i64(cases[i].name, "lines", cases[i].used, (int64_t)got->counts.lines);
			want_i64(cases[i].name, "points", cases[i].points, got->points);
		}
		verdicts_free(&v);
		fake_free(f);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_are_japanese_and_count_consumers),
		cmocka_unit_test(a_fired_day_has_all_its_ok_lines),
		cmocka_unit_test(pairs_count_and_share_their_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
