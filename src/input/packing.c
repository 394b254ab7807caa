/*
 * packing.c - the table of compressions, and which one a file's first bytes say; names of files say nothing.
 */
#include "input/packing.h"

#define PACKING(name) extern const struct packing packing_##name;
#include "input/packings.def"
#undef PACKING

const struct packing *const packings[] = {
#define PACKING(name) &packing_##name,
#include "input/packings.def"
#undef PACKING
	NULL
};

bool
packing_begins(const struct packing *p, struct str head)
{
	if (head.n >= p->magic_n && memcmp(head.p, p->magic, p->magic_n) == 0)
		return true;
	return p->begins && head.n >= PACKING_MAGIC && p->begins((const uint8_t *)head.p);
}

const struct packing *
packing_of(struct str head)
{
	for (size_t i = 0; packings[i]; i++) {
		if (packing_begins(packings[i], head))
			return packings[i];
	}
	return NULL;
}
