/*
 * dispositions_load.h - the file that the policy's `dispositions:` names, read and checked.
 */
#ifndef SEKISHO_POLICY_DISPOSITIONS_LOAD_H
#define SEKISHO_POLICY_DISPOSITIONS_LOAD_H

#include "model/disposition.h"
#include "model/policy.h"

/*
 * -1 after a mistake: all of them are in err as `file:line:col: ...`.  Without such a file, and where the policy has
 * told that it cannot be read, there are none.  Rules and keys are looked up unless `rules` is empty.
 */
int dispositions_load(struct dispositions *out, const struct policy *p, const struct rules *rules,
		      struct errors *err);
void dispositions_free(struct dispositions *d);

#endif
