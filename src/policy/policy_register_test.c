/*
 * policy_register_test.c - what the register says of a system beside its log, the files a policy
 * names, and samples: read whole, and each mistake at its place.
 */
#include "policy/policy_testing.h"

#define HEAD "sekisho: 1\ntimezone: Asia/Tokyo\n"
#define APRIL_2022 1648738800000
#define APRIL_2023 1680274800000

static const struct policy_test_file good[] = {
	{ "sekisho.yaml",
	  HEAD "systems:\n"
	       "- id: a\n"
	       "  logs: [l]\n"
	       "  format: combined\n"
	       "  owner: no\n"
	       "  feed: exports\n"
	       "  expect: {weekday: '08:00-20:00', daily: '00:00-24:00', max_gap: 2h}\n"
	       "  sharing:\n"
	       "  - {kind: shared, to: 2022-04-01}\n"
	       "  - {kind: logical, from: 2022-04-01, to: 2023-04-01}\n"
	       "  - {kind: physical, from: 2023-04-01}\n"
	       "  live: 2022-04-01\n"
	       "  masked_since: 2023-04-01\n"
	       "  split_since: '2023-04-01 00:00'\n"
	       "  mfa: 2022-04-01\n"
	       "  internal_only: yes\n"
	       "  nonpersonal: forbidden\n"
	       "  samples:\n"
	       "  - line: |\n"
	       "      #Fields: a b\n"
	       "      1 2\n"
	       "    expect: {object: '', status: 200, time: 2022-04-01 09:30:00+09:00}\n"
	       "  - {line: x, refused: a time}\n"
	       "- {id: b, logs: [l], format: csv, sharing: logical, mfa: yes,\n"
	       "   expect: {saturday: '09:00-12:00'}, nonpersonal: allowed, internal_only: no}\n"
	       "- {id: c, logs: [l], format: csv, mfa: no}\n"
	       "geoip: {city: city.mmdb, anonymous: city.mmdb}\n"
	       "rules: [r/*.yaml]\n"
	       "suppressions: d.yaml\n" },
	{ "city.mmdb", "" },
	{ "d.yaml", "- a\n" },
	{ "r", NULL },
	{ "r/b.yaml", "" },
	{ "r/a.yaml", "" },
};

static void
assert_hours(const struct hours *h, int64_t from, int64_t to)
{
	assert_true(h->said);
	assert_int_equal(h->from, from * 3600000);
	assert_int_equal(h->to, to * 3600000);
}

static void
check_a(const struct policy_system *s)
{
	policy_test_text(s->owner, "no");
	policy_test_text(s->feed, "exports");
	assert_hours(&s->expect[DAYTYPE_BIZ], 8, 20);
	assert_hours(&s->expect[DAYTYPE_SAT], 0, 24);
	assert_hours(&s->expect[DAYTYPE_SUN], 0, 24);
	assert_hours(&s->expect[DAYTYPE_HOL], 0, 24);
	assert_int_equal(s->max_gap_ms, 7200000);
	assert_int_equal(s->sharing_count, 3);
	assert_int_equal(s->sharing[0].sharing, SHARING_SHARED);
	assert_true(s->sharing[0].from == INT64_MIN && s->sharing[0].to == APRIL_2022);
	assert_int_equal(s->sharing[1].sharing, SHARING_LOGICAL);
	assert_true(s->sharing[1].from == APRIL_2022 && s->sharing[1].to == APRIL_2023);
	assert_int_equal(s->sharing[2].sharing, SHARING_PHYSICAL);
	assert_true(s->sharing[2].from == APRIL_2023 && s->sharing[2].to == INT64_MAX);
	assert_true(s->live == APRIL_2022 && s->masked_since == APRIL_2023);
	assert_true(s->split_since == APRIL_2023 && s->mfa_since == APRIL_2022);
	assert_true(s->internal_only && s->nonpersonal_forbidden);
	assert_int_equal(s->sample_count, 2);
	policy_test_text(s->sample[0].lines, "#Fields: a b\n1 2");
	assert_int_equal(s->sample[0].want_count, 3);
	policy_test_text(s->sample[0].want[0].name, "object");
	policy_test_text(s->sample[0].want[0].value, "");
	policy_test_text(s->sample[0].want[1].value, "200");
	assert_int_equal(s->sample[0].want[1].at.line, 24);
	policy_test_text(s->sample[1].refused, "a time");
	assert_int_equal(s->sample[1].refused_at.column, 24);
}

