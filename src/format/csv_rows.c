/*
 * csv_rows.c - a row of a table to a record.  Hides quotes, ="..." of Excel, halves of times and headers that come again.
 *
 * A row's cells lie in the line; those with doubled quotes, and a date joined with its time of day, in the room.
 */
#include "format/csv_rows.h"

_Static_assert((int)CSV_CELLS == 512, "what is said of it");

/* "'日時', '利用者ID'" */
static struct str
names_of(const struct csv_plan *plan, struct arena *a)
{
	struct str list = STR("");

	for (size_t i = 0; i < SLOT_COUNT; i++) {
		if (plan->name[i].n)
			list = arena_printf(a, STR_FMT "%s'" STR_FMT "'", STR_ARG(list),
					    list.n ? ", " : "", STR_ARG(plan->name[i]));
	}
	return list;
}

static void
say_what_is_expected(struct csv_plan *plan, struct arena *a)
{
	struct str names = names_of(plan, a);

	plan->header_expected = names.n ? arena_printf(a,
						       "a header row with the columns " STR_FMT
						       " in the first %d rows",
						       STR_ARG(names), CSV_BEFORE)
						  .p
					: arena_printf(a,
						       "a header row with a time and an account "
						       "in the first %d rows",
						       CSV_BEFORE)
						  .p;
	for (int i = 0; i <= CSV_CELLS; i++)
		plan->cells_expected[i] =
			arena_printf(a, "as many cells as the header has (%d)", i).p;
}

int
csv_rows_compile(const struct format_spec *spec, char comma, struct arena *arena, const void **plan,
		 struct errors *err)
{
	struct csv_plan *p = arena_alloc(arena, sizeof(*p));

	p->comma = comma;
	p->extra_count = spec->extra_count;
	memcpy(p->name, spec->field, sizeof(spec->field));
	for (size_t i = 0; i < spec->extra_count; i++)
		p->name[SLOT_EXTRA + i] = spec->extra[i];
	p->when = when_compile(arena, spec->time, spec->zone, spec->year, err, spec->at);
	if (!p->when)
		return -1;
	say_what_is_expected(p, arena);
	*plan = p;
	return 0;
}

bool
csv_rows_open(const struct parsing *r, struct str line, bool open)
{
	return csv_quote_open(line, ((const struct csv_plan *)r->plan)->comma, open);
}

static bool
inside(struct str cell, struct str line)
{
	return (uintptr_t)cell.p >= (uintptr_t)line.p &&
	       (uintptr_t)cell.p + cell.n <= (uintptr_t)line.p + line.n;
}

static enum parsed
refuse_cell(struct str line, struct str cell, const char *expected, struct refusal *why)
{
	return format_refuse(line, inside(cell, line) ? cell.p : line.p, expected, why);
}

static bool
all_empty(const struct csv *row)
{
	for (size_t i = 0; i < row->cell.n; i++) {
		if (str_trim(row->cell.at[i]).n)
			return false;
	}
	return true;
}

/* Two cells as one text, with a blank between them. */
static struct str
joined_time(const struct csv_state *st, struct room *room)
{
	struct str date = str_trim(st->cell[st->column[SLOT_DATE]]);
	struct str clock = str_trim(st->cell[st->column[SLOT_CLOCK]]);
	char *p = room_take(room, date.n + 1 + clock.n);

	memcpy(p, date.p, date.n);
	p[date.n] = ' ';
	memcpy(p + date.n + 1, clock.p, clock.n);
	return (struct str){ .p = p, .n = date.n + 1 + clock.n };
}

/*
 * One stretch of the line that holds address and account, for the caller's memo.  Equal bytes must mean equal fields,
 * whatever the header: so an opening quote belongs to it, and a comma of its own when the account comes first.
 */
static inline struct str
who_of(const struct csv_state *st, struct str line)
{
	bool account_first = st->who == CSV_ACCOUNT_FIRST;
	struct str a = st->cell[st->column[account_first ? RAW_ACCOUNT : RAW_ADDRESS]];
	struct str b = st->cell[st->column[account_first ? RAW_ADDRESS : RAW_ACCOUNT]];
	const char *from, *to;

	if (st->who == CSV_APART || UNLIKELY(st->kept))
		return (struct str){ 0 };
	if (UNLIKELY(!inside(a, line) || !inside(b, line)))
		return (struct str){ 0 };
	from = a.p;
	to = b.p + b.n;
	from -= from > line.p && from[-1] == '"';
	if (account_first) {
		if (from > line.p)
			from--;
		else if (b.p[-1] == '"' || to == line.p + line.n)
			return (struct str){ 0 };
		else
			to++;
	}
	return (struct str){ .p = from, .n = (size_t)(to - from) };
}

