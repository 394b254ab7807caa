/*
 * csv_doubt.c - what may be in a table because somebody wrote it into his agent: rows like headers, cells of rows.
 *
 * Who writes quotes as RFC 4180 wants them is not deceived; this is for those who write cells as they come.
 */
#include "format/csv_rows.h"

static bool
is_time(const struct csv_plan *plan, struct clock_cache *clock, struct str text)
{
	const char *expected;
	int64_t ts;
	int32_t again;

	return when_read(plan->when, clock, text, &ts, &again, &expected) != WHEN_REFUSED;
}

static bool
is_split_time(const struct csv_plan *plan, struct clock_cache *clock, struct str date,
	      struct str of_day)
{
	char text[64];

	if (date.n + 1 + of_day.n > sizeof(text) || date.n == 0 || of_day.n == 0)
		return false;
	memcpy(text, date.p, date.n);
	text[date.n] = ' ';
	memcpy(text + date.n + 1, of_day.p, of_day.n);
	return is_time(plan, clock, (struct str){ .p = text, .n = date.n + 1 + of_day.n });
}

/* No time is written without one: most cells of a header, and of what is no table at all, need no more. */
static bool
has_digit(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] >= '0' && s.p[i] <= '9')
			return true;
	}
	return false;
}

/* The cell with a time, or the first of the two that tell it; the number of cells when there is none. */
static size_t
find_time(const struct csv_plan *plan, struct clock_cache *clock, const struct csv *row)
{
	size_t n = row->cell.n, i;

	for (i = 0; i < n; i++) {
		struct str cell = str_trim(row->cell.at[i]);

		if (!has_digit(cell))
			continue;
		if (is_time(plan, clock, cell) ||
		    (i + 1 < n && is_split_time(plan, clock, cell, str_trim(row->cell.at[i + 1]))))
			break;
	}
	return i;
}

/*
 * Are these cells the header, first or anew?  A row that tells a time is none, whatever somebody wrote in its other
 * cells: a server that puts an agent of `a,日時,利用者ID,接続元` into its table as it is would let him name the columns.
 */
bool
csv_says_header(struct parsing *r)
{
	const struct csv_plan *plan = r->plan;
	struct csv_state *st = r->state;
	const struct csv *row = &st->csv;

	return find_time(plan, &r->clock, row) == row->cell.n &&
	       csv_header_is(plan, row->cell.at, row->cell.n, st);
}

static bool
has_colon(struct str s)
{
	return str_find(s, ':') < s.n;
}

/* What stands before a header may tell when the table was made, but not that and two things more. */
bool
csv_says_data(struct parsing *r)
{
	const struct csv *row = &((const struct csv_state *)r->state)->csv;
	size_t n = row->cell.n, filled = 0, time;

	for (size_t i = 0; i < n; i++)
		filled += str_trim(row->cell.at[i]).n > 0;
	if (filled < 3)
		return false;
	time = find_time(r->plan, &r->clock, row);
	return (time < n && has_colon(row->cell.at[time])) ||
	       (time + 1 < n && has_colon(row->cell.at[time + 1]));
}

/* Does this line have as many cells as the header, and a time where that has it?  Whatever its quotes. */
static bool
is_row(const struct csv_plan *plan, struct parsing *r, struct str line)
{
	const struct csv_state *st = r->state;
	struct str first = { 0 }, second = { 0 }, rest = line;
	size_t n = 0;

	for (; rest.n && n < st->cells; n++) {
		struct str cell = str_trim(str_split(&rest, plan->comma));

		if (cell.n > 1 && cell.p[0] == '"' && cell.p[cell.n - 1] == '"')
			cell = str_head(str_skip(cell, 1), cell.n - 2);
		if (n == st->column[st->halves ? SLOT_DATE : RAW_TIME])
			first = cell;
		if (st->halves && n == st->column[SLOT_CLOCK])
			second = cell;
	}
	if (n < st->cells)
		return false;
	return st->halves ? is_split_time(plan, &r->clock, first, second)
			  : is_time(plan, &r->clock, first);
}

/*
 * A server that writes quotes as they come lets one agent open a quote and a later one close it: all rows between them
 * would be one cell, and gone.  Whether they are rows or a text that looks like some, nobody can tell any more.
 */
struct str
csv_row_inside(struct parsing *r, struct str line)
{
	struct str rest = line;

	str_split(&rest, '\n');
	while (rest.n) {
		struct str inner = str_split(&rest, '\n');

		if (is_row(r->plan, r, inner))
			return inner;
	}
	return (struct str){ 0 };
}
