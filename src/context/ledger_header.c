/*
 * ledger_header.c - matches header cells to columns by English or Japanese name.
 *
 * Staff keep columns of their own, which are passed over; but a name that is nearly one of ours and whose
 * column is otherwise missing is a slip of the pen, and passing over it would silently drop what it says.
 */
#include "context/ledger_header.h"

static bool
same_name(struct str s, const char *name)
{
	struct str n = str_of(name);

	if (!name || s.n != n.n)
		return false;
	for (size_t i = 0; i < n.n; i++) {
		char c = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 'a' - 'A') : s.p[i];

		if (c != n.p[i] && s.p[i] != n.p[i])
			return false;
	}
	return true;
}

const struct column *
ledger_column(const struct ledger_table *table, struct str name)
{
	for (size_t i = 0; i < table->column_count; i++) {
		if (same_name(name, table->column[i].name) ||
		    same_name(name, table->column[i].alias))
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

/* One slip in a short name, two in a long one.  Edit distance counts bytes, so Japanese is left alone. */
static bool
nearly(struct str s, const struct column *c)
{
	struct str name = str_of(c->name);

	if (name.n < 3)
		return false;
	return str_distance(s, name) <= (name.n < 6 ? 1U : 2U);
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
check_missing(const struct ledger *l, const struct header *h, unsigned line, struct errors *err)
{
	for (size_t i = 0; i < l->table->column_count; i++) {
		const struct column *c = &l->table->column[i];
		struct place at = { .file = l->path, .line = line };
		const struct header_cell *slip;

		if (present(h, c))
			continue;
		slip = slip_for(h, c);
		if (slip) {
			at.column = (unsigned)(slip - h->cell) + 1;
			error_at(err, at, "unknown column '" STR_FMT "'; did you mean '%s'?",
				 STR_ARG(slip->text), c->name);
		} else if (c->required) {
			error_at(err, at, "the column '%s'%s%s%s is missing", c->name,
				 c->alias ? " (" : "", c->alias ? c->alias : "",
				 c->alias ? ")" : "");
		}
	}
}

int
header_read(const struct ledger *l, const struct csv *csv, struct arena *arena, struct header *out,
	    struct errors *err)
{
	size_t before = err->list.n + err->dropped;

	*out = (struct header){ .count = 0 };
	out->cell = arena_alloc(arena, csv->cell.n * sizeof(*out->cell));
	for (size_t i = 0; i < csv->cell.n; i++) {
		struct str text = str_trim(csv->cell.at[i]);
		const struct column *c = ledger_column(l->table, text);
		struct place at = { .file = l->path, .line = csv->line, .column = (unsigned)i + 1 };

		if (c && present(out, c)) {
			error_at(err, at, "the column '" STR_FMT "' stands here a second time",
				 STR_ARG(text));
			c = NULL;
		}
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
