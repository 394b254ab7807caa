/*
 * survey_rows.c - what needs no account: days, systems by day, hours of schedules, disasters.
 */
#include "engine/survey_own.h"

#include "base/order.h"

/* A day of the year 9999 must not make millions of rows: behind ten years only days with a line are listed. */
enum { DAYS_MOST = 3660 };
enum { MINUTE_MS = 60000, DAY_MINUTES = 1440 };

static const char *const sharing_names[] = { NULL, "shared", "logical", "physical" };

static bool
any_line(const struct survey_build *b, int32_t day)
{
	const struct fact_source *s = b->in->source;

	for (size_t i = 0; i < b->in->policy->system_count; i++) {
		if (s->heard(s->facts, (unsigned)i, day))
			return true;
	}
	return false;
}

/* From the first to the last day with a line, of those from --since on. */
static void
list_days(struct survey_build *b)
{
	const struct lookup *l = b->in->lookup;
	int64_t from = max_i64(b->first_known, b->from);
	int32_t first = jst_day(from), last = jst_day(b->last);
	bool sparse;
	VEC(struct survey_day) days = { 0 };

	while (from <= b->last && first <= last && !any_line(b, first))
		first++;
	sparse = (int64_t)last - first >= DAYS_MOST;
	for (int32_t day = first; from <= b->last && day <= last; day++) {
		if (!sparse || any_line(b, day))
			*VEC_PUSH(&days) = (struct survey_day){ day, l->day_type(l->context, day) };
	}
	b->out->day.n = days.n;
	b->out->day.at = arena_alloc(b->arena, (days.n + 1) * sizeof(*days.at));
	if (days.n)
		memcpy(b->out->day.at, days.at, days.n * sizeof(*days.at));
	VEC_FREE(&days);
}

/* Is there a line in that minute, counted from 1970? */
static bool
minute_heard(const struct survey_build *b, unsigned system, int64_t minute)
{
	const struct fact_source *s = b->in->source;
	int32_t day = jst_day(minute * MINUTE_MS);
	const struct heard *h = s->heard(s->facts, system, day);

	return h && heard_in(h, (unsigned)(minute - jst_day_start(day) / MINUTE_MS));
}

/*
 * The longest run of whole minutes without a line, of those that lie in the hours of the register, since it is live, and
 * between the first and the last line of the input; -1: there are no such minutes.
 */
static int32_t
gap_minutes(const struct survey_build *b, unsigned system, const struct survey_day *d)
{
	const struct policy_system *sys = &b->in->policy->system[system];
	const struct hours *h = &sys->expect[d->type];
	int64_t start = jst_day_start(d->day), from = start + h->from, to = start + h->to;
	int64_t run = 0, longest = 0;

	if (sys->live != INT64_MAX)
		from = max_i64(from, sys->live);
	from = -floor_div(-max_i64(from, b->first_known), MINUTE_MS);
	to = floor_div(min_i64(to, b->last), MINUTE_MS);
	if (!h->said || from >= to)
		return -1;
	for (int64_t minute = from; minute < to; minute++) {
		run = minute_heard(b, system, minute) ? 0 : run + 1;
		longest = max_i64(longest, run);
	}
	return (int32_t)longest;
}

static const char *
sharing_at(const struct policy_system *s, int64_t ts)
{
	for (size_t i = 0; i < s->sharing_count; i++) {
		if (s->sharing[i].from <= ts && ts < s->sharing[i].to)
			return sharing_names[s->sharing[i].sharing];
	}
	return NULL;
}

static struct survey_heard
hear(const struct survey_build *b, struct survey_system *sys, unsigned system,
     const struct survey_day *d)
{
	const struct fact_source *s = b->in->source;
	const struct heard *h = s->heard(s->facts, system, d->day);
	struct survey_heard out = { .first_s = -1, .last_s = -1 };

	out.gap_minutes = gap_minutes(b, system, d);
	if (!h || h->lines == 0)
		return out;
	out.lines = h->lines;
	out.first_s = (int32_t)(h->first_ms / 1000);
	out.last_s = (int32_t)(h->last_ms / 1000);
	for (int hour = 0; hour < DAY_HOURS; hour++)
		sys->hours.at[day_of_week(d->day)][hour] += h->hour[hour];
	return out;
}

