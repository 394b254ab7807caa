/*
 * csv_fuzz.c - any bytes as a table: a row that is read, written out and read again has its cells.
 * Also: reading ends, lines are counted upwards, and a refusal says what and where.
 */
#include "context/csv.h"

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
	if (got->cell.n != want->cell.n)
		BUG("%zu cells of line %u come back as %zu", want->cell.n, want->line, got->cell.n);
	for (size_t i = 0; i < want->cell.n; i++) {
		if (!str_eq(want->cell.at[i], got->cell.at[i]))
			BUG("cell %zu of line %u comes back as another", i + 1, want->line);
	}
}

/* The good rows of the text: written to o, or, with `again`, compared with what stands there. */
static void
walk_rows(struct str text, size_t lines, struct out *o, struct csv *again)
{
	struct csv c;
	enum csv_got got;
	unsigned after = 0;

	csv_open(&c, text);
	while ((got = csv_next(&c)) != CSV_END) {
		check_row(&c, got, after, lines);
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
