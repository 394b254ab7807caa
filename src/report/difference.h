/*
 * difference.h - how the findings of a run differ from those of a file: for people, and as NDJSON
 * (sekisho/difference/1, then one line of sekisho/comparison/1).
 */
#ifndef SEKISHO_REPORT_DIFFERENCE_H
#define SEKISHO_REPORT_DIFFERENCE_H

#include "base/out.h"
#include "model/compare.h"

struct difference_input {
	const struct comparison *comparison;
	const struct report_record *before, *now;
	struct str path; /* of the earlier one */
	const char *sha256;
};

void difference_text(const struct difference_input *in, struct out *o);
void difference_ndjson(const struct difference_input *in, struct out *o);

#endif
