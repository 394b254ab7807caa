/*
 * distinct.h - how many different numbers were added since it was emptied.  A table whose slots carry the age they were
 * filled in, so emptying it is counting on.  (Sorting a list of them was 72 instructions a line more, 2026-11.)
 */
#ifndef SEKISHO_ENGINE_DISTINCT_H
#define SEKISHO_ENGINE_DISTINCT_H

#include "base/hash.h"
#include "base/mem.h"

/* Zeroed is empty. */
struct distinct {
	uint64_t *slot; /* age << 32 | number */
	size_t mask;
	uint32_t n, age;
};

void distinct_grow(struct distinct *d); /* for distinct_add() */
void distinct_empty(struct distinct *d);
void distinct_free(struct distinct *d);

static inline void
distinct_add(struct distinct *d, uint32_t number)
{
	uint64_t want;
	size_t at;

	if (UNLIKELY((size_t)d->n * 2 >= d->mask))
		distinct_grow(d);
	want = (uint64_t)d->age << 32 | number;
	for (at = hash_mix(number) & d->mask; d->slot[at] >> 32 == d->age;
	     at = (at + 1) & d->mask) {
		if (d->slot[at] == want)
			return;
	}
	d->slot[at] = want;
	d->n++;
}

#endif
