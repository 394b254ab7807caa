/*
 * pool.h - small numbers for the names that repeat in ledgers: organisations, systems, areas, ...
 * 0 is the empty cell.  Equal bytes, equal number; the order of numbers means nothing.
 */
#ifndef SEKISHO_CONTEXT_POOL_H
#define SEKISHO_CONTEXT_POOL_H

#include "base/hash.h"
#include "base/mem.h"

enum pool_id {
	POOL_ORG,
	POOL_SYSTEM,
	POOL_AREA,
	POOL_SITE,
	POOL_CLASS,
	POOL_ROLE,
	POOL_SCHEDULE,
	POOL_COUNT
};

/* POOL_MOST names fit; POOL_FULL is what the next one gets. */
enum { POOL_MOST = 65000, POOL_FULL = 65535 };

struct pool {
	const struct hash_key *key; /* must outlive the pool */
	struct arena arena;
	VEC(struct str) name; /* of number i + 1 */
	uint16_t *slot;       /* a number, 0 = free */
	uint32_t slot_count;  /* a power of two */
};

void pool_init(struct pool *p, const struct hash_key *key);
uint16_t pool_add(struct pool *p, struct str name);        /* copies a new name */
uint16_t pool_find(const struct pool *p, struct str name); /* POOL_FULL: no such name */
struct str pool_name(const struct pool *p, uint16_t number);
void pool_free(struct pool *p);

#endif
