/*
 * ledger_header.c - matches header cells to columns by English or Japanese name.
 *
 * Staff keep columns of their own, which are passed over; but a name that is nearly one of ours and whose
 * column is otherwise missing is a slip of the pen, and passing over it would silently drop what it says.
 */
#include "context/ledger_header.h"

#include "base/out.h"
#include "context/habit.h"

const struct column *
ledger_column(const struct ledger_table *table, struct str name)
{
	for (size_t i = 0; i < table->column_count; i++) {
		if (habit_one_of(name, table->column[i].name) ||
		    habit_one_of(name, table->column[i].alias))
			return &table->column[i];
	}
	return NULL;
}

static bool
present(const struct header *h, const struct column *c)
{
	for (size_t i = 0; i < h->count; i++) {
		if (h->cell[i].column == c)
			return true;
	}
	return false;
}

/* One slip in a short name, two in a long one; in Japanese, where distance would count bytes, one character. */
static bool
nearly(struct str s, const struct column *c)
{
	struct str name = str_of(c->name);

	if (name.n >= 3 && str_distance(s, name) <= (name.n < 6 ? 1U : 2U))
		return true;
	return habit_slip(s, c->alias);
}

static const struct header_cell *
slip_for(const struct header *h, const struct column *c)
{
	for (size_t i = 0; i < h->count; i++) {
		if (!h->cell[i].column && nearly(h->cell[i].text, c))
			return &h->cell[i];
	}
	return NULL;
}

static void
tell_slip(const struct ledger *l, const struct header *h, const struct header_cell *slip,
	  const struct column *c, unsigned line, struct errors *err)
{
	struct place at = { .file = l->path,
			    .line = line,
			    .column = (unsigned)(slip - h->cell) + 1 };
	bool japanese = habit_slip(slip->text, c->alias);
	struct str right = japanese ? habit_first_of(c->alias) : str_of(c->name);

	error_at(err, at, "unknown column '" STR_FMT "'; did you mean '" STR_FMT "'?",
		 STR_ARG(slip->text), STR_ARG(right));
}

static void
list_column(struct out *o, const struct column *c, size_t before)
{
	struct str alias = habit_first_of(c->alias);

	out_printf(o, "%s'%s'", before ? ", " : "", c->name);
	if (alias.n)
		out_printf(o, " (" STR_FMT ")", STR_ARG(alias));
}

/* All that is missing in one message, with what there is instead. */
static void
tell_missing(const struct ledger *l, const struct header *h, unsigned line, struct out *missing,
	     size_t count, struct errors *err)
{
	enum { SHOWN = 20 };
	struct place at = { .file = l->path, .line = line };
	struct out there;

	out_memory(&there);
	for (size_t i = 0; i < h->count && i < SHOWN; i++) {
		out_text(&there, i ? ", '" : "'");
		out_bytes(&there, str_head(h->cell[i].text, 40));
		out_char(&there, '\'');
	}
	error_at(err, at, "the column%s " STR_FMT " %s missing; the header has " STR_FMT "%s",
		 count > 1 ? "s" : "", STR_ARG(out_taken(missing)), count > 1 ? "are" : "is",
		 STR_ARG(out_taken(&there)), h->count > SHOWN ? ", ..." : "");
	out_discard(&there);
}

static void
check_missing(const struct ledger *l, const struct header *h, unsigned line, struct errors *err)
{
	struct out missing;
	size_t count = 0;

	out_memory(&missing);
	for (size_t i = 0; i < l->table->column_count; i++) {
		const struct column *c = &l->table->column[i];
		const struct header_cell *slip;

		if (present(h, c))
			continue;
		slip = slip_for(h, c);
		if (slip)
			tell_slip(l, h, slip, c, line, err);
		else if (c->required)
			list_column(&missing, c, count++);
	}
	if (count)
		tell_missing(l, h, line, &missing, count, err);
	out_discard(&missing);
}

int
header_read(struct ledger *l, const struct csv *csv, struct arena *arena, struct header *out,
	    struct errors *err)
{
	size_t before = err->list.n + err->dropped;

	*out = (struct header){ .count = 0 };
	out->cell = arena_alloc(arena, csv->cell.n * sizeof(*out->cell));
	l->cell = arena_alloc(&l->text, l->table->column_count * sizeof(*l->cell));
	for (size_t i = 0; i < csv->cell.n; i++) {
		char room[HABIT_ROOM];
		struct str text = habit_bare(csv->cell.at[i]);
		const struct column *c = ledger_column(l->table, habit_narrow(text, room));
		struct place at = { .file = l->path, .line = csv->line, .column = (unsigned)i + 1 };

		if (c && present(out, c)) {
			error_at(err, at, "the column '" STR_FMT "' stands here a second time",
				 STR_ARG(text));
			c = NULL;
		}
		if (c)
			l->cell[c - l->table->column] = at.column;
		out->cell[out->count] =
			(struct header_cell){ .column = c, .text = arena_str(arena, text) };
		if (c && cell_may_repeat(c))
			out->cell[out->count].memo =
				arena_alloc(arena, MEMO_SLOTS * sizeof(struct cell_memo));
		out->count++;
	}
	check_missing(l, out, csv->line, err);
	return err->list.n + err->dropped > before ? -1 : 0;
}
