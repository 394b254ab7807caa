/*
 * csv.h - RFC 4180 over bytes in memory: quoted commas, quotes and newlines, CRLF, a byte order mark; for ledgers as a
 * whole and for logs record by record.
 *
 * Cells borrow from the text; only a cell with doubled quotes is copied.  A quote inside an unquoted cell is an
 * ordinary byte: staff write 5" cable.
 */
#ifndef SEKISHO_BASE_CSV_H
#define SEKISHO_BASE_CSV_H

#include "base/mem.h"

enum csv_got { CSV_ROW, CSV_END, CSV_BAD };
enum csv_mistake { CSV_UNCLOSED, CSV_TRAILING, CSV_TOO_MANY, CSV_MISTAKES };

struct csv {
	struct str text;
	size_t at;
	unsigned next_line; /* where the next row begins, from 1 */
	char comma;         /* or what stands for it */
	bool fixed;         /* the cells and the room for doubled quotes are the caller's */
	size_t block;       /* 64 bytes of text ... */
	uint64_t stops;     /* ... and which of them, not behind us, are commas or newlines */
	struct arena arena;
	char *undone; /* where the next cell with doubled quotes is written, if `fixed` */

	/* The row just read; a line without a byte is a row of one empty cell. */
	VEC(struct str) cell;
	unsigned line;

	/* After CSV_BAD: what is wrong, where; the rest of the text may still be read. */
	const char *wrong;
	enum csv_mistake mistake;
	unsigned wrong_line, wrong_cell; /* cell from 1 */
	size_t wrong_at;                 /* byte of the text, from 0 */
};

void csv_open(struct csv *c, struct str text); /* the text must outlive c */
enum csv_got csv_next(struct csv *c);
void csv_close(struct csv *c);

/* A row of at most `most` cells is CSV_BAD when it has more. */
struct csv_memory {
	struct str *cell;
	size_t most;
	char *undone; /* text.n bytes */
};

/* As csv_open(), but in the caller's memory: nothing is allocated and nothing is to be closed. */
void csv_open_in(struct csv *c, struct str text, char comma, struct csv_memory memory);

/*
 * Whole lines, with or without their last newline, that begin with a row or (`open`) inside a quoted cell: do they end
 * inside a quoted cell?
 */
bool csv_quote_open(struct str lines, char comma, bool open);

#endif
