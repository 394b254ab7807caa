/*
 * unresolved.h - what lines name and no ledger knows at their time, counted by (system, kind, name): one table a
 * thread, then one of all.  Looks are counted whole; of views' consumers each line is one.
 */
#ifndef SEKISHO_ENGINE_UNRESOLVED_H
#define SEKISHO_ENGINE_UNRESOLVED_H

#include "engine/engine.h"

struct unresolved_count {
	uint64_t lines; /* 0: an empty place */
	int64_t first, last;
	uint32_t number; /* in the dictionary of `what`; of networks, the lookup's */
	uint16_t system;
	uint8_t what; /* enum unresolved_what */
};

/* Zero-initialised is empty and ready. */
struct unresolved_counts {
	struct unresolved_count *at; /* open addressing */
	size_t n, mask;
};

void unresolved_free(struct unresolved_counts *u);
void unresolved_add(struct unresolved_counts *u, const struct unresolved_count *c);
void unresolved_unite(struct unresolved_counts *into, const struct unresolved_counts *from);

/* `lines` lines of a tuple, from `first` to `last`: all but their consumers. */
void unresolved_seen(struct unresolved_counts *u, const struct lookup *l, const struct seen *s,
		     uint64_t lines, int64_t first, int64_t last);

/* By system, what, lines (most first) and name; names live as long as facts and look-ups. */
struct unresolved *unresolved_list(const struct unresolved_counts *u, const struct engine_input *in,
				   struct arena *a);

#endif
