/*
 * det_two_places_test.c - SHR-02: the edges of "at two places at once", from either side.
 */
#include "base/test_wall.h"

#include "model/detector.h"

extern const struct detector det_two_places;

#define AT_HQ .net = 1, .net_org = 1, .net_kind = NET_SITE, .net_site = 1
#define AT_BRANCH .net = 2, .net_org = 1, .net_kind = NET_SITE, .net_site = 2
#define AT_HQ_TOO .net = 3, .net_org = 1, .net_kind = NET_SITE, .net_site = 1
#define AT_OTHERS .net = 4, .net_org = 2, .net_kind = NET_SITE, .net_site = 3
#define BY_VPN .net = 5, .net_org = 1, .net_kind = NET_VPN, .net_site = 4
#define NOWHERE .net = 6, .net_kind = NET_SITE
#define UNKNOWN .net = NET_NONE
#define LONG .a = 0, .b = 600000, .n = 9

static const struct {
	const char *name;
	struct session x, y;
	bool fires;
	int extra;
} cases[] = {
	{ "two networks, two terminals",
	  { AT_HQ, LONG, .terminal = 1 },
	  { AT_BRANCH, LONG, .terminal = 2 },
	  true,
	  0 },
	{ "another organisation's network",
	  { AT_HQ, LONG, .terminal = 1 },
	  { AT_OTHERS, LONG, .terminal = 2 },
	  true,
	  20 },
	{ "an unknown organisation adds nothing",
	  { AT_HQ, LONG, .terminal = 1 },
	  { NOWHERE, LONG, .terminal = 2 },
	  true,
	  0 },
	{ "one terminal that moves",
	  { AT_HQ, LONG, .terminal = 1 },
	  { AT_BRANCH, LONG, .terminal = 1 },
	  false,
	  0 },
	{ "two terminals at one desk",
	  { AT_HQ, LONG, .terminal = 1 },
	  { AT_HQ, LONG, .terminal = 2 },
	  false,
	  0 },
	{ "two terminals, a VPN",
	  { AT_HQ, LONG, .terminal = 1 },
	  { BY_VPN, LONG, .terminal = 2 },
	  true,
	  0 },
	{ "two terminals, one site, two networks",
	  { AT_HQ, LONG, .terminal = 1 },
	  { AT_HQ_TOO, LONG, .terminal = 2 },
	  true,
	  0 },
	{ "no terminals, two sites", { AT_HQ, LONG }, { AT_BRANCH, LONG }, true, 0 },
	{ "no terminals, two organisations", { AT_HQ, LONG }, { AT_OTHERS, LONG }, true, 20 },
	{ "one terminal not said, two sites",
	  { AT_HQ, LONG, .terminal = 1 },
	  { AT_BRANCH, LONG },
	  true,
	  0 },
	{ "no terminals, one site", { AT_HQ, LONG }, { AT_HQ_TOO, LONG }, false, 0 },
	{ "one terminal not said, one site",
	  { AT_HQ, LONG, .terminal = 1 },
	  { AT_HQ_TOO, LONG },
	  false,
	  0 },
	{ "no terminals, a VPN", { AT_HQ, LONG }, { BY_VPN, LONG }, false, 0 },
	{ "no terminals, a network without a site", { AT_HQ, LONG }, { NOWHERE, LONG }, false, 0 },
	{ "a network nobody knows pairs with nothing",
	  { AT_HQ, LONG, .terminal = 1 },
	  { UNKNOWN, LONG, .terminal = 2 },
	  false,
	  0 },
	{ "two of those neither",
	  { UNKNOWN, LONG, .terminal = 1 },
	  { UNKNOWN, LONG, .terminal = 2 },
	  false,
	  0 },
	{ "a minute exactly",
	  { AT_HQ, LONG, .terminal = 1 },
	  { AT_BRANCH, .terminal = 2, .a = 540000, .b = 900000, .n = 2 },
	  true,
	  0 },
	{ "a millisecond less",
	  { AT_HQ, LONG, .terminal = 1 },
	  { AT_BRANCH, .terminal = 2, .a = 540001, .b = 900000, .n = 2 },
	  false,
	  0 },
	{ "a minute inside",
	  { AT_HQ, LONG, .terminal = 1 },
	  { AT_BRANCH, .terminal = 2, .a = 100000, .b = 160000, .n = 2 },
	  true,
	  0 },
	{ "a millisecond less inside",
	  { AT_HQ, LONG, .terminal = 1 },
	  { AT_BRANCH, .terminal = 2, .a = 100000, .b = 159999, .n = 2 },
	  false,
	  0 },
	{ "one after the other",
	  { AT_HQ, LONG, .terminal = 1 },
	  { AT_BRANCH, .terminal = 2, .a = 700000, .b = 900000, .n = 2 },
	  false,
	  0 },
	{ "two lines are a session",
	  { AT_HQ, .a = 0, .b = 60000, .n = 2, .terminal = 1 },
	  { AT_BRANCH, .a = 0, .b = 60000, .n = 2, .terminal = 2 },
	  true,
	  0 },
	{ "one line is none",
	  { AT_HQ, LONG, .terminal = 1 },
	  { AT_BRANCH, .a = 0, .b = 60000, .n = 1, .terminal = 2 },
	  false,
	  0 },
};

static const int64_t param[PARAMS_MOST] = { 60000, 2 };

static void
pairs_are_judged_alike_from_both_sides(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		for (int turned = 0; turned < 2; turned++) {
			const struct session *x = turned ? &cases[i].y : &cases[i].x;
			const struct session *y = turned ? &cases[i].x : &cases[i].y;
			int extra = 0;

			want_bool(cases[i].name, "fires", cases[i].fires,
				  det_two_places.pair(x, y, param, &extra) == JUDGED_HIT);
			if (cases[i].fires)
				want_i64(cases[i].name, "points more", cases[i].extra, extra);
		}
	}
}

static void
what_cannot_be_judged_is_told(void **state UNUSED)
{
	static const struct {
		const char *name;
		struct seen who;
		enum judged want;
	} lines[] = {
		{ "a person on a network",
		  { .account_kind = KIND_PERSON, .person = true, .net = 1 },
		  JUDGED_SILENT },
		{ "a person from nowhere",
		  { .account_kind = KIND_PERSON, .person = true },
		  JUDGED_UNKNOWN_ORIGIN },
		{ "nobody's account", { .net = 1 }, JUDGED_UNKNOWN_ACCOUNT },
		{ "a shared account", { .account_kind = KIND_SHARED, .net = 1 }, JUDGED_OUTSIDE },
		{ "a service", { .account_kind = KIND_SERVICE, .net = 1 }, JUDGED_OUTSIDE },
	};

	for (size_t i = 0; i < COUNT(lines); i++)
		want_i64(lines[i].name, "screen", lines[i].want,
			 det_two_places.screen(&lines[i].who, NULL));
}

static void
the_rule_is_the_contracts(void **state UNUSED)
{
	want_str("SHR-02", "rule", STR("SHR-02"), str_of(det_two_places.rule));
	want_i64("SHR-02", "kind", FINDING_ANOMALY, det_two_places.kind);
	want_str("SHR-02", "key", STR("acct"), str_of(det_two_places.key[0].name));
	assert_null(det_two_places.key[1].name);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs_are_judged_alike_from_both_sides),
		cmocka_unit_test(what_cannot_be_judged_is_told),
		cmocka_unit_test(the_rule_is_the_contracts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
