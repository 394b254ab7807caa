/*
 * faults.h - the faults logs have, by name.  The list is faults.def; each can be switched.
 */
#ifndef SEKISHO_DEMO_FAULTS_H
#define SEKISHO_DEMO_FAULTS_H

#include "demo/world.h"

enum fault {
#define FAULT(name, text, usual, what) FAULT_##name,
#include "demo/faults.def"
#undef FAULT
	FAULTS
};

extern const char *const fault_names[FAULTS];

static inline bool
faulty(const struct world *w, enum fault f)
{
	return (w->fault >> f & 1) != 0;
}

#endif
