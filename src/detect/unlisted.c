/*
 * unlisted.c - why a name is on no roster: never was, no longer, not yet, or a slip of the finger.
 */
#include "detect/unlisted.h"

#include "model/policy.h"

static struct str
other_time(const struct listed *l, int64_t ts, struct because *b)
{
	if (l->row == 0)
		return STR("none, at any time");
	return arena_printf(b->arena, "none; one %s " STR_FMT,
			    l->to <= ts ? "ended" : "begins only",
			    STR_ARG(say_instant(b, l->to <= ts ? l->to : l->from)));
}

void
unlisted_because(const struct event *first, enum dict dict, struct because *b)
{
	const char *roster = dict == DICT_ACCOUNT ? "accounts" : "terminals";
	const struct lookup *lookup = b->lookup;
	struct listed l;
	struct str near = { 0 };

	lookup->listed(lookup->context, first->who, dict, first->fact->ts, &l);
	say(b,
	    dict == DICT_ACCOUNT
		    ? arena_printf(b->arena, "row of accounts for " STR_FMT " in force",
				   STR_ARG(b->policy->system[first->who->tuple.system].id))
		    : STR("row of terminals in force"),
	    other_time(&l, first->fact->ts, b), say_line(b, roster, l.row));
	for (unsigned i = 0; i < l.near_count; i++)
		near = arena_printf(b->arena, STR_FMT "%s" STR_FMT, STR_ARG(near), i ? ", " : "",
				    STR_ARG(l.near[i]));
	if (near.n)
		say(b, STR("ids one character away"), near, str_of(roster));
}
