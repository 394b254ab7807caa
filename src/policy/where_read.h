/*
 * where_read.h - `where:` of a rule file, compiled; private to src/policy.
 */
#ifndef SEKISHO_POLICY_WHERE_READ_H
#define SEKISHO_POLICY_WHERE_READ_H

#include "model/where.h"
#include "policy/policy_reader.h"

/* What a rule file may not outgrow. */
enum { WHERE_MOST_SELECTIONS = 64, WHERE_MOST_ASKS = 256, WHERE_MOST_DEPTH = 32 };

/*
 * In the arena of the reader's policy.  NULL after a mistake: all of them are told.  `against` is the policy whose
 * systems may be named, or NULL: then any may.
 */
struct where *where_read(struct policy_reader *r, const struct yaml *node,
			 const struct policy *against);

/* The parts: one `field|modifier: value`, -1 after a mistake; and the condition over the selections there are. */
int where_read_item(struct policy_reader *r, const struct yaml *value, const struct policy *against,
		    struct where_item *out);
int where_read_condition(struct policy_reader *r, const struct yaml *node, struct where *w);

#endif
