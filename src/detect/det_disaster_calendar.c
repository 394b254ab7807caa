/*
 * det_disaster_calendar.c - DIS-08: coordinated windows whose row is not what it should be, as far as these logs go.
 *
 *     no end `max_open` after the begin; registered more than `register_lag` after it; beside another window of the same
 *     organisation and area that began before; approved by nobody
 */
#include "model/detector.h"

#include "base/civil.h"

enum { MAX_OPEN, REGISTER_LAG };
enum { NO_END, REGISTERED_LATE, OVERLAP, NO_APPROVER };

static const char *const calendar_words[] = { "no_end", "registered_late", "overlap", "no_approver",
					      NULL };

static bool
areas_meet(const struct window_row *a, const struct window_row *b)
{
	for (size_t i = 0; i < a->areas; i++) {
		for (size_t k = 0; k < b->areas; k++) {
			if (a->area[i] == b->area[k])
				return true;
		}
	}
	return a->areas == 0 || b->areas == 0;
}

/* Did `a` begin before `w`, and last into it? */
static bool
overlaps(const struct window_row *a, const struct window_row *w)
{
	if (!a->coordination || a->from > w->from || w->from >= a->to || a->from >= a->to ||
	    (a->from == w->from && a->row >= w->row))
		return false;
	return (a->org == w->org || a->org == 0 || w->org == 0) && areas_meet(a, w);
}

/* Line of the first such window, 0 = none. */
static uint32_t
overlapped_by(const struct roster *r, const struct window_row *w)
{
	const struct lookup *l = r->lookup;
	struct window_row other;
	uint32_t line = 0;

	for (size_t i = 0; l->window_at(l->context, i, &other); i++) {
		if (overlaps(&other, w) && (line == 0 || other.row < line))
			line = other.row;
	}
	return line;
}

static void
tell_defect(struct roster *r, const struct window_row *w, uint32_t state, int64_t at,
	    struct because_line why)
{
	why.ref = arena_printf(r->arena, "disasters line %u", w->row);
	*VEC_PUSH(&r->told) =
		(struct told){ .key = { { w->id, state } }, .first = at, .last = at, .why = why };
}

static struct str
moment(struct roster *r, int64_t ts)
{
	char buf[CIVIL_TEXT];

	return arena_str(r->arena, civil_print_jst(buf, ts));
}

static void
judge_window(struct roster *r, const struct window_row *w)
{
	uint32_t other = w->from < w->to ? overlapped_by(r, w) : 0;

	if (w->to == INT64_MAX && w->from + r->param[MAX_OPEN] <= r->last_ts)
		tell_defect(r, w, NO_END, w->from + r->param[MAX_OPEN],
			    (struct because_line){ STR("end of the window"),
						   STR("none, it is open"), STR("") });
	if (w->registered_at > w->from + r->param[REGISTER_LAG])
		tell_defect(r, w, REGISTERED_LATE, w->registered_at,
			    (struct because_line){ STR("registered near the begin"),
						   moment(r, w->registered_at), STR("") });
	if (other)
		tell_defect(r, w, OVERLAP, w->from,
			    (struct because_line){
				    STR("no other window of the organisation and area"),
				    arena_printf(r->arena, "disasters line %u goes on", other),
				    STR("") });
	if (!w->approved)
		tell_defect(
			r, w, NO_APPROVER, w->from,
			(struct because_line){ STR("approver"), STR("none is named"), STR("") });
}

static void
disaster_calendar_roster(struct roster *r)
{
	const struct lookup *l = r->lookup;
	struct window_row w;

	for (size_t i = 0; l->window_at(l->context, i, &w); i++) {
		size_t before = r->told.n;

		if (!w.coordination || w.to <= r->first_ts || w.from > r->last_ts)
			continue;
		judge_window(r, &w);
		r->judged[r->told.n > before ? JUDGED_HIT : JUDGED_SILENT]++;
	}
}

const struct detector det_disaster_calendar = {
	.name = "disaster_calendar",
	.rule = "DIS-08",
	.summary = "a disaster window without end, registered late, over another, or approved by "
		   "nobody",
	.kind = FINDING_VIOLATION,
	.key = { { "subject", KEY_WINDOW }, { "state", KEY_WORD } },
	.words = calendar_words,
	.param = { [MAX_OPEN] = { "max_open", "dis", "max_open", PARAM_TIME, 1000,
				  366LL * 86400000 },
		   [REGISTER_LAG] = { "register_lag", "dis", "register_lag", PARAM_TIME, 1000,
				      366LL * 86400000 } },
	.needs = GIVES_DISASTERS,
	.roster = disaster_calendar_roster,
};
