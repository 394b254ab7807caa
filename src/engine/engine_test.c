/*
 * engine_test.c - episodes, cases, other keys and parents, from pictures of times.
 */
#include "engine/engine_fake.h"

static enum judged
every_line(const struct seen *who UNUSED, const int64_t *param UNUSED)
{
	return JUDGED_HIT;
}

static enum judged
by_account(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST],
	   int *count)
{
	key[0] = (struct key){ { ev->who->tuple.text[DICT_ACCOUNT] } };
	*count = 1;
	return JUDGED_HIT;
}

static enum judged
by_org(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST], int *count)
{
	key[0] = (struct key){ { ev->who->account_org } };
	*count = 1;
	return JUDGED_HIT;
}

static bool
three_lines(struct unit_sum *e, const int64_t *param UNUSED)
{
	return e->lines >= 3;
}

static bool
three_accounts(struct unit_sum *e, const int64_t *param UNUSED)
{
	return e->accounts >= 3;
}

static const struct detector half_hour_detector = {
	.name = "half_hour",
	.kind = FINDING_VIOLATION,
	.key = { { "acct", KEY_ACCOUNT } },
	.screen = every_line,
	.hit = by_account,
};
static const struct rule half_hour = {
	.detector = &half_hour_detector,
	.id = "T-30M",
	.version = "1.0",
	.base = 50,
	.gap_ms = 30LL * 60000,
};
static const struct detector half_hour_of_three_detector = {
	.name = "half_hour_of_three",
	.kind = FINDING_VIOLATION,
	.key = { { "acct", KEY_ACCOUNT } },
	.screen = every_line,
	.hit = by_account,
	.fires = three_lines,
};
static const struct rule half_hour_of_three = {
	.detector = &half_hour_of_three_detector,
	.id = "T-3",
	.version = "1.0",
	.base = 50,
	.gap_ms = 30LL * 60000,
};
static const struct detector week_of_org_detector = {
	.name = "week_of_org",
	.kind = FINDING_VIOLATION,
	.across = true,
	.key = { { "org", KEY_ORG } },
	.screen = every_line,
	.hit = by_org,
	.fires = three_accounts,
	.children = "half_hour",
};
static const struct rule week_of_org = {
	.detector = &week_of_org_detector,
	.id = "T-ORG",
	.version = "1.0",
	.base = 90,
	.gap_ms = 7LL * 86400000,
};

/*
 * hh:mm of an instant, with what is behind the minute when there is any, and the day when it is
 * not the first.
 */
static size_t
print_time(char *p, int64_t ts)
{
	int32_t day = jst_day(ts);
	int64_t ms = ts - jst_day_start(day);
	size_t n = 0;

	if (day != FAKE_MONDAY)
		n += (size_t)snprintf(p + n, 14, "%dd", day - FAKE_MONDAY);
	n += (size_t)snprintf(p + n, 16, "%02d:%02d", (int)(ms / 3600000) % 24,
			      (int)(ms / 60000 % 60));
	if (ms % 60000)
		n += (size_t)snprintf(p + n, 20, ":%02d.%03d", (int)(ms / 1000 % 60),
				      (int)(ms % 1000));
	return n;
}

/* Units as [first-last lines], cases parted by |. */
static struct str
picture(const struct finding *f, char *buf)
{
	size_t n = 0;

	for (size_t c = 0; c < f->case_count; c++) {
		if (c)
			buf[n++] = '|';
		for (size_t u = f->cases[c].unit_from; u < f->cases[c].unit_to; u++) {
			buf[n++] = '[';
			n += print_time(buf + n, f->units[u].first);
			buf[n++] = '-';
			n += print_time(buf + n, f->units[u].last);
			n += (size_t)snprintf(buf + n, 24, " %u]", (unsigned)f->units[u].lines);
		}
	}
	return (struct str){ buf, n };
}

static void
judge_times(struct fake *f, const char *times, const struct rule *rule, struct verdicts *v)
{
	uint32_t tuple = fake_tuple(f, fake_person(1, ACT_VIEW));
	struct str rest = str_of(times);

	while (rest.n)
		fake_line(f, tuple, fake_time(str_split(&rest, ' ')), 1);
	fake_judge(f, &rule, 1, v);
}

