/*
 * det_outside_net_test.c - DRF-04: which networks are outside for a system that is internal only.
 */
#include "base/test_wall.h"

#include "model/detector.h"

extern const struct detector det_outside_net;

static void
networks(void **state UNUSED)
{
	static const struct {
		const char *name;
		bool internal;
		uint32_t net, row;
		bool public;
		enum net_kind kind;
		enum judged want;
	} cases[] = {
		{ "a site", true, 9, 4, false, NET_SITE, JUDGED_SILENT },
		{ "a public site", true, 9, 4, true, NET_SITE, JUDGED_SILENT },
		{ "a public VPN", true, 9, 4, true, NET_VPN, JUDGED_SILENT },
		{ "a public proxy", true, 9, 4, true, NET_PROXY, JUDGED_SILENT },
		{ "a public NAT", true, 9, 4, true, NET_NAT, JUDGED_SILENT },
		{ "a registered provider", true, 9, 4, true, NET_ISP, JUDGED_HIT },
		{ "a registered mobile pool", true, 9, 4, true, NET_MOBILE, JUDGED_HIT },
		{ "a registered hoster", true, 9, 4, true, NET_HOSTING, JUDGED_HIT },
		{ "public, of no kind", true, 9, 4, true, NET_UNKNOWN, JUDGED_HIT },
		{ "a mobile pool inside", true, 9, 4, false, NET_MOBILE, JUDGED_SILENT },
		{ "registered inside, of no kind", true, 9, 4, false, NET_UNKNOWN, JUDGED_SILENT },
		{ "nobody registered it", true, 9, 0, false, NET_UNKNOWN, JUDGED_HIT },
		{ "nobody registered it, public", true, 9, 0, true, NET_UNKNOWN, JUDGED_HIT },
		{ "no address", true, NET_NONE, 0, false, NET_UNKNOWN, JUDGED_UNKNOWN_ORIGIN },
		{ "another system", false, 9, 0, true, NET_UNKNOWN, JUDGED_OUTSIDE },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct seen who = { .system_internal = cases[i].internal,
				    .net = cases[i].net,
				    .net_row = cases[i].row,
				    .net_kind = (uint8_t)cases[i].kind,
				    .address_public = cases[i].public };
		struct event ev = { .who = &who };
		struct key key[KEYS_MOST] = { { { 0 } } };
		int count = 0;

		who.tuple.system = 3;
		want_i64(cases[i].name, "screen", cases[i].want,
			 det_outside_net.screen(&who, NULL));
		if (cases[i].want != JUDGED_HIT)
			continue;
		want_i64(cases[i].name, "hit", JUDGED_HIT,
			 det_outside_net.hit(&ev, NULL, key, &count));
		assert_true(count == 1 && key[0].part[0] == 3 && key[0].part[1] == 9);
	}
}

static void
the_rule_is_the_contracts(void **state UNUSED)
{
	want_str("DRF-04", "rule", STR("DRF-04"), str_of(det_outside_net.rule));
	want_i64("DRF-04", "kind", FINDING_VIOLATION, det_outside_net.kind);
	want_str("DRF-04", "key", STR("sys"), str_of(det_outside_net.key[0].name));
	want_str("DRF-04", "key", STR("net"), str_of(det_outside_net.key[1].name));
	assert_null(det_outside_net.key[2].name);
	assert_true(det_outside_net.across && !det_outside_net.origin_foreign &&
		    !det_outside_net.fires && det_outside_net.ends == ENDS_PAUSE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(networks),
		cmocka_unit_test(the_rule_is_the_contracts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
