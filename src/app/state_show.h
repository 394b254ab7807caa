/*
 * state_show.h - `sekisho state show`: what a state holds, for people.
 */
#ifndef SEKISHO_APP_STATE_SHOW_H
#define SEKISHO_APP_STATE_SHOW_H

#include "base/out.h"
#include "store/state.h"

struct state_shown {
	struct str folder; /* as it was given */
	bool all;    /* every run and input; else the last runs, and what the newest of them read */
	int64_t now; /* how long ago the last run was */
	int32_t before; /* which parts would go; INT32_MIN: those of the next run with the usual --keep */
};

void state_show(const struct state *s, const struct state_shown *how, struct out *o);

#endif
