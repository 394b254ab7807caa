/*
 * det_two_places.c - SHR-02: one person's account active at two places at once.
 *
 *     two sessions overlap by a minute or more, two lines each, other network and other terminal
 *
 * Where a terminal is not logged, only two sites that differ can tell: an address alone moves with VPN and Wi-Fi.
 */
#include "model/detector.h"

enum { OVERLAP_MS = 60000, LINES_LEAST = 2, OTHER_ORG_POINTS = 20 };

static bool
two_sites(const struct session *x, const struct session *y)
{
	return x->net_kind == NET_SITE && y->net_kind == NET_SITE && x->net_site != SITE_NONE &&
	       y->net_site != SITE_NONE && x->net_site != y->net_site;
}

static enum judged
two_places_pair(const struct session *x, const struct session *y, int *extra_points)
{
	int64_t overlap = min_i64(x->b, y->b) - max_i64(x->a, y->a);

	if (overlap < OVERLAP_MS || x->n < LINES_LEAST || y->n < LINES_LEAST)
		return JUDGED_SILENT;
	if (x->net == NET_NONE || y->net == NET_NONE || x->net == y->net)
		return JUDGED_SILENT;
	if (x->terminal && y->terminal ? x->terminal == y->terminal : !two_sites(x, y))
		return JUDGED_SILENT;
	*extra_points = x->net_org && y->net_org && x->net_org != y->net_org ? OTHER_ORG_POINTS : 0;
	return JUDGED_HIT;
}

static enum judged
two_places_screen(const struct seen *who)
{
	if (who->account_kind == KIND_UNKNOWN)
		return JUDGED_UNKNOWN_ACCOUNT;
	if (!who->person)
		return JUDGED_OUTSIDE;
	return who->net == NET_NONE ? JUDGED_UNKNOWN_ORIGIN : JUDGED_SILENT;
}

static const char *const two_places_seeds[] = { "S000-27", "S002-17", NULL };

const struct detector det_two_places = {
	.rule = "SHR-02",
	.version = "1.0",
	.title_ja = "同一IDの同時利用",
	.title_en = "one account at two places at once",
	.summary = "a person's account active from two networks and terminals at once",
	.kind = FINDING_ANOMALY,
	.base = 70,
	.key = { { "acct", KEY_ACCOUNT } },
	.seeds = two_places_seeds,
	.screen = two_places_screen,
	.pair = two_places_pair,
};
