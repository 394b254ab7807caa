/*
 * dict.c - the shared dictionary: 8 open-addressing shards over one numbered list of entries.
 */
#include "facts/dict.h"

#include "base/error.h"

#include <pthread.h>
#include <stdatomic.h>

enum { SHARDS = 8, FIRST_SLOTS = 64, IN_LINE = 28, FIRST_SHIFT = 10, COUNTED = 1 << 16 };

/*
 * Entries lie in chunks, each twice as large as the one before it, and never move.  A directory of chunks of one size
 * was half a megabyte, and a chunk two, for each of seven dictionaries of a log with ten accounts (2026-11).
 */
enum { CHUNKS_MOST = 32 - FIRST_SHIFT + 1 };

struct entry {
	uint32_t n;
	char text[IN_LINE]; /* longer: the address of the text, which lies in the shard's arena */
};

_Static_assert(sizeof(struct entry) == 32, "two entries a cache line");

struct table {
	size_t mask;
	struct table *outgrown;
	_Atomic uint64_t slot[]; /* tag << 32 | number; 0 is free */
};

/* What every look-up reads and what every insertion writes lie in different cache lines. */
struct shard {
	_Alignas(64) struct table *_Atomic table;
	char apart[64 - sizeof(struct table *)];
	pthread_mutex_t lock;
	size_t used;
	struct arena text;
};

struct dictionary {
	const struct hash_key *key;
	struct entry *_Atomic chunk[CHUNKS_MOST];
	_Alignas(64) atomic_uint count;
	atomic_size_t bytes;
	pthread_mutex_t chunk_lock;
	struct shard shard[SHARDS];
};

struct entry_place {
	unsigned chunk;
	size_t index;
};

/* The highest bit of a number that begins at 2^FIRST_SHIFT says which chunk; the others say where in it. */
static inline struct entry_place
place_of(uint32_t number)
{
	uint64_t n = (uint64_t)number + (1U << FIRST_SHIFT);
	unsigned bit = 63 - (unsigned)__builtin_clzll(n);

	return (struct entry_place){ .chunk = bit - FIRST_SHIFT, .index = n - (1ULL << bit) };
}

static size_t
chunk_bytes(unsigned chunk)
{
	return sizeof(struct entry) << (FIRST_SHIFT + chunk);
}

static size_t
table_bytes(size_t slots)
{
	return sizeof(struct table) + slots * sizeof(((struct table *)NULL)->slot[0]);
}

static struct table *
table_new(size_t slots, struct table *outgrown)
{
	struct table *t = table_alloc(table_bytes(slots));

	t->mask = slots - 1;
	t->outgrown = outgrown;
	return t;
}

struct dictionary *
dict_new(const struct hash_key *key)
{
	struct dictionary *d = aligned_alloc(64, (sizeof(*d) + 63) / 64 * 64);

	if (!d)
		BUG("no memory for a dictionary");
	memset(d, 0, sizeof(*d));
	d->key = key;
	pthread_mutex_init(&d->chunk_lock, NULL);
	for (int i = 0; i < SHARDS; i++) {
		pthread_mutex_init(&d->shard[i].lock, NULL);
		atomic_store(&d->shard[i].table, table_new(FIRST_SLOTS, NULL));
	}
	return d;
}

void
dict_free(struct dictionary *d)
{
	if (!d)
		return;
	for (int i = 0; i < SHARDS; i++) {
		struct table *t = atomic_load(&d->shard[i].table);

		while (t) {
			struct table *next = t->outgrown;

			table_free(t, table_bytes(t->mask + 1));
			t = next;
		}
		arena_free(&d->shard[i].text);
		pthread_mutex_destroy(&d->shard[i].lock);
	}
	for (unsigned i = 0; i < CHUNKS_MOST; i++) {
		struct entry *chunk = atomic_load(&d->chunk[i]);

		if (chunk)
			table_free(chunk, chunk_bytes(i));
	}
	pthread_mutex_destroy(&d->chunk_lock);
	free(d);
}

static inline const struct shard *
shard_of(const struct dictionary *d, struct hash128 hash)
{
	return &d->shard[hash.hi % SHARDS];
}

static inline uint32_t
tag_of(struct hash128 hash)
{
	return (uint32_t)(hash.lo >> 32);
}

static inline struct entry *
entry_at(const struct dictionary *d, uint32_t number)
{
	struct entry_place at = place_of(number);

	return &atomic_load_explicit(&d->chunk[at.chunk], memory_order_acquire)[at.index];
}

static inline const char *
entry_text(const struct entry *e)
{
	const char *far;

	if (LIKELY(e->n <= IN_LINE))
		return e->text;
	memcpy(&far, e->text, sizeof(far));
	return far;
}

/* The number in `t`, or 0. */
static inline uint32_t
find(const struct dictionary *d, const struct table *t, struct str s, struct hash128 hash)
{
	uint32_t tag = tag_of(hash);

	for (size_t i = tag_of(hash) & t->mask;; i = (i + 1) & t->mask) {
		uint64_t slot = atomic_load_explicit(&t->slot[i], memory_order_acquire);

		if (slot == 0)
			return 0;
		if ((uint32_t)(slot >> 32) == tag) {
			const struct entry *e = entry_at(d, (uint32_t)slot);

			if (e->n == s.n && memcmp(entry_text(e), s.p, s.n) == 0)
				return (uint32_t)slot;
		}
	}
}

