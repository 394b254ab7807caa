/*
 * barrier.h - the matrix, walked once for all relations and disaster states of a viewer.
 */
#ifndef SEKISHO_CONTEXT_BARRIER_H
#define SEKISHO_CONTEXT_BARRIER_H

#include "context/rows.h"
#include "model/event.h"

struct barrier {
	const struct barrier_row **row; /* by prio; the last is the default */
	size_t count;                   /* 0: no matrix */
};

/* Who looks, and at which screen; 0 is unknown or unsaid, and matches only an empty cell. */
struct viewer {
	uint16_t org, role, system, class;
	uint8_t org_class;
	uint8_t masked; /* enum masked */
};

/* Sorts by prio; the last row must match everything. */
int barrier_build(struct barrier *b, const struct ledger *l, struct arena *a, struct errors *err);
void barrier_judge(const struct barrier *b, const struct viewer *v,
		   struct verdict out[REL_COUNT][DSTATE_COUNT]);

#endif
