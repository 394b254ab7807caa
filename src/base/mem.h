/*
 * mem.h - memory that has one owner and one end: arenas, growing arrays, and xalloc that never fails.
 */
#ifndef SEKISHO_BASE_MEM_H
#define SEKISHO_BASE_MEM_H

#include "base/str.h"

/* Zeroed; ends the process with a message when memory is gone. */
void *xalloc(size_t count, size_t size);
void *xrealloc(void *p, size_t count, size_t size); /* the new part is not zeroed */

/*
 * Zeroed room for a large table that is touched at random: on huge pages where the kernel lends them, because a miss
 * in the page tables costs more than the miss in the cache.  Freed with the same size.
 */
void *table_alloc(size_t bytes);
void table_free(void *p, size_t bytes);

/*
 * An index by open addressing, mask + 1 slots of that size, for its next use: zeroed, or given back (NULL, mask 0) where
 * one use made it large.  Whoever could fill it once would else have it emptied whole at every use after that.
 */
void *index_empty(void *slots, size_t *mask, size_t size);

/* Zero-initialised is empty and ready.  Everything in it dies with arena_free(). */
struct arena {
	struct arena_block *block;
	size_t used, room; /* of the current block */
	size_t bytes;      /* taken from the system in all */
};

void *arena_alloc(struct arena *a, size_t size);     /* zeroed, aligned for any type */
struct str arena_str(struct arena *a, struct str s); /* a copy, with a NUL behind it */
struct str arena_printf(struct arena *a, const char *fmt, ...) PRINTFLIKE(2, 3);
void arena_join(struct arena *a,
		struct arena *from); /* `a` takes over all of `from`, which is empty then */
void arena_free(struct arena *a);

/* One element more at the end of a growing array: *VEC_PUSH(v) = x; */
#define VEC(type)                                                                                  \
	struct {                                                                                   \
		type *at;                                                                          \
		size_t n;                                                                          \
		size_t room;                                                                       \
	}
#define VEC_PUSH(v)                                                                                \
	((v)->n < (v)->room ? &(v)->at[(v)->n++]                                                   \
			    : ((v)->at = vec_grow((v)->at, &(v)->room, sizeof(*(v)->at)),          \
			       &(v)->at[(v)->n++]))
#define VEC_FREE(v) (free((v)->at), (v)->at = NULL, (v)->n = (v)->room = 0)

void *vec_grow(void *at, size_t *room, size_t size);

#endif
