/*
 * parse_rows.h - what `parse` prints of an accepted line, column by column; the manual names them in this order.
 */
#ifndef SEKISHO_APP_PARSE_ROWS_H
#define SEKISHO_APP_PARSE_ROWS_H

#include "app/lines.h"
#include "base/out.h"

/* Columns behind those of every row. */
struct more_column {
	const char *name;
	bool number;
};

struct more_columns {
	const struct more_column *at; /* NULL: none */
	size_t count;
};

/* A line that was accepted, and all that is printed of it. */
struct row {
	const struct logfile *file;
	const struct policy *policy;
	uint64_t line, offset;
	struct str raw;
	const struct record *record;
	const struct canon *canon;
	struct room *room;
	struct more_columns more;
	const struct str *more_cell; /* one a column of `more`; empty: absent */
};

/* One cell, copied; empty: absent. */
struct str row_cell(const struct row *r, const char *column, struct arena *a);

/* How rows are written; `row` NULL: not at all, for timing. */
struct row_printer {
	const char *name;
	/* NULL: nothing stands before them. */
	void (*head)(const struct more_columns *more, struct out *o);
	void (*row)(const struct row *r, struct out *o);
};

/* NULL: none of that name. */
const struct row_printer *row_printer_named(struct str name);

#endif
