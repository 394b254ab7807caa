/*
 * refetch.h - bytes of an input once more, by offset, in ascending order: a plain file is asked where they lie, a
 * stream runs through again from its beginning.
 */
#ifndef SEKISHO_INPUT_REFETCH_H
#define SEKISHO_INPUT_REFETCH_H

#include "input/reader.h"

struct refetch;

/* As it was read by these options.  NULL: gone, not readable any more, or standard input of another run. */
struct refetch *refetch_open(const char *path, const struct reader_options *o);

/* `lines` lines are known to begin before `offset`: those of a plain file need not be counted. */
void refetch_skip(struct refetch *f, uint64_t offset, uint64_t lines);

/*
 * Up to n bytes at `offset`, which is never below the one before; fewer only at the end.  `*before`: how many lines
 * begin before it.  n is at most 64 KiB and some; dead at the next call.
 */
struct str refetch_at(struct refetch *f, uint64_t offset, size_t n, uint64_t *before);

void refetch_close(struct refetch *f);

#endif
