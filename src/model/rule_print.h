/*
 * rule_print.h - a rule as one line of JSON: what its digest is taken over.
 */
#ifndef SEKISHO_MODEL_RULE_PRINT_H
#define SEKISHO_MODEL_RULE_PRINT_H

#include "model/rule.h"

/* All it says, with what it took from others written out; not where it stands, nor how it was written. */
void rule_print(const struct rule *rule, bool enabled, struct out *o);

#endif
