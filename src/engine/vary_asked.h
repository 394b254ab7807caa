/*
 * vary_asked.h - see vary_asked.c; one pair of functions an answer, for the table of vary_answers.c.
 */
#ifndef SEKISHO_ENGINE_VARY_ASKED_H
#define SEKISHO_ENGINE_VARY_ASKED_H

#include "engine/vary.h"

#define NEW_ROW UINT32_MAX /* a row that no ledger has */

#define ASKED(name)                                                                                \
	enum varied vary_##name(struct trial *t, unsigned n);                                      \
	void say_##name(const struct event *ev, const struct names *names, struct out *o)

ASKED(area);
ASKED(disaster);
ASKED(hours);
ASKED(hand);
ASKED(travel);
ASKED(order);
ASKED(day);

#endif
