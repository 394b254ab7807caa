/*
 * survey_walk.h - counting for reports, beside judgement: in the same walk over the same sorted facts, when somebody asks.
 *
 *     walk.c: a line, looked up        survey_line()      a seat a look-up; days, hours, consumers of the account
 *     finish.c: a line of a violation  survey_affected()  whom it affected
 *     walk.c: an account with hits     survey_strip()     whence, by day
 *     walk.c: the account is over      survey_account()   seats into sums, a row of the account
 *     engine.c: all columns, shared    survey_column()    how many different ones
 *     engine.c: once, at the end       survey_finish()    rows, sorted by their names
 *
 * What an account alone decides is counted once, in one thread.  What several accounts share (consumers of a screen) goes
 * to the tally as (group, value), and is united there.  Nobody who does not ask pays more than a test of a pointer.
 */
#ifndef SEKISHO_ENGINE_SURVEY_WALK_H
#define SEKISHO_ENGINE_SURVEY_WALK_H

#include "engine/looks.h"
#include "model/survey.h"

struct survey_walk;

/* One a thread.  Rows lie in `arena`. */
struct survey_walk *survey_new(const struct engine_input *in, struct arena *arena);
void survey_free(struct survey_walk *s); /* NULL is fine */

void survey_line(struct survey_walk *s, struct look *k, const struct fact *f);
void survey_strip(struct survey_walk *s, uint32_t account);
void survey_account(struct survey_walk *s, uint32_t account);

/* A line of a violation; `view` where its act shows a consumer; bit w: it lies in window w. */
void survey_affected(struct survey_walk *s, const struct look *k, const struct fact *f,
		     const struct regard *view, uint32_t windows);
/* Keys that are no accounts: what was seen of one is not kept for the next. */
void survey_forget(struct survey_walk *s);

/* False: what was spilled cannot be read back. */
bool survey_column(struct survey_walk *s, struct survey_walk *const *all, size_t n,
		   unsigned column);

/* Unites all into all[0]; `findings` are sorted.  What the rows point to is the arena's, the context's and the facts'. */
struct survey *survey_finish(struct survey_walk *const *all, size_t n,
			     struct finding *const *findings, size_t finding_count,
			     struct arena *arena);

#endif
