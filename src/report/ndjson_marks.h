/*
 * ndjson_marks.h - what NDJSON says beside findings: what people decided of one, how it stands to a baseline, and both
 * of the whole run, with what was asked of it.  None of it is in the findings digest.
 */
#ifndef SEKISHO_REPORT_NDJSON_MARKS_H
#define SEKISHO_REPORT_NDJSON_MARKS_H

#include "base/out.h"
#include "model/run.h"

/* "baseline" and "disposition" */
void ndjson_marks(const struct finding *f, struct out *o, size_t *mark_at);
void ndjson_run_marks(const struct run *r, struct out *o); /* "asked" and all that it rests on */

#endif
