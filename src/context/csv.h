/*
 * csv.h - RFC 4180 over bytes in memory: quoted commas, quotes and newlines, CRLF, a byte order mark.
 * Cells borrow from the text; only a cell with doubled quotes is copied, and dies with csv_close().
 */
#ifndef SEKISHO_CONTEXT_CSV_H
#define SEKISHO_CONTEXT_CSV_H

#include "base/mem.h"

enum csv_got { CSV_ROW, CSV_END, CSV_BAD };

struct csv {
	struct str text;
	size_t at;
	unsigned next_line; /* where the next row begins, from 1 */
	size_t block;       /* 64 bytes of text ... */
	uint64_t stops;     /* ... and which of them, not behind us, are commas or newlines */
	struct arena arena;

	/* The row just read; a line without a byte is a row of one empty cell. */
	VEC(struct str) cell;
	unsigned line;

	/* After CSV_BAD: what is wrong, where; the rest of the text may still be read. */
	const char *wrong;
	unsigned wrong_line, wrong_cell; /* cell from 1 */
};

void csv_open(struct csv *c, struct str text); /* the text must outlive c */
enum csv_got csv_next(struct csv *c);
void csv_close(struct csv *c);

#endif