static void
pauses_make_episodes_and_cases(void **state UNUSED)
{
	static const struct {
		const char *name;
		const struct rule *rule;
		const char *times, *want;
	} cases[] = {
		{ "one line", &half_hour, "09:00", "[09:00-09:00 1]" },
		{ "a pause under the gap joins, one over it parts", &half_hour, "09:00 09:29 10:00",
		  "[09:00-09:29 2][10:00-10:00 1]" },
		{ "exactly the gap joins", &half_hour, "09:00 09:30 10:00", "[09:00-10:00 3]" },
		{ "a millisecond more parts", &half_hour, "09:00 09:30:00.001",
		  "[09:00-09:00 1][09:30:00.001-09:30:00.001 1]" },
		{ "arrival does not matter", &half_hour, "10:00 09:00 09:29",
		  "[09:00-09:29 2][10:00-10:00 1]" },
		{ "two lines of one instant", &half_hour, "09:00 09:00", "[09:00-09:00 2]" },
		{ "midnight parts nothing", &half_hour, "23:50 1d00:10", "[23:50-1d00:10 2]" },
		{ "an episode may be longer than its gap", &half_hour,
		  "09:00 09:25 09:50 10:15 10:40", "[09:00-10:40 5]" },
		{ "30 days exactly are one case", &half_hour, "09:00 30d09:00",
		  "[09:00-09:00 1][30d09:00-30d09:00 1]" },
		{ "a millisecond more is another", &half_hour, "09:00 30d09:00:00.001",
		  "[09:00-09:00 1]|[30d09:00:00.001-30d09:00:00.001 1]" },
		{ "from the last line of one to the first of the next", &half_hour,
		  "09:00 09:20 30d09:20 30d09:30", "[09:00-09:20 2][30d09:20-30d09:30 2]" },
		{ "cases reach on from unit to unit", &half_hour,
		  "09:00 20d09:00 40d09:00 71d09:00",
		  "[09:00-09:00 1][20d09:00-20d09:00 1][40d09:00-40d09:00 1]|[71d09:00-71d09:00 "
		  "1]" },
		{ "too few lines do not fire", &half_hour_of_three, "09:00 09:30 10:01 10:02", "" },
		{ "enough lines do, the others are not told", &half_hour_of_three,
		  "09:00 10:00 10:05 10:10 11:00 11:30", "[10:00-10:10 3]" },
		{ "the last episode is judged too", &half_hour_of_three, "09:00 10:00 10:05 10:10",
		  "[10:00-10:10 3]" },
		{ "nothing", &half_hour, "", "" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct fake *f = fake_new();
		struct verdicts v;
		char buf[400];
		struct str want = str_of(cases[i].want);

		judge_times(f, cases[i].times, cases[i].rule, &v);
		want_i64(cases[i].name, "findings", want.n > 0, (int64_t)v.finding.n);
		if (v.finding.n) {
			const struct finding *got = v.finding.at[0];
			uint64_t lines = 0;

			want_str(cases[i].name, "units", want, picture(got, buf));
			for (size_t u = 0; u < got->unit_count; u++)
				lines += got->units[u].lines;
			want_i64(cases[i].name, "lines", (int64_t)lines,
				 (int64_t)got->counts.lines);
			want_i64(cases[i].name, "episodes", (int64_t)got->unit_count,
				 (int64_t)got->counts.episodes);
			assert_true(got->first == got->units[0].first &&
				    got->last == got->units[got->unit_count - 1].last);
		}
		verdicts_free(&v);
		fake_free(f);
	}
}

/* Lines of accounts 1 to 5, "account@time"; an organisation's week needs three of them. */
static void
hits_of_another_key_are_brought_together(void **state UNUSED)
{
	static const struct {
		const char *name, *lines, *want;
	} cases[] = {
		{ "two accounts are no hole", "1@09:00 2@10:00 1@11:00", "" },
		{ "three are", "1@09:00 2@2d10:00 3@4d11:00", "[09:00-4d11:00 3]" },
		{ "seven days exactly join", "1@09:00 2@7d09:00 3@14d09:00", "[09:00-14d09:00 3]" },
		{ "a millisecond more parts", "1@09:00 2@7d09:00 3@14d09:00:00.001", "" },
		{ "one account thrice is one", "1@09:00 1@10:00 1@11:00 2@11:00", "" },
		{ "accounts count within an episode",
		  "1@09:00 2@09:00 3@8d09:00 4@8d09:00 5@8d09:00", "[8d09:00-8d09:00 3]" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		static const struct rule *const rules[] = { &half_hour, &week_of_org };
		struct fake *f = fake_new();
		struct verdicts v;
		struct str rest = str_of(cases[i].lines), want = str_of(cases[i].want);
		const struct finding *hole = NULL;
		char buf[400];

		for (uint32_t a = 1; a <= 5; a++)
			fake_tuple(f, fake_person(a, ACT_VIEW));
		while (rest.n) {
			struct str line = str_split(&rest, ' '), account = str_split(&line, '@');

			fake_line(f, (uint32_t)(account.p[0] - '0'), fake_time(line), 1);
		}
		f->in.jobs = 1 + (unsigned)i % 3;
		fake_judge(f, rules, 2, &v);
		for (size_t k = 0; k < v.finding.n; k++)
			hole = strcmp(v.finding.at[k]->rule->id, "T-ORG") == 0 ? v.finding.at[k]
									       : hole;
		want_bool(cases[i].name, "a hole", want.n > 0, hole != NULL);
		for (size_t k = 0; k < v.finding.n; k++) {
			const struct finding *g = v.finding.at[k];

			/* A child has a parent when one of its lines is the parent's. */
			if (strcmp(g->rule->id, "T-30M") == 0)
				want_bool(cases[i].name, "a parent",
					  hole && g->last >= hole->first && g->first <= hole->last,
					  g->parent == hole && hole);
		}
		if (hole) {
			want_str(cases[i].name, "units", want, picture(hole, buf));
			want_str(cases[i].name, "organisation", STR("org1"), hole->key_text[0]);
			want_i64(cases[i].name, "accounts", 3, (int64_t)hole->counts.accounts);
		}
		verdicts_free(&v);
		fake_free(f);
	}
}

static void
findings_do_not_depend_on_threads(void **state UNUSED)
{
	static const struct rule *const rules[] = { &half_hour, &week_of_org, &half_hour_of_three };
	char first[60][2 * FINGERPRINT];
	size_t count = 0;

	for (unsigned jobs = 1; jobs <= 5; jobs++) {
		struct fake *f = fake_new();
		struct dice d = { 151 };
		struct verdicts v;

		for (uint32_t a = 1; a <= 16; a++) {
			struct seen s = fake_person(a, ACT_VIEW);

			s.account_org = (uint16_t)(1 + a % 3);
			fake_tuple(f, s);
		}
		for (int i = 0; i < 3000; i++)
			fake_line(f, 1 + throw_of(&d, 16),
				  jst_day_start(FAKE_MONDAY) +
					  (int64_t)throw_of(&d, 20000000) * 100,
				  1);
		f->in.jobs = jobs;
		f->in.memory = jobs % 2 ? 1 << 24 : 0;
		fake_judge(f, rules, 3, &v);
		assert_true(v.finding.n > 16 && v.finding.n <= COUNT(first));
		count = jobs == 1 ? v.finding.n : count;
		want_i64("any number of threads", "findings", (int64_t)count, (int64_t)v.finding.n);
		for (size_t i = 0; i < v.finding.n; i++) {
			char got[2 * FINGERPRINT];

			snprintf(got, sizeof(got), "%s%s", v.finding.at[i]->fp_case,
				 v.finding.at[i]->fp_occ);
			if (jobs == 1)
				memcpy(first[i], got, sizeof(got));
			want_str("any number of threads", "fingerprints", str_of(first[i]),
				 str_of(got));
		}
		verdicts_free(&v);
		fake_free(f);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pauses_make_episodes_and_cases),
		cmocka_unit_test(hits_of_another_key_are_brought_together),
		cmocka_unit_test(findings_do_not_depend_on_threads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
