/*
 * presence_test.c - what an account meets for the first time in long: which days fire, which lines they have, and
 * which are silent or still learning.
 */
#include "engine/engine_fake.h"

#include "base/civil.h"

static bool
meets_net(const struct day_use *use, struct met met[METS_MOST])
{
	met[0] = (struct met){ KEY_NET, use->net };
	return false;
}

/* Terminals and clients under one key; client 9 fires alone. */
static bool
meets_tools(const struct day_use *use, struct met met[METS_MOST])
{
	met[0] = (struct met){ KEY_TERMINAL, use->terminal };
	met[1] = (struct met){ KEY_CLIENT, use->client };
	return use->client == 9;
}

static bool
before_noon(const struct event *ev)
{
	return (ev->fact->ts + JST_MS) % DAY_MS < DAY_MS / 2;
}

#define NUMBERS                                                                                    \
	{                                                                                          \
		{ "min_events", "drf", "min_events", PARAM_NUMBER, 1, 9 },                         \
			{ "window", "drf", "window", PARAM_TIME, 1, INT64_MAX },                   \
		{                                                                                  \
			"learn", "drf", "learn", PARAM_TIME, 1, INT64_MAX                          \
		}                                                                                  \
	}

static const struct detector nets_detector = {
	.name = "nets",
	.kind = FINDING_ANOMALY,
	.key = { { "acct", KEY_ACCOUNT }, { "net", KEY_NET } },
	.param = NUMBERS,
	.meets = meets_net,
};
static const struct detector tools_detector = {
	.name = "tools",
	.kind = FINDING_ANOMALY,
	.key = { { "acct", KEY_ACCOUNT } },
	.param = NUMBERS,
	.meets = meets_tools,
};
/* No number `learn`: nothing is learned. */
static const struct detector abroad_detector = {
	.name = "abroad",
	.kind = FINDING_ANOMALY,
	.key = { { "acct", KEY_ACCOUNT }, { "net", KEY_NET } },
	.param = { { "min_events", "drf", "min_events", PARAM_NUMBER, 1, 9 },
		   { "window", "drf", "window", PARAM_TIME, 1, INT64_MAX } },
	.meets = meets_net,
	.excused = before_noon,
};

#define RULE(detector_)                                                                            \
	{                                                                                          \
		.detector = &(detector_), .id = "T-MET", .version = "1.0", .base = 10,             \
		.param = { 3, 90LL * DAY_MS, 28LL * DAY_MS },                                      \
	}
static const struct rule nets = RULE(nets_detector);
static const struct rule tools = RULE(tools_detector);
static const struct rule abroad = RULE(abroad_detector);

/* Digits, then '@' day, then 'x' lines: "1@30x3" are three lines of tuple 1 on day 30, at 13:00 and after. */
static void
add_lines(struct fake *f, const char *lines)
{
	struct str rest = str_of(lines);

	while (rest.n) {
		struct str count = str_split(&rest, ' '), day = str_split(&count, 'x');
		struct str tuple = str_split(&day, '@');
		uint64_t n = 0, d = 0, t = 0;

		assert_true(str_to_u64(count, &n) && str_to_u64(day, &d) && str_to_u64(tuple, &t));
		for (uint64_t i = 0; i < n; i++)
			fake_line(f, (uint32_t)t,
				  jst_day_start(FAKE_MONDAY + (int32_t)d) + 13 * 3600000LL +
					  (int64_t)i * 60000,
				  0);
	}
}

/* Findings as "key:day/lines,day/lines ", in order of their keys. */
static struct str
told(const struct verdicts *v, char *buf, size_t size)
{
	size_t n = 0;

	for (size_t i = 0; i < v->finding.n; i++) {
		const struct finding *f = v->finding.at[i];
		struct str key = f->key_text[f->rule->detector->key[1].name ? 1 : 0];

		n += (size_t)snprintf(buf + n, size - n, STR_FMT ":", STR_ARG(key));
		for (size_t u = 0; u < f->unit_count; u++)
			n += (size_t)snprintf(buf + n, size - n, "%s%d/%u", u ? "," : "",
					      jst_day(f->units[u].first) - FAKE_MONDAY,
					      (unsigned)f->units[u].lines);
		n += (size_t)snprintf(buf + n, size - n, " ");
	}
	return (struct str){ buf, n };
}

/*
 * Of account 1: tuples 1 to 3 come from networks 1 to 3, 4 is another act from network 1, 5 failed in network 2,
 * 6 is no person's there, 7 has no address, 8 is a row of the account made on day 10, in network 2.  Of account 2: 9.
 */
