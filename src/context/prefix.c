/*
 * prefix.c - prefixes sorted by (bytes, bits).  Whatever holds an address is its predecessor in that order or
 * an ancestor of it, because prefixes nest or are apart.  A trie was not needed: addresses are asked once each.
 */
#include "context/prefix.h"

static int
prefix_cmp(const void *a, const void *b)
{
	const struct prefix *x = a, *y = b;
	int c = memcmp(x->cidr.byte, y->cidr.byte, ADDRESS_SIZE);

	return c ? c : x->cidr.bits - y->cidr.bits;
}

void
prefixes_sort(struct prefixes *p)
{
	if (p->count)
		qsort(p->at, p->count, sizeof(*p->at), prefix_cmp);
	for (size_t i = 0; i < p->count; i++) {
		uint32_t up = (uint32_t)i;

		while (up && !cidr_holds(&p->at[up - 1].cidr, p->at[i].cidr.byte))
			up = p->at[up - 1].parent;
		p->at[i].parent = up;
	}
}

uint32_t
prefixes_find(const struct prefixes *p, const uint8_t address[ADDRESS_SIZE])
{
	size_t low = 0, high = p->count;
	uint32_t at;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (memcmp(p->at[mid].cidr.byte, address, ADDRESS_SIZE) <= 0)
			low = mid + 1;
		else
			high = mid;
	}
	at = (uint32_t)low;
	while (at && !cidr_holds(&p->at[at - 1].cidr, address))
		at = p->at[at - 1].parent;
	return at ? p->at[at - 1].number : 0;
}
