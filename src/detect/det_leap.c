/*
 * det_leap.c - DRF-05: a session that begins where nobody can be who has just ended the one before it.
 *
 *     site to site   sites that differ, both with coordinates, at most a day apart:  d >= site_km  and
 *                    (3600 d)^2 > (site_kmh gap_s)^2
 *     geo to geo     placed public addresses of providers, their radii taken off:  d >= geo_km  and
 *                    3600 d > geo_kmh gap_s
 *
 * Addresses of VPNs, proxies, NAT, mobile and hosting say nothing about where a person is.  Sessions that overlap are
 * the business of SHR-02.
 */
#include "detect/person.h"
#include "detect/saying.h"

enum { SITE_KMH, SITE_KM, GEO_KMH, GEO_KM };
enum { DAY_S = 86400, HOUR_S = 3600, KMH_MOST = 30000, KM_MOST = 20000 };

/* What a ledger may say is cut at ten times round the earth, so that products fit: (3600 d)^2 < 2^62. */
enum { FAR_KM = 400000 };

static int64_t
axis_km(int64_t x, int64_t y)
{
	uint64_t d = x > y ? (uint64_t)x - (uint64_t)y : (uint64_t)y - (uint64_t)x;

	return d < FAR_KM ? (int64_t)d : FAR_KM;
}

static uint32_t
square_root(int64_t v)
{
	int64_t low = 0, high = 2LL * FAR_KM; /* low^2 <= v < high^2 */

	while (high - low > 1) {
		int64_t mid = (low + high) / 2;

		if (mid * mid <= v)
			low = mid;
		else
			high = mid;
	}
	return (uint32_t)low;
}

/* Their distance squared, or -1. */
static int64_t
site_distance2(const struct session *x, const struct session *y, const struct lookup *l)
{
	struct net_place a, b;
	int64_t d;

	l->net_place(l->context, x->net, &a);
	l->net_place(l->context, y->net, &b);
	if (a.on_map && b.on_map) {
		int64_t dx = axis_km(a.x_km, b.x_km), dy = axis_km(a.y_km, b.y_km);

		return dx * dx + dy * dy;
	}
	if (!a.on_globe || !b.on_globe)
		return -1;
	d = geo_distance_km(a.at, b.at);
	return d * d;
}

static enum judged
site_to_site(const struct session *x, const struct session *y, const struct lookup *l,
	     const int64_t *param, struct account_day_sum *sum, int64_t gap_s)
{
	int64_t d2, reach = param[SITE_KMH] * gap_s;

	if (x->net_site == SITE_NONE || y->net_site == SITE_NONE || x->net_site == y->net_site ||
	    gap_s > DAY_S)
		return JUDGED_OUTSIDE;
	d2 = site_distance2(x, y, l);
	if (d2 < 0)
		return JUDGED_OUTSIDE;
	sum->x = square_root(d2);
	return d2 >= param[SITE_KM] * param[SITE_KM] && d2 * HOUR_S * HOUR_S > reach * reach
		       ? JUDGED_HIT
		       : JUDGED_SILENT;
}

static enum judged
geo_to_geo(const struct session *x, const struct session *y, const struct lookup *l,
	   const int64_t *param, struct account_day_sum *sum, int64_t gap_s)
{
	struct geo_answer a, b;
	int64_t d;

	l->geo(l->context, x->address, &a);
	l->geo(l->context, y->address, &b);
	if (!a.placed || !b.placed || !a.radius_km || !b.radius_km || a.flags || b.flags)
		return JUDGED_OUTSIDE;
	d = (int64_t)geo_distance_km(a.at, b.at) - a.radius_km - b.radius_km;
	sum->x = d > 0 ? (uint32_t)d : 0;
	return d >= param[GEO_KM] && d * HOUR_S > param[GEO_KMH] * gap_s ? JUDGED_HIT
									 : JUDGED_SILENT;
}

static bool
at_a_provider(const struct session *s)
{
	return s->net_kind == NET_ISP || s->net_kind == NET_UNKNOWN;
}

static enum judged
leap_next(const struct session *x, const struct session *y, const struct lookup *l,
	  const int64_t *param, struct account_day_sum *sum)
{
	int64_t gap_s = max_i64(1, (y->a - x->b) / 1000);

	if (y->a <= x->b)
		return JUDGED_OUTSIDE;
	sum->days = (uint32_t)min_i64(gap_s / 60, UINT32_MAX);
	if (x->net_kind == NET_SITE && y->net_kind == NET_SITE)
		return site_to_site(x, y, l, param, sum, gap_s);
	if (at_a_provider(x) && at_a_provider(y))
		return geo_to_geo(x, y, l, param, sum, gap_s);
	return JUDGED_OUTSIDE;
}

static void
leap_because(const struct account_day_sum *sum, const int64_t *param, struct because *b)
{
	say(b,
	    arena_printf(b->arena,
			 "faster than %lld km/h between sites, %lld km/h between "
			 "places of addresses",
			 (long long)param[SITE_KMH], (long long)param[GEO_KMH]),
	    arena_printf(b->arena, "%u km in %u min, the first time", sum->x, sum->days),
	    STR("networks, geoip"));
}

const struct detector det_leap = {
	.name = "leap",
	.rule = "DRF-05",
	.summary = "a person's account at two places that are too far apart, one after the other",
	.kind = FINDING_ANOMALY,
	.key = { { "acct", KEY_ACCOUNT } },
	.param = { [SITE_KMH] = { "site_kmh", "drf", "site_kmh", PARAM_NUMBER, 1, KMH_MOST },
		   [SITE_KM] = { "site_km", "drf", "site_km", PARAM_NUMBER, 1, KM_MOST },
		   [GEO_KMH] = { "geo_kmh", "drf", "geo_kmh", PARAM_NUMBER, 1, KMH_MOST },
		   [GEO_KM] = { "geo_km", "drf", "geo_km", PARAM_NUMBER, 1, KM_MOST } },
	.screen = person_net_screen,
	.next = leap_next,
	.because_sum = leap_because,
};
