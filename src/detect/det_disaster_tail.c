/*
 * det_disaster_tail.c - DIS-03: an ID or terminal kept for disasters, still used in the 24 hours behind
 * the end of a window.
 *
 *     QUIET --its line in the tail--> EPISODE (subject, tail) --pause > gap--> told; one line is enough
 */
#include "detect/disaster_use.h"

static enum judged
disaster_tail_hit(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST],
		  int *count)
{
	return disaster_use_hit(ev, DSTATE_TAIL, key, count);
}

const struct detector det_disaster_tail = {
	.name = "disaster_tail",
	.rule = "DIS-03",
	.summary = "an ID or terminal kept for disasters was used in the day after the end",
	DISASTER_TABLE,
	.screen = disaster_use_screen,
	.hit = disaster_tail_hit,
	.because = disaster_use_because,
};
