/*
 * verify_inputs.h - are the files that a report names those that lie there?
 */
#ifndef SEKISHO_APP_VERIFY_INPUTS_H
#define SEKISHO_APP_VERIFY_INPUTS_H

#include "app/options.h"
#include "model/record.h"

struct verify_found {
	size_t missing, changed, checked;
};

/*
 * Policy, rules, ledgers, databases, dispositions and the baseline by their names; logs by theirs, or by their digest
 * among the operands when there are any.  Each that is not there, or another, is told.
 */
struct verify_found verify_inputs(const struct json_value *run, const struct options *o,
				  struct errors *err);

#endif
