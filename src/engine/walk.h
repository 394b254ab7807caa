/*
 * walk.h - one thread's walk over accounts, and over the keys that hits were told across to.
 */
#ifndef SEKISHO_ENGINE_WALK_H
#define SEKISHO_ENGINE_WALK_H

#include "engine/dossier.h"

/* A hit on its way to another key; spilled like events, so sized like them. */
struct across_hit {
	uint32_t rule;
	struct key key;
	uint32_t unit;
	struct fact fact;
};

/* "This finding's lines are also findings of that rule and key": the child gets a parent. */
struct adoption {
	uint32_t rule;
	struct key key;
	const struct finding *parent;
};

struct walk;

struct walk *walk_new(const struct engine_input *in, struct arena *arena, int64_t first_ts,
		      int64_t last_ts, const uint8_t *shared);
void walk_free(struct walk *w);

/* The terminals that several accounts use in these facts, a byte each; the caller frees them. */
uint8_t *walk_shared_terminals(const struct engine_input *in);

void walk_account(struct walk *w, const struct account_facts *facts);

/* Hits told across so far, by column; and the walk over one column's hits, brought together by the caller. */
uint64_t walk_across_count(const struct walk *w, unsigned column);
bool walk_across_read(const struct walk *w, unsigned column, struct across_hit *out);
void walk_across(struct walk *w, struct across_hit *hits, size_t n);
bool walk_ok(const struct walk *w); /* false: spilling hits failed */

/* What no ledger knows, of another walk, to what this one found. */
void walk_unite(struct walk *into, const struct walk *from);

/* Rules that need no line; once, on one of the walks. */
void walk_roster(struct walk *w);

struct findings {
	VEC(struct finding *) list;
	VEC(struct adoption) adoption;
};

/* NULL: nobody asks for one. */
struct survey_walk *walk_survey(struct walk *w);

struct findings *walk_findings(struct walk *w);
const struct rule_tally *walk_tally(const struct walk *w);
const struct judged_counts *
walk_by_system(const struct walk *w); /* [system * rules + rule]; NULL: no survey */

#endif
