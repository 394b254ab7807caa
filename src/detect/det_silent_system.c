/*
 * det_silent_system.c - LOG-02: a system of the register without any accepted line on a day on which it is expected.
 *
 * A day is asked about when its hours lie between the input's first and last accepted line, whole or for longer than
 * the longest silence; it is silent when neither the day nor its hours (which may end after midnight) have a line.  A
 * system that is `live`, and whose register says nothing of hours, must have a line on some day of the input; of one
 * that says neither nothing is expected.  Days before `live` are nobody's.  Silent days in a row are told as one, with their number: a line of the year 9999 makes one thing to tell
 * and not millions.
 */
#include "detect/expected.h"

#include "base/civil.h"

enum { GAP_BIZ };

#define CASE_GAP_MS (30LL * DAY_MS) /* further apart, days are different cases */

/* Silent days in a row. */
struct row {
	int32_t first, last;
	uint64_t days;
};

static void
tell_row(struct roster *r, unsigned system, struct row *row)
{
	const struct policy_system *sys = &r->policy->system[system];
	struct arena *a = r->arena;
	struct str from, to;

	if (row->days == 0)
		return;
	from = str_head(expected_moment(a, jst_day_start(row->first)), 10);
	to = str_head(expected_moment(a, jst_day_start(row->last)), 10);
	*VEC_PUSH(&r->told) = (struct told){
		.key = { { system } },
		.first = jst_day_start(row->first),
		.last = jst_day_start(row->last + 1) - 1,
		.units = row->days > 1 ? row->days : 0,
		.why = { .pred = STR("no accepted line on an expected day"),
			 .observed = row->days == 1
					     ? from
					     : arena_printf(a, STR_FMT " to " STR_FMT ", %llu days",
							    STR_ARG(from), STR_ARG(to),
							    (unsigned long long)row->days),
			 .ref = expected_said(sys)
					? expected_ref(r, system, row->first)
					: arena_printf(a, "systems line %u", sys->at.line) },
	};
	row->days = 0;
}

static void
add(struct roster *r, unsigned system, struct row *row, int32_t day)
{
	if (row->days && jst_day_start(day) - jst_day_start(row->last + 1) >= CASE_GAP_MS)
		tell_row(r, system, row);
	if (row->days++ == 0)
		row->first = day;
	row->last = day;
}

/* Is enough of its hours within the input to miss its lines? */
static bool
asked(const struct roster *r, unsigned system, struct slot whole)
{
	struct slot seen = expected_seen(r, whole);

	return seen.from < seen.to &&
	       (seen.to - seen.from == whole.to - whole.from ||
		seen.to - seen.from > expected_gap(r, system, r->param[GAP_BIZ]));
}

static void
judge_hours(struct roster *r, unsigned system)
{
	struct row row = { 0 };

	for (int32_t day = jst_day(r->first_ts); day <= jst_day(r->last_ts); day++) {
		struct slot slot = expected_slot(r, system, day);

		if (!asked(r, system, slot))
			continue;
		if (!expected_heard(r, system, day, slot)) {
			r->judged[JUDGED_HIT]++;
			add(r, system, &row, day);
			continue;
		}
		r->judged[JUDGED_SILENT]++;
		tell_row(r, system, &row);
	}
	tell_row(r, system, &row);
}

static void
judge_unsaid(struct roster *r, unsigned system)
{
	const struct fact_source *s = r->source;
	int64_t live = r->policy->system[system].live;
	struct row row = { .first = jst_day(r->first_ts), .last = jst_day(r->last_ts) };

	if (live > r->first_ts)
		row.first = jst_day(live);
	if (row.first > row.last)
		return;
	for (int32_t day = row.first; day <= row.last; day++) {
		if (s->system_day(s->facts, system, day)) {
			r->judged[JUDGED_SILENT]++;
			return;
		}
	}
	r->judged[JUDGED_HIT]++;
	row.days = (uint64_t)(row.last - row.first) + 1;
	tell_row(r, system, &row);
}

static void
silent_system_roster(struct roster *r)
{
	for (unsigned s = 0; r->first_ts <= r->last_ts && s < r->policy->system_count; s++) {
		if (expected_said(&r->policy->system[s]))
			judge_hours(r, s);
		else if (r->policy->system[s].live != INT64_MAX)
			judge_unsaid(r, s);
	}
}

const struct detector det_silent_system = {
	.name = "silent_system",
	.rule = "LOG-02",
	.summary = "a system of the register without any line on a day it is expected",
	.kind = FINDING_COVERAGE,
	.key = { { "sys", KEY_SYSTEM } },
	.param = { [GAP_BIZ] = { "gap_biz", "log", "gap_biz", PARAM_TIME, 60000, DAY_MS } },
	.across = true,
	.most_points = 90,
	.roster = silent_system_roster,
	.listens = true,
	.incomplete = true,
	.clears = "the logs of these days among the inputs; or by `live` and `expect` of the "
		  "register, if the system was not in use or is not used on such days",
};
