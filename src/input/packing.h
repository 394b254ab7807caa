/*
 * packing.h - the socket of compressions: one file pack_NAME.c and one line in packings.def each.
 *
 * A packed file is a row of members (zstd says frames, xz and bzip2 streams), one behind the other.  A packing knows
 * one member; where members begin, and what may stand behind the last, is unpacking.c's.
 */
#ifndef SEKISHO_INPUT_PACKING_H
#define SEKISHO_INPUT_PACKING_H

#include "base/str.h"

enum packed {
	PACKED_MORE,  /* in or out is used up */
	PACKED_ENDED, /* the member is whole and its checksum right; in stands behind it */
	PACKED_CHECKSUM,
	PACKED_DAMAGED,
	PACKED_MEMORY /* asks for a larger window than PACKING_MEMORY */
};

enum { PACKING_MEMORY = 128 << 20, PACKING_MAGIC = 6 };

/* What a step reads and writes; it moves both on. */
struct flow {
	uint8_t *in; /* only read; some libraries do not say so */
	size_t in_n;
	uint8_t *out;
	size_t out_n;
};

struct packing {
	const char *name;
	const char *magic; /* the first bytes of a member, at most PACKING_MAGIC */
	size_t magic_n;
	const char *library; /* what a build needs to have it */
	const struct packing
		*strict; /* NULL, or: its word holds for a member that this one finds damaged */
	bool (*begins)(
		const uint8_t *in); /* NULL, or: another beginning, seen in PACKING_MAGIC bytes */
	void *(*open)(void);        /* NULL: not built in */
	enum packed (*step)(void *state, struct flow *flow);
	void (*next)(void *state); /* after a member: the state of open() again */
	bool (*in_trailer)(
		const void *state); /* NULL, or: all its bytes are out, only proof is missing */
	void (*close)(void *state);
};

/* The packing whose member begins so, or NULL. */
const struct packing *packing_of(struct str head);

/* Does a member of p begin so?  Fewer than PACKING_MAGIC bytes are the file's last. */
bool packing_begins(const struct packing *p, struct str head);

/* All of them, for tests and --version; ends with NULL. */
extern const struct packing *const packings[];

#endif
