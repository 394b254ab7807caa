/*
 * vary_test.c - what a rule's word about a line rests on, and what would clear it, asked of rules whose definition is
 * known.
 */
#include "engine/engine_fake.h"
#include "engine/vary.h"

enum { OWN = 1, OTHER = 2, THIRD = 3 };

static enum judged
elsewhere_screen(const struct seen *who, const int64_t *param UNUSED)
{
	if (who->account_org == ORG_NONE)
		return JUDGED_UNKNOWN_ACCOUNT;
	if (who->net_org == ORG_NONE)
		return JUDGED_UNKNOWN_ORIGIN;
	return who->net_org != who->account_org && !who->granted && !who->pair_allowed[0]
		       ? JUDGED_HIT
		       : JUDGED_SILENT;
}

static enum judged
one_key(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST], int *count)
{
	key[0].part[0] = ev->who->tuple.text[DICT_ACCOUNT];
	*count = 1;
	return JUDGED_HIT;
}

static const struct detector elsewhere = { .name = "elsewhere",
					   .key = { { "acct", KEY_ACCOUNT } },
					   .screen = elsewhere_screen,
					   .hit = one_key };

static enum judged
off_screen(const struct seen *who, const int64_t *param UNUSED)
{
	return who->person ? JUDGED_ASK : JUDGED_OUTSIDE;
}

static enum judged
off_hit(const struct event *ev, const int64_t *param, struct key key[KEYS_MOST], int *count)
{
	const struct lookup *l = ev->lookup;
	struct hours_said h = l->hours(l->context, ev->who, ev->fact->ts);

	if (h.duty == HOURS_UNKNOWN)
		return JUDGED_UNKNOWN_HOURS;
	return h.duty == HOURS_OFF ? one_key(ev, param, key, count) : JUDGED_SILENT;
}

static const struct detector off = {
	.name = "off", .key = { { "acct", KEY_ACCOUNT } }, .screen = off_screen, .hit = off_hit
};

static struct hours_said fake_hours_said;

static struct hours_said
fake_hours(const void *context UNUSED, const struct seen *s UNUSED, int64_t ts UNUSED)
{
	return fake_hours_said;
}

/* What follows from an account's kind, as the ledgers' look-ups have it. */
static void
fake_again(const void *context UNUSED, int64_t ts UNUSED, struct seen *s)
{
	s->person = s->account_kind == KIND_PERSON;
}

static struct str
no_area(const void *context UNUSED, uint16_t area UNUSED)
{
	return (struct str){ 0 };
}

static const struct {
	const char *name;
	const struct detector *detector;
	enum duty duty;
	uint16_t account_org, net_org;
	uint32_t grant_row;
	bool pair;
	enum account_kind kind;
	enum judged said;
	enum rests how;
	const char *rests[3], *clears[4];
} cases[] = {
	{ "silent at home, by both organisations",
	  &elsewhere,
	  HOURS_OFF,
	  OWN,
	  OWN,
	  0,
	  false,
	  KIND_PERSON,
	  JUDGED_SILENT,
	  RESTS_ALONE,
	  { "account's organisation org1 (accounts line 7)",
	    "network's organisation org1 (networks line 8)" },
	  { 0 } },
	{ "silent by a grant alone",
	  &elsewhere,
	  HOURS_OFF,
	  OWN,
	  OTHER,
	  9,
	  false,
	  KIND_PERSON,
	  JUDGED_SILENT,
	  RESTS_ALONE,
	  { "grant in force (grants line 9)" },
	  { 0 } },
	{ "silent by a grant and a pair: neither alone",
	  &elsewhere,
	  HOURS_OFF,
	  OWN,
	  OTHER,
	  9,
	  true,
	  KIND_PERSON,
	  JUDGED_SILENT,
	  RESTS_TOGETHER,
	  { "allowed pairs: org1 from org2 (allow_pairs line 6)",
	    "grant in force (grants line 9)" },
	  { 0 } },
	{ "unknown for want of an organisation",
	  &elsewhere,
	  HOURS_OFF,
	  ORG_NONE,
	  OTHER,
	  0,
	  false,
	  KIND_PERSON,
	  JUDGED_UNKNOWN_ACCOUNT,
	  RESTS_ALONE,
	  { "account's organisation unknown (accounts line 7)" },
	  { 0 } },
	{ "a hit cleared by rows and changes, smallest first",
	  &elsewhere,
	  HOURS_OFF,
	  OWN,
	  OTHER,
	  0,
	  false,
	  KIND_PERSON,
	  JUDGED_HIT,
	  RESTS_ANYHOW,
	  { 0 },
	  { "a new row of allow_pairs: account_org=org1 origin_org=org2 system=takuso",
	    "a new row of grants: kind=account subject=a1 system=takuso",
	    "accounts line 7 with org=org2", "networks line 8 with org=org1" } },
	{ "outside hours cleared by a permit, a disaster or another kind of account",
	  &off,
	  HOURS_OFF,
	  OWN,
	  OWN,
	  0,
	  false,
	  KIND_PERSON,
	  JUDGED_HIT,
	  RESTS_ANYHOW,
	  { 0 },
	  { "a new row of permits: account=a1 kind=overtime", "a new row of disasters: org=org1",
	    "accounts line 7 with kind=shared" } },
	{ "within hours",
	  &off,
	  HOURS_SCHEDULE,
	  OWN,
	  OWN,
	  0,
	  false,
	  KIND_PERSON,
	  JUDGED_SILENT,
	  RESTS_ALONE,
	  { "hours: within its hours (schedules line 5)" },
	  { 0 } },
	{ "hours not known",
	  &off,
	  HOURS_UNKNOWN,
	  OWN,
	  OWN,
	  0,
	  false,
	  KIND_PERSON,
	  JUDGED_UNKNOWN_HOURS,
	  RESTS_ALONE,
	  { "hours: undetermined: no schedule with hours" },
	  { 0 } },
	{ "nobody's own account",
	  &off,
	  HOURS_OFF,
	  OWN,
	  OWN,
	  0,
	  false,
	  KIND_SHARED,
	  JUDGED_OUTSIDE,
	  RESTS_ALONE,
	  { "account's kind shared (accounts line 7)" },
	  { 0 } },
};

