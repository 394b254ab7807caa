/*
 * det_after_split.c - ORG-03: a retailer reaches, or tries to reach, a system that was split from it.
 *
 *     QUIET --line from a retailer, ok or failed--> EPISODE (system, origin) --pause > gap--> told; one line is enough
 *
 * Behind `split_since:` not even a refused line is expected from there, and no grant or disaster excuses one.
 */
#include "detect/origins.h"

static bool
retailer(const struct seen *who, int i)
{
	return origin_counts(who, i) && who->origin_class[i] == ORG_RETAILER;
}

static enum judged
after_split_screen(const struct seen *who, const int64_t *param UNUSED)
{
	if (!who->system_split)
		return JUDGED_OUTSIDE;
	if (!origin_known(who))
		return JUDGED_UNKNOWN_ORIGIN;
	return retailer(who, 0) || retailer(who, 1) ? JUDGED_HIT : JUDGED_SILENT;
}

static enum judged
after_split_hit(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST],
		int *count)
{
	*count = 0;
	for (int i = 0; i < ORIGINS; i++) {
		if (retailer(ev->who, i))
			key[(*count)++] = origin_key(ev->who, i);
	}
	return JUDGED_HIT;
}

static void
after_split_because(const struct event *first, const struct key *key, struct because *b)
{
	const struct policy_system *system = &b->policy->system[key->part[0]];

	origin_because(first, key, b);
	say(b, STR("class of origin.org"), str_of(org_class_names[ORG_RETAILER]), STR("orgs"));
	say(b, arena_printf(b->arena, "split_since of " STR_FMT, STR_ARG(system->id)),
	    say_instant(b, system->split_since), STR(""));
}

const struct detector det_after_split = {
	.name = "after_split",
	.rule = "ORG-03",
	.summary = "a retailer at a system that was split from it, even if refused",
	.kind = FINDING_VIOLATION,
	.key = { { "sys", KEY_SYSTEM }, { "origin_org", KEY_ORG } },
	.param = { PARAM_GAP("default") },
	.lines = LINES_BOTH,
	.origin_foreign = true,
	.across = true,
	.screen = after_split_screen,
	.hit = after_split_hit,
	.because = after_split_because,
};