static void
hours_of(const struct survey_build *b, unsigned what, uint32_t a, struct survey_hours *out)
{
	for (uint32_t hour = 0; hour < WEEK_DAYS * DAY_HOURS; hour++)
		out->at[hour / DAY_HOURS][hour % DAY_HOURS] =
			tally_of(b->tally, tally_group(what, a, hour)).n;
}

static int
system_order(const void *a, const void *b)
{
	const struct survey_system *x = a, *y = b;

	return str_cmp(x->id, y->id);
}

static void
list_systems(struct survey_build *b)
{
	const struct fact_source *s = b->in->source;
	size_t n = b->in->policy->system_count;
	struct survey_system *out = arena_alloc(b->arena, (n + 1) * sizeof(*out));

	for (size_t i = 0; i < n; i++) {
		const struct policy_system *sys = &b->in->policy->system[i];

		out[i] = (struct survey_system){ .id = sys->id,
						 .name_ja = sys->name_ja,
						 .name_en = sys->name_en,
						 .owner = sys->owner,
						 .sharing = sharing_at(sys, b->last),
						 .masked_since = sys->masked_since,
						 .split_since = sys->split_since,
						 .refused = s->refused(s->facts, (unsigned)i) };
		out[i].day = arena_alloc(b->arena, (b->out->day.n + 1) * sizeof(*out[i].day));
		for (size_t d = 0; d < b->out->day.n; d++)
			out[i].day[d] = hear(b, &out[i], (unsigned)i, &b->out->day.at[d]);
		hours_of(b, SUM_OFF_HOUR, (uint32_t)i, &out[i].off_hours);
	}
	if (n)
		qsort(out, n, sizeof(*out), system_order);
	b->out->system.at = out;
	b->out->system.n = n;
}

static int
schedule_order(const void *a, const void *b)
{
	const struct survey_schedule *x = a, *y = b;

	return str_cmp(x->name, y->name);
}

static int
slot_order(const void *a, const void *b)
{
	const struct survey_slot *x = a, *y = b;

	if (x->type != y->type)
		return (x->type > y->type) - (x->type < y->type);
	if (x->from != y->from)
		return (x->from > y->from) - (x->from < y->from);
	return (x->to > y->to) - (x->to < y->to);
}

static void
list_slots(struct survey_build *b, uint16_t schedule, struct survey_schedule *out)
{
	const struct lookup *l = b->in->lookup;
	VEC(struct survey_slot) slots = { 0 };
	struct slot_row row;
	struct survey_slot *copy;

	for (size_t i = 0; l->slot_at(l->context, i, &row); i++) {
		b->out->grace_minutes = row.grace / MINUTE_MS;
		if (row.schedule == schedule)
			*VEC_PUSH(&slots) = (struct survey_slot){
				.type = (enum day_type)row.day_type,
				.from = (int32_t)floor_div(row.start, MINUTE_MS),
				.to = (int32_t)-floor_div(-row.end, MINUTE_MS),
			};
	}
	copy = arena_alloc(b->arena, (slots.n + 1) * sizeof(*copy));
	if (slots.n) {
		qsort(slots.at, slots.n, sizeof(*slots.at), slot_order);
		memcpy(copy, slots.at, slots.n * sizeof(*copy));
	}
	out->slot = copy;
	out->slots = slots.n;
	VEC_FREE(&slots);
}

static void
list_schedules(struct survey_build *b)
{
	const struct lookup *l = b->in->lookup;
	VEC(uint32_t) number = { 0 };
	struct slot_row row;
	struct survey_schedule *out;
	size_t n = 0;

	for (size_t i = 0; l->slot_at(l->context, i, &row); i++)
		*VEC_PUSH(&number) = row.schedule;
	if (number.n)
		qsort(number.at, number.n, sizeof(*number.at), order_u32);
	out = arena_alloc(b->arena, (number.n + 1) * sizeof(*out));
	for (size_t i = 0; i < number.n; i++) {
		uint16_t schedule = (uint16_t)number.at[i];

		if (i && number.at[i - 1] == schedule)
			continue;
		out[n].name = l->schedule_name(l->context, schedule);
		out[n].accounts = tally_of(b->tally, tally_group(SET_SCHEDULE, 0, schedule)).n;
		list_slots(b, schedule, &out[n]);
		hours_of(b, SUM_SCHEDULE_HOUR, schedule, &out[n].hours);
		n++;
	}
	VEC_FREE(&number);
	if (n)
		qsort(out, n, sizeof(*out), schedule_order);
	b->out->schedule.at = out;
	b->out->schedule.n = n;
}

