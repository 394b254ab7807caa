/*
 * csv_rows.h - logs that are tables: what `csv` and `tsv` share.  They differ in what stands between two cells.
 *
 *     rows before the header --the first with all columns asked for--> header --> rows, and headers again
 *
 * Plan: which names are asked for.  State: where this file's header has them.
 */
#ifndef SEKISHO_FORMAT_CSV_ROWS_H
#define SEKISHO_FORMAT_CSV_ROWS_H

#include "base/csv.h"
#include "model/format.h"

enum {
	CSV_CELLS = 512, /* in a row */
	CSV_BEFORE =
		1000 /* rows before the header; more of them are refused, so that no header is no silence */
};

/* What a column may be: a raw field, half a time, or extra[]. */
enum { SLOT_DATE = RAW_COUNT, SLOT_CLOCK, SLOT_EXTRA, SLOT_COUNT = SLOT_EXTRA + EXTRA_MOST };

struct csv_plan {
	char comma;
	struct str name[SLOT_COUNT]; /* as the policy names it; empty: the usual names */
	size_t extra_count;
	const struct when *when;
	const char *header_expected;
	const char *cells_expected[CSV_CELLS + 1]; /* by the number of cells in the header */
};

/* How address and account lie in a row. */
enum csv_who { CSV_APART, CSV_ADDRESS_FIRST, CSV_ACCOUNT_FIRST };

/* Of one file.  Its memory is the row's too, so that a row needs no other. */
struct csv_state {
	size_t cells;    /* in the header; 0: it is still to come */
	unsigned before; /* rows before it */
	bool kept;       /* the row at hand has cells of the kind ="..." */
	bool halves;     /* the time stands in two columns */
	enum csv_who who;
	uint16_t column[SLOT_COUNT]; /* CSV_CELLS, a cell that stays empty: the file has none */
	struct csv csv;
	struct str cell[CSV_CELLS + 1];
};

/* Are these cells the header?  Then the state knows its columns. */
bool csv_header_is(const struct csv_plan *plan, const struct str *cell, size_t count,
		   struct csv_state *state);

/* Of the row in the state: is it the header, and is it data although there is none? */
bool csv_says_header(struct parsing *r);
bool csv_says_data(struct parsing *r);

/* The first row inside a cell of this record of several lines; empty: none. */
struct str csv_row_inside(struct parsing *r, struct str line);

int csv_rows_compile(const struct format_spec *spec, char comma, struct arena *arena,
		     const void **plan, struct errors *err);
enum parsed csv_rows_parse(struct parsing *r, struct str line, struct record *out,
			   struct refusal *why);
bool csv_rows_open(const struct parsing *r, struct str line, bool open);

#endif
