/*
 * lookup_line.c - what is asked for a line, and only where a rule needs it: hours, hands, orders.
 *
 * Permits and books of shared IDs have thousands of rows for one account: as edges of a tuple's interval they would
 * have it looked up anew all day, so they are searched by halves when asked.
 */
#include "base/civil.h"
#include "context/context_own.h"

enum { ENTRY_MOST_MS = DAY_MS }; /* an entry that nobody closes counts for this long */

/* Line of a permit of that kind in force, 0 = none. */
static uint32_t
permit_row(const struct context *c, enum permit_kind kind, const struct seen *s, int64_t ts)
{
	const struct permit_row *row =
		BEGUN(permit_row, from, c->resolved.permit[kind][s->tuple.text[DICT_ACCOUNT]], ts);

	return row && ts < row->to ? row->head.line : 0;
}

uint32_t
lookup_travel(const void *context, const struct seen *s, int64_t ts)
{
	return permit_row(context, PERMIT_TRAVEL, s, ts);
}

/* What covers an hour outside the schedule's, and which row says so. */
static struct hours_said
hours_besides(const struct context *c, const struct seen *s, int64_t ts)
{
	struct disaster_said d;
	uint32_t row = permit_row(c, PERMIT_OVERTIME, s, ts);

	row = row ? row : permit_row(c, PERMIT_ONCALL, s, ts);
	row = row ? row : permit_row(c, PERMIT_UNSAID, s, ts);
	if (row)
		return (struct hours_said){ HOURS_PERMIT, row };
	if (s->windowed && disasters_state(&c->disasters, s->account_org, 0, ts) == DSTATE_IN) {
		d = disasters_look(&c->disasters, s->account_org, 0, ts);
		return (struct hours_said){ HOURS_DISASTER, d.row };
	}
	return (struct hours_said){ s->standing.schedule ? HOURS_OFF : HOURS_UNKNOWN, 0 };
}

static bool
on_shift(const struct context *c, const struct seen *s, int64_t ts)
{
	uint16_t schedule = s->standing.schedule;

	return schedule && shifts_cover(&c->shifts, schedule, &c->calendar, ts);
}

struct hours_said
lookup_hours(const void *context, const struct seen *s, int64_t ts)
{
	const struct context *c = context;

	if (on_shift(c, s, ts))
		return (struct hours_said){ HOURS_SCHEDULE,
					    shifts_slot(&c->shifts, s->standing.schedule,
							&c->calendar, ts) };
	return hours_besides(c, s, ts);
}

/* Asked of every line of a person: which slot it is, is not looked for (119 of 258 instructions, 2026-11). */
enum duty
lookup_duty(const void *context, const struct seen *s, int64_t ts)
{
	const struct context *c = context;

	return LIKELY(on_shift(c, s, ts)) ? HOURS_SCHEDULE : hours_besides(c, s, ts).duty;
}

/* Is the terminal the entry's?  An entry that names none holds for any. */
enum fit { FIT_NOT, FIT_YES, FIT_UNKNOWN };

static enum fit
entry_fits(const struct shared_id_row *r, struct str terminal)
{
	if (r->terminal.n == 0)
		return FIT_YES;
	if (terminal.n == 0)
		return FIT_UNKNOWN;
	return str_eq(r->terminal, terminal) ? FIT_YES : FIT_NOT;
}

static bool
entry_holds(const struct shared_id_row *r, int64_t ts)
{
	return r->out <= ts && ts < r->in && ts - r->out < ENTRY_MOST_MS;
}

/* Back through the entries that nobody closed; the terminal decides which of them are meant. */
static const struct shared_id_row *
never_closed(const struct context *c, const struct shared_id_row *last, struct str terminal,
	     int64_t ts)
{
	const struct ledger *l = &c->ledger[LEDGER_shared_ids];
	size_t i = (size_t)((const char *)last - l->rows) / sizeof(*last);
	uint32_t at = last->in == INT64_MAX ? (uint32_t)i + 1 : c->posts.open_before[i];

	for (; at; at = c->posts.open_before[at - 1]) {
		const struct shared_id_row *r = ledger_row(l, at - 1);

		if (ts - r->out >= ENTRY_MOST_MS && entry_fits(r, terminal) == FIT_YES)
			return r;
	}
	return NULL;
}

