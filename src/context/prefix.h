/*
 * prefix.h - longest prefix match over a sorted array: one binary search and a walk up to the fitting parent.
 */
#ifndef SEKISHO_CONTEXT_PREFIX_H
#define SEKISHO_CONTEXT_PREFIX_H

#include "base/cidr.h"

struct prefix {
	struct cidr cidr;
	uint32_t number; /* the caller's, not 0 */
	uint32_t parent; /* index + 1 of the narrowest prefix around this one, 0 = none */
};

struct prefixes {
	struct prefix *at;
	size_t count;
};

/* Fill at[].cidr and .number, then sort once; no cidr may stand twice. */
void prefixes_sort(struct prefixes *p);
uint32_t prefixes_find(const struct prefixes *p,
		       const uint8_t address[ADDRESS_SIZE]); /* 0 = none */

#endif
