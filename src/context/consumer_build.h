/*
 * consumer_build.h - builds an index (consumer_index.h) of a consumers ledger of any size, in bounded memory.
 *
 * Rows are read a window at a time by the loader of all ledgers, cast by the hash of their id into parts on disk, and
 * every part is sorted, checked and written in turn.  Memory: `memory`, four windows, and the largest part twice.  A
 * part is about 2 MB of the CSV up to 8 GB of it; but all rows of one consumer are in one, and that many are refused
 * (PART_ROWS_MOST).  Disk, in the folder: 48 bytes a row and the ids that are not numbers.
 */
#ifndef SEKISHO_CONTEXT_CONSUMER_BUILD_H
#define SEKISHO_CONTEXT_CONSUMER_BUILD_H

#include "base/error.h"

enum { BUILD_WINDOW = 4 << 20, PART_ROWS_MOST = 4 << 20 };

struct consumer_build {
	struct str csv, index; /* NUL behind each; index is replaced whole, mode 0600 */
	struct place named_at; /* where the policy names the ledger */
	size_t memory, window;
	const char *folder; /* of files without a name */
};

struct consumer_built {
	uint64_t rows, ids, bytes;
};

/* -1 with every mistake of the ledger told, as loading it would; what stood there before stays. */
int consumer_build(const struct consumer_build *b, struct consumer_built *out, struct errors *err);

#endif
