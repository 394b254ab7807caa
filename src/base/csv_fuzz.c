/*
 * csv_fuzz.c - any bytes as a table: a row that is read, written out and read again has its cells.
 * Also: reading ends, lines are counted upwards, a refusal says what and where, a row on its own in memory of ours is
 * the same row, and csv_quote_open() knows where it ends.
 */
#include "base/csv.h"

#include "base/out.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_row(const struct csv *c, enum csv_got got, unsigned after, size_t lines)
{
	size_t bytes = 0;

	if (c->line <= after || c->line > lines)
		BUG("a row of line %u after one of line %u, of %zu lines", c->line, after, lines);
	if (c->cell.n == 0)
		BUG("a row without a cell on line %u", c->line);
	for (size_t i = 0; i < c->cell.n; i++)
		bytes += c->cell.at[i].n;
	if (bytes > c->text.n)
		BUG("the cells of line %u are longer than the text", c->line);
	if (got == CSV_ROW)
		return;
	if (!c->wrong || !*c->wrong)
		BUG("line %u is refused without a reason", c->line);
	if (c->wrong_line < c->line || c->wrong_line > lines)
		BUG("a mistake on line %u in the row of line %u", c->wrong_line, c->line);
	if (c->wrong_cell < 1 || c->wrong_cell > c->cell.n)
		BUG("a mistake in cell %u of %zu", c->wrong_cell, c->cell.n);
}

static void
same_cells(const struct csv *want, const struct csv *got)
{
	if (got->cell.n != want->cell.n)
		BUG("%zu cells of line %u come back as %zu", want->cell.n, want->line, got->cell.n);
	for (size_t i = 0; i < want->cell.n; i++) {
		if (!str_eq(want->cell.at[i], got->cell.at[i]))
			BUG("cell %zu of line %u comes back as another", i + 1, want->line);
	}
}

/* Do the row's lines, one after the other, say that the quote is open up to the last? */
static void
check_open(const struct csv *c, struct str row, bool never_closes)
{
	bool open = false;

	for (struct str rest = row; rest.n;) {
		struct str line = str_split(&rest, '\n');

		open = csv_quote_open(line, ',', open);
		if (open != (rest.n || never_closes))
			BUG("the quote of line %u is %s too early", c->line,
			    open ? "open" : "closed");
	}
	if (row.n && csv_quote_open(row, ',', false) != never_closes)
		BUG("the row of line %u ends otherwise line by line", c->line);
}

/* The row that began at `from`, on its own. */
static void
check_alone(const struct csv *c, enum csv_got got, size_t from)
{
	struct str row = { .p = c->text.p + from, .n = c->at - from };
	bool never = got == CSV_BAD && c->mistake == CSV_UNCLOSED;
	struct csv_memory m = { .most = c->cell.n };
	struct csv alone;

	if (from && str_starts(row, STR("\xEF\xBB\xBF"))) /* a mark only for who reads it alone */
		return;
	if (got == CSV_ROW ||
	    never) /* text behind a closing quote is told first; a quote may be open too */
		check_open(c, row, never);
	m.cell = xalloc(m.most, sizeof(*m.cell));
	m.undone = xalloc(row.n, 1);
	csv_open_in(&alone, row, ',', m);
	if (csv_next(&alone) != got)
		BUG("the row of line %u is another on its own", c->line);
	same_cells(c, &alone);
	m.most--;
	csv_open_in(&alone, row, ',', m);
	if (csv_next(&alone) != CSV_BAD || alone.cell.n > m.most)
		BUG("the row of line %u has too many cells, and is no mistake", c->line);
	free(m.cell);
	free(m.undone);
}

static void
write_row(struct out *o, const struct csv *c)
{
	for (size_t i = 0; i < c->cell.n; i++) {
		if (i)
			out_char(o, ',');
		out_csv(o, c->cell.at[i]);
	}
	out_char(o, '\n');
}

static void
read_again(const struct csv *want, struct csv *got)
{
	if (csv_next(got) != CSV_ROW)
		BUG("the row of line %u, written out, is no row", want->line);
	same_cells(want, got);
}

/* The good rows of the text: written to o, or, with `again`, compared with what stands there. */
static void
walk_rows(struct str text, size_t lines, struct out *o, struct csv *again)
{
	struct csv c;
	enum csv_got got;
	unsigned after = 0;

	csv_open(&c, text);
	for (size_t from = 0; (got = csv_next(&c)) != CSV_END; from = c.at) {
		check_row(&c, got, after, lines);
		if (o)
			check_alone(&c, got, from);
		after = c.line;
		if (got == CSV_BAD)
			continue;
		if (again)
			read_again(&c, again);
		else
			write_row(o, &c);
	}
	csv_close(&c);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *p = xalloc(size, 1);
	struct str text = { .p = p, .n = size };
	size_t lines = 1;
	struct csv again;
	struct out o;

	if (size)
		memcpy(p, data, size);
	for (size_t i = 0; i < size; i++)
		lines += p[i] == '\n';
	out_memory(&o);
	out_text(&o, "\xEF\xBB\xBF"); /* else one that is data would be taken for the mark */
	walk_rows(text, lines, &o, NULL);
	csv_open(&again, out_taken(&o));
	walk_rows(text, lines, NULL, &again);
	if (csv_next(&again) != CSV_END)
		BUG("more rows come back than were written");
	csv_close(&again);
	out_discard(&o);
	free(p);
	return 0;
}
