/*
 * walk_own.h - the inside of struct walk, shared by walk.c, shapes.c and across.c.
 */
#ifndef SEKISHO_ENGINE_WALK_OWN_H
#define SEKISHO_ENGINE_WALK_OWN_H

#include "base/store.h"
#include "engine/distinct.h"
#include "engine/presence.h"
#include "engine/sweep.h"
#include "engine/uses.h"
#include "engine/walk.h"

struct day_range {
	uint32_t from, to; /* lines */
};

struct walk {
	const struct engine_input *in;
	struct rule_tally *tally;
	struct looks looks, print_looks;
	struct dossiers dossiers;
	struct finish finish;
	struct findings findings;
	struct store *across; /* struct across_hit, by column of its key */
	struct sessions sessions;
	VEC(struct account_day) day;
	VEC(struct day_range) range;
	VEC(uint32_t) use_from; /* of `uses.at`, by day */
	struct uses uses;
	struct presence presence;
	struct wont *wont;      /* by rule; of those on what is met */
	struct distinct viewed; /* objects of the day at hand */
	uint16_t day_org;       /* of the account at the day's first view */
	uint16_t day_site;      /* of the day's latest line that has one */
	int64_t hour_until;     /* of the day's latest view */
	bool pairs, next, days; /* some rule asks for them */
	struct unresolved_counts unresolved;
	bool consumers;             /* some rule asks which consumers nobody knows */
	struct survey_walk *survey; /* NULL: nobody asks */
	bool told_across;           /* the account at hand has hits of a key that names one */
};

/* Every line of the account: hits into dossiers, sessions and days into theirs. */
void walk_lines(struct walk *w, const struct account_facts *facts);

/* shapes.c: rules on days and on sessions, once the account's lines are walked. */
void walk_judge_days(struct walk *w, const struct account_facts *facts);
void walk_judge_pairs(struct walk *w, const struct account_facts *facts);
void walk_judge_next(struct walk *w, const struct account_facts *facts);

/* A line of a day that fired joins that day's unit of the dossier. */
void walk_take_line(struct dossier *d, const struct account_facts *facts, uint32_t line,
		    int32_t day);

/* presence.c: rules on what is met, on the same days. */
void walk_judge_presence(struct walk *w, const struct account_facts *facts);
void walk_presence(struct walk *w, uint32_t rule, const struct account_facts *facts,
		   presence_told *tell, void *arg);

/* across.c */
void walk_tell_across(struct walk *w, uint32_t rule, const struct key *key, uint32_t unit,
		      const struct fact *f);

/* Closes what is open and turns every dossier with a unit into a finding; forgets the dossiers. */
void walk_finish(struct walk *w, const struct fact *facts);

#endif
