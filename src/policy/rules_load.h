/*
 * rules_load.h - the rules of a run: those that are shipped, or those of the policy's `rules:`.
 */
#ifndef SEKISHO_POLICY_RULES_LOAD_H
#define SEKISHO_POLICY_RULES_LOAD_H

#include "model/policy.h"
#include "model/rule.h"

/* In the policy's `rules:`, the path that means the rules of the program itself. */
#define RULES_SHIPPED "shipped"

/*
 * -1 after a mistake: all of them are in err as `file:line:col: ...`, and `out` is empty.  `p` must outlive the
 * rules.  Which detectors there are only the program knows.
 */
int rules_load(struct rules *out, const struct policy *p, const struct detector *const *detectors,
	       size_t detector_count, struct errors *err);
void rules_free(struct rules *rules);

#endif
