/*
 * shifts.c - slots into minutes, and the slots themselves where minutes are too coarse.
 */
#include "context/shifts.h"

enum { MINUTE_MS = 60000 };

/* Sets the minutes from `first` to before `end`; both count from the day's own midnight. */
static void
fill(uint64_t *bits, int64_t first, int64_t end)
{
	for (int64_t at = max_i64(first + 1440, 0); at < min_i64(end + 1440, SHIFT_MINUTES); at++)
		bits[at / 64] |= 1ULL << at % 64;
}

static void
add_slot(struct shift_day *d, const struct schedule_row *r, int64_t grace_ms)
{
	int64_t from = r->start - grace_ms, to = r->end + grace_ms;

	fill(d->whole, -floor_div(-from, MINUTE_MS), floor_div(to, MINUTE_MS));
	fill(d->part, floor_div(from, MINUTE_MS), -floor_div(-to, MINUTE_MS));
}

void
shifts_build(struct shifts *s, const struct ledger *schedules, uint32_t names, int64_t grace_ms,
	     struct arena *a)
{
	*s = (struct shifts){ .schedules = names, .grace_ms = grace_ms };
	s->known = arena_alloc(a, names + (size_t)1);
	s->day = arena_alloc(a, ((size_t)names * DAYTYPE_COUNT + 1) * sizeof(*s->day));
	for (size_t i = 0; i < schedules->count;) {
		const struct schedule_row *r = ledger_row(schedules, i);
		struct shift_day *d = shifts_day(s, r->schedule, (enum day_type)(r->day_type - 1));

		s->known[r->schedule] = true;
		d->slot = r;
		d->slots = r->head.count;
		for (uint32_t k = 0; k < d->slots; k++)
			add_slot(d, &r[k], grace_ms);
		i += d->slots;
	}
}

uint32_t
shifts_slot(const struct shifts *s, uint16_t schedule, const struct calendar *c, int64_t ts)
{
	int32_t day = jst_day(ts);
	uint32_t line = 0;

	for (int back = -1; back <= 1; back++) {
		int64_t at = ts - jst_day_start(day - back);
		const struct shift_day *d = shifts_day(s, schedule, calendar_day(c, day - back));

		for (uint32_t k = 0; k < d->slots; k++) {
			const struct schedule_row *r = &d->slot[k];

			if (r->start - s->grace_ms <= at && at < r->end + s->grace_ms &&
			    (line == 0 || r->head.line < line))
				line = r->head.line;
		}
	}
	return line;
}
