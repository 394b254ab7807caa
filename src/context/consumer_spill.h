/*
 * consumer_spill.h - rows of consumers.csv on their way into an index: cast by hash into parts small enough to sort,
 * beyond their share of memory in unlinked files.
 */
#ifndef SEKISHO_CONTEXT_CONSUMER_SPILL_H
#define SEKISHO_CONTEXT_CONSUMER_SPILL_H

#include "base/out.h"
#include "base/store.h"
#include "context/consumer_layout.h"

/* A row with its id as a key, or, when `text`, where the id lies among the texts, and its length. */
struct spill_row {
	uint64_t hash;
	uint64_t key_low;
	int64_t from, to;
	uint32_t line;
	uint32_t key_high; /* of a text: its length */
	uint16_t supplier, area;
	uint8_t type;
	bool text;
};

struct consumer_spill {
	struct store *store;
	const struct hash_key *key;
	uint32_t bits;
	uint64_t rows;
	int fd; /* texts */
	struct out texts;
	uint64_t texts_size;
	char *text[2]; /* two that are compared */
	size_t room[2];
	bool failed;
};

/* `memory`: of rows.  The key must outlive it.  False with errno. */
bool consumer_spill_open(struct consumer_spill *s, const struct hash_key *key, uint32_t bits,
			 size_t memory, const char *folder);
void consumer_spill_close(struct consumer_spill *s);

void consumer_spill_add(struct consumer_spill *s, const struct consumer_row *row);

/* No more is added; false when something was lost on the way to disk. */
bool consumer_spill_settle(struct consumer_spill *s);

/* Rows of a part: by hash, then id, then begin, then line.  False: they cannot be read back. */
uint64_t consumer_spill_count(const struct consumer_spill *s, uint64_t part);
bool consumer_spill_read(struct consumer_spill *s, uint64_t part, struct spill_row *out);

/* Of two rows that came so; and the text of one, alive until the next of these calls. */
bool consumer_spill_same(struct consumer_spill *s, const struct spill_row *a,
			 const struct spill_row *b);
struct str consumer_spill_text(struct consumer_spill *s, const struct spill_row *row);

#endif
