/*
 * distinct.c - see distinct.h.
 */
#include "engine/distinct.h"

void
distinct_free(struct distinct *d)
{
	free(d->slot);
	*d = (struct distinct){ 0 };
}

void
distinct_empty(struct distinct *d)
{
	d->n = 0;
	if (++d->age == 0 && d->slot) /* slots of the first age would be of this one */
		memset(d->slot, 0, (d->mask + 1) * sizeof(*d->slot));
	d->age += d->age == 0;
}

void
distinct_grow(struct distinct *d)
{
	uint64_t *old = d->slot;
	size_t slots = old ? d->mask + 1 : 0;
	uint32_t age = d->age;

	*d = (struct distinct){ .mask = slots ? slots * 4 - 1 : 63, .age = 1 };
	d->slot = xalloc(d->mask + 1, sizeof(*d->slot));
	for (size_t i = 0; i < slots; i++) {
		if (age && old[i] >> 32 == age)
			distinct_add(d, (uint32_t)old[i]);
	}
	free(old);
}