static void
a_good_register(void **state)
{
	struct policy p;
	struct errors err = { 0 };
	const struct policy_system *s;

	(void)state;
	policy_test_write(good, COUNT(good));
	if (policy_test_load(&p, &err) != 0)
		fail_msg("%s", err.list.at[0].p);
	check_a(&p.system[0]);
	s = &p.system[1];
	assert_false(s->expect[DAYTYPE_BIZ].said || s->expect[DAYTYPE_HOL].said);
	assert_hours(&s->expect[DAYTYPE_SAT], 9, 12);
	assert_int_equal(s->max_gap_ms, 0);
	assert_int_equal(s->sharing_count, 1);
	assert_int_equal(s->sharing[0].sharing, SHARING_LOGICAL);
	assert_true(s->sharing[0].from == INT64_MIN && s->sharing[0].to == INT64_MAX);
	assert_true(s->mfa_since == INT64_MIN);
	assert_false(s->internal_only || s->nonpersonal_forbidden);
	s = &p.system[2];
	assert_true(s->mfa_since == INT64_MAX && s->live == INT64_MAX);
	assert_true(s->masked_since == INT64_MAX && s->split_since == INT64_MAX);
	assert_int_equal(s->sharing_count, 0);
	policy_test_file_is(p.geoip[GEOIP_CITY].path, "city.mmdb");
	policy_test_file_is(p.geoip[GEOIP_ANONYMOUS].path, "city.mmdb");
	assert_int_equal(p.geoip[GEOIP_ASN].path.n, 0);
	assert_int_equal(p.rules_count, 2);
	policy_test_file_is(p.rules[0].path, "r/a.yaml");
	policy_test_file_is(p.dispositions.path, "d.yaml");
	assert_int_equal(p.secret_count, 4);
	policy_test_text(p.secret[3], "code");
	policy_free(&p);
	errors_free(&err);
	policy_test_remove(good, COUNT(good), NULL);
}

static void
the_built_in_system_promises_nothing(void **state)
{
	struct policy p;

	(void)state;
	policy_builtin(&p, STR("combined"), (struct str){ 0 });
	assert_true(p.system[0].split_since == INT64_MAX && p.system[0].mfa_since == INT64_MAX);
	assert_int_equal(p.secret_count, 4);
	policy_free(&p);
}

#define SYSTEM HEAD "systems:\n- {id: a, logs: [l], format: combined}\n"
#define WITH(what) HEAD "systems:\n- id: a\n  logs: [l]\n  format: combined\n  " what "\n"

