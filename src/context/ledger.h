/*
 * ledger.h - one loader for all ledgers: a table of columns in, typed rows grouped by key out.
 *
 * A ledger is a struct ledger_table in its own led_NAME.c and one line in ledgers.def.  Its row struct
 * (rows.h) begins with struct row and is filled by offset.  Loading reports every mistake of the file.
 */
#ifndef SEKISHO_CONTEXT_LEDGER_H
#define SEKISHO_CONTEXT_LEDGER_H

#include "base/error.h"
#include "base/sha256.h"
#include "context/pool.h"

#include <pthread.h>

enum cell_type {
	CELL_TEXT,    /* struct str */
	CELL_ID,      /* struct str; refuses what Excel makes of long numbers */
	CELL_NAME,    /* uint16_t of column.pool */
	CELL_NAMES,   /* struct name_list of column.pool, ';' between */
	CELL_FROM,    /* int64_t ms; empty = since ever.  The row holds from here ... */
	CELL_TO,      /* int64_t ms; empty = for ever.  ... to just before here */
	CELL_INSTANT, /* int64_t ms; empty = INT64_MIN */
	CELL_YES_NO,  /* uint8_t */
	CELL_WORD,    /* uint8_t: index in column.words; 0 = empty, words[0] is never matched */
	CELL_FLAGS,   /* uint8_t: bit i = words[i], ';' between */
	CELL_INTEGER, /* int64_t; empty = INT64_MIN */
	CELL_CIDR,    /* struct cidr */
	CELL_DAY,     /* int64_t ms of the day's first instant; empty = INT64_MIN */
	CELL_CLOCK,   /* int64_t ms from midnight, to 48:00; empty = INT64_MIN */
	CELL_DEGREES, /* int64_t millionths; empty = INT64_MIN */
	CELL_SHA256,  /* struct str: 64 hex digits, as written */
	CELL_TYPE_COUNT
};

/* Which ledger tells whether such a thing is there; columns of names follow from their pool (references.c). */
enum refers {
	REFERS_NOWHERE,
	REFERS_PERSON,
	REFERS_ACCOUNT,
	REFERS_TERMINAL,
	REFERS_SUBJECT /* of a grant: its kind says which */
};

struct name_list {
	uint16_t *at;
	size_t count;
};

struct column {
	const char *name;
	const char *alias; /* Japanese headers, '|' between, the usual one first; or NULL */
	enum cell_type type;
	bool required;
	enum pool_id pool;
	enum refers refers;
	const char *const *words;
	const char *const *other_words; /* of each: Japanese for it, '|' between; or NULL */
	size_t word_count;
	size_t at;      /* offset in the row */
	size_t text_at; /* offset of a struct str for the text as written; 0 = not kept */
};

#define WORDS(table, other) .words = (table), .word_count = COUNT(table), .other_words = (other)

enum { KEY_MOST = 4 };

#define LEDGER_ROWS_MOST (UINT32_MAX - 1)

struct ledger_table {
	const char *name;
	const struct column *column;
	size_t column_count;
	size_t row_size;
	const char *key[KEY_MOST]; /* columns; none = rows stay as they stand in the file */
	const char *
		within; /* rows of one key overlap only if equal here, too; sorts before the dates */
	bool may_overlap;
	const char *(*wrong)(const void *row); /* beyond its cells; NULL = sound */
};

/* Every row begins so.  Rows of one key are adjacent, earliest first. */
struct row {
	uint32_t line;
	uint32_t count; /* rows of this key from here on */
};

struct ledger_slot {
	uint32_t tag;
	uint32_t first; /* row index + 1; 0 = free */
};

struct ledger {
	const struct ledger_table *table; /* also when not loaded: then there are no rows */
	bool loaded;                      /* without a mistake */
	struct str path;
	struct str file;      /* its bytes, which the digest is of */
	struct str bytes;     /* the same as UTF-8; texts of rows borrow from it */
	char *owned, *turned; /* where file lies, and bytes if it had to be turned to UTF-8 */
	size_t owned_room, turned_room;
	char sha256[SHA256_HEX]; /* "" when not asked for; see ledger_digest.h */
	pthread_t hasher;
	bool hashing;
	unsigned *cell; /* where each column stands in the file, from 1; 0 = it has none */
	char *rows;
	size_t count, room;
	const struct column *key[KEY_MOST], *within, *from, *to;
	bool text_key; /* the key is one text */
	const struct hash_key *hash_key;
	struct ledger_slot *slot;
	size_t slot_count; /* a power of two */
	struct arena text; /* what cells say and the file does not: lists, and quotes undoubled */
};

/* `pools`: POOL_COUNT of them; they and the key outlive the ledger. */
void ledger_init(struct ledger *l, const struct ledger_table *table, const struct hash_key *key);
int ledger_load(struct ledger *l, struct str path, struct place named_at, struct pool *pools,
		bool digest, struct errors *err);
void ledger_free(struct ledger *l);

/*
 * The same rows of a file that is too large for memory, from pieces of whole rows of UTF-8 with MEMO_TEXT bytes (cell.h)
 * behind each.  After each, l holds its rows alone, which borrow from it, and *line is where the next piece begins.
 */
struct ledger_pieces;
struct ledger_pieces *ledger_pieces_new(struct ledger *l, struct pool *pools, struct errors *err);
void ledger_pieces_read(struct ledger_pieces *p, struct str text, unsigned *line);
void ledger_pieces_free(struct ledger_pieces *p); /* complains when there was no header at all */

static inline const void *
ledger_row(const struct ledger *l, size_t i)
{
	return l->rows + i * l->table->row_size;
}

/* First row of the key columns set in `probe` (a row struct), NULL if none. */
const void *ledger_find(const struct ledger *l, const void *probe);

/* The same in steps, for callers that look up many and hide the waiting. */
uint64_t ledger_hash_columns(const struct ledger *l, const void *probe);

static inline uint64_t
ledger_hash(const struct ledger *l, const void *probe)
{
	struct str s;

	if (!l->text_key)
		return ledger_hash_columns(l, probe);
	memcpy(&s, (const char *)probe + l->key[0]->at, sizeof(s));
	return hash128(l->hash_key, s).lo;
}

void ledger_prefetch(const struct ledger *l, uint64_t hash);
const void *ledger_guess(const struct ledger *l,
			 uint64_t hash); /* row to prefetch, almost surely it */
const void *ledger_find_hashed(const struct ledger *l, const void *probe, uint64_t hash);

static inline const void *
ledger_next(const struct ledger *l, const void *row)
{
	return (const char *)row + l->table->row_size;
}

static inline int64_t
ledger_from(const struct ledger *l, const void *row)
{
	return l->from ? *(const int64_t *)((const void *)((const char *)row + l->from->at))
		       : INT64_MIN;
}

static inline int64_t
ledger_to(const struct ledger *l, const void *row)
{
	return l->to ? *(const int64_t *)((const void *)((const char *)row + l->to->at))
		     : INT64_MAX;
}

/* For the parts of the loader.  Groups rows, refuses overlaps; `hash`: ledger_hash() of each row. */
void ledger_index(struct ledger *l, const uint64_t *hash, struct errors *err);
bool ledger_has_index(const struct ledger *l);
/* `row` heads row->count rows of one key, in order: tells which of them hold at the same time. */
void ledger_check_group(const struct ledger *l, const struct row *row, struct errors *err);
const struct column *ledger_column(const struct ledger_table *table, struct str name);

#endif
