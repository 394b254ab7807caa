/*
 * regex_plan.h - a pattern of the policy, compiled, and which of its groups is which field.
 */
#ifndef SEKISHO_FORMAT_REGEX_PLAN_H
#define SEKISHO_FORMAT_REGEX_PLAN_H

#include "format/labels.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

struct group {
	uint32_t number, slot;
};

struct regex_plan {
	struct labels *labels;
	pcre2_code *code; /* in the arena; its JIT code lives as long as the process */
	uint32_t steps;   /* of matching, that a byte of the line may take */
	struct group *group;
	size_t count;
};

int regex_compile(const struct format_spec *spec, struct arena *arena, const void **out,
		  struct errors *err);

#endif
