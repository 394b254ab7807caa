/*
 * explain_own.h - the replay of one finding, shared by explain.c and explain_shapes.c.
 */
#ifndef SEKISHO_ENGINE_EXPLAIN_OWN_H
#define SEKISHO_ENGINE_EXPLAIN_OWN_H

#include "engine/walk_own.h"

struct replay {
	const struct engine_input *in;
	const struct finding *f;
	struct walk *walk;
	struct arena *arena;
	struct out *o;
	int64_t last_ts; /* of the open episode */
	uint32_t unit;   /* the same, where not pauses tell */
	bool open;
	unsigned episode;
};

void explain_moment(struct out *o, int64_t ts);
void explain_named(struct out *o, const char *name, struct str value);

/* Replays an account whose days or sessions are judged.  False: its lines are. */
bool explain_shape(struct replay *r, const struct account_facts *facts);

#endif
