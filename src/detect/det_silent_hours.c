/*
 * det_silent_hours.c - LOG-01: a gap in a system's log, inside the hours in which it is expected.
 *
 * The hours of a day, cut to the input's first and last accepted line, on a day with any line: between two lines, or
 * an end of the hours and a line, lies more than the longest silence.  What is kept of lines is the minutes they lie
 * in, so a gap is the time for which nothing else is possible: never told when it is shorter than it may be, and one
 * that is longer by less than two minutes may not be told.
 */
#include "detect/expected.h"

#include "base/civil.h"

enum { GAP_BIZ };
enum { MINUTE_MS = 60000 };

/* Of one day. */
struct gaps {
	struct slot longest;
	unsigned count;
	bool any_line;
};

/* `strict`: both ends are exact, so it must be longer; a line lies somewhere in its minute, so equal is longer. */
static void
add(struct gaps *g, struct slot gap, int64_t most, bool strict)
{
	if (strict ? gap.to - gap.from <= most : gap.to - gap.from < most)
		return;
	g->count++;
	if (gap.to - gap.from > g->longest.to - g->longest.from)
		g->longest = gap;
}

static struct gaps
find_gaps(const struct roster *r, unsigned system, struct slot s, int64_t most)
{
	struct gaps g = { 0 };
	int64_t from = s.from, line;

	while ((line = expected_line(r, system, from, s.to)) < s.to) {
		add(&g, (struct slot){ from, line }, most, !g.any_line);
		g.any_line = true;
		from = line + MINUTE_MS;
	}
	if (from < s.to)
		add(&g, (struct slot){ from, s.to }, most, !g.any_line);
	return g;
}

static void
tell_gaps(struct roster *r, unsigned system, int32_t day, const struct gaps *g)
{
	struct arena *a = r->arena;
	struct str from = expected_moment(a, g->longest.from);
	struct str to = expected_moment(a, g->longest.to);
	int64_t minutes = (g->longest.to - g->longest.from) / MINUTE_MS;
	struct str more = g->count > 1 ? arena_printf(a, "; the longest of %u", g->count) : STR("");

	*VEC_PUSH(&r->told) = (struct told){
		.key = { { system } },
		.first = jst_day_start(day),
		.last = jst_day_start(day + 1) - 1,
		.why = { .pred = STR("no line within expected hours for longer than the longest "
				     "silence"),
			 .observed = arena_printf(
				 a, STR_FMT " to " STR_FMT ", %lld minutes" STR_FMT, STR_ARG(from),
				 STR_ARG(to), (long long)minutes, STR_ARG(more)),
			 .ref = expected_ref(r, system, day) },
	};
}

static void
judge_day(struct roster *r, unsigned system, int32_t day)
{
	struct slot whole = expected_slot(r, system, day), s = expected_seen(r, whole);
	struct gaps g;

	if (s.from >= s.to || !expected_heard(r, system, day, whole))
		return; /* LOG-02's, if it is anybody's */
	g = find_gaps(r, system, s, expected_gap(r, system, r->param[GAP_BIZ]));
	r->judged[g.count ? JUDGED_HIT : JUDGED_SILENT]++;
	if (g.count)
		tell_gaps(r, system, day, &g);
}

static void
silent_hours_roster(struct roster *r)
{
	for (unsigned s = 0; r->first_ts <= r->last_ts && s < r->policy->system_count; s++) {
		if (!expected_said(&r->policy->system[s]))
			continue;
		for (int32_t day = jst_day(r->first_ts); day <= jst_day(r->last_ts); day++)
			judge_day(r, s, day);
	}
}

const struct detector det_silent_hours = {
	.name = "silent_hours",
	.rule = "LOG-01",
	.summary = "a gap in a system's log, within the hours it is expected",
	.kind = FINDING_COVERAGE,
	.key = { { "sys", KEY_SYSTEM } },
	.param = { [GAP_BIZ] = { "gap_biz", "log", "gap_biz", PARAM_TIME, 60000, DAY_MS } },
	.across = true,
	.roster = silent_hours_roster,
	.listens = true,
	.clears =
		"the lines of that time among the inputs; or by `expect` and its `max_gap` of the "
		"register, if the system is silent for so long",
};
