/*
 * det_leap_test.c - DRF-05: a kilometre and a second on either side of how fast one can travel.
 *
 * One degree of the equator is 6371 pi / 180 = 111.195 km.
 */
#include "base/test_wall.h"

#include "model/detector.h"

extern const struct detector det_leap;

/* site_kmh, site_km, geo_kmh, geo_km */
static const int64_t param[PARAMS_MOST] = { 300, 20, 900, 500 };

#define ON_MAP(x, y) .on_map = true, .x_km = (x), .y_km = (y)
#define ON_GLOBE(lon_) .on_globe = true, .at = { 0, lon_ }

enum { HERE, KM_20, KM_19, KM_7201, GLOBE, GLOBE_111, BOTH, NOWHERE, EDGE, OTHER_EDGE };

static const struct net_place places[] = {
	[HERE] = { ON_MAP(0, 0) },
	[KM_20] = { ON_MAP(12, 16) },
	[KM_19] = { ON_MAP(-12, -15) }, /* 144 + 225 = 369 */
	[KM_7201] = { ON_MAP(0, -7201) },
	[GLOBE] = { ON_GLOBE(0) },
	[GLOBE_111] = { ON_GLOBE(1000000) },
	[BOTH] = { ON_MAP(1, 0), ON_GLOBE(1000000) },
	[NOWHERE] = { 0 },
	[EDGE] = { ON_MAP(INT64_MAX, INT64_MAX) },
	[OTHER_EDGE] = { ON_MAP(-INT64_MAX, -INT64_MAX) },
};

enum { TOWN = 1, KM_600, KM_599, VAGUE, HIDDEN, UNPLACED };

static const struct geo_answer answers[] = {
	[TOWN] = { .placed = true, .radius_km = 50 },
	[KM_600] = { .placed = true, .radius_km = 50, .at = { 0, 5400000 } },
	[KM_599] = { .placed = true, .radius_km = 50, .at = { 5390000, 0 } },
	[VAGUE] = { .placed = true, .at = { 0, 90000000 } },
	[HIDDEN] = { .placed = true, .radius_km = 50, .at = { 0, 90000000 }, .flags = GEO_VPN },
	[UNPLACED] = { .radius_km = 50 },
};

static void
net_place(const void *context UNUSED, uint32_t net, struct net_place *out)
{
	*out = places[net];
}

static void
geo(const void *context UNUSED, uint32_t address, struct geo_answer *out)
{
	*out = answers[address];
}

#define SITE(place, number) .net = (place), .net_kind = NET_SITE, .net_site = (number)
#define BY(address_, kind) .address = (address_), .net_kind = (kind), .net = NOWHERE

