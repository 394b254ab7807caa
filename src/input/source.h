/*
 * source.h - an input opened and looked at: how it must be read, by what its first bytes say; refused by name what is
 * no log.
 */
#ifndef SEKISHO_INPUT_SOURCE_H
#define SEKISHO_INPUT_SOURCE_H

#include "base/encoding.h"
#include "input/intake.h"
#include "input/packing.h"

struct source {
	struct intake intake;
	const struct packing *packing; /* NULL: not packed */
	size_t bom;    /* bytes of UTF-8's byte order mark, in a file that is not streamed */
	bool streamed; /* cannot be read in ranges */
};

/* -1 with a message.  The encoding is what the reader was told, and may be NONE. */
int source_open(struct source *s, const char *path, enum encoding encoding, struct errors *err);

#endif
