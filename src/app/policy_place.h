/*
 * policy_place.h - where the policy lies: the first of the places that people may put it.
 */
#ifndef SEKISHO_APP_POLICY_PLACE_H
#define SEKISHO_APP_POLICY_PLACE_H

#include "app/options.h"
#include "base/mem.h"

/* What the search goes by; NULL is unset. */
struct policy_places {
	const char *named;         /* SEKISHO_POLICY */
	const char *here;          /* a file beside what is worked on */
	const char *config, *home; /* XDG_CONFIG_HOME, else .config of HOME */
	const char *machine;       /* the folder that the administrator keeps */
};

/* Empty: nowhere.  The answer lives as long as the arena, the places and the environment. */
struct str policy_place_first(const struct policy_places *places, struct arena *a);

/* By -c, else $SEKISHO_POLICY, ./sekisho.yaml, the user's own or that of /etc; empty: there is none. */
struct str policy_path(const struct options *o, struct arena *a);

#endif
