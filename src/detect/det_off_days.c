/*
 * det_off_days.c - OFF-02: what OFF-01 finds, on Saturdays, Sundays and holidays alone, in episodes of their own.
 *
 *     QUIET --line of such a day that nothing covers--> EPISODE (account) --pause > gap--> told, if it viewed
 */
#include "base/civil.h"
#include "detect/duty.h"

static enum judged
off_days_hit(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST],
	     int *count)
{
	const struct lookup *l = ev->lookup;

	if (l->day_type(l->context, jst_day(ev->fact->ts)) == DAYTYPE_BIZ)
		return JUDGED_OUTSIDE;
	return duty_judge(ev, key, count);
}

const struct detector det_off_days = {
	.name = "off_days",
	.rule = "OFF-02",
	.summary = "a person's account was used on a day off, outside permitted hours",
	.kind = FINDING_ANOMALY,
	.key = { { "acct", KEY_ACCOUNT } },
	.param = DUTY_PARAMS,
	.may_forbid = true,
	.screen = duty_screen,
	.hit = off_days_hit,
	.viewless = true,
	.fires = duty_fires,
	.line_points = duty_line_points,
	.consumer_points = duty_consumer_points,
	.because = duty_because,
};
