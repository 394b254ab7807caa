/*
 * ledger_header.h - which cell of a ledger's file is which column.
 */
#ifndef SEKISHO_CONTEXT_LEDGER_HEADER_H
#define SEKISHO_CONTEXT_LEDGER_HEADER_H

#include "base/csv.h"
#include "context/cell.h"

struct header_cell {
	const struct column *column; /* NULL: a column of the file that we do not ask for */
	struct str text;             /* as the file says it, without blanks around it */
	struct cell_memo *memo;      /* NULL: cells of this column are read one by one */
};

struct header {
	struct header_cell *cell;
	size_t count;
};

/* From the row just read; in `arena`.  -1 with every mistake of the header reported. */
int header_read(struct ledger *l, const struct csv *csv, struct arena *arena, struct header *out,
		struct errors *err);

#endif
