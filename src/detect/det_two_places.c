/*
 * det_two_places.c - SHR-02: one person's account active at two places at once.
 *
 *     two sessions overlap by conc_overlap or more, conc_events lines each, other network and other terminal
 *
 * Where a terminal is not logged, only two sites that differ can tell: an address alone moves with VPN and Wi-Fi.
 */
#include "model/detector.h"

enum { CONC_OVERLAP, CONC_EVENTS };
enum { OTHER_ORG_POINTS = 20 };

static bool
two_sites(const struct session *x, const struct session *y)
{
	return x->net_kind == NET_SITE && y->net_kind == NET_SITE && x->net_site != SITE_NONE &&
	       y->net_site != SITE_NONE && x->net_site != y->net_site;
}

static enum judged
two_places_pair(const struct session *x, const struct session *y, const int64_t *param,
		int *extra_points)
{
	int64_t overlap = min_i64(x->b, y->b) - max_i64(x->a, y->a);

	if (overlap < param[CONC_OVERLAP] || x->n < param[CONC_EVENTS] || y->n < param[CONC_EVENTS])
		return JUDGED_SILENT;
	if (x->net == NET_NONE || y->net == NET_NONE || x->net == y->net)
		return JUDGED_SILENT;
	if (x->terminal && y->terminal ? x->terminal == y->terminal : !two_sites(x, y))
		return JUDGED_SILENT;
	*extra_points = x->net_org && y->net_org && x->net_org != y->net_org ? OTHER_ORG_POINTS : 0;
	return JUDGED_HIT;
}

static enum judged
two_places_screen(const struct seen *who, const int64_t *param UNUSED)
{
	if (who->account_kind == KIND_UNKNOWN)
		return JUDGED_UNKNOWN_ACCOUNT;
	if (!who->person)
		return JUDGED_OUTSIDE;
	return who->net == NET_NONE ? JUDGED_UNKNOWN_ORIGIN : JUDGED_SILENT;
}

/* A session of one line has no length, and the engine's sweep leaves it out. */
const struct detector det_two_places = {
	.name = "two_places",
	.rule = "SHR-02",
	.summary = "a person's account active from two networks and terminals at once",
	.kind = FINDING_ANOMALY,
	.key = { { "acct", KEY_ACCOUNT } },
	.param = { [CONC_OVERLAP] = { "conc_overlap", "shr", "conc_overlap", PARAM_TIME, 1000,
				      86400000 },
		   [CONC_EVENTS] = { "conc_events", "shr", "conc_events", PARAM_NUMBER, 2, 1000 } },
	.screen = two_places_screen,
	.pair = two_places_pair,
};
