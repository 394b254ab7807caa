/*
 * ledger.c - loads one ledger: file, header, rows, groups.
 */
#include "context/ledger.h"

#include "context/cell.h"
#include "context/habit.h"
#include "context/ledger_digest.h"
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
	bool headed; /* the header has been read, or was wrong: nothing can be read then */
	bool hopeless;
	char *empty;    /* a row of empty cells */
	uint64_t *hash; /* of each row's key, while it is still at hand */
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
	l->text_key = l->key[0] && !l->key[1] && cell_compared[l->key[0]->type] == 0;
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
	ledger_digest_wait(l);
	table_free(l->rows, l->room * l->table->row_size);
	table_free(l->slot, l->slot_count * sizeof(*l->slot));
	table_free(l->owned, l->owned_room);
	table_free(l->turned, l->turned_room);
	arena_free(&l->text);
	l->rows = NULL;
	l->slot = NULL;
	l->bytes.p = NULL;
	l->owned = NULL;
	l->turned = NULL;
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
moved_to(size_t bytes, void *p, size_t old)
{
	void *q = table_alloc(bytes);

	if (old)
		memcpy(q, p, old);
	table_free(p, old);
	return q;
}

/* The first rows tell how many there will be: growing by doubling would move a million of them again and again. */
static void
make_room(struct loading *ld)
{
	struct ledger *l = ld->l;
	size_t room = l->room ? l->room * 2 : 64;
	size_t size = l->table->row_size;

	if (l->count) {
		size_t row_bytes = ld->csv.at / l->count + 1;
		size_t guess = ld->csv.text.n / row_bytes;

		room = guess + guess / 16 > room ? guess + guess / 16 : room;
	}
	l->rows = moved_to(room * size, l->rows, l->room * size);
	if (l->key[0])
		ld->hash =
			moved_to(room * sizeof(*ld->hash), ld->hash, l->room * sizeof(*ld->hash));
	l->room = room;
}

static void *
add_row(struct loading *ld)
{
	struct ledger *l = ld->l;
	size_t size = l->table->row_size;
	struct row *row;

	if (l->count == l->room)
		make_room(ld);
	row = (struct row *)(void *)(l->rows + l->count++ * size);
	memcpy(row, ld->empty, size);
	row->line = ld->csv.line;
	row->count = 1;
	return row;
}

static struct place
cell_place(const struct loading *ld, size_t i)
{
	return (struct place){ .file = ld->l->path,
			       .line = ld->csv.line,
			       .column = (unsigned)i + 1 };
}

static void
read_slowly(struct loading *ld, size_t i, void *row)
{
	const struct header_cell *h = &ld->header.cell[i];
	struct str s = habit_bare(ld->csv.cell.at[i]);

	if (s.n == 0) {
		if (h->column->required)
			error_at(ld->err, cell_place(ld, i), "'" STR_FMT "' must not be empty",
				 STR_ARG(h->text));
		return;
	}
	if (!cell_read(&ld->cells, h->column, s, row))
		error_at(ld->err, cell_place(ld, i),
			 "'" STR_FMT "' cannot be '" STR_FMT "'; " STR_FMT, STR_ARG(h->text),
			 STR_ARG(str_head(s, 80)), STR_ARG(ld->cells.why));
	else if (h->memo)
		cell_remember(h->memo, h->column, ld->csv.cell.at[i], row);
}

static struct place
row_place(const struct loading *ld)
{
	return (struct place){ .file = ld->l->path, .line = ld->csv.line };
}

/* A comma too many or too few moves all cells behind it: nothing of such a row can be believed. */
static bool
cells_fit(struct loading *ld)
{
	size_t n = ld->csv.cell.n, want = ld->header.count;

	while (n > want && ld->csv.cell.at[n - 1].n == 0)
		n--;
	if (n == want)
		return true;
	error_at(ld->err, row_place(ld), "this row has %zu cells where the header has %zu", n,
		 want);
	return false;
}

/* Lines without a byte, and the rows of nothing but commas that spreadsheets leave at the end. */
static bool
blank(const struct csv *csv)
{
	for (size_t i = 0; i < csv->cell.n; i++) {
		if (habit_bare(csv->cell.at[i]).n)
			return false;
	}
	return true;
}

static inline void
read_cells(struct loading *ld, const struct header_cell *h, const struct str *cell, void *row)
{
	for (size_t i = 0, n = ld->header.count; i < n; i++) {
		if (!h[i].column || (cell[i].n == 0 && !h[i].column->required))
			continue;
		if (!h[i].memo || cell[i].n == 0 ||
		    !cell_recall(h[i].memo, h[i].column, cell[i], row))
			read_slowly(ld, i, row);
	}
}

