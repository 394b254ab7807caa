/*
 * pool.c - an open-addressing table of names under a random key.
 */
#include "context/pool.h"

enum { FIRST_SLOTS = 256 };

static uint16_t *
pool_slot(const struct pool *p, struct str name)
{
	uint32_t at = (uint32_t)hash128(p->key, name).lo & (p->slot_count - 1);

	while (p->slot[at] && !str_eq(p->name.at[p->slot[at] - 1], name))
		at = (at + 1) & (p->slot_count - 1);
	return &p->slot[at];
}

static void
pool_grow(struct pool *p)
{
	uint32_t count = p->slot_count * 2;

	free(p->slot);
	p->slot = xalloc(count, sizeof(*p->slot));
	p->slot_count = count;
	for (size_t i = 0; i < p->name.n; i++)
		*pool_slot(p, p->name.at[i]) = (uint16_t)(i + 1);
}

void
pool_init(struct pool *p, const struct hash_key *key)
{
	*p = (struct pool){ .key = key, .slot_count = FIRST_SLOTS };
	p->slot = xalloc(FIRST_SLOTS, sizeof(*p->slot));
}

uint16_t
pool_find(const struct pool *p, struct str name)
{
	uint16_t number;

	if (name.n == 0)
		return 0;
	number = *pool_slot(p, name);
	return number ? number : POOL_FULL;
}

struct str
pool_name(const struct pool *p, uint16_t number)
{
	return number && number <= p->name.n ? p->name.at[number - 1] : (struct str){ 0 };
}

void
pool_free(struct pool *p)
{
	arena_free(&p->arena);
	VEC_FREE(&p->name);
	free(p->slot);
	p->slot = NULL;
}

uint16_t
pool_add(struct pool *p, struct str name)
{
	uint16_t number = pool_find(p, name);

	if (number != POOL_FULL)
		return number;
	if (p->name.n >= POOL_MOST)
		return POOL_FULL;
	if (p->name.n * 2 >= p->slot_count)
		pool_grow(p);
	*VEC_PUSH(&p->name) = arena_str(&p->arena, name);
	*pool_slot(p, name) = (uint16_t)p->name.n;
	return (uint16_t)p->name.n;
}