static inline void
fill(const struct csv_plan *plan, const struct csv_state *st, struct str line, struct record *out)
{
	int status;

	for (size_t i = 0; i < plan->extra_count; i++)
		out->extra[i] = st->cell[st->column[SLOT_EXTRA + i]];
	status = format_status(out->text[RAW_STATUS]);
	out->status = (int16_t)(status < 0 ? 0 : status);
	out->who = who_of(st, line);
	out->escaped = false;
}

/* A row that is no event: empty, a header again, or refused. */
static enum parsed
odd_row(const struct csv_plan *plan, struct parsing *r, struct str line, const char *expected,
	struct refusal *why)
{
	struct csv_state *st = r->state;
	const struct csv *row = &st->csv;
	size_t time = st->column[st->halves ? SLOT_DATE : RAW_TIME];
	size_t cells = st->cells;

	if (all_empty(row))
		return PARSED_NOTHING;
	if (csv_says_header(r))
		return PARSED_HEADER;
	if (row->cell.n < cells)
		return format_refuse(line, line.p + line.n, plan->cells_expected[cells], why);
	if (row->cell.n > cells)
		return refuse_cell(line, row->cell.at[cells], plan->cells_expected[cells], why);
	return refuse_cell(line, row->cell.at[time], expected, why);
}

static enum parsed
before_header(const struct csv_plan *plan, struct parsing *r, struct str line, bool readable,
	      struct refusal *why)
{
	struct csv_state *st = r->state;

	if (readable && all_empty(&st->csv))
		return PARSED_NOTHING;
	if (readable && csv_says_header(r))
		return PARSED_HEADER;
	if (st->before == CSV_BEFORE || (readable && csv_says_data(r)))
		return format_refuse(line, line.p, plan->header_expected, why);
	st->before++;
	return PARSED_HEADER;
}

/* `="0123"` is how Excel is told to keep its zeros; false: the cell is something else. */
static inline bool
is_kept_text(struct str cell)
{
	return UNLIKELY(cell.n > 2 && cell.p[0] == '=') && cell.p[1] == '"' &&
	       str_find(str_skip(cell, 2), '"') == cell.n - 3;
}

static inline void
take_kept_texts(struct csv_state *st)
{
	st->kept = false;
	for (size_t i = 0; i < st->csv.cell.n; i++) {
		if (is_kept_text(st->cell[i])) {
			st->cell[i] = str_head(str_skip(st->cell[i], 2), st->cell[i].n - 3);
			st->kept = true;
		}
	}
}

/* The line's cells into the state.  False: it is no row, and `why` says so. */
static inline bool
read_cells(struct parsing *r, const struct csv_plan *plan, struct csv_state *st, struct str line,
	   struct refusal *why)
{
	static const char *const expected[CSV_MISTAKES] = {
		[CSV_UNCLOSED] = "a closing quote",
		[CSV_TRAILING] = "the end of the cell behind its closing quote",
		[CSV_TOO_MANY] = "at most 512 cells",
	};
	struct csv_memory memory = { .cell = st->cell,
				     .most = CSV_CELLS,
				     .undone = r->room.p + r->room.used };
	enum csv_got got;

	csv_open_in(&st->csv, line, plan->comma, memory);
	got = csv_next(&st->csv);
	r->room.used = (size_t)(st->csv.undone - r->room.p);
	if (LIKELY(got == CSV_ROW && st->csv.at == line.n)) {
		take_kept_texts(st);
		return true;
	}
	if (got == CSV_BAD)
		format_refuse(line, line.p + st->csv.wrong_at, expected[st->csv.mistake], why);
	else
		format_refuse(line, line.p + st->csv.at, "the end of the row", why);
	return false;
}

enum parsed
csv_rows_parse(struct parsing *r, struct str line, struct record *out, struct refusal *why)
{
	const struct csv_plan *plan = r->plan;
	struct csv_state *st = r->state;
	const char *expected = NULL;
	bool readable;

	if (line.n == 0 || str_is(line, "\xef\xbb\xbf"))
		return PARSED_NOTHING;
	readable = read_cells(r, plan, st, line, why);
	if (UNLIKELY(!st->cells))
		return before_header(plan, r, line, readable, why);
	if (UNLIKELY(!readable))
		return PARSED_REFUSED;
	if (UNLIKELY(st->csv.cell.n != st->cells))
		return odd_row(plan, r, line, NULL, why);
	for (int i = 0; i < RAW_COUNT; i++)
		out->text[i] = st->cell[st->column[i]];
	if (st->halves)
		out->text[RAW_TIME] = joined_time(st, &r->room);
	if (UNLIKELY(when_read(plan->when, &r->clock, out->text[RAW_TIME], &out->ts, &out->again,
			       &expected) == WHEN_REFUSED))
		return odd_row(plan, r, line, expected, why);
	if (UNLIKELY(st->csv.next_line > 1)) {
		struct str row = csv_row_inside(r, line);

		if (row.n)
			return format_refuse(line, row.p, "a cell that holds no row of its own",
					     why);
	}
	fill(plan, st, line, out);
	return PARSED_EVENT;
}
