/*
 * barrier.h - the matrix: first match by prio, for all relations and disaster states of a viewer at once.
 *
 * Compiled at load to a table of finished answers, by the values that its rows tell apart; a matrix that tells
 * too many apart for that is walked.
 */
#ifndef SEKISHO_CONTEXT_BARRIER_H
#define SEKISHO_CONTEXT_BARRIER_H

#include "context/rows.h"
#include "model/event.h"

enum axis { AXIS_ORG, AXIS_ROLE, AXIS_SYSTEM, AXIS_CLASS, AXIS_COUNT };

/* Innermost: a viewer of a known organisation, by enum masked; or one of none, whatever the masking. */
enum { WAY_STRANGER = MASKED_YES + 1, WAY_COUNT };

enum { BARRIER_CELLS_MOST = 1 << 16 }; /* 5 MB; with 200 rows filled in 24 ms, gcc 12 -O2 */

struct barrier {
	const struct barrier_row **row; /* by prio; the last is the default */
	size_t count;                   /* 0: no matrix */

	/* The sum of a viewer's shares, by number of organisation, role, ..., and its way is its cell. */
	uint32_t *share[AXIS_COUNT];
	struct verdict (*cell)[REL_COUNT][DSTATE_COUNT]; /* NULL: walk */
};

/* Who looks, and at which screen; 0 is unknown or unsaid, and matches only an empty cell. */
struct viewer {
	uint16_t org, role, system, class;
	uint8_t org_class;
	uint8_t masked; /* enum masked */
};

/* Sorts by prio; the last row must match everything. */
int barrier_build(struct barrier *b, const struct ledger *l, struct arena *a, struct errors *err);

/* Call when the pools are complete, also without a matrix; `org_class`: by number of organisation. */
void barrier_compile(struct barrier *b, const struct pool *pools, const uint8_t *org_class,
		     size_t cells_most, struct arena *a);

void barrier_judge(const struct barrier *b, const struct viewer *v,
		   struct verdict out[REL_COUNT][DSTATE_COUNT]);

/* barrier_judge() by the table, where there is one. */
static inline void
barrier_ask(const struct barrier *b, const struct viewer *v,
	    struct verdict out[REL_COUNT][DSTATE_COUNT])
{
	uint32_t cell;

	if (UNLIKELY(!b->cell)) {
		barrier_judge(b, v, out);
		return;
	}
	cell = b->share[AXIS_ORG][v->org] + b->share[AXIS_ROLE][v->role] +
	       b->share[AXIS_SYSTEM][v->system] + b->share[AXIS_CLASS][v->class];
	memcpy(out, b->cell[cell + (v->org == ORG_NONE ? WAY_STRANGER : v->masked)],
	       sizeof(*b->cell));
}

#endif