/* What no cell alone can tell. */
static void
check_row(struct loading *ld, const void *row)
{
	struct ledger *l = ld->l;
	const char *wrong = l->table->wrong ? l->table->wrong(row) : NULL;

	if (ledger_from(l, row) > ledger_to(l, row))
		error_at(ld->err, row_place(ld),
			 "this row ends before it begins; '%s' is the first instant that it no "
			 "longer holds",
			 l->to->name);
	if (wrong)
		error_at(ld->err, row_place(ld), "%s", wrong);
}

static void
read_row(struct loading *ld)
{
	size_t before = ld->err->list.n + ld->err->dropped;
	struct ledger *l = ld->l;
	void *row;

	if ((habit_bare(ld->csv.cell.at[0]).n == 0 && blank(&ld->csv)) || !cells_fit(ld))
		return;
	row = add_row(ld);
	read_cells(ld, ld->header.cell, ld->csv.cell.at, row);
	if (ld->err->list.n + ld->err->dropped == before)
		check_row(ld, row);
	/* A wrong row is not kept, so that it does not overlap with right ones as well. */
	if (ld->err->list.n + ld->err->dropped > before)
		l->count--;
	else if (l->key[0])
		ld->hash[l->count - 1] = ledger_hash(l, row);
}

static void
read_rows(struct loading *ld)
{
	enum csv_got got;

	while ((got = csv_next(&ld->csv)) != CSV_END) {
		if (got == CSV_BAD)
			error_at(ld->err,
				 (struct place){ .file = ld->l->path,
						 .line = ld->csv.wrong_line,
						 .column = ld->csv.wrong_cell },
				 "%s", ld->csv.wrong);
		else if (ld->headed)
			read_row(ld);
		else if (blank(&ld->csv))
			continue;
		else if (header_read(ld->l, &ld->csv, &ld->arena, &ld->header, ld->err))
			ld->hopeless = true;
		ld->headed = ld->headed || got == CSV_ROW;
		if (ld->hopeless)
			return;
		if (ld->l->count == LEDGER_ROWS_MOST) {
			error_at(ld->err, row_place(ld), "a ledger holds at most %u rows",
				 LEDGER_ROWS_MOST);
			return;
		}
	}
}

static void
begin_loading(struct loading *ld, struct ledger *l, struct pool *pools, struct errors *err)
{
	*ld = (struct loading){ .l = l, .err = err };
	cell_reader_init(&ld->cells, pools, &l->text, &err->arena);
	make_empty(ld);
}

static void
end_loading(struct loading *ld)
{
	if (!ld->headed)
		error_at(ld->err, (struct place){ .file = ld->l->path, .line = 1 },
			 "the ledger is empty; its first row must name its columns");
	arena_free(&ld->arena);
	table_free(ld->hash, ld->l->room * sizeof(*ld->hash));
}

int
ledger_load(struct ledger *l, struct str path, struct place named_at, struct pool *pools,
	    bool digest, struct errors *err)
{
	size_t before = err->list.n + err->dropped;
	struct loading ld;

	l->path = arena_str(&l->text, path);
	if (ledger_file_read(l, named_at, err))
		return -1;
	if (digest)
		ledger_digest_start(l);
	begin_loading(&ld, l, pools, err);
	csv_open(&ld.csv, l->bytes);
	read_rows(&ld);
	ledger_index(l, ld.hash, err);
	arena_join(&l->text, &ld.csv.arena);
	csv_close(&ld.csv);
	end_loading(&ld);
	l->loaded = err->list.n + err->dropped == before;
	return l->loaded ? 0 : -1;
}

struct ledger_pieces {
	struct loading ld;
};

struct ledger_pieces *
ledger_pieces_new(struct ledger *l, struct pool *pools, struct errors *err)
{
	struct ledger_pieces *p = xalloc(1, sizeof(*p));

	begin_loading(&p->ld, l, pools, err);
	return p;
}

void
ledger_pieces_read(struct ledger_pieces *p, struct str text, unsigned *line)
{
	struct loading *ld = &p->ld;

	csv_close(&ld->csv);
	csv_open(&ld->csv, text);
	ld->csv.next_line = *line;
	ld->l->count = 0;
	if (!ld->hopeless)
		read_rows(ld);
	*line = ld->csv.next_line;
}

void
ledger_pieces_free(struct ledger_pieces *p)
{
	csv_close(&p->ld.csv);
	end_loading(&p->ld);
	free(p);
}
