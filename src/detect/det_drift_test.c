/*
 * det_drift_test.c - DRF-01, DRF-02, DRF-03: what of a line is met, what it weighs, and what is left out.
 */
#include "base/test_wall.h"

#include "model/detector.h"

extern const struct detector det_new_net, det_new_country, det_new_tool;

enum { KPG = 1, KEP };

static void
a_network_weighs_by_what_it_is(void **state UNUSED)
{
	static const struct {
		const char *name;
		struct seen who;
		int want;
	} cases[] = {
		{ "one's own site",
		  { .account_org = KPG, .net_row = 2, .net_org = KPG, .net_kind = NET_SITE },
		  0 },
		{ "one's own VPN",
		  { .account_org = KPG, .net_row = 2, .net_org = KPG, .net_kind = NET_VPN },
		  0 },
		{ "another's site",
		  { .account_org = KPG, .net_row = 2, .net_org = KEP, .net_kind = NET_SITE },
		  50 },
		{ "nobody's, listed", { .account_org = KPG, .net_row = 2 }, 0 },
		{ "somebody's, account of nobody", { .net_row = 2, .net_org = KEP }, 0 },
		{ "unlisted", { .account_org = KPG }, 35 },
		{ "a mobile operator's",
		  { .account_org = KPG, .net_row = 2, .net_kind = NET_MOBILE },
		  15 },
		{ "a provider's, another's by the ledger",
		  { .account_org = KPG, .net_row = 2, .net_org = KEP, .net_kind = NET_ISP },
		  15 },
		{ "hosting, listed as one's own",
		  { .account_org = KPG, .net_row = 2, .net_org = KPG, .net_kind = NET_HOSTING },
		  50 },
		{ "hosting, unlisted", { .account_org = KPG, .net_kind = NET_HOSTING }, 50 },
		{ "Tor, unlisted", { .account_org = KPG, .geo = { .flags = GEO_TOR } }, 50 },
		{ "a proxy at a mobile operator",
		  { .account_org = KPG,
		    .net_row = 2,
		    .net_kind = NET_MOBILE,
		    .geo = { .flags = GEO_RESIDENTIAL_PROXY } },
		  50 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct event ev = { .who = &cases[i].who };

		want_i64(cases[i].name, "points", cases[i].want,
			 det_new_net.line_points(&ev, NULL));
	}
}

static void
what_is_met(void **state UNUSED)
{
	static const struct {
		const char *name;
		const struct detector *d;
		struct day_use use;
		struct met met[METS_MOST];
		bool alone;
	} cases[] = {
		{ "a network", &det_new_net, { .net = 7 }, { { KEY_NET, 7 } }, false },
		{ "no address", &det_new_net, { .net = 0 }, { { KEY_NET, 0 } }, false },
		{ "a country",
		  &det_new_country,
		  { .country = GEO_COUNTRY('S', 'G') },
		  { { KEY_COUNTRY, 'S' << 8 | 'G' } },
		  false },
		{ "Japan",
		  &det_new_country,
		  { .country = GEO_COUNTRY('J', 'P') },
		  { { 0 } },
		  false },
		{ "no country", &det_new_country, { .net = 7 }, { { KEY_COUNTRY, 0 } }, false },
		{ "terminal and client",
		  &det_new_tool,
		  { .terminal = 3, .client = 4 },
		  { { KEY_TERMINAL, 3 }, { KEY_CLIENT, 4 } },
		  false },
		{ "a kiosk is anybody's",
		  &det_new_tool,
		  { .terminal = 3, .client = 4, .terminal_kind = TERMINAL_KIOSK },
		  { { KEY_TERMINAL, 0 }, { KEY_CLIENT, 4 } },
		  false },
		{ "a listed client",
		  &det_new_tool,
		  { .client = 4, .client_use = CLIENT_LISTED },
		  { { KEY_TERMINAL, 0 }, { KEY_CLIENT, 4 } },
		  false },
		{ "any client where none is listed",
		  &det_new_tool,
		  { .client = 4, .client_use = CLIENT_FREE },
		  { { KEY_TERMINAL, 0 }, { KEY_CLIENT, 4 } },
		  false },
		{ "no client where some are",
		  &det_new_tool,
		  { .terminal = 3, .client_use = CLIENT_UNKNOWN },
		  { { KEY_TERMINAL, 3 }, { KEY_CLIENT, 0 } },
		  false },
		{ "a client that is not listed",
		  &det_new_tool,
		  { .terminal = 3, .client = 4, .client_use = CLIENT_UNLISTED },
		  { { KEY_TERMINAL, 3 }, { KEY_CLIENT, 4 } },
		  true },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct met met[METS_MOST] = { { 0 } };

		want_i64(cases[i].name, "alone", cases[i].alone,
			 cases[i].d->meets(&cases[i].use, met));
		for (int m = 0; m < METS_MOST; m++) {
			want_i64(cases[i].name, "number", cases[i].met[m].number, met[m].number);
			if (met[m].number)
				want_i64(cases[i].name, "kind", cases[i].met[m].kind, met[m].kind);
		}
	}
}

static void
lines_nobody_can_place_are_undetermined(void **state UNUSED)
{
	static const struct {
		const char *name;
		struct seen who;
		enum judged net, country, tool;
	} cases[] = {
		{ "a person somewhere",
		  { .person = true, .account_kind = KIND_PERSON, .net = 1 },
		  JUDGED_OUTSIDE,
		  JUDGED_OUTSIDE,
		  JUDGED_OUTSIDE },
		{ "a person without address",
		  { .person = true, .account_kind = KIND_PERSON },
		  JUDGED_UNKNOWN_ORIGIN,
		  JUDGED_UNKNOWN_ORIGIN,
		  JUDGED_OUTSIDE },
		{ "a public address of no country",
		  { .person = true, .account_kind = KIND_PERSON, .net = 1, .address_public = true },
		  JUDGED_OUTSIDE,
		  JUDGED_UNKNOWN_ORIGIN,
		  JUDGED_OUTSIDE },
		{ "a public address of some country",
		  { .person = true,
		    .account_kind = KIND_PERSON,
		    .net = 1,
		    .address_public = true,
		    .geo = { .country = GEO_COUNTRY('S', 'G') } },
		  JUDGED_OUTSIDE,
		  JUDGED_OUTSIDE,
		  JUDGED_OUTSIDE },
		{ "no person",
		  { .account_kind = KIND_SERVICE },
		  JUDGED_OUTSIDE,
		  JUDGED_OUTSIDE,
		  JUDGED_OUTSIDE },
		{ "an account nobody knows",
		  { .net = 1 },
		  JUDGED_UNKNOWN_ACCOUNT,
		  JUDGED_UNKNOWN_ACCOUNT,
		  JUDGED_UNKNOWN_ACCOUNT },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct seen *who = &cases[i].who;

		want_i64(cases[i].name, "DRF-01", cases[i].net, det_new_net.screen(who, NULL));
		want_i64(cases[i].name, "DRF-02", cases[i].country,
			 det_new_country.screen(who, NULL));
		want_i64(cases[i].name, "DRF-03", cases[i].tool, det_new_tool.screen(who, NULL));
	}
}

/* A permit from 100 to 199, of whoever. */
static uint32_t
travel(const void *context UNUSED, const struct seen *s UNUSED, int64_t ts)
{
	return ts >= 100 && ts < 200 ? 3 : 0;
}

static void
a_journey_is_excused(void **state UNUSED)
{
	static const struct lookup lookup = { .travel = travel };
	static const struct {
		const char *name;
		int64_t ts;
		bool want;
	} cases[] = { { "before", 99, false },
		      { "its first instant", 100, true },
		      { "its last", 199, true },
		      { "after", 200, false } };

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct fact fact = { .ts = cases[i].ts };
		struct event ev = { .fact = &fact, .lookup = &lookup };

		want_i64(cases[i].name, "excused", cases[i].want, det_new_country.excused(&ev));
	}
	assert_true(!det_new_net.excused && !det_new_tool.excused);
}