static enum attribution
attribution_of(uint32_t entries, uint32_t unknown, const struct shared_id_row *decides)
{
	if (entries > 1)
		return ATTRIBUTION_AMBIGUOUS;
	if (unknown)
		return ATTRIBUTION_UNKNOWN;
	if (entries == 0)
		return decides ? ATTRIBUTION_NEVER_CLOSED : ATTRIBUTION_NO_ENTRY;
	return decides && decides->person.n ? ATTRIBUTION_PERSON : ATTRIBUTION_NO_PERSON;
}

struct attributed
lookup_attribution(const void *context, const struct seen *s, int64_t ts)
{
	const struct context *c = context;
	const struct shared_id_row *first = c->resolved.shared[s->tuple.text[DICT_ACCOUNT]];
	const struct shared_id_row *last = BEGUN(shared_id_row, out, first, ts), *found = NULL;
	struct str terminal =
		c->names.text(c->names.facts, DICT_TERMINAL, s->tuple.text[DICT_TERMINAL]);
	struct attributed a = { .attribution = ATTRIBUTION_UNKNOWN };
	uint32_t unknown = 0;

	if (!(c->gives & GIVES_SHARED_IDS))
		return a;
	/* No entry that began a day ago or earlier holds. */
	for (const struct shared_id_row *r = last; r && ts - r->out < ENTRY_MOST_MS; r--) {
		enum fit fit = entry_holds(r, ts) ? entry_fits(r, terminal) : FIT_NOT;

		found = fit == FIT_YES && !found ? r : found;
		a.entries += fit == FIT_YES;
		unknown += fit == FIT_UNKNOWN;
		if (r == first)
			break;
	}
	if (!found && last)
		found = never_closed(c, last, terminal, ts);
	a.attribution = attribution_of(a.entries, unknown, found);
	if (!found || a.attribution == ATTRIBUTION_UNKNOWN)
		return a;
	a.row = found->head.line;
	if (a.attribution == ATTRIBUTION_PERSON)
		a.person = found->person;
	return a;
}

/* The one that stands first, of those for the account and those for anybody. */
static void
find_order(const struct context *c, struct str account, uint16_t system, int64_t ts,
	   struct ordered *out)
{
	struct work_order_row probe = { .account = account, .system = system };
	const struct work_order_row *row = ledger_find(&c->ledger[LEDGER_work_orders], &probe);

	for (uint32_t left = row ? row->head.count : 0; left; left--, row++) {
		if (row->from <= ts && ts < row->to && (!out->row || row->head.line < out->row))
			*out = (struct ordered){ row->head.line, row->from, row->entered_at };
	}
}

struct ordered
lookup_work_order(const void *context, const struct seen *s, int64_t ts)
{
	const struct context *c = context;
	struct str account =
		c->names.text(c->names.facts, DICT_ACCOUNT, s->tuple.text[DICT_ACCOUNT]);
	struct ordered out = { 0 };

	if (account.n)
		find_order(c, account, (uint16_t)(s->tuple.system + 1), ts, &out);
	find_order(c, (struct str){ 0 }, (uint16_t)(s->tuple.system + 1), ts, &out);
	return out;
}

struct disaster_said
lookup_disaster(const void *context, uint16_t org, uint16_t area, int64_t ts)
{
	return disasters_look(&((const struct context *)context)->disasters, org, area, ts);
}

bool
lookup_disaster_shares(const void *context, uint16_t org, uint32_t class, int64_t ts)
{
	const struct context *c = context;
	uint16_t number = c->resolved.class[class].number;

	return number && disasters_share(&c->disasters, org, number, ts);
}

bool
lookup_disaster_reaches(const void *context, uint16_t org, uint16_t area, int64_t ts)
{
	return disasters_reach(&((const struct context *)context)->disasters, org, area, ts);
}

enum area_held
lookup_area_held(const void *context, uint16_t org, uint16_t area)
{
	const struct org_row *row = ((const struct context *)context)->posts.org[org];

	if (!row || row->areas.count == 0 || area == 0)
		return AREA_UNKNOWN;
	for (size_t i = 0; i < row->areas.count; i++) {
		if (row->areas.at[i] == area)
			return AREA_HELD;
	}
	return AREA_FOREIGN;
}
