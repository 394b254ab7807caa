/*
 * canon_own.h - what canon_line.c and canon_match.c share.  Private to them.
 */
#ifndef SEKISHO_FORMAT_CANON_OWN_H
#define SEKISHO_FORMAT_CANON_OWN_H

#include "format/canon.h"

/* The parts of a target, split once a line. */
struct canon_parts {
	const struct record *record;
	const struct policy_system *system;
	struct str path, query;
};

static inline void
canon_no_fields(struct canon *out)
{
	for (int f = 0; f < FIELD_COUNT; f++)
		out->field[f] = (struct str){ 0 };
	out->grouped = false;
}

const struct policy_system *canon_system(const struct canon_matcher *m, unsigned system);

/* The first entry that holds decides; what a pattern of an entry that does not hold has taken is forgotten. */
const struct resource *canon_resource(struct canon_matcher *m, const struct canon_parts *parts,
				      struct canon *out);

#endif
