/*
 * det_rare_hour.c - OFF-03: something viewed at an hour of the week at which the person never views.
 *
 *     history: the days from rare_history before to the day before, with a view; rare_active of them, else learning
 *     fires when, for an hour with a view, history has none on that weekday in it, the hour before or the one after
 *
 * Hours of the week go round: before Monday 0:00 comes Sunday 23:00.
 */
#include "detect/person.h"
#include "detect/saying.h"

enum { RARE_HISTORY, RARE_ACTIVE };
enum { HOURS = 24, WEEK = 7 };
#define ALL_HOURS ((1U << HOURS) - 1)

static uint32_t
history(const struct account_day *days, size_t at, int64_t look, uint32_t used[WEEK])
{
	uint32_t active = 0;

	for (size_t i = at; i > 0; i--) {
		const struct account_day *d = &days[i - 1];

		if (d->day < days[at].day - look)
			break;
		used[day_of_week(d->day)] |= d->hours;
		active += d->hours != 0;
	}
	return active;
}

/* Those of the day's hours that lie by none that was used. */
static uint32_t
rare_hours(const struct account_day *day, const uint32_t used[WEEK])
{
	int today = day_of_week(day->day);
	uint32_t own = used[today];
	uint32_t near = own | own << 1 | own >> 1;

	near |= used[(today + WEEK - 1) % WEEK] >> (HOURS - 1);
	near |= (used[(today + 1) % WEEK] & 1) << (HOURS - 1);
	return day->hours & ~near & ALL_HOURS;
}

static enum judged
rare_hour_day(const struct account_day *days, size_t at, const int64_t *param,
	      struct account_day_sum *sum)
{
	uint32_t used[WEEK] = { 0 };

	if (days[at].hours == 0)
		return JUDGED_OUTSIDE;
	sum->days = history(days, at, param[RARE_HISTORY] / DAY_MS, used);
	if (sum->days < param[RARE_ACTIVE])
		return JUDGED_LEARNING;
	sum->hours = rare_hours(&days[at], used);
	sum->x = (uint32_t)__builtin_popcount(sum->hours);
	return sum->hours ? JUDGED_HIT : JUDGED_SILENT;
}

static void
rare_hour_because(const struct account_day_sum *sum, const int64_t *param, struct because *b)
{
	struct str hours = { 0 };

	for (int h = 0; h < HOURS; h++) {
		if (sum->hours >> h & 1)
			hours = arena_printf(b->arena, STR_FMT "%s%d:00", STR_ARG(hours),
					     hours.n ? ", " : "", h);
	}
	say(b, STR("no view in that hour of the week, the one before or after it, before"),
	    arena_printf(b->arena, "views from " STR_FMT "; %u days of the %lld before have views",
			 STR_ARG(hours), sum->days, (long long)(param[RARE_HISTORY] / DAY_MS)),
	    STR(""));
}

const struct detector det_rare_hour = {
	.name = "rare_hour",
	.rule = "OFF-03",
	.summary = "a person's views at an hour of the week at which there never were any",
	.kind = FINDING_ANOMALY,
	.key = { { "acct", KEY_ACCOUNT } },
	.param = { [RARE_HISTORY] = { "rare_history", "off", "rare_history", PARAM_TIME, DAY_MS,
				      366LL * DAY_MS },
		   [RARE_ACTIVE] = { "rare_active", "off", "rare_active", PARAM_NUMBER, 1, 366 } },
	.most_points = 39, /* an unusual hour alone never weighs more than low */
	.screen = person_screen,
	.day = rare_hour_day,
	.because_sum = rare_hour_because,
};
