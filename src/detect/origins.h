/*
 * origins.h - what ORG-02 and ORG-03 share: the organisations a line came from, as keys and as reasons.
 */
#ifndef SEKISHO_DETECT_ORIGINS_H
#define SEKISHO_DETECT_ORIGINS_H

#include "detect/saying.h"
#include "model/policy.h"

enum { ORIGINS = 2 }; /* network, terminal */

static inline bool
origin_known(const struct seen *who)
{
	return who->origin[0] != ORG_NONE || who->origin[1] != ORG_NONE;
}

/* Known, and not named by the other one before. */
static inline bool
origin_counts(const struct seen *who, int i)
{
	return who->origin[i] != ORG_NONE && (i == 0 || who->origin[1] != who->origin[0]);
}

/* (system, organisation) */
static inline struct key
origin_key(const struct seen *who, int i)
{
	return (struct key){ { who->tuple.system, who->origin[i] } };
}

/* The ledger rows by which a line came from the organisation of its key. */
static inline void
origin_because(const struct event *first, const struct key *key, struct because *b)
{
	const struct seen *who = first->who;
	bool by_net = who->origin[0] == key->part[1], by_terminal = who->origin[1] == key->part[1];
	struct str net = by_net ? say_line(b, "networks", who->net_row) : STR("");
	struct str terminal = by_terminal ? say_line(b, "terminals", who->terminal_row) : STR("");

	say(b, STR("origin.org"), say_org(b, (uint16_t)key->part[1]),
	    arena_printf(b->arena, STR_FMT "%s" STR_FMT, STR_ARG(net),
			 by_net && by_terminal ? ", " : "", STR_ARG(terminal)));
}

#endif
