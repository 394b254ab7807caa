/*
 * asof.h - the row of a key that holds at an instant, and how long that answer stays true.
 */
#ifndef SEKISHO_CONTEXT_ASOF_H
#define SEKISHO_CONTEXT_ASOF_H

#include "context/rows.h"

/* An edge at which an answer may change; [from, until) is what remains around ts. */
static inline void
clip(struct seen *s, int64_t ts, int64_t edge)
{
	if (edge <= ts)
		s->from = max_i64(s->from, edge);
	else
		s->until = min_i64(s->until, edge);
}

/*
 * The row of a group that holds at ts, or NULL; `first` may be NULL.  Sizes and offsets are constants where it is
 * called, so that a row costs a dozen instructions.
 */
static inline const void *
asof(const void *first, size_t size, size_t from_at, int64_t ts, struct seen *s)
{
	const char *row = first;
	const void *found = NULL;

	for (size_t left = row ? ((const struct row *)first)->count : 0; left;
	     left--, row += size) {
		const int64_t *span = (const void *)(row + from_at);

		clip(s, ts, span[0]);
		clip(s, ts, span[1]);
		if (!found && span[0] <= ts && ts < span[1])
			found = row;
	}
	return found;
}

/*
 * The last row of a group that has begun at ts, or NULL: by halves, for groups of thousands (permits, loans, books of
 * shared IDs), which are sorted by their begin.
 */
static inline const void *
begun(const void *first, size_t size, size_t from_at, int64_t ts)
{
	const char *rows = first;
	size_t low = 0, high = first ? ((const struct row *)first)->count : 0;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (*(const int64_t *)(const void *)(rows + mid * size + from_at) <= ts)
			low = mid + 1;
		else
			high = mid;
	}
	return low ? rows + (low - 1) * size : NULL;
}

#define ASOF(type, first, ts, s)                                                                   \
	asof(first, sizeof(struct type), offsetof(struct type, from), ts, s)
#define BEGUN(type, field, first, ts)                                                              \
	begun(first, sizeof(struct type), offsetof(struct type, field), ts)
#define ENDS_BEHIND_BEGIN(type)                                                                    \
	_Static_assert(offsetof(struct type, to) == offsetof(struct type, from) + sizeof(int64_t), \
		       "asof() reads both from one place")

#endif
