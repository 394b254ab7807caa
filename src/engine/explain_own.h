/*
 * explain_own.h - what explaining is made of: the replay of a finding (explain.c, explain_shapes.c), and a line at hand
 * (explain_line.c, explain_rule.c).
 */
#ifndef SEKISHO_ENGINE_EXPLAIN_OWN_H
#define SEKISHO_ENGINE_EXPLAIN_OWN_H

#include "engine/vary.h"
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

/* ` name=value`, "-" for an empty one. */
void explain_value(struct out *o, const char *name, struct str value);

void explain_date(struct out *o, int32_t day);

/* What was met on a day, and when it last had been. */
void explain_met(struct out *o, const struct finish *fin, const struct detector *d,
		 const struct presence_entry *e);

/* Replays an account whose days or sessions are judged.  False: its lines are. */
bool explain_shape(struct replay *r, const struct account_facts *facts);

/* What was told of a line: all that was known of it and said, as text, and where it lies. */
struct told_block {
	struct str text;
	struct str place;
};

struct telling {
	const struct engine_input *in;
	const struct verdicts *verdicts;
	struct walk *walk;
	struct looks *looks;
	struct arena arena;
	struct out *o;
	VEC(struct told_block) told;
};

/* One line at hand. */
struct line_at {
	struct trial trial; /* as it is */
	struct event event;
	enum judged said[RULES_MOST];
	struct key key[RULES_MOST][KEYS_MOST];
	int keys[RULES_MOST];
};

/* ` name=value`, nothing for an empty one. */
void explain_named(struct out *o, const char *name, struct str value);

/* What every rule says of the line. */
void explain_judge(const struct telling *t, struct look *k, struct line_at *at);

/* The same with the reasons, and the record that each hit of it went to. */
void explain_rule(struct telling *t, uint32_t rule, const struct line_at *at, struct out *o);
void explain_joined(const struct telling *t, const struct line_at *at);

#endif
