/*
 * cell.h - one cell of a ledger into one field of a row.
 */
#ifndef SEKISHO_CONTEXT_CELL_H
#define SEKISHO_CONTEXT_CELL_H

#include "context/ledger.h"

struct cell_reader {
	struct pool *pools;
	struct arena *text; /* keeps what rows say */
	char *room;         /* rest of the current block of text */
	size_t room_size;
	struct arena *scratch; /* for `why` */
	struct str why;        /* after a refusal: "it must be ..." */
};

/* `field` is zeroed or says what an empty cell means; false with `why` set. */
bool cell_read(struct cell_reader *r, const struct column *c, struct str cell, void *row);
void cell_empty(const struct column *c, void *row);

extern const uint8_t
	cell_compared[CELL_TYPE_COUNT]; /* bytes of the field; 0: the text of a struct str */

/* The bytes by which rows are compared: the text itself, or the field. */
static inline struct str
cell_bytes(const struct column *c, const void *row)
{
	const char *field = (const char *)row + c->at;
	struct str s = { .p = field, .n = cell_compared[c->type] };

	if (s.n == 0)
		memcpy(&s, field, sizeof(s));
	return s;
}

#endif
