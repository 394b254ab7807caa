/*
 * det_new_net.c - DRF-01: a person's account from a network that it has not come from in the window before.
 *
 * How much that says is the network's: hosting and anonymisers most, another organisation's as much, an unlisted one
 * something, a mobile operator's or provider's a little, one of the account's own organisation next to nothing.
 */
#include "detect/person.h"
#include "detect/saying.h"

enum { WINDOW, LEARN, MIN_EVENTS };
enum { HIDDEN_POINTS = 50, OTHER_ORG_POINTS = 50, UNLISTED_POINTS = 35, POOLED_POINTS = 15 };

static bool
new_net_meets(const struct day_use *use, struct met met[METS_MOST])
{
	met[0] = (struct met){ KEY_NET, use->net };
	return false;
}

static int
new_net_points(const struct event *ev, const int64_t *param UNUSED)
{
	const struct seen *who = ev->who;

	if (who->net_kind == NET_HOSTING || who->geo.flags)
		return HIDDEN_POINTS;
	if (who->net_kind == NET_MOBILE || who->net_kind == NET_ISP)
		return POOLED_POINTS;
	if (who->net_row == 0)
		return UNLISTED_POINTS;
	return who->net_org != ORG_NONE && who->account_org != ORG_NONE &&
			       who->net_org != who->account_org
		       ? OTHER_ORG_POINTS
		       : 0;
}

static void
new_net_because(const struct event *first, const struct key *key UNUSED, struct because *b)
{
	const struct lookup *l = b->lookup;
	const struct seen *who = first->who;
	struct str org = l->org_name(l->context, who->net_org);
	struct str kind = str_of(net_kind_names[who->net_kind]);

	say(b, STR("whose network it is"),
	    who->net_row ? arena_printf(b->arena, "kind " STR_FMT ", of " STR_FMT,
					STR_ARG(kind.n ? kind : STR("-")),
					STR_ARG(org.n ? org : STR("-")))
			 : STR("in no ledger"),
	    say_line(b, "networks", who->net_row));
	if (who->geo.flags)
		say(b, STR("a GeoIP database says who hides behind the address"),
		    STR("hosting, VPN, proxy, Tor or another anonymiser"), STR("geoip"));
}

const struct detector det_new_net = {
	.name = "new_net",
	.rule = "DRF-01",
	.summary = "a person's account from a network it has not come from for long",
	.kind = FINDING_ANOMALY,
	.key = { { "acct", KEY_ACCOUNT }, { "net", KEY_NET } },
	.param = { [WINDOW] = { "window", "drf", "window", PARAM_TIME, DAY_MS, 3660LL * DAY_MS },
		   [LEARN] = { "learn", "drf", "learn", PARAM_TIME, DAY_MS, 3660LL * DAY_MS },
		   [MIN_EVENTS] = { "min_events", "drf", "min_events", PARAM_NUMBER, 1, 1000000 } },
	.screen = person_net_screen,
	.meets = new_net_meets,
	.line_points = new_net_points,
	.because = new_net_because,
	.because_sum = met_because,
};
