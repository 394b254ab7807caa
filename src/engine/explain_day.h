/*
 * explain_day.h - what the rules on days and on pairs of sessions made of an account's days.
 */
#ifndef SEKISHO_ENGINE_EXPLAIN_DAY_H
#define SEKISHO_ENGINE_EXPLAIN_DAY_H

#include "engine/walk_own.h"

/* Walks the account once; the days of `from` to `to`, and the sessions that touch them. */
void explain_days(struct walk *w, const struct account_facts *facts, int64_t from, int64_t to,
		  struct out *o);

#endif
