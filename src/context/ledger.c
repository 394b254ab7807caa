/*
 * ledger.c - loads one ledger: file, header, rows, groups.
 */
#include "context/ledger.h"

#include "context/cell.h"
#include "context/ledger_file.h"
#include "context/ledger_header.h"

/* What one load needs and then lets go. */
struct loading {
	struct ledger *l;
	struct errors *err;
	struct csv csv;
	struct arena arena;
	struct header header;
	struct cell_reader cells;
	char *empty; /* a row of empty cells */
	size_t room; /* rows */
};

static const struct column *
column_named(const struct ledger_table *t, const char *name)
{
	const struct column *c = ledger_column(t, str_of(name));

	if (!c)
		BUG("ledger '%s' has no column '%s'", t->name, name);
	return c;
}

void
ledger_init(struct ledger *l, const struct ledger_table *table, const struct hash_key *key)
{
	*l = (struct ledger){ .table = table, .hash_key = key };
	for (size_t i = 0; i < KEY_MOST && table->key[i]; i++)
		l->key[i] = column_named(table, table->key[i]);
	if (table->within)
		l->within = column_named(table, table->within);
	for (size_t i = 0; i < table->column_count; i++) {
		if (table->column[i].type == CELL_FROM)
			l->from = &table->column[i];
		if (table->column[i].type == CELL_TO)
			l->to = &table->column[i];
	}
}

void
ledger_free(struct ledger *l)
{
	free(l->rows);
	free(l->slot);
	arena_free(&l->text);
	l->rows = NULL;
	l->slot = NULL;
	l->count = 0;
}

/* Zeroes, and open ends for dates: what a row is before its cells are read. */
static void
make_empty(struct loading *ld)
{
	const struct ledger_table *t = ld->l->table;

	ld->empty = arena_alloc(&ld->arena, t->row_size);
	for (size_t i = 0; i < t->column_count; i++)
		cell_empty(&t->column[i], ld->empty);
}

static void *
add_row(struct loading *ld)
{
	struct ledger *l = ld->l;
	size_t size = l->table->row_size;
	struct row *row;

	if (l->count == ld->room) {
		ld->room = ld->room ? ld->room * 2 : 64;
		l->rows = xrealloc(l->rows, ld->room, size);
	}
	row = (struct row *)(void *)(l->rows + l->count++ * size);
	memcpy(row, ld->empty, size);
	row->line = ld->csv.line;
	row->count = 1;
	return row;
}

static void
read_one(struct loading *ld, size_t i, void *row)
{
	const struct header_cell *h = &ld->header.cell[i];
	struct place at = { .file = ld->l->path, .line = ld->csv.line, .column = (unsigned)i + 1 };
	struct str s;

	if (!h->column)
		return;
	s = str_trim(ld->csv.cell.at[i]);
	if (s.n == 0) {
		if (h->column->required)
			error_at(ld->err, at, "'" STR_FMT "' must not be empty", STR_ARG(h->text));
		return;
	}
	if (!cell_read(&ld->cells, h->column, s, row))
		error_at(ld->err, at, "'" STR_FMT "' cannot be '" STR_FMT "'; " STR_FMT,
			 STR_ARG(h->text), STR_ARG(str_head(s, 80)), STR_ARG(ld->cells.why));
}

/* A comma too many or too few moves all cells behind it: nothing of such a row can be believed. */
static bool
cells_fit(struct loading *ld)
{
	size_t n = ld->csv.cell.n, want = ld->header.count;
	struct place at = { .file = ld->l->path, .line = ld->csv.line };

	while (n > want && ld->csv.cell.at[n - 1].n == 0)
		n--;
	if (n == want)
		return true;
	error_at(ld->err, at, "this row has %zu cells where the header has %zu", n, want);
	return false;
}

/* Lines without a byte, and the rows of nothing but commas that spreadsheets leave at the end. */
static bool
blank(const struct csv *csv)
{
	for (size_t i = 0; i < csv->cell.n; i++) {
		if (str_trim(csv->cell.at[i]).n)
			return false;
	}
	return true;
}

static void
read_row(struct loading *ld)
{
	size_t before = ld->err->list.n + ld->err->dropped;
	struct ledger *l = ld->l;
	void *row;

	if (blank(&ld->csv) || !cells_fit(ld))
		return;
	row = add_row(ld);
	for (size_t i = 0; i < ld->header.count; i++)
		read_one(ld, i, row);
	if (ledger_from(l, row) > ledger_to(l, row))
		error_at(ld->err, (struct place){ .file = l->path, .line = ld->csv.line },
			 "this row ends before it begins; '%s' is the first instant that it no "
			 "longer holds",
			 l->to->name);
	/* A wrong row is not kept, so that it does not overlap with right ones as well. */
	if (ld->err->list.n + ld->err->dropped > before)
		l->count--;
}

static void
read_rows(struct loading *ld)
{
	bool header = false;
	enum csv_got got;

	while ((got = csv_next(&ld->csv)) != CSV_END) {
		struct place at = { .file = ld->l->path,
				    .line = ld->csv.wrong_line,
				    .column = ld->csv.wrong_cell };

		if (got == CSV_BAD)
			error_at(ld->err, at, "%s", ld->csv.wrong);
		else if (header)
			read_row(ld);
		else if (blank(&ld->csv))
			continue;
		else if (header_read(ld->l, &ld->csv, &ld->arena, &ld->header, ld->err))
			return;
		header = header || got == CSV_ROW;
		if (ld->l->count == UINT32_MAX - 1) {
			error_at(ld->err, at, "a ledger holds at most %u rows", UINT32_MAX - 1);
			return;
		}
	}
	if (!header)
		error_at(ld->err, (struct place){ .file = ld->l->path, .line = 1 },
			 "the ledger is empty; its first row must name its columns");
}

int
ledger_load(struct ledger *l, struct str path, struct place named_at, struct pool *pools,
	    struct errors *err)
{
	size_t before = err->list.n + err->dropped, size = 0;
	struct loading ld = { .l = l, .err = err };
	char *bytes;

	l->path = arena_str(&l->text, path);
	bytes = ledger_file_read(l, named_at, &size, err);
	if (!bytes)
		return -1;
	ld.cells = (struct cell_reader){ .pools = pools, .text = &l->text, .scratch = &err->arena };
	csv_open(&ld.csv, (struct str){ .p = bytes, .n = size });
	make_empty(&ld);
	read_rows(&ld);
	ledger_index(l, err);
	csv_close(&ld.csv);
	arena_free(&ld.arena);
	free(bytes);
	l->loaded = err->list.n + err->dropped == before;
	return l->loaded ? 0 : -1;
}