/* How many IDs, or terminals, were kept for the window's organisation when it began. */
static uint64_t
count_kept(const struct survey_build *b, enum subject kind, const struct window_row *w)
{
	const struct lookup *l = b->in->lookup;
	VEC(uint32_t) name = { 0 };
	struct kept_row row;
	uint64_t n = 0;

	for (size_t i = 0; l->kept_at(l->context, kind, i, w->from, &row); i++) {
		if (row.held && (w->org == ORG_NONE || row.org == w->org))
			*VEC_PUSH(&name) = row.name;
	}
	if (name.n)
		qsort(name.at, name.n, sizeof(*name.at), order_u32);
	for (size_t i = 0; i < name.n; i++)
		n += i == 0 || name.at[i] != name.at[i - 1];
	VEC_FREE(&name);
	return n;
}

static void
name_window(const struct survey_build *b, const struct window_row *w, struct survey_disaster *out)
{
	const struct lookup *l = b->in->lookup;
	struct str *area = arena_alloc(b->arena, (w->areas + 1) * sizeof(*area));

	out->id = l->window_name(l->context, w->row);
	out->name = l->ledger_cell(l->context, "disasters", w->row, "name", b->arena);
	out->kind = l->ledger_cell(l->context, "disasters", w->row, "kind", b->arena);
	out->org = l->org_name(l->context, w->org);
	for (size_t i = 0; i < w->areas; i++)
		area[i] = l->area_name(l->context, w->area[i]);
	if (w->areas)
		qsort(area, w->areas, sizeof(*area), order_str);
	out->area = area;
	out->areas = w->areas;
}

static void
count_window(const struct survey_build *b, const struct window_row *w, struct survey_disaster *out)
{
	const struct tally *t = b->tally;
	struct tally_sum lines = tally_of(t, tally_group(SUM_WINDOW, 0, w->row));
	struct tally_sum tail = tally_of(t, tally_group(SUM_WINDOW_TAIL, 0, w->row));

	out->ids_held = count_kept(b, SUBJECT_ACCOUNT, w);
	out->terminals_held = count_kept(b, SUBJECT_TERMINAL, w);
	out->ids = tally_of(t, tally_group(SET_WINDOW_ID, 0, w->row)).n;
	out->terminals = tally_of(t, tally_group(SET_WINDOW_TERMINAL, 0, w->row)).n;
	out->lines = lines.n;
	out->views = tally_of(t, tally_group(SUM_WINDOW_VIEW, 0, w->row)).n;
	out->consumers = tally_of(t, tally_group(SET_WINDOW_CONSUMER, 0, w->row)).n;
	out->tail_lines = tail.n;
	out->overscope_lines = tally_of(t, tally_group(SUM_WINDOW_OVER, 0, w->row)).n;
	out->last = max_i64(lines.last, tail.last);
}

static int
disaster_order(const void *a, const void *b)
{
	const struct survey_disaster *x = a, *y = b;
	int c = str_cmp(x->id, y->id);

	return c ? c : (x->row > y->row) - (x->row < y->row);
}

static void
list_disasters(struct survey_build *b)
{
	const struct lookup *l = b->in->lookup;
	VEC(struct survey_disaster) list = { 0 };
	struct window_row w;

	for (size_t i = 0; l->window_at(l->context, i, &w); i++) {
		struct survey_disaster *out = VEC_PUSH(&list);

		*out = (struct survey_disaster){
			.row = w.row, .from = w.from, .to = w.to, .coordination = w.coordination
		};
		name_window(b, &w, out);
		count_window(b, &w, out);
	}
	b->out->disaster.n = list.n;
	b->out->disaster.at = arena_alloc(b->arena, (list.n + 1) * sizeof(*list.at));
	if (list.n) {
		qsort(list.at, list.n, sizeof(*list.at), disaster_order);
		memcpy(b->out->disaster.at, list.at, list.n * sizeof(*list.at));
	}
	VEC_FREE(&list);
}

void
survey_rows(struct survey_build *b)
{
	list_days(b);
	list_systems(b);
	list_schedules(b);
	list_disasters(b);
}
