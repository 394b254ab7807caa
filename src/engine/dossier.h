/*
 * dossier.h - the lines and units of one (rule, key) during a walk, and the finding they become.
 */
#ifndef SEKISHO_ENGINE_DOSSIER_H
#define SEKISHO_ENGINE_DOSSIER_H

#include "engine/survey_walk.h"

/* An episode, a fired day, or the pairs that begin on one day. */
struct dossier_unit {
	int64_t first, last;
	uint32_t line_from, line_to; /* of dossier.line; equal for pairs */
	uint64_t pairs;              /* or days without a log in a row; 0: it is one unit */
};

struct dossier {
	uint32_t rule;
	struct key key;
	VEC(uint32_t) line; /* indexes into the walked facts, ascending within a unit */
	VEC(struct dossier_unit) unit;
	uint32_t open_from; /* of `line`: where the open episode begins */
	bool open;
	int64_t last_ts;
	uint32_t open_unit,
		before; /* units of ENDS_DAY and ENDS_CHANGE: at hand, and the latest other one */
	int extra_points;
	struct account_day_sum day;
};

/* All dossiers of one walk, found by (rule, key). */
struct dossiers {
	VEC(struct dossier) at;
	uint32_t *index;
	size_t mask;
};

void dossiers_free(struct dossiers *ds);
struct dossier *dossiers_get(struct dossiers *ds, uint32_t rule,
			     const struct key *key); /* until the next */

struct scratch; /* growing work space of finish(), one a thread */
struct scratch *scratch_new(void);
void scratch_free(struct scratch *s);

/* What a finding needs beside its lines. */
struct finish {
	const struct engine_input *in;
	struct looks *looks; /* without tally: these look-ups are for print */
	struct scratch *scratch;
	struct arena *arena;
	int64_t first_ts, last_ts;  /* of all facts */
	struct survey_walk *survey; /* NULL: nobody asks */
};

/* Adds a hit; a pause longer than the rule's gap, or another unit, closes the one before it. */
void dossier_hit(struct dossier *d, const struct finish *fin, const struct fact *facts,
		 uint32_t line, uint32_t unit);
/* Does a hit still belong to the unit of the one before it? */
bool dossier_goes_on(const struct rule *rule, int64_t pause, bool same_unit);
void dossier_close(struct dossier *d, const struct finish *fin, const struct fact *facts);

/* The finding of a dossier with at least one unit.  `facts` is the array its lines index. */
struct finding *dossier_finish(struct dossier *d, const struct fact *facts,
			       const struct finish *fin);

/* The finding of what a rule told without lines: one key, in order of time. */
struct finding *told_finish(uint32_t rule, const struct told *t, size_t n,
			    const struct finish *fin);

/* Forgets all, keeps the memory. */
void dossiers_reset(struct dossiers *ds);

#endif
