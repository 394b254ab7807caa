/*
 * consumer_index.h - consumers.csv of tens of millions of rows, searched where it lies: opened in a moment, nothing of
 * it is loaded.  Built by consumer_build.h; its bytes are told in consumer_layout.h.
 *
 * Open once; map, let threads look up, unmap.  Looking up allocates nothing but room for the rows it was asked to copy.
 */
#ifndef SEKISHO_CONTEXT_CONSUMER_INDEX_H
#define SEKISHO_CONTEXT_CONSUMER_INDEX_H

#include "context/consumer_layout.h"

#include <sys/stat.h>

/* STALE: not of this CSV, or of another version; `why` says which. */
enum index_opened { INDEX_ABSENT, INDEX_FRESH, INDEX_STALE, INDEX_BROKEN };

struct consumer_index {
	struct str path;
	int fd;
	struct index_head head;
	struct hash_key key;
	struct index_part *part;
	uint16_t *supplier, *area;           /* pool numbers of its own numbers */
	char *map;                           /* NULL: not mapped */
	const char *buckets, *spans, *texts; /* in the map */
	const char *why;                     /* STALE or BROKEN */
};

/* `path` of the index, NUL behind it, must outlive it; `source`: the CSV as it is now.  Close whatever comes back. */
enum index_opened consumer_index_open(struct consumer_index *ix, struct str path,
				      const struct stat *source, struct pool *pools);
void consumer_index_close(struct consumer_index *ix); /* zeroed is fine */

/*
 * The file may be cut or overwritten while it is mapped: a thread watches it (base/guard.h) while it looks up.  `asks`:
 * about how many look-ups will follow.  False with errno.
 */
bool consumer_index_map(struct consumer_index *ix, uint64_t asks);
void consumer_index_watch(const struct consumer_index *ix);
void consumer_index_unmap(struct consumer_index *ix);

/* A look-up in steps, so that many can wait for memory together, and those of near places come together. */
struct consumer_probe {
	uint64_t key_low;
	uint32_t key_high; /* as in a slot: with the bit of texts */
	uint32_t bucket;
	uint32_t object; /* the caller's */
};

enum consumer_found { CONSUMER_ABSENT, CONSUMER_FOUND, CONSUMER_BROKEN };

static inline bool
consumer_probe_is_text(const struct consumer_probe *p)
{
	return p->key_high >> SLOT_TEXT;
}

/*
 * False: it is not there.  Inline, so that a probe is made in registers: one that is copied from memory right after its
 * words were written there waits for all stores before it (a fifth of a look-up, 2026-11, gcc 12 -O2).
 */
static inline bool
consumer_probe_set(const struct consumer_index *ix, struct str id, struct consumer_probe *out)
{
	const struct index_part *part;
	struct index_key key;
	uint64_t hash;

	key.text = !key_of_digits(id, &key);
	hash = index_hash(&ix->key, &key, id);
	if (UNLIKELY(key.text))
		key = key_of_text(0, hash);
	part = &ix->part[index_part_of(hash, ix->head.bits)];
	out->key_low = key.low;
	out->key_high = key.high | (uint32_t)key.text << SLOT_TEXT;
	out->bucket = (uint32_t)(part->first + index_home(hash, ix->head.bits, part->homes));
	return part->homes;
}

static inline void
consumer_probe_fetch(const struct consumer_index *ix, const struct consumer_probe *p)
{
	const char *at = ix->buckets + p->bucket * sizeof(struct index_bucket);

	__builtin_prefetch(at);
	__builtin_prefetch(at + 64);
}

/* `id` is read only of a probe that is of a text. */
enum consumer_found consumer_index_find(const struct consumer_index *ix,
					const struct consumer_probe *p, struct str id,
					struct index_slot *out);

/* The row of a slot that is not apart; false: broken. */
bool consumer_index_row(const struct consumer_index *ix, const struct index_slot *s,
			struct consumer_span *out);

/* The rows of a slot that is apart.  `rows` has room for consumer_index_rows_fit() > 0 of them. */
void consumer_index_fetch(const struct consumer_index *ix, const struct index_slot *s);
uint32_t consumer_index_rows_fit(const struct consumer_index *ix,
				 const struct index_slot *s); /* 0: broken */
bool consumer_index_rows(const struct consumer_index *ix, const struct index_slot *s,
			 struct consumer_row *rows);

/* The name of the index of a CSV. */
struct str consumer_index_path(struct arena *a, struct str csv);

#endif
