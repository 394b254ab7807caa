/*
 * cell.h - one cell of a ledger into one field of a row.
 */
#ifndef SEKISHO_CONTEXT_CELL_H
#define SEKISHO_CONTEXT_CELL_H

#include "base/when.h"
#include "context/ledger.h"

struct cell_reader {
	struct pool *pools;
	const struct when *when; /* dates and times by their shape, Japan's when they say no zone */
	struct clock_cache clock;
	struct arena *text;    /* keeps lists of names */
	struct arena *scratch; /* for `why` */
	struct str why;        /* after a refusal: "it must be ..." */
};

/*
 * What short cells of one column said before: suppliers, areas and dates repeat, ids do not.  A cache; zeroed is
 * empty.  1 M consumers load in 0.14 s with it and 0.24 s without (2026-11, gcc 12 -O2).
 */
enum { MEMO_SLOTS = 256, MEMO_TEXT = 16 };

struct cell_memo {
	uint64_t first, last; /* bytes of the cell; with its length they say it whole */
	uint64_t value;       /* bytes of the field */
	uint64_t n;           /* 0 = free */
};

void cell_reader_init(struct cell_reader *r, struct pool *pools, struct arena *text,
		      struct arena *scratch);

/* The cell is not empty, and borrowed: texts of a row live as long as its bytes.  False with `why` set. */
bool cell_read(struct cell_reader *r, const struct column *c, struct str cell, void *row);
void cell_empty(const struct column *c, void *row); /* what a field says before it is read */

/* What a field says, as a ledger would write it; empty when it says nothing. */
struct str cell_print(const struct column *c, const struct pool *pools, const void *row,
		      struct arena *a);

/* The same of texts, names and words, which borrow from row, pools and column; empty of all others. */
struct str cell_borrow(const struct column *c, const struct pool *pools, const void *row);

bool cell_may_repeat(const struct column *c);
void cell_remember(struct cell_memo *memo, const struct column *c, struct str cell,
		   const void *row);

extern const uint8_t
	cell_compared[CELL_TYPE_COUNT]; /* bytes of the field; 0: the text of a struct str */

/*
 * Sixteen bytes from where the cell begins, those behind its end masked off: branches on the length were mispredicted.
 * A cell lies in the file's bytes, which have as many of ours behind them, or begins a piece of the CSV reader's arena.
 */
static inline struct cell_memo
memo_of(struct str s)
{
	static const uint8_t mask[2 * MEMO_TEXT] = {
		0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
		0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
	};
	const char *keep = (const char *)mask + MEMO_TEXT - s.n;

	return (struct cell_memo){ .first = load64(s.p) & load64(keep),
				   .last = load64(s.p + 8) & load64(keep + 8),
				   .n = s.n };
}

static inline size_t
memo_slot(const struct cell_memo *m)
{
	uint64_t h = (m->first ^ m->last * 0x9E3779B97F4A7C15ULL) * 0xD6E8FEB86659FD93ULL;

	return (size_t)(h >> 56);
}

_Static_assert(MEMO_SLOTS == 256, "memo_slot() gives eight bits");

/* The cell is not empty.  False: the memo does not know it. */
static inline bool
cell_recall(const struct cell_memo *memo, const struct column *c, struct str cell, void *row)
{
	char *field = (char *)row + c->at;
	const struct cell_memo *at;
	struct cell_memo m;

	if (UNLIKELY(cell.n > MEMO_TEXT))
		return false;
	m = memo_of(cell);
	at = &memo[memo_slot(&m)];
	if (at->n != m.n || at->first != m.first || at->last != m.last)
		return false;
	switch (cell_compared[c->type]) {
	case sizeof(uint8_t):
		memcpy(field, &at->value, sizeof(uint8_t));
		break;
	case sizeof(uint16_t):
		memcpy(field, &at->value, sizeof(uint16_t));
		break;
	default:
		memcpy(field, &at->value, sizeof(uint64_t));
		break;
	}
	return true;
}

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
