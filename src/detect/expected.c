/*
 * expected.c - see expected.h.
 */
#include "detect/expected.h"

#include "base/civil.h"

enum { MINUTE_MS = 60000, DAY_MINUTES = 1440 };

bool
expected_said(const struct policy_system *s)
{
	bool said = false;

	for (int i = 0; i < DAYTYPE_COUNT; i++)
		said |= s->expect[i].said;
	return said;
}

static const struct hours *
hours_of(const struct roster *r, unsigned system, int32_t day)
{
	return &r->policy->system[system].expect[r->lookup->day_type(r->lookup->context, day)];
}

struct slot
expected_slot(const struct roster *r, unsigned system, int32_t day)
{
	const struct policy_system *s = &r->policy->system[system];
	const struct hours *h = hours_of(r, system, day);
	int64_t start = jst_day_start(day);
	struct slot slot = { start + h->from, start + h->to };

	if (!h->said)
		return (struct slot){ start, start };
	if (s->live != INT64_MAX)
		slot.from = max_i64(slot.from, s->live);
	return slot;
}

struct slot
expected_seen(const struct roster *r, struct slot s)
{
	return (struct slot){ max_i64(s.from, r->first_ts), min_i64(s.to, r->last_ts) };
}

int64_t
expected_gap(const struct roster *r, unsigned system, int64_t usual)
{
	int64_t gap = r->policy->system[system].max_gap_ms;

	return gap ? gap : usual;
}

int64_t
expected_line(const struct roster *r, unsigned system, int64_t from, int64_t to)
{
	const struct fact_source *s = r->source;

	for (int32_t day = jst_day(from); jst_day_start(day) < to; day++) {
		const struct heard *h = s->heard(s->facts, system, day);
		int64_t start = jst_day_start(day);
		int64_t minute = from <= start ? 0 : (from - start + MINUTE_MS - 1) / MINUTE_MS;

		for (; h && minute < DAY_MINUTES && start + minute * MINUTE_MS < to; minute++) {
			if (heard_in(h, (unsigned)minute))
				return start + minute * MINUTE_MS;
		}
	}
	return to;
}

bool
expected_heard(const struct roster *r, unsigned system, int32_t day, struct slot s)
{
	return r->source->heard(r->source->facts, system, day) ||
	       expected_line(r, system, s.from, s.to) < s.to;
}

struct str
expected_moment(struct arena *a, int64_t ts)
{
	char buf[CIVIL_TEXT];

	return arena_str(a, str_head(civil_print_plain(buf, ts), 16));
}

struct str
expected_ref(const struct roster *r, unsigned system, int32_t day)
{
	static const char *const names[DAYTYPE_COUNT] = {
		[DAYTYPE_BIZ] = "weekday",
		[DAYTYPE_SAT] = "saturday",
		[DAYTYPE_SUN] = "sunday",
		[DAYTYPE_HOL] = "holiday",
	};
	const struct hours *h = hours_of(r, system, day);
	int64_t from = h->from / MINUTE_MS, to = h->to / MINUTE_MS;

	return arena_printf(r->arena, "expect %s %02d:%02d-%02d:%02d, systems line %u",
			    names[r->lookup->day_type(r->lookup->context, day)], (int)(from / 60),
			    (int)(from % 60), (int)(to / 60), (int)(to % 60),
			    r->policy->system[system].at.line);
}
