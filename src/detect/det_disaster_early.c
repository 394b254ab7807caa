/*
 * det_disaster_early.c - DIS-04: an ID or terminal kept for disasters, used in the two hours before a
 * window begins.
 *
 *     QUIET --its early line--> EPISODE (subject, early) --pause > gap--> told; one line is enough
 */
#include "detect/disaster_use.h"

static enum judged
disaster_early_hit(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST],
		   int *count)
{
	return disaster_use_hit(ev, DSTATE_EARLY, key, count);
}

const struct detector det_disaster_early = {
	.name = "disaster_early",
	.rule = "DIS-04",
	.summary = "an ID or terminal kept for disasters was used in the hours before the begin",
	DISASTER_TABLE,
	.screen = disaster_use_screen,
	.hit = disaster_early_hit,
	.because = disaster_use_because,
};