static void
add_nets(struct fake *f)
{
	for (uint32_t t = 1; t <= 9; t++) {
		struct seen s = fake_person(t == 9 ? 2 : 1, t == 4 ? ACT_VIEW : ACT_LOGIN);

		s.net = t <= 3 ? t : t == 4 || t == 9 ? 1 : t == 7 ? NET_NONE : 2;
		s.tuple.ok = t != 5;
		s.person = t != 6;
		if (t == 8)
			s.standing.created = jst_day_start(FAKE_MONDAY + 10) + 1;
		fake_tuple(f, s);
	}
}

static void
networks_are_new_after_ninety_days(void **state UNUSED)
{
	static const struct {
		const char *name, *lines, *want;
		uint64_t silent, learning;
	} cases[] = {
		{ "three lines on day 28", "9@0x1 1@28x3", "net1:28/3 ", 1, 0 },
		{ "two lines", "9@0x1 1@28x2", "", 2, 0 },
		{ "on day 27 of the input", "9@0x1 1@27x3", "", 1, 1 },
		{ "its own first line is the input's first", "1@0x3 1@28x3", "", 1, 1 },
		{ "the second day is no longer new", "9@0x1 1@28x3 1@29x3", "net1:28/3 ", 2, 0 },
		{ "two acts make three lines", "9@0x1 1@28x2 4@28x1", "net1:28/3 ", 1, 0 },
		{ "two networks on one day", "9@0x1 1@28x3 2@28x4", "net1:28/3 net2:28/4 ", 1, 0 },
		{ "two of one and one of another", "9@0x1 1@28x2 2@28x1", "", 3, 0 },
		{ "ninety days ago", "9@0x1 1@30x1 1@120x3", "", 3, 0 },
		{ "ninety-one days ago", "9@0x1 1@30x1 1@121x3", "net1:121/3 ", 2, 0 },
		{ "again after another ninety-one", "9@0x1 1@30x3 1@121x5", "net1:30/3,121/5 ", 1,
		  0 },
		{ "a day with one line is presence", "9@0x1 1@28x1 1@29x3", "", 3, 0 },
		{ "and so is one while learning", "9@0x1 1@5x3 1@60x3", "", 2, 1 },
		{ "known is silent while learning", "9@0x1 1@5x1 1@6x3", "", 3, 0 },
		{ "what failed does not count", "9@0x1 2@28x2 5@28x5", "", 2, 0 },
		{ "nor is it presence", "9@0x1 5@28x5 2@29x3", "net2:29/3 ", 1, 0 },
		{ "nor who is no person", "9@0x1 6@28x5 2@29x3", "net2:29/3 ", 1, 0 },
		{ "no address is no network", "9@0x1 7@28x5", "", 1, 0 },
		{ "27 days after the account was made", "9@0x1 8@37x3", "", 1, 1 },
		{ "28 days after", "9@0x1 8@38x3", "net2:38/3 ", 1, 0 },
		{ "of two rows the later", "9@0x1 2@37x3 8@37x3", "", 1, 1 },
		{ "another's day does not matter", "9@0x1 8@30x1 1@37x3", "net1:37/3 ", 2, 0 },
		{ "a failed line opens the input", "5@0x1 1@28x3", "net1:28/3 ", 0, 0 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		static const struct rule *const rules[] = { &nets };
		struct fake *f = fake_new();
		struct verdicts v;
		char buf[300];

		add_nets(f);
		add_lines(f, cases[i].lines);
		fake_judge(f, rules, 1, &v);
		want_str(cases[i].name, "findings", str_of(cases[i].want),
			 told(&v, buf, sizeof(buf)));
		want_i64(cases[i].name, "silent", (int64_t)cases[i].silent,
			 (int64_t)v.tally[0].judged[JUDGED_SILENT]);
		want_i64(cases[i].name, "learning", (int64_t)cases[i].learning,
			 (int64_t)v.tally[0].judged[JUDGED_LEARNING]);
		verdicts_free(&v);
		fake_free(f);
	}
}

/* Tuples: terminal, client; 1: 1 1, 2: 2 1, 3: 1 2, 4: 2 2, 5: 1 9; 6 is of account 2. */
static void
what_is_met_under_one_key_is_one_unit_a_day(void **state UNUSED)
{
	static const uint32_t tool[][2] = { { 1, 1 }, { 2, 1 }, { 1, 2 },
					    { 2, 2 }, { 1, 9 }, { 5, 5 } };
	static const struct {
		const char *name, *lines, *want;
	} cases[] = {
		{ "both new", "6@0x1 1@28x3", "a1:28/3 " },
		{ "a new terminal", "6@0x1 1@10x1 2@28x3 1@28x2", "a1:28/3 " },
		{ "a new client", "6@0x1 1@10x1 3@28x3 1@28x2", "a1:28/3 " },
		{ "one new terminal, one new client", "6@0x1 1@10x1 2@28x3 3@28x3 1@28x1",
		  "a1:28/6 " },
		{ "both of a line new: the line once", "6@0x1 1@10x1 4@28x3", "a1:28/3 " },
		{ "two lines each of two terminals with one client", "6@0x1 1@28x2 2@28x2",
		  "a1:28/4 " },
		{ "one line alone", "6@0x1 1@10x1 5@28x1", "a1:28/1 " },
		{ "alone without history", "6@0x1 5@0x1", "a1:0/1 " },
		{ "alone every day", "6@0x1 5@1x1 5@2x2", "a1:1/1,2/2 " },
		{ "alone, and a new terminal beside it", "6@0x1 1@10x1 2@28x3 5@28x1 1@28x1",
		  "a1:28/4 " },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		static const struct rule *const rules[] = { &tools };
		struct fake *f = fake_new();
		struct verdicts v;
		char buf[300];

		for (uint32_t t = 0; t < COUNT(tool); t++) {
			struct seen s = fake_person(t == 5 ? 2 : 1, ACT_LOGIN);

			s.tuple.text[DICT_TERMINAL] = tool[t][0];
			s.tuple.text[DICT_CLIENT] = tool[t][1];
			fake_tuple(f, s);
		}
		add_lines(f, cases[i].lines);
		fake_judge(f, rules, 1, &v);
		want_str(cases[i].name, "findings", str_of(cases[i].want),
			 told(&v, buf, sizeof(buf)));
		verdicts_free(&v);
		fake_free(f);
	}
}

/* Lines before noon are not there for the rule: neither counted nor history. */
static void
excused_lines_are_left_out(void **state UNUSED)
{
	static const struct {
		const char *name;
		int morning, afternoon; /* lines of day 100 */
		int32_t earlier;        /* a morning before it, 0 = none */
		int fires;              /* lines */
	} cases[] = {
		{ "three in the afternoon", 0, 3, 0, 3 },
		{ "with others in the morning", 4, 3, 0, 3 },
		{ "two in the afternoon", 4, 2, 0, 0 },
		{ "yesterday's morning is no history", 0, 3, 99, 3 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		static const struct rule *const rules[] = { &abroad };
		struct fake *f = fake_new();
		struct verdicts v;
		int64_t day = jst_day_start(FAKE_MONDAY + 100);

		add_nets(f);
		if (cases[i].earlier)
			fake_line(f, 1, jst_day_start(FAKE_MONDAY + cases[i].earlier), 0);
		for (int k = 0; k < cases[i].morning; k++)
			fake_line(f, 1, day + k, 0);
		for (int k = 0; k < cases[i].afternoon; k++)
			fake_line(f, 1, day + DAY_MS / 2 + k, 0);
		fake_judge(f, rules, 1, &v);
		want_i64(cases[i].name, "findings", cases[i].fires > 0, (int64_t)v.finding.n);
		if (v.finding.n) {
			want_i64(cases[i].name, "lines", cases[i].fires,
				 (int64_t)v.finding.at[0]->counts.lines);
			want_i64(cases[i].name, "x", cases[i].fires, v.finding.at[0]->day.x);
			want_i64(cases[i].name, "window", 90, v.finding.at[0]->day.days);
		}
		verdicts_free(&v);
		fake_free(f);
	}
}

/* Forty networks a day for a hundred days: tables grow, and every network fires once. */
static void
many_networks(void **state UNUSED)
{
	static const struct rule *const rules[] = { &nets };
	struct fake *f = fake_new();
	struct verdicts v;

	for (uint32_t t = 1; t <= 60; t++) {
		struct seen s = fake_person(1, ACT_LOGIN);

		s.net = t;
		fake_tuple(f, s);
	}
	fake_line(f, 60, jst_day_start(FAKE_MONDAY), 0);
	for (int32_t d = 0; d < 100; d++) {
		for (uint32_t k = 0; k < 120; k++)
			fake_line(f, 1 + k % 40 + (d >= 50 ? 10 : 0),
				  jst_day_start(FAKE_MONDAY + 40 + d) + (int64_t)k * 1000, 0);
	}
	fake_judge(f, rules, 1, &v);
	want_i64("forty and ten more", "findings", 50, (int64_t)v.finding.n);
	for (size_t i = 0; i < v.finding.n; i++) {
		uint32_t net = v.finding.at[i]->key.part[1];

		want_i64("each", "lines", 3, (int64_t)v.finding.at[i]->counts.lines);
		want_i64("each", "day", net <= 40 ? 40 : 90,
			 jst_day(v.finding.at[i]->first) - FAKE_MONDAY);
	}
	verdicts_free(&v);
	fake_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(networks_are_new_after_ninety_days),
		cmocka_unit_test(what_is_met_under_one_key_is_one_unit_a_day),
		cmocka_unit_test(excused_lines_are_left_out),
		cmocka_unit_test(many_networks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
