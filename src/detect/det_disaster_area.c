/*
 * det_disaster_area.c - DIS-02b: an ID or terminal kept for disasters, in a window, on a consumer whom none reaches.
 *
 *     QUIET --view of a consumer outside the areas of all windows in force--> EPISODE (subject, in) --pause > gap--> told
 *
 * A window without areas reaches everybody.  Where the consumer or his area is not known, it is undetermined.
 */
#include "detect/disaster_use.h"
#include "detect/saying.h"

static enum judged
disaster_area_hit(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST],
		  int *count)
{
	const struct lookup *l = ev->lookup;

	if (disaster_use_hit(ev, DSTATE_IN, key, count) != JUDGED_HIT)
		return JUDGED_SILENT;
	if (ev->view->area == 0)
		return JUDGED_UNKNOWN_CONSUMER;
	return l->disaster_reaches(l->context, ev->who->standing.disaster_org, ev->view->area,
				   ev->fact->ts)
		       ? JUDGED_SILENT
		       : JUDGED_HIT;
}

static void
disaster_area_because(const struct event *first, const struct key *key, struct because *b)
{
	const struct lookup *l = b->lookup;

	disaster_use_because(first, key, b);
	say(b, STR("consumer.area in areas of a window in force"),
	    arena_printf(b->arena, STR_FMT ": in none",
			 STR_ARG(l->area_name(l->context, first->view->area))),
	    say_line(b, "consumers", first->view->consumer_row));
}

const struct detector det_disaster_area = {
	.name = "disaster_area",
	.rule = "DIS-02b",
	.summary = "in a disaster, a consumer outside its areas was viewed",
	DISASTER_TABLE,
	.screen = disaster_view_screen,
	.hit = disaster_area_hit,
	.because = disaster_area_because,
};