static void
an_unlisted_client_weighs(void **state UNUSED)
{
	for (int use = CLIENT_UNKNOWN; use <= CLIENT_UNLISTED; use++) {
		struct seen who = { .standing = { .client = (uint8_t)use } };

		want_i64("a client", "points", use == CLIENT_UNLISTED ? 20 : 0,
			 det_new_tool.line_points(&(struct event){ .who = &who }, NULL));
	}
}

static void
the_rules_are_the_contracts(void **state UNUSED)
{
	static const struct {
		const struct detector *d;
		const char *rule, *part, *param[3]; /* in order */
		uint32_t needs;
	} cases[] = {
		{ &det_new_net, "DRF-01", "net", { "window", "learn", "min_events" }, 0 },
		{ &det_new_country,
		  "DRF-02",
		  "country",
		  { "window", "min_events", NULL },
		  GIVES_GEOIP },
		{ &det_new_tool, "DRF-03", NULL, { "window", "learn", "min_events" }, 0 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct detector *d = cases[i].d;

		want_str(cases[i].rule, "rule", str_of(cases[i].rule), str_of(d->rule));
		want_str(cases[i].rule, "key", STR("acct"), str_of(d->key[0].name));
		want_i64(cases[i].rule, "kind", FINDING_ANOMALY, d->kind);
		want_i64(cases[i].rule, "needs", cases[i].needs, d->needs);
		assert_true((cases[i].part != NULL) == (d->key[1].name != NULL));
		if (cases[i].part)
			want_str(cases[i].rule, "key", str_of(cases[i].part),
				 str_of(d->key[1].name));
		for (int p = 0; p < 3 && cases[i].param[p]; p++)
			want_str(cases[i].rule, "number", str_of(cases[i].param[p]),
				 str_of(d->param[p].name));
	}
	assert_null(det_new_country.param[2].name); /* no `learn`: the first day may fire */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_network_weighs_by_what_it_is),
		cmocka_unit_test(what_is_met),
		cmocka_unit_test(lines_nobody_can_place_are_undetermined),
		cmocka_unit_test(a_journey_is_excused),
		cmocka_unit_test(an_unlisted_client_weighs),
		cmocka_unit_test(the_rules_are_the_contracts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
