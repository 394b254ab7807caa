/*
 * verb.h - what `sekisho VERB` runs.  Verbs are listed in verbs.def.
 */
#ifndef SEKISHO_APP_VERB_H
#define SEKISHO_APP_VERB_H

#include "app/options.h"

/* Exit statuses (SPEC): the highest that applies of 5, 4, 3, 1; 2 when nothing was judged. */
enum status {
	STATUS_OK = 0,
	STATUS_FINDINGS = 1,
	STATUS_USAGE = 2,
	STATUS_INCOMPLETE = 3,
	STATUS_INTEGRITY = 4,
	STATUS_INTERNAL = 5
};

struct verb {
	const char *name, *usage, *summary;
	enum verb_bit bit;
	/* Messages go to `err`; main prints them and returns the status. */
	enum status (*run)(struct options *o, struct errors *err);
};

#endif
