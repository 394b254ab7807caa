/*
 * det_lent_test.c - ORG-01: whose account, from whose network or terminal; unknown is never
 * allowed.
 */
#include "base/test_wall.h"

#include "model/detector.h"

extern const struct detector det_lent;

enum { KPG = 1, KEP, KCC };

static const struct {
	const char *name;
	struct seen who;
	enum judged want;
	uint32_t keys[2]; /* origins told of, 0 = none */
} cases[] = {
	{ "at home", { .account_org = KPG, .origin = { KPG, KPG } }, JUDGED_SILENT, { 0 } },
	{ "at home, terminal unknown",
	  { .account_org = KPG, .origin = { KPG, 0 } },
	  JUDGED_SILENT,
	  { 0 } },
	{ "at home, network unknown",
	  { .account_org = KPG, .origin = { 0, KPG } },
	  JUDGED_SILENT,
	  { 0 } },
	{ "another's network",
	  { .account_org = KPG, .origin = { KEP, KPG } },
	  JUDGED_HIT,
	  { KEP } },
	{ "another's network, terminal unknown",
	  { .account_org = KPG, .origin = { KEP, 0 } },
	  JUDGED_HIT,
	  { KEP } },
	{ "another's terminal",
	  { .account_org = KPG, .origin = { KPG, KEP } },
	  JUDGED_HIT,
	  { KEP } },
	{ "another's terminal, network unknown",
	  { .account_org = KPG, .origin = { 0, KEP } },
	  JUDGED_HIT,
	  { KEP } },
	{ "network and terminal of one other are one origin",
	  { .account_org = KPG, .origin = { KEP, KEP } },
	  JUDGED_HIT,
	  { KEP } },
	{ "two others are two origins",
	  { .account_org = KPG, .origin = { KEP, KCC } },
	  JUDGED_HIT,
	  { KEP, KCC } },
	{ "the pair is allowed",
	  { .account_org = KPG, .origin = { KEP, 0 }, .pair_allowed = { true, false } },
	  JUDGED_SILENT,
	  { 0 } },
	{ "one of two is allowed",
	  { .account_org = KPG, .origin = { KEP, KCC }, .pair_allowed = { true, false } },
	  JUDGED_HIT,
	  { KCC } },
	{ "the other of two is allowed",
	  { .account_org = KPG, .origin = { KEP, KCC }, .pair_allowed = { false, true } },
	  JUDGED_HIT,
	  { KEP } },
	{ "both are allowed",
	  { .account_org = KPG, .origin = { KEP, KCC }, .pair_allowed = { true, true } },
	  JUDGED_SILENT,
	  { 0 } },
	{ "a grant is in force",
	  { .account_org = KPG, .origin = { KEP, KCC }, .granted = true },
	  JUDGED_SILENT,
	  { 0 } },
	{ "nobody knows whence", { .account_org = KPG }, JUDGED_UNKNOWN_ORIGIN, { 0 } },
	{ "nobody knows whose",
	  { .account_org = ORG_NONE, .origin = { KEP, KEP } },
	  JUDGED_UNKNOWN_ACCOUNT,
	  { 0 } },
	{ "a shared account is judged too",
	  { .account_org = KPG, .account_kind = KIND_SHARED, .origin = { KEP, 0 } },
	  JUDGED_HIT,
	  { KEP } },
};

static void
origins_are_judged(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct seen who = cases[i].who;
		struct event ev = { .who = &who };
		struct key key[KEYS_MOST] = { { { 0 } } };
		int count = 0, wanted = 0;
		enum judged got = det_lent.screen(&who, NULL);

		who.tuple.text[DICT_ACCOUNT] = 77;
		want_i64(cases[i].name, "screen", cases[i].want,
			 got == JUDGED_ASK ? JUDGED_HIT : got);
		if (cases[i].want != JUDGED_HIT)
			continue;
		want_i64(cases[i].name, "hit", JUDGED_HIT, det_lent.hit(&ev, NULL, key, &count));
		for (; wanted < 2 && cases[i].keys[wanted]; wanted++) {
			want_i64(cases[i].name, "account", 77, key[wanted].part[0]);
			want_i64(cases[i].name, "origin", cases[i].keys[wanted],
				 key[wanted].part[1]);
			assert_true(key[wanted].part[2] == 0 && key[wanted].part[3] == 0);
		}
		want_i64(cases[i].name, "keys", wanted, count);
	}
}

static void
the_rule_is_the_contracts(void **state UNUSED)
{
	want_str("ORG-01", "rule", STR("ORG-01"), str_of(det_lent.rule));
	want_i64("ORG-01", "kind", FINDING_VIOLATION, det_lent.kind);
	want_str("ORG-01", "key", STR("acct"), str_of(det_lent.key[0].name));
	want_str("ORG-01", "key", STR("origin_org"), str_of(det_lent.key[1].name));
	assert_null(det_lent.key[2].name);
	assert_true(det_lent.origin_foreign && !det_lent.fires && !det_lent.across);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(origins_are_judged),
		cmocka_unit_test(the_rule_is_the_contracts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
