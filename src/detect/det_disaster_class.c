/*
 * det_disaster_class.c - DIS-02: an ID or terminal kept for disasters, in a window, on a screen that no window shares.
 *
 *     QUIET --view of a class that no window in force names--> EPISODE (subject, in) --pause > gap--> told
 *
 * A list without a consumer counts: what is asked is the screen.  A line without a class is undetermined.
 */
#include "detect/disaster_use.h"
#include "detect/saying.h"

static enum judged
disaster_class_hit(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST],
		   int *count)
{
	const struct lookup *l = ev->lookup;
	uint32_t class = ev->who->tuple.text[DICT_CLASS];

	if (disaster_use_hit(ev, DSTATE_IN, key, count) != JUDGED_HIT)
		return JUDGED_SILENT;
	if (class == 0)
		return JUDGED_UNKNOWN_CLASS;
	return l->disaster_shares(l->context, ev->who->standing.disaster_org, class, ev->fact->ts)
		       ? JUDGED_SILENT
		       : JUDGED_HIT;
}

static void
disaster_class_because(const struct event *first, const struct key *key, struct because *b)
{
	const struct names *n = b->names;

	disaster_use_because(first, key, b);
	say(b, STR("class in shared_classes of a window in force"),
	    arena_printf(
		    b->arena, STR_FMT ": in none",
		    STR_ARG(n->text(n->facts, DICT_CLASS, first->who->tuple.text[DICT_CLASS]))),
	    STR(""));
}

const struct detector det_disaster_class = {
	.name = "disaster_class",
	.rule = "DIS-02",
	.summary = "in a disaster, a screen was viewed that is not shared for it",
	DISASTER_TABLE,
	.screen = disaster_view_screen,
	.hit = disaster_class_hit,
	.because = disaster_class_because,
};
