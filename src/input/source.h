/*
 * source.h - an input opened and looked at: how it must be read, by what its first bytes say; refused by name what is
 * no log.
 */
#ifndef SEKISHO_INPUT_SOURCE_H
#define SEKISHO_INPUT_SOURCE_H

#include "input/packing.h"
#include "input/reader.h"

struct source {
	struct intake intake;
	const struct packing *packing; /* NULL: not packed */
	size_t bom;    /* bytes of UTF-8's byte order mark, in a file that is not streamed */
	bool streamed; /* cannot be read in ranges */
};

/* -1 with a message. */
int source_open(struct source *s, const char *path, const struct reader_options *o,
		struct errors *err);

#endif
