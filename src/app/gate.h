/*
 * gate.h - whether findings make a run fail: --fail-on and --fail-on-new.
 *
 * What people have disposed of does not trip it, nor does a child beside its parent.  A finding that grew since the
 * baseline counts as new: nothing that was once accepted hides what came of it.
 */
#ifndef SEKISHO_APP_GATE_H
#define SEKISHO_APP_GATE_H

#include "app/options.h"

/* How many findings trip it; one paragraph for the mail that cron sends, unless it is to be quiet. */
size_t gate_tell(const struct options *o, const struct verdicts *v, struct errors *err);

#endif
