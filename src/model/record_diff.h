/*
 * record_diff.h - the first place in which two lines of a record differ.
 */
#ifndef SEKISHO_MODEL_RECORD_DIFF_H
#define SEKISHO_MODEL_RECORD_DIFF_H

#include "base/json_tree.h"

struct record_diff {
	struct str path;                /* "evidence.first_line.at.raw", "files[2].sha256" */
	const struct json_value *a, *b; /* what stands there; NULL: nothing */
};

/* False: they are the same, but for members of the names in `ignored` (NULL behind the last).  `path` is the arena's. */
bool record_differs(const struct json_value *a, const struct json_value *b,
		    const char *const *ignored, struct arena *arena, struct record_diff *diff);

#endif
