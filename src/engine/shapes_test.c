/*
 * shapes_test.c - the days and pairs the engine cuts an account's lines into, seen by rules that
 * write them down.
 */
#include "engine/engine_fake.h"

#include "base/civil.h"

static struct account_day noted[64];
static struct day_use noted_use[64]; /* of the day noted last */
static size_t noted_count;

/* Notes each day when it is the last of those given, and fires on days of two consumers. */
static enum judged
note_day(const struct account_day *days, size_t at, const int64_t *param UNUSED,
	 struct account_day_sum *sum)
{
	assert_true(at < COUNT(noted) && (at == 0 || days[at - 1].day < days[at].day));
	assert_true(days[at].use_count <= COUNT(noted_use));
	noted[at] = days[at];
	noted_count = at + 1;
	if (days[at].use_count)
		memcpy(noted_use, days[at].use, days[at].use_count * sizeof(*noted_use));
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

static size_t steps_n;
static char steps[400]; /* "net/terminal>net/terminal " of every pair that was asked */

/* Fires where the network changes. */
static enum judged
any_next(const struct session *x, const struct session *y, const struct lookup *l UNUSED,
	 const int64_t *param UNUSED, struct account_day_sum *sum)
{
	steps_n += (size_t)snprintf(steps + steps_n, sizeof(steps) - steps_n, "%u/%u>%u/%u ",
				    x->net, x->terminal, y->net, y->terminal);
	assert_true(steps_n < sizeof(steps));
	sum->x = y->net;
	return x->net != y->net ? JUDGED_HIT : JUDGED_SILENT;
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

static const struct detector next_detector = {
	.name = "next",
	.kind = FINDING_ANOMALY,
	.key = { { "acct", KEY_ACCOUNT } },
	.next = any_next,
};
static const struct rule next = {
	.detector = &next_detector,
	.id = "T-NEXT",
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

static void
add_lines(struct fake *f, const char *lines)
{
	struct str rest = str_of(lines);

	while (rest.n) {
		struct str time = str_split(&rest, ' '), tuple = str_split(&time, '@');

		fake_line(f, (uint32_t)(tuple.p[0] - '0'), fake_time(time), 0);
	}
}

/* Hours have a view-like line of the person, with or without a consumer. */
static void
hours_are_japanese_and_have_a_view(void **state UNUSED)
{
	static const struct {
		const char *name, *lines;
		uint32_t want; /* of the last day */
	} cases[] = {
		{ "an hour from its first millisecond", "1@09:00", 1U << 9 },
		{ "to its last", "1@09:59:59.999", 1U << 9 },
		{ "several, some of them twice", "1@09:10 2@09:20 1@10:00 1@23:59 2@23:59:30",
		  1U << 9 | 1U << 10 | 1U << 23 },
		{ "midnight is the next day's", "1@23:00 1@1d00:00", 1U },
		{ "the same hour on the next day", "1@09:00 1@1d09:00", 1U << 9 },
		{ "a login shows nothing", "3@08:00 1@09:00 3@10:00", 1U << 9 },
		{ "what failed shows nothing", "4@08:00 1@09:00", 1U << 9 },
		{ "a health check neither", "5@08:00 3@09:00", 0 },
		{ "nor who is no person", "6@08:00 1@09:00", 1U << 9 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		static const struct rule *const rules[] = { &days };
		struct fake *f = fake_new();
		struct verdicts v;

		add_tuples(f);
		add_lines(f, cases[i].lines);
		noted_count = 0;
		fake_judge(f, rules, 1, &v);
		assert_true(noted_count > 0);
		want_i64(cases[i].name, "hours", cases[i].want, noted[noted_count - 1].hours);
		verdicts_free(&v);
		fake_free(f);
	}
}

/* Tuples 1 to 4: sites 1, 2, none known, 1 of another network; 5 failed at site 2; 6 at site 2, no person's. */
static void
sites_change_between_lines_that_have_one(void **state UNUSED)
{
	static const struct {
		const char *name, *lines;
		uint32_t want; /* of the last day */
	} cases[] = {
		{ "one site", "1@09:00 1@09:01", 0 },
		{ "two", "1@09:00 2@09:01", 1 },
		{ "to and fro", "1@09:00 2@09:01 1@09:02 2@09:03", 3 },
		{ "two networks of a site", "1@09:00 4@09:01 1@09:02", 0 },
		{ "a line without one is skipped", "1@09:00 3@09:01 1@09:02 3@09:03 2@09:04", 1 },
		{ "only lines without one", "3@09:00 3@09:01", 0 },
		{ "what failed is skipped", "1@09:00 5@09:01 1@09:02", 0 },
		{ "who is no person, too", "1@09:00 6@09:01 1@09:02", 0 },
		{ "a new day begins anew", "1@09:00 2@1d09:00 1@1d10:00", 1 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		static const struct rule *const rules[] = { &days };
		struct fake *f = fake_new();
		struct verdicts v;

		for (uint32_t t = 1; t <= 6; t++) {
			struct seen s = fake_person(1, ACT_LOGIN);

			s.net = t;
			s.net_site = t == 3 ? SITE_NONE : t == 1 || t == 4 ? 1 : 2;
			s.tuple.ok = t != 5;
			s.person = t != 6;
			fake_tuple(f, s);
		}
		add_lines(f, cases[i].lines);
		noted_count = 0;
		fake_judge(f, rules, 1, &v);
		assert_true(noted_count > 0);
		want_i64(cases[i].name, "changes", cases[i].want,
			 noted[noted_count - 1].site_changes);
		verdicts_free(&v);
		fake_free(f);
	}
}

/* Tuples 1 and 2 differ by act alone, 3 by terminal, 4 by network, 5 by client, 6 by when the account was made. */
static void
uses_are_counted_by_day(void **state UNUSED)
{
	static const struct {
		const char *name, *lines;
		const char *
			want; /* of the last day: net/terminal/client/created=lines, in order of arrival */
	} cases[] = {
		{ "one", "1@09:00 1@09:01", "1/0/0/-=2 " },
		{ "acts are no matter", "1@09:00 2@09:01 1@09:02", "1/0/0/-=3 " },
		{ "a terminal", "1@09:00 3@09:01 1@09:02", "1/0/0/-=2 1/7/0/-=1 " },
		{ "a network", "4@09:00 1@09:01 4@09:02", "2/0/0/-=2 1/0/0/-=1 " },
		{ "a client", "5@09:00 1@09:01", "1/0/9/-=1 1/0/0/-=1 " },
		{ "another row of the account", "1@09:00 6@09:01", "1/0/0/-=1 1/0/0/19177=1 " },
		{ "a new day begins anew", "1@09:00 3@09:01 3@1d09:00 1@1d09:01 3@1d09:02",
		  "1/7/0/-=2 1/0/0/-=1 " },
		{ "a day between", "1@09:00 3@1d09:00 1@2d09:00", "1/0/0/-=1 " },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		static const struct rule *const rules[] = { &days };
		struct fake *f = fake_new();
		struct verdicts v;
		char got[200] = "";
		size_t n = 0;

		for (uint32_t t = 1; t <= 6; t++) {
			struct seen s = fake_person(1, t == 2 ? ACT_LOGIN : ACT_VIEW);

			s.net = t == 4 ? 2 : 1;
			s.tuple.text[DICT_TERMINAL] = t == 3 ? 7 : 0;
			s.tuple.text[DICT_CLIENT] = t == 5 ? 9 : 0;
			s.standing.created = t == 6 ? fake_time(STR("23:59:59.999")) : INT64_MIN;
			fake_tuple(f, s);
		}
		add_lines(f, cases[i].lines);
		noted_count = 0;
		fake_judge(f, rules, 1, &v);
		assert_true(noted_count > 0);
		for (uint32_t k = 0; k < noted[noted_count - 1].use_count; k++) {
			const struct day_use *u = &noted_use[k];
			char created[16] = "-";

			if (u->created != INT64_MIN)
				snprintf(created, sizeof(created), "%d", jst_day(u->created));
			n += (size_t)snprintf(got + n, sizeof(got) - n, "%u/%u/%u/%s=%u ", u->net,
					      u->terminal, u->client, created, u->lines);
		}
		want_str(cases[i].name, "uses", str_of(cases[i].want), (struct str){ got, n });
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

/*
 * Tuples 1 to 6: network 1, 2, 10, 2 with terminal 2, 2 with terminal 10, 2 with another act.  Ties go by end, then by
 * what networks and terminals are called: net10 before net2, t10 before t2.
 */
static void
what_begins_next_comes_next(void **state UNUSED)
{
	static const uint32_t place[][2] = { { 1, 0 }, { 2, 0 },  { 10, 0 },
					     { 2, 2 }, { 2, 10 }, { 2, 0 } };
	static const struct {
		const char *name, *lines, *want;
		int64_t pairs, used, units, first,
			last; /* minutes after nine; x of the first pair */
		uint32_t x;
	} cases[] = {
		{ "one session", "1@09:00 1@09:10", "", 0, 0, 0, 0, 0, 0 },
		{ "a place again", "1@09:00 1@09:11", "1/0>1/0 ", 0, 0, 0, 0, 0, 0 },
		{ "one line is a session", "1@09:00 2@09:30", "1/0>2/0 ", 1, 2, 1, 0, 30, 2 },
		{ "acts make no session", "1@09:00 2@09:30 6@09:35", "1/0>2/0 ", 1, 3, 1, 0, 35,
		  2 },
		{ "there and back", "1@09:00 2@09:30 1@10:00", "1/0>2/0 2/0>1/0 ", 2, 3, 1, 0, 60,
		  2 },
		{ "by their begin, though they overlap", "1@09:00 2@09:05 1@09:10 3@09:30",
		  "1/0>2/0 2/0>10/0 ", 2, 4, 1, 0, 30, 2 },
		{ "of two that begin together, by their end", "2@09:00 3@09:00 3@09:05 1@09:30",
		  "2/0>10/0 10/0>1/0 ", 2, 4, 1, 0, 30, 10 },
		{ "and by their network's text", "2@09:00 3@09:00 1@09:30", "10/0>2/0 2/0>1/0 ", 2,
		  3, 1, 0, 30, 2 },
		{ "and by their terminal's", "2@09:00 4@09:00 5@09:00", "2/0>2/10 2/10>2/2 ", 0, 0,
		  0, 0, 0, 0 },
		{ "a pair belongs to the later one's day", "1@23:50 2@1d00:10 1@1d09:00",
		  "1/0>2/0 2/0>1/0 ", 2, 3, 1, 890, 1440, 2 },
		{ "two days", "1@09:00 2@09:30 1@1d09:00", "1/0>2/0 2/0>1/0 ", 2, 3, 2, 0, 1440,
		  2 },
		{ "lines of other sessions are not theirs", "1@09:00 1@09:30 2@10:00 2@11:00",
		  "1/0>1/0 1/0>2/0 2/0>2/0 ", 1, 2, 1, 30, 60, 2 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		static const struct rule *const rules[] = { &next };
		struct fake *f = fake_new();
		struct verdicts v;

		for (uint32_t t = 0; t < COUNT(place); t++) {
			struct seen s = fake_person(1, t == 5 ? ACT_VIEW : ACT_LOGIN);

			s.net = place[t][0];
			s.tuple.text[DICT_TERMINAL] = place[t][1];
			fake_tuple(f, s);
		}
		add_lines(f, cases[i].lines);
		steps_n = 0;
		fake_judge(f, rules, 1, &v);
		want_str(cases[i].name, "asked", str_of(cases[i].want),
			 (struct str){ steps, steps_n });
		want_i64(cases[i].name, "findings", cases[i].pairs > 0, (int64_t)v.finding.n);
		if (v.finding.n) {
			const struct finding *got = v.finding.at[0];
			int64_t nine = fake_time(STR("09:00"));

			want_i64(cases[i].name, "pairs", cases[i].pairs,
				 (int64_t)got->counts.episodes);
			want_i64(cases[i].name, "lines", cases[i].used, (int64_t)got->counts.lines);
			want_i64(cases[i].name, "units", cases[i].units, (int64_t)got->unit_count);
			want_i64(cases[i].name, "first", cases[i].first,
				 (got->first - nine) / 60000);
			want_i64(cases[i].name, "last", cases[i].last, (got->last - nine) / 60000);
			want_i64(cases[i].name, "x", cases[i].x, got->day.x);
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
		cmocka_unit_test(hours_are_japanese_and_have_a_view),
		cmocka_unit_test(sites_change_between_lines_that_have_one),
		cmocka_unit_test(uses_are_counted_by_day),
		cmocka_unit_test(a_fired_day_has_all_its_ok_lines),
		cmocka_unit_test(pairs_count_and_share_their_lines),
		cmocka_unit_test(what_begins_next_comes_next),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
