/*
 * det_clock.c - LOG-06: a system whose times look wrong, as far as the set of lines tells.
 *
 *     utc_mixup   of a system with enough lines on enough working days, the hours of the day fit its expected hours of
 *                 a working day (08:00-20:00, where it states none) far better when all times are moved by nine hours:
 *                 a log in UTC that is read as Japan's time, or the other way round
 *     one_hour    whole days with many lines, all of them within one hour, and several such days: times of a batch
 *
 * Whole hours: an hour fits by the minutes of it that are expected.  Clocks that jump inside one file, and lines of
 * the future, depend on files and on when the run is; they stand in the record of the run.
 */
#include "detect/expected.h"

#include "base/civil.h"

enum { CLOCK_LINES, CLOCK_DAYS, CLOCK_FIT, CLOCK_MARGIN, HOUR_LINES, HOUR_DAYS };
enum { UTC_MIXUP, ONE_HOUR };
enum { HOURS = 24, HOUR_MS = 3600000, ZONE_HOURS = 9 };

static const char *const words[] = { [UTC_MIXUP] = "utc_mixup", [ONE_HOUR] = "one_hour", NULL };

/* All lines of a system. */
struct clock {
	uint64_t hour[HOURS], lines;
	int64_t days; /* working days with any */
	int64_t first, last;
};

static struct clock
read_clock(const struct roster *r, unsigned system)
{
	const struct fact_source *s = r->source;
	struct clock c = { .first = INT64_MAX };

	for (int32_t day = jst_day(r->first_ts); day <= jst_day(r->last_ts); day++) {
		const struct heard *h = s->heard(s->facts, system, day);

		if (!h)
			continue;
		c.lines += h->lines;
		c.days += r->lookup->day_type(r->lookup->context, day) == DAYTYPE_BIZ;
		c.first = min_i64(c.first, jst_day_start(day) + h->first_ms);
		c.last = jst_day_start(day) + h->last_ms;
		for (int i = 0; i < HOURS; i++)
			c.hour[i] += h->hour[i];
	}
	return c;
}

static struct hours
office_hours(const struct policy_system *s)
{
	const struct hours office = { .said = true, .from = 8LL * HOUR_MS, .to = 20LL * HOUR_MS };

	return s->expect[DAYTYPE_BIZ].said ? s->expect[DAYTYPE_BIZ] : office;
}

/* Minutes of that hour, of this day or the next, which are expected. */
static uint64_t
minutes_expected(const struct hours *h, int hour)
{
	int64_t ms = 0;

	for (int64_t start = (int64_t)hour * HOUR_MS; start < h->to; start += DAY_MS) {
		int64_t from = max_i64(start, h->from), to = min_i64(start + HOUR_MS, h->to);

		ms += to > from ? to - from : 0;
	}
	return (uint64_t)ms / 60000;
}

/* Per cent of the lines, if each were `later` hours later than it says. */
static int64_t
fit(const struct clock *c, const struct hours *h, int later)
{
	uint64_t minutes = 0;

	for (int i = 0; i < HOURS; i++)
		minutes += c->hour[i] * minutes_expected(h, (i + later + HOURS) % HOURS);
	return (int64_t)(minutes * 100 / (c->lines * 60));
}

static void
tell_mixup(struct roster *r, unsigned system, const struct clock *c, int64_t now, int later,
	   int64_t then)
{
	*VEC_PUSH(&r->told) = (struct told){
		.key = { { system, UTC_MIXUP } },
		.first = c->first,
		.last = c->last,
		.why = { .pred = STR("lines within expected hours"),
			 .observed = arena_printf(
				 r->arena,
				 "%lld %% as they say, %lld %% if all were nine hours %s: %s",
				 (long long)now, (long long)then, later > 0 ? "later" : "earlier",
				 later > 0 ? "times of UTC that are read as Japan's?"
					   : "times of Japan that are read as UTC's?"),
			 .ref = arena_printf(r->arena, "systems line %u",
					     r->policy->system[system].at.line) },
	};
}

