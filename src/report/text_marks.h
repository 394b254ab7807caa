/*
 * text_marks.h - for the terminal: what people decided about findings, and what changed since a baseline.
 */
#ifndef SEKISHO_REPORT_TEXT_MARKS_H
#define SEKISHO_REPORT_TEXT_MARKS_H

#include "report/said.h"

/* Do dispositions keep it from the gate?  Then it is told under a heading of its own, behind all others. */
static inline bool
marked_suppressed(const struct json_value *finding)
{
	return said_true(finding, "disposition.suppressed");
}

void text_suppressed_head(bool ja, struct out *o);
/* Lines of a finding; none where nobody decided or compared. */
void text_marks(const struct json_value *finding, bool ja, struct out *o);
/* Of the run: counts since the baseline, and what is absent. */
void text_compared(const struct json_value *run, bool ja, struct out *o);
/* Of a state: its runs, and the nights that had none. */
void text_nights(const struct json_value *run, bool ja, struct out *o);

#endif
