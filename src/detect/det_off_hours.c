/*
 * det_off_hours.c - OFF-01: a person's account used outside the hours it may be used in.
 *
 *     QUIET --line that no schedule, permit or disaster covers--> EPISODE (account) --pause > gap--> told, if it viewed
 *
 * A shift over midnight belongs to the day it began; who has no schedule has his organisation's, else it is undetermined.
 */
#include "detect/duty.h"

static enum judged
off_hours_hit(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST],
	      int *count)
{
	return duty_judge(ev, key, count);
}

const struct detector det_off_hours = {
	.name = "off_hours",
	.rule = "OFF-01",
	.summary = "a person's account was used outside permitted hours",
	.kind = FINDING_ANOMALY,
	.key = { { "acct", KEY_ACCOUNT } },
	.param = DUTY_PARAMS,
	.may_forbid = true,
	.screen = duty_screen,
	.hit = off_hours_hit,
	.viewless = true,
	.fires = duty_fires,
	.line_points = duty_line_points,
	.consumer_points = duty_consumer_points,
	.because = duty_because,
};
