/*
 * vary.h - what a rule's answer about one line rests on, found by asking the rule again with one look-up answered
 * otherwise.  Nothing is said of a rule that it did not say itself.
 *
 *     silent   which other answer would make it a hit
 *     hit      which other answer would make it silent, and which ledger row gives that answer
 *     else     which other answer would change it at all
 */
#ifndef SEKISHO_ENGINE_VARY_H
#define SEKISHO_ENGINE_VARY_H

#include "engine/looks.h"

/* A line of which other things are known. */
struct trial {
	struct look look;
	struct fact fact;
	struct regard regard;
	struct lookup lookup; /* with hooks that answer otherwise */
};

enum varied { VARIED, VARIED_NOT, VARIED_ALL }; /* there is no such; there are no more */

/* An answer of look-ups: what it is called and is, by which row, and what else it could be. */
struct answer {
	const char *name;
	enum { ANSWER_ORG, ANSWER_WORD, ANSWER_FLAG, ANSWER_OWN } type;
	size_t at; /* in struct seen; of ANSWER_OWN nothing */
	const char *const *word;
	unsigned words;
	bool again; /* others follow from it */
	bool line;  /* the line itself says so */
	const char *ledger;
	size_t row_at; /* in struct seen; 0: no row of it is known */

	/* Of ANSWER_OWN. */
	enum varied (*vary)(struct trial *t, unsigned n);
	void (*say)(const struct event *ev, const struct names *names, struct out *o);

	/* The row, new or changed, by which a ledger would say so; NULL or false: no row does. */
	bool (*row)(const struct trial *was, const struct trial *t, const struct engine_input *in,
		    struct out *o);
};

extern const struct answer vary_answers[];
extern const size_t vary_answer_count;

void trial_begin(struct trial *t, const struct looks *l, const struct look *look,
		 const struct fact *f);

/* The n-th other answer.  Others that were changed before stay so, unless they follow from it. */
enum varied trial_vary(struct trial *t, const struct answer *a, unsigned n);

/* What the rule says of it then. */
enum judged trial_judge(const struct looks *l, struct trial *t, uint32_t rule);

/* How they keep it from a hit: each alone, two together; or they only matter. */
enum rests { RESTS_ALONE, RESTS_TOGETHER, RESTS_ANYHOW };

/* The answers, a bit each of vary_answers[], that the rule's word rests on. */
uint64_t vary_rests_on(const struct looks *l, const struct trial *line, uint32_t rule,
		       enum judged said, enum rests *how);

/* `account's organisation KPG (accounts line 2)` */
void vary_say(const struct answer *a, const struct event *ev, const struct names *names,
	      struct out *o);

/* The rows, smallest first and a line each behind `indent`, by which the rule would be silent on the line; how many. */
unsigned vary_clear(const struct looks *l, const struct trial *line, uint32_t rule,
		    const char *indent, struct out *o);

#endif
