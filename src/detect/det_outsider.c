/*
 * det_outsider.c - ORG-02: a system reached from an organisation that it does not permit.
 *
 *     QUIET --ok line from a stranger--> EPISODE (system, origin) --pause > gap--> told; one line is enough
 *
 * Only systems that say whom they permit are its business.  An organisation is also permitted while it is in a disaster
 * window, and a line for which a grant is in force.  Origins are those of ORG-01: site or VPN, and terminal.
 */
#include "detect/origins.h"

static bool
stranger(const struct seen *who, int i)
{
	static const enum subject subject[] = { SUBJECT_NETWORK, SUBJECT_TERMINAL };

	return origin_counts(who, i) && !(who->standing.org_permitted >> subject[i] & 1);
}

static enum judged
outsider_screen(const struct seen *who, const int64_t *param UNUSED)
{
	if (!who->standing.permits_listed)
		return JUDGED_OUTSIDE;
	if (!origin_known(who))
		return JUDGED_UNKNOWN_ORIGIN;
	return !who->granted && (stranger(who, 0) || stranger(who, 1)) ? JUDGED_ASK : JUDGED_SILENT;
}

static enum judged
outsider_hit(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST],
	     int *count)
{
	const struct lookup *l = ev->lookup;
	const struct seen *who = ev->who;

	*count = 0;
	for (int i = 0; i < ORIGINS; i++) {
		if (stranger(who, i) &&
		    l->disaster(l->context, who->origin[i], 0, ev->fact->ts).state != DSTATE_IN)
			key[(*count)++] = origin_key(who, i);
	}
	return *count ? JUDGED_HIT : JUDGED_SILENT;
}

static void
outsider_because(const struct event *first, const struct key *key, struct because *b)
{
	struct str origin = say_org(b, (uint16_t)key->part[1]);

	origin_because(first, key, b);
	say(b,
	    arena_printf(b->arena, "permitted_orgs of " STR_FMT,
			 STR_ARG(b->policy->system[key->part[0]].id)),
	    arena_printf(b->arena, "does not have " STR_FMT " in force", STR_ARG(origin)), STR(""));
	say(b, arena_printf(b->arena, "disaster window of " STR_FMT ", grants", STR_ARG(origin)),
	    STR("none in force"), STR(""));
}

const struct detector det_outsider = {
	.name = "outsider",
	.rule = "ORG-02",
	.summary = "a system reached from an organisation that it does not permit",
	.kind = FINDING_VIOLATION,
	.key = { { "sys", KEY_SYSTEM }, { "origin_org", KEY_ORG } },
	.param = { PARAM_GAP("default") },
	.origin_foreign = true,
	.across = true,
	.screen = outsider_screen,
	.hit = outsider_hit,
	.because = outsider_because,
};
