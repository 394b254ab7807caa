/*
 * store.h - fixed-size records in numbered buckets, appended by one thread; beyond its share of memory, on disk.
 *
 * A bucket is (row, column): (day, account partition) for events.  Records keep no order here; whoever loads a
 * bucket sorts it.  Spilled records lie in an unlinked file, record size bytes each, and nothing else does.
 */
#ifndef SEKISHO_BASE_STORE_H
#define SEKISHO_BASE_STORE_H

#include "base/error.h"

enum { STORE_COLUMNS = 256 };

struct store;

/* `memory`: bytes of records held before they are spilled to an unlinked file in `dir`. */
struct store *store_new(size_t record_size, size_t memory, const char *dir);
void store_free(struct store *s);

void store_add(struct store *s, int32_t row, unsigned column, const void *record);
void store_fetch(const struct store *s,
		 unsigned column); /* before it, for a batch: where the last row's next one goes */

/* Rows in ascending order; the caller frees them. */
int32_t *store_rows(const struct store *s, size_t *count);
uint64_t store_count(const struct store *s, int32_t row, unsigned column);

/* Copies a bucket to `out` (store_count() records); false when the spill file cannot be read back. */
bool store_read(const struct store *s, int32_t row, unsigned column, void *out);

uint64_t store_spilled_bytes(const struct store *s);
bool store_ok(const struct store
		      *s); /* false after a failed write: records were lost, the run must fail */

#endif