static uint32_t
entry_new(struct dictionary *d, struct shard *sh, struct str s)
{
	uint32_t number = atomic_fetch_add(&d->count, 1) + 1;
	struct entry *e;
	unsigned chunk;

	if (number == UINT32_MAX)
		BUG("more than 2^32 different texts");
	chunk = place_of(number).chunk;
	if (!atomic_load_explicit(&d->chunk[chunk], memory_order_acquire)) {
		pthread_mutex_lock(&d->chunk_lock);
		if (!atomic_load(&d->chunk[chunk]))
			atomic_store(&d->chunk[chunk], table_alloc(chunk_bytes(chunk)));
		pthread_mutex_unlock(&d->chunk_lock);
	}
	/* What is not used yet of a chunk is not there yet, as far as memory goes. */
	if (number % COUNTED == 1)
		atomic_fetch_add(&d->bytes, COUNTED * sizeof(struct entry));
	e = entry_at(d, number);
	e->n = (uint32_t)s.n;
	if (s.n <= IN_LINE) {
		if (s.n)
			memcpy(e->text, s.p, s.n);
	} else {
		const char *far = arena_str(&sh->text, s).p;

		memcpy(e->text, &far, sizeof(far));
		atomic_fetch_add(&d->bytes, s.n);
	}
	return number;
}

static void
put(struct table *t, uint64_t slot, size_t at)
{
	while (atomic_load_explicit(&t->slot[at & t->mask], memory_order_relaxed))
		at++;
	atomic_store_explicit(&t->slot[at & t->mask], slot, memory_order_release);
}

/* Under the shard's lock.  A slot's place follows from its tag, so growing touches no entry. */
static struct table *
grow(struct dictionary *d, struct shard *sh, struct table *old)
{
	struct table *t = table_new((old->mask + 1) * 2, old);

	for (size_t i = 0; i <= old->mask; i++) {
		uint64_t slot = atomic_load_explicit(&old->slot[i], memory_order_relaxed);

		if (slot)
			put(t, slot, (uint32_t)(slot >> 32) & t->mask);
	}
	atomic_fetch_add(&d->bytes, (t->mask + 1) * sizeof(t->slot[0]));
	atomic_store_explicit(&sh->table, t, memory_order_release);
	return t;
}

static uint32_t
insert(struct dictionary *d, struct shard *sh, struct str s, struct hash128 hash)
{
	struct table *t;
	uint32_t number;

	pthread_mutex_lock(&sh->lock);
	t = atomic_load_explicit(&sh->table, memory_order_relaxed);
	number = find(d, t, s, hash);
	if (number == 0) {
		if (++sh->used * 3 > (t->mask + 1) * 2)
			t = grow(d, sh, t);
		number = entry_new(d, sh, s);
		put(t, (uint64_t)tag_of(hash) << 32 | number, tag_of(hash) & t->mask);
	}
	pthread_mutex_unlock(&sh->lock);
	return number;
}

uint32_t
dict_intern(struct dictionary *d, struct str s, struct hash128 hash)
{
	struct shard *sh = &d->shard[hash.hi % SHARDS];
	uint32_t number = find(d, atomic_load_explicit(&sh->table, memory_order_acquire), s, hash);

	return number ? number : insert(d, sh, s, hash);
}

uint32_t
dict_number(struct dictionary *d, struct str s)
{
	return dict_intern(d, s, hash128(d->key, s));
}

void
dict_fetch_slot(const struct dictionary *d, struct hash128 hash)
{
	const struct table *t =
		atomic_load_explicit(&shard_of(d, hash)->table, memory_order_acquire);

	__builtin_prefetch(&t->slot[tag_of(hash) & t->mask]);
}

void
dict_fetch_entry(const struct dictionary *d, struct hash128 hash)
{
	const struct table *t =
		atomic_load_explicit(&shard_of(d, hash)->table, memory_order_acquire);
	uint32_t tag = tag_of(hash);
	uint64_t slot;

	for (size_t i = tag;; i++) {
		slot = atomic_load_explicit(&t->slot[i & t->mask], memory_order_acquire);
		if (slot == 0)
			return;
		if ((uint32_t)(slot >> 32) == tag)
			break;
	}
	__builtin_prefetch(entry_at(d, (uint32_t)slot));
}

uint32_t
dict_count(const struct dictionary *d)
{
	return atomic_load(&d->count);
}

struct str
dict_text(const struct dictionary *d, uint32_t number)
{
	const struct entry *e;

	if (number == 0)
		return (struct str){ 0 };
	e = entry_at(d, number);
	return (struct str){ .p = entry_text(e), .n = e->n };
}

void
dict_fetch_text(const struct dictionary *d, uint32_t number)
{
	__builtin_prefetch(entry_at(d, number));
}

size_t
dict_bytes(const struct dictionary *d)
{
	return atomic_load(&d->bytes);
}
