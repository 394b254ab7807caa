/*
 * det_disaster_peace.c - DIS-01: an ID or terminal kept for disasters, used while there is none.
 *
 *     QUIET --its line in no state of a window--> EPISODE (subject, peace) --pause > gap--> told; one line is enough
 */
#include "detect/disaster_use.h"

static enum judged
disaster_peace_hit(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST],
		   int *count)
{
	return disaster_use_hit(ev, DSTATE_PEACE, key, count);
}

const struct detector det_disaster_peace = {
	.name = "disaster_peace",
	.rule = "DIS-01",
	.summary = "an ID or terminal kept for disasters was used in peacetime",
	DISASTER_TABLE,
	.screen = disaster_use_screen,
	.hit = disaster_peace_hit,
	.because = disaster_use_because,
};
