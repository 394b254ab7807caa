/*
 * vary_walk.h - what would clear a hit that takes more than a line: the account is walked again as if a ledger had one
 * row more or other, and the rule is asked again.  Nothing is said that the rule did not say itself.
 */
#ifndef SEKISHO_ENGINE_VARY_WALK_H
#define SEKISHO_ENGINE_VARY_WALK_H

#include "engine/walk_own.h"

/* A hit, in an account that is walked. */
struct occasion {
	uint32_t rule;
	size_t day;                  /* of the walk's days; of .day and .meets */
	struct met met;              /* of .meets where the key says what was met; else zero */
	const struct session *x, *y; /* of .pair and .next; they live in the walk */
};

/* Did the rule take lines of that day, for what was met if its key says so?  Behind walk_presence(). */
bool vary_fired(const struct walk *w, uint32_t rule, const struct met *met, int32_t day);

/* The rows, smallest first and a line each behind `indent`, by which it would not be a hit; how many. */
unsigned vary_occasion(struct walk *w, const struct account_facts *facts, const struct occasion *at,
		       const char *indent, struct out *o);

#endif