static struct seen
seen_of(size_t i)
{
	struct seen s = fake_person(1, ACT_LOGIN);

	s.account_row = 7;
	s.account_org = cases[i].account_org;
	s.account_kind = (uint8_t)cases[i].kind;
	s.person = cases[i].kind == KIND_PERSON;
	s.net_row = 8;
	s.net_org = s.origin[0] = cases[i].net_org;
	s.granted = cases[i].grant_row > 0;
	s.standing.grant_row = cases[i].grant_row;
	s.pair_allowed[0] = cases[i].pair;
	s.pair_row[0] = cases[i].pair ? 6 : 0;
	return s;
}

static void
want_rests(size_t i, const struct trial *line, const struct looks *l)
{
	struct event ev = { .fact = &line->fact, .who = &line->look.seen, .lookup = l->in->lookup };
	enum rests how;
	uint64_t on = vary_rests_on(l, line, 0, cases[i].said, &how);
	int n = 0;

	want_i64(cases[i].name, "how", cases[i].how, how);
	for (; on; on &= on - 1, n++) {
		struct out o;

		out_memory(&o);
		vary_say(&vary_answers[__builtin_ctzll(on)], &ev, &l->in->source->names, &o);
		assert_true(n < 3);
		want_str(cases[i].name, "rests on",
			 str_of(cases[i].rests[n] ? cases[i].rests[n] : ""), out_taken(&o));
		out_discard(&o);
	}
	assert_true(n == 3 || !cases[i].rests[n]);
}

static void
want_clears(size_t i, const struct trial *line, const struct looks *l)
{
	struct out o, want;
	unsigned n;

	out_memory(&want);
	for (n = 0; n < 4 && cases[i].clears[n]; n++)
		out_printf(&want, "  %s\n", cases[i].clears[n]);
	out_memory(&o);
	want_i64(cases[i].name, "rows", n, vary_clear(l, line, 0, "  ", &o));
	want_str(cases[i].name, "rows", out_taken(&want), out_taken(&o));
	out_discard(&want);
	out_discard(&o);
}

static void
words_rest_on_answers(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct fake *f = fake_new();
		struct fact fact = { .ts = fake_time(STR("10:00")), .account = 1 };
		struct looks l;
		struct trial line;

		f->lookup.hours = fake_hours;
		f->lookup.again = fake_again;
		f->lookup.area_name = no_area;
		f->lookup.orgs = THIRD;
		fake_hours_said = (struct hours_said){ cases[i].duty,
						       cases[i].duty == HOURS_SCHEDULE ? 5 : 0 };
		f->rule[0] = (struct rule){ .detector = cases[i].detector, .id = "T-1" };
		f->in.rules = f->rule;
		f->in.rule_count = 1;
		fact.tuple = fake_tuple(f, seen_of(i));
		looks_init(&l, &f->in, NULL, NULL);
		trial_begin(&line, &l, looks_get(&l, fact.tuple, fact.ts), &fact);
		want_i64(cases[i].name, "said", cases[i].said, trial_judge(&l, &line, 0));
		if (cases[i].said == JUDGED_HIT)
			want_clears(i, &line, &l);
		else
			want_rests(i, &line, &l);
		looks_free(&l);
		fake_free(f);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(words_rest_on_answers) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
