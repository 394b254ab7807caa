/*
 * demo_rows.h - score.csv: every expectation and every answer of one world as a row, for scripts/score to add up.
 */
#ifndef SEKISHO_APP_DEMO_ROWS_H
#define SEKISHO_APP_DEMO_ROWS_H

#include "app/demo_match.h"
#include "base/out.h"

/*
 *     what      grade       verdict
 *     world     -           -                            its accounts, days and accepted lines stand last
 *     incident  difficulty  found missed wrong later hidden
 *     edge      difficulty  the same: at the edge of a rule, or beside it
 *     must      difficulty  found missed later           and, of a violation, whether its lines are exactly the truth's
 *     not       difficulty  silent wrong
 *     finding   severity    planted beside harmless nobody
 *     told      severity    the same: an incident as reports tell it
 */
struct score_row {
	const char *what;
	struct str rule;
	const char *kind, *grade, *verdict, *exact; /* NULL: nothing to say */
	const char *on;                             /* a date */
	struct str subject, why;
};

void score_rows_begin(const struct demo_story *story, struct out *o);
void score_row_write(const struct score_row *row, struct out *o);
void finding_row_write(const struct finding *f, struct matched m, struct out *o);
void incident_rows_write(const struct demo_story *story, const struct verdicts *found,
			 struct out *o);

#endif