static const struct {
	const char *name;
	struct session x, y;
	int64_t gap; /* ms */
	enum judged want;
	uint32_t km;
} cases[] = {
	{ "20 km in 239 s", { SITE(HERE, 1) }, { SITE(KM_20, 2) }, 239000, JUDGED_HIT, 20 },
	{ "a second begun is not counted",
	  { SITE(HERE, 1) },
	  { SITE(KM_20, 2) },
	  239999,
	  JUDGED_HIT,
	  20 },
	{ "20 km in 240 s", { SITE(HERE, 1) }, { SITE(KM_20, 2) }, 240000, JUDGED_SILENT, 20 },
	{ "20 km the other way", { SITE(KM_20, 2) }, { SITE(HERE, 1) }, 239000, JUDGED_HIT, 20 },
	{ "19.2 km in no time", { SITE(HERE, 1) }, { SITE(KM_19, 2) }, 1, JUDGED_SILENT, 19 },
	{ "20 km in a millisecond", { SITE(HERE, 1) }, { SITE(KM_20, 2) }, 1, JUDGED_HIT, 20 },
	{ "at once", { SITE(HERE, 1) }, { SITE(KM_20, 2) }, 0, JUDGED_OUTSIDE, 0 },
	{ "overlapping", { SITE(HERE, 1) }, { SITE(KM_20, 2) }, -1, JUDGED_OUTSIDE, 0 },
	{ "7201 km in a day", { SITE(HERE, 1) }, { SITE(KM_7201, 2) }, 86400000, JUDGED_HIT, 7201 },
	{ "in a day and a second",
	  { SITE(HERE, 1) },
	  { SITE(KM_7201, 2) },
	  86401000,
	  JUDGED_OUTSIDE,
	  0 },
	{ "two networks of a site", { SITE(HERE, 1) }, { SITE(KM_20, 1) }, 1, JUDGED_OUTSIDE, 0 },
	{ "a network of no site", { SITE(HERE, 1) }, { SITE(KM_20, 0) }, 1, JUDGED_OUTSIDE, 0 },
	{ "a site of no place", { SITE(HERE, 1) }, { SITE(NOWHERE, 2) }, 1, JUDGED_OUTSIDE, 0 },
	{ "one on the map, one on the globe",
	  { SITE(HERE, 1) },
	  { SITE(GLOBE_111, 2) },
	  1,
	  JUDGED_OUTSIDE,
	  0 },
	{ "111 km of the globe in 1331 s",
	  { SITE(GLOBE, 1) },
	  { SITE(GLOBE_111, 2) },
	  1331000,
	  JUDGED_HIT,
	  111 },
	{ "111 km of the globe in 1332 s",
	  { SITE(GLOBE, 1) },
	  { SITE(GLOBE_111, 2) },
	  1332000,
	  JUDGED_SILENT,
	  111 },
	{ "the map goes before the globe",
	  { SITE(HERE, 1) },
	  { SITE(BOTH, 2) },
	  1,
	  JUDGED_SILENT,
	  1 },
	{ "the globe where the map is one's alone",
	  { SITE(GLOBE, 1) },
	  { SITE(BOTH, 2) },
	  1,
	  JUDGED_HIT,
	  111 },
	/* Cut at 400,000 km along each axis: 565,685 in all. */
	{ "beyond all maps",
	  { SITE(EDGE, 1) },
	  { SITE(OTHER_EDGE, 2) },
	  86400000,
	  JUDGED_HIT,
	  565685 },
	{ "a VPN of a site",
	  { SITE(HERE, 1) },
	  { .net = KM_20, .net_kind = NET_VPN, .net_site = 2 },
	  1,
	  JUDGED_OUTSIDE,
	  0 },
	{ "500 km in 1999 s",
	  { BY(TOWN, NET_ISP) },
	  { BY(KM_600, NET_UNKNOWN) },
	  1999000,
	  JUDGED_HIT,
	  500 },
	{ "500 km in 2000 s",
	  { BY(TOWN, NET_ISP) },
	  { BY(KM_600, NET_UNKNOWN) },
	  2000000,
	  JUDGED_SILENT,
	  500 },
	{ "499 km in no time",
	  { BY(TOWN, NET_ISP) },
	  { BY(KM_599, NET_ISP) },
	  1,
	  JUDGED_SILENT,
	  499 },
	{ "two addresses of a town",
	  { BY(TOWN, NET_ISP) },
	  { BY(TOWN, NET_ISP) },
	  1,
	  JUDGED_SILENT,
	  0 },
	{ "no radius", { BY(TOWN, NET_ISP) }, { BY(VAGUE, NET_ISP) }, 1, JUDGED_OUTSIDE, 0 },
	{ "an anonymiser", { BY(HIDDEN, NET_ISP) }, { BY(TOWN, NET_ISP) }, 1, JUDGED_OUTSIDE, 0 },
	{ "no place", { BY(UNPLACED, NET_ISP) }, { BY(KM_600, NET_ISP) }, 1, JUDGED_OUTSIDE, 0 },
	{ "a mobile operator",
	  { BY(TOWN, NET_MOBILE) },
	  { BY(KM_600, NET_ISP) },
	  1,
	  JUDGED_OUTSIDE,
	  0 },
	{ "hosting", { BY(TOWN, NET_ISP) }, { BY(KM_600, NET_HOSTING) }, 1, JUDGED_OUTSIDE, 0 },
	{ "from a site to a provider",
	  { SITE(HERE, 1) },
	  { BY(KM_600, NET_ISP) },
	  1,
	  JUDGED_OUTSIDE,
	  0 },
};

static void
faster_than_one_can_travel(void **state UNUSED)
{
	static const struct lookup lookup = { .net_place = net_place, .geo = geo };

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct session x = cases[i].x, y = cases[i].y;
		struct account_day_sum sum = { 0 };

		x.a = 1000;
		x.b = 61000;
		y.a = x.b + cases[i].gap;
		y.b = y.a + 5;
		want_i64(cases[i].name, "judged", cases[i].want,
			 det_leap.next(&x, &y, &lookup, param, &sum));
		want_i64(cases[i].name, "km", cases[i].km, sum.x);
	}
}

static void
the_rule_is_the_contracts(void **state UNUSED)
{
	want_str("DRF-05", "rule", STR("DRF-05"), str_of(det_leap.rule));
	want_str("DRF-05", "key", STR("acct"), str_of(det_leap.key[0].name));
	want_i64("DRF-05", "kind", FINDING_ANOMALY, det_leap.kind);
	assert_true(!det_leap.key[1].name && !det_leap.pair && !det_leap.needs);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faster_than_one_can_travel),
		cmocka_unit_test(the_rule_is_the_contracts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
