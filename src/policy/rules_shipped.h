/*
 * rules_shipped.h - the files of rules/, as they were when the program was built; private to src/policy.
 */
#ifndef SEKISHO_POLICY_RULES_SHIPPED_H
#define SEKISHO_POLICY_RULES_SHIPPED_H

#include "base/str.h"

struct shipped_file {
	const char *name, *begin, *end;
};

extern const struct shipped_file shipped_files[];
extern const size_t shipped_file_count;

#endif
