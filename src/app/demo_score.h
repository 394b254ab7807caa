/*
 * demo_score.h - what was planted against what was found.
 */
#ifndef SEKISHO_APP_DEMO_SCORE_H
#define SEKISHO_APP_DEMO_SCORE_H

#include "demo/demo.h"
#include "model/finding.h"

/*
 * Prints the story, and score.csv into `rows`, which scripts/score adds up.  False when something planted was missed,
 * or a violation was found that is none.
 */
bool demo_score(struct demo_story *story, const struct verdicts *found, struct out *o,
		struct out *rows);

#endif
