/*
 * det_outside_net.c - DRF-04: a system that is internal only, reached from outside or from where nobody registered.
 *
 *     QUIET --ok line from such a network--> EPISODE (system, network) --pause > gap--> told; one line is enough
 *
 * A public address may be the company's own: then its network is registered as site, vpn, proxy or nat.
 */
#include "detect/saying.h"

static bool
own_kind(uint8_t kind)
{
	return kind == NET_SITE || kind == NET_VPN || kind == NET_PROXY || kind == NET_NAT;
}

static enum judged
outside_net_screen(const struct seen *who, const int64_t *param UNUSED)
{
	if (!who->system_internal)
		return JUDGED_OUTSIDE;
	if (who->net == NET_NONE)
		return JUDGED_UNKNOWN_ORIGIN;
	return who->net_row == 0 || (who->address_public && !own_kind(who->net_kind))
		       ? JUDGED_HIT
		       : JUDGED_SILENT;
}

static enum judged
outside_net_hit(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST],
		int *count)
{
	*count = 1;
	key[0] = (struct key){ { ev->who->tuple.system, ev->who->net } };
	return JUDGED_HIT;
}

static void
outside_net_because(const struct event *first, const struct key *key, struct because *b)
{
	const struct lookup *l = b->lookup;
	const struct seen *who = first->who;
	struct str net = l->net_name(l->context, key->part[1]);

	say(b, STR("system.internal_only"), STR("yes"), STR(""));
	say(b, STR("network registered; if public, of kind site, vpn, proxy or nat"),
	    arena_printf(b->arena, STR_FMT ": %s, %s", STR_ARG(net),
			 who->address_public ? "public" : "not public",
			 who->net_row == 0 ? "no row"
			 : who->net_kind   ? net_kind_names[who->net_kind]
					   : "of no kind"),
	    say_line(b, "networks", who->net_row));
}

const struct detector det_outside_net = {
	.name = "outside_net",
	.rule = "DRF-04",
	.summary = "an internal system was reached from outside or from an unregistered network",
	.kind = FINDING_VIOLATION,
	.key = { { "sys", KEY_SYSTEM }, { "net", KEY_NET } },
	.param = { PARAM_GAP("default") },
	.across = true,
	.screen = outside_net_screen,
	.hit = outside_net_hit,
	.viewless = true,
	.because = outside_net_because,
};
