/*
 * inputs.h - which files to read, of which system and feed: operands, folders, the policy's globs.
 */
#ifndef SEKISHO_APP_INPUTS_H
#define SEKISHO_APP_INPUTS_H

#include "app/options.h"
#include "facts/facts.h"
#include "model/policy.h"

/*
 * Registers every input with the facts, sorted by path.  Paths live in `arena`.  A name that is not there is told in
 * `missing` and makes the run incomplete; -1 (in err) when nobody can say which system an input belongs to.
 */
int inputs_find(const struct options *o, const struct policy *policy, struct facts *facts,
		struct arena *arena, struct errors *missing, struct errors *err);

/* Directory and name up to the first `.N`, `-YYYYMMDD` or compression suffix: the feed, where the policy says none. */
struct str input_feed(struct str path);

/* The path by which an input is registered. */
struct str input_path(struct arena *a, struct str path);

#endif