static const struct {
	const char *name, *text, *want;
} cases[] = {
	{ "hours that nobody knows", WITH("expect: {weekday: always}"),
	  "7:21: 'always' are no hours of a day" },
	{ "a day that nobody knows", WITH("expect: {monday: '08:00-20:00'}"),
	  "7:12: unknown key 'monday'; did you mean 'sunday'?" },
	{ "a gap without hours", WITH("expect: {max_gap: 2h}"),
	  "7:11: 'expect' names no hours; add 'weekday'" },
	{ "a gap without a unit", WITH("expect: {daily: '0:00-24:00', max_gap: 2}"),
	  "7:42: '2' is no duration" },
	{ "a gap of nothing", WITH("expect: {daily: '0:00-24:00', max_gap: 0h}"),
	  "7:42: '0h' lets no line follow another" },
	{ "hours of no map", WITH("expect: '08:00-20:00'"), "7:11: 'expect' must be a map" },
	{ "an unknown sharing", WITH("sharing: logic"), "7:12: unknown sharing 'logic'" },
	{ "a span that ends first",
	  WITH("sharing: [{kind: shared, from: 2023-04-01, to: 2022-04-01}]"),
	  "7:13: 'from' is not before 'to', so this holds never" },
	{ "spans that overlap",
	  WITH("sharing:\n  - {kind: shared, to: 2022-05-01}\n"
	       "  - {kind: logical, from: 2022-04-01}"),
	  "9:5: this and line 8 hold at the same time; one must end before" },
	{ "a span of nothing", WITH("sharing: [{from: 2022-04-01}]"),
	  "7:13: a span of 'sharing' needs 'kind'" },
	{ "no date", WITH("live: yes"), "7:9: 'yes' is no time; write yyyy-mm-dd" },
	{ "no answer", WITH("mfa: on"), "7:8: 'on' is no answer here; write yes" },
	{ "a number for an answer", WITH("mfa: 1"), "7:8: '1' is no answer here; write yes" },
	{ "no day for an answer", WITH("mfa: 2022-13-01"), "7:8: '2022-13-01' is no time" },
	{ "the answer of another language", WITH("internal_only: True"),
	  "7:18: 'True' is no answer here; write yes" },
	{ "an unknown answer", WITH("nonpersonal: no"),
	  "7:16: unknown answer 'no'; there are 'allowed', 'forbidden'" },
	{ "an octal year", WITH("year: 02024"),
	  "7:9: '02024' is no whole number from 1900 to 9999" },
	{ "a sample without line", WITH("samples: [{expect: {n: 1}}]"),
	  "7:13: a sample needs 'line'" },
	{ "a sample of nothing", WITH("samples: [{line: a}]"),
	  "7:13: a sample says either what to 'expect' or why it is 'refused'" },
	{ "a sample of both", WITH("samples: [{line: a, expect: {n: 1}, refused: b}]"),
	  "7:13: a sample says either what" },
	{ "an unknown field", WITH("samples: [{line: a, expect: {terminals: T}}]"),
	  "7:32: unknown field 'terminals'; did you mean 'terminal'?" },
	{ "no time of a sample", WITH("samples: [{line: a, expect: {time: noon}}]"),
	  "7:38: 'noon' is no time; write 'yyyy-mm-dd hh:mm:ss'" },
	{ "no act", WITH("samples: [{line: a, expect: {act: look}}]"), "7:37: unknown act 'look'" },
	{ "no address", WITH("samples: [{line: a, expect: {address: 10.1}}]"),
	  "7:41: '10.1' is no address" },
	{ "neither yes nor no", WITH("samples: [{line: a, expect: {masked: 1}}]"),
	  "7:40: unknown answer '1'; there are 'yes', 'no'" },
	{ "an unknown database", SYSTEM "geoip: {cities: c.mmdb}\n",
	  "5:9: unknown database 'cities'; there are 'city', 'asn', 'country', "
	  "'anonymous'" },
	{ "a pattern of nothing", SYSTEM "rules: ['r*.yml']\n",
	  "5:9: 'r*.yml' matches no file; name files of rules" },
	{ "rules that are no list", SYSTEM "rules: r.yaml\n", "5:8: 'rules' must be a list" },
	{ "dispositions that are not there", SYSTEM "dispositions: d.yaml\n",
	  "5:15: cannot read '/tmp/policy_test_" },
	{ "two of them", SYSTEM "dispositions: e.yaml\nsuppressions: e.yaml\n",
	  "6:1: dispositions stand twice; line 5 has them already" },
	{ "secrets that are no list", SYSTEM "secrets: token\n", "5:10: 'secrets' must be a list" },
	{ "another zone", HEAD "zone: UTC\nsystems: [{id: a, logs: [l], format: csv}]\n",
	  "3:1: unknown key 'zone'; there are 'sekisho', 'timezone'" },
	{ "a mistyped key is not missing, too", HEAD "sytems: []\n",
	  "3:1: unknown key 'sytems'; did you mean 'systems'?" },
	{ "nor is it in a system", HEAD "systems: [{id: a, logs: [l], fromat: csv}]\n",
	  "3:30: unknown key 'fromat'; did you mean 'format'?" },
};

static void
each_mistake_has_its_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct policy_test_file files[] = { { "sekisho.yaml", cases[i].text },
							  { "e.yaml", "- a\n" } };
		struct policy p;
		struct errors err = { 0 };
		char want[256];
		const char *wanted = want;

		snprintf(want, sizeof(want), "sekisho.yaml:%s", cases[i].want);
		policy_test_write(files, COUNT(files));
		assert_int_equal(policy_test_load(&p, &err), -1);
		policy_test_mistakes(cases[i].name, &err, &wanted, 1);
		policy_free(&p);
		errors_free(&err);
		policy_test_remove(files, COUNT(files), NULL);
	}
}

static void
a_file_that_is_no_yaml_is_told_at_its_own_place(void **state)
{
	static const struct policy_test_file files[] = {
		{ "sekisho.yaml", SYSTEM "dispositions: d.yaml\n" },
		{ "d.yaml", "a: *b\n" },
	};
	static const char *const want[] = { "d.yaml:1:4: aliases ('*') are refused" };
	struct policy p;
	struct errors err = { 0 };

	(void)state;
	policy_test_write(files, COUNT(files));
	assert_int_equal(policy_test_load(&p, &err), -1);
	policy_test_mistakes("an alias", &err, want, 1);
	assert_int_equal(p.dispositions.path.n, 0); /* nobody reads it, and tells it, again */
	policy_free(&p);
	errors_free(&err);
	policy_test_remove(files, COUNT(files), NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_register),
		cmocka_unit_test(the_built_in_system_promises_nothing),
		cmocka_unit_test(each_mistake_has_its_place),
		cmocka_unit_test(a_file_that_is_no_yaml_is_told_at_its_own_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