static void
judge_mixup(struct roster *r, unsigned system, const struct clock *c)
{
	const struct hours h = office_hours(&r->policy->system[system]);
	int64_t now, later, earlier, best;

	if (c->lines < (uint64_t)r->param[CLOCK_LINES] || c->days < r->param[CLOCK_DAYS])
		return;
	now = fit(c, &h, 0);
	later = fit(c, &h, ZONE_HOURS);
	earlier = fit(c, &h, -ZONE_HOURS);
	best = max_i64(later, earlier);
	if (best < r->param[CLOCK_FIT] || best - now < r->param[CLOCK_MARGIN]) {
		r->judged[JUDGED_SILENT]++;
		return;
	}
	r->judged[JUDGED_HIT]++;
	tell_mixup(r, system, c, now, later == best ? ZONE_HOURS : -ZONE_HOURS, best);
}

/* Many lines, all within one hour, on a day on which it is expected for longer than that, or nothing is stated. */
static bool
in_one_hour(const struct roster *r, unsigned system, int32_t day, const struct heard *h)
{
	const struct hours *e =
		&r->policy->system[system].expect[r->lookup->day_type(r->lookup->context, day)];

	return h && h->lines >= (uint64_t)r->param[HOUR_LINES] &&
	       h->last_ms - h->first_ms < HOUR_MS && (!e->said || e->to - e->from > HOUR_MS);
}

static void
tell_hour(struct roster *r, unsigned system, int32_t day, const struct heard *h)
{
	int64_t start = jst_day_start(day);
	struct str from = expected_moment(r->arena, start + h->first_ms);
	struct str to = expected_moment(r->arena, start + h->last_ms);

	*VEC_PUSH(&r->told) = (struct told){
		.key = { { system, ONE_HOUR } },
		.first = start,
		.last = start + DAY_MS - 1,
		.why = { .pred = STR("all lines of the day within one hour"),
			 .observed = arena_printf(r->arena, "%llu lines, " STR_FMT " to " STR_FMT,
						  (unsigned long long)h->lines, STR_ARG(from),
						  STR_ARG(str_skip(to, 11))),
			 .ref = arena_printf(r->arena, "systems line %u",
					     r->policy->system[system].at.line) },
	};
}

static void
judge_hours(struct roster *r, unsigned system)
{
	const struct fact_source *s = r->source;
	size_t before = r->told.n;

	for (int32_t day = jst_day(r->first_ts); day <= jst_day(r->last_ts); day++) {
		const struct heard *h = s->heard(s->facts, system, day);

		if (h && h->lines >= (uint64_t)r->param[HOUR_LINES])
			r->judged[JUDGED_SILENT]++;
		if (in_one_hour(r, system, day, h))
			tell_hour(r, system, day, h);
	}
	if (r->told.n - before < (size_t)r->param[HOUR_DAYS]) {
		r->told.n = before;
		return;
	}
	r->judged[JUDGED_SILENT] -= r->told.n - before;
	r->judged[JUDGED_HIT] += r->told.n - before;
}

static void
clock_roster(struct roster *r)
{
	for (unsigned s = 0; r->first_ts <= r->last_ts && s < r->policy->system_count; s++) {
		struct clock c = read_clock(r, s);

		if (c.lines == 0)
			continue;
		judge_mixup(r, s, &c);
		judge_hours(r, s);
	}
}

const struct detector det_clock = {
	.name = "clock",
	.rule = "LOG-06",
	.summary = "a system whose times look wrong",
	.kind = FINDING_COVERAGE,
	.key = { { "sys", KEY_SYSTEM }, { "what", KEY_WORD } },
	.words = words,
	.param = { [CLOCK_LINES] = { "clock_lines", "log", "clock_lines", PARAM_NUMBER, 1,
				     1000000000 },
		   [CLOCK_DAYS] = { "clock_days", "log", "clock_days", PARAM_NUMBER, 1, 366 },
		   [CLOCK_FIT] = { "clock_fit", "log", "clock_fit", PARAM_NUMBER, 1, 100 },
		   [CLOCK_MARGIN] = { "clock_margin", "log", "clock_margin", PARAM_NUMBER, 1, 100 },
		   [HOUR_LINES] = { "hour_lines", "log", "hour_lines", PARAM_NUMBER, 2,
				    1000000000 },
		   [HOUR_DAYS] = { "hour_days", "log", "hour_days", PARAM_NUMBER, 1, 366 } },
	.across = true,
	.roster = clock_roster,
	.listens = true,
	.clears =
		"`timezone:` of the system, if its log says none; or by `expect:`, if it works in "
		"such hours",
};
