/*
 * ndjson.h - the lines that all reports are written from (model/record.h): findings, then the run.
 */
#ifndef SEKISHO_REPORT_NDJSON_H
#define SEKISHO_REPORT_NDJSON_H

#include "model/run.h"
#include "model/survey.h"

/* What the findings digest is taken over: what is a function of the set of lines, the policy and the ledgers. */
void ndjson_lawful(const struct report_input *in, const struct finding *f, struct out *o);
void ndjson_survey(const struct survey *s, struct out *o);
void ndjson_run(const struct report_input *in, struct out *o);

/*
 * All lines but the last, which is ndjson_run()'s.  `mark_at`, one a finding, receives where each says how it stands to a
 * baseline: `null`, as long as nobody has compared.  NULL: nobody will.
 */
void ndjson_body(const struct report_input *in, struct out *o, size_t *mark_at);
/* The same text with the marks that the findings have by now. */
void ndjson_body_marked(const struct report_input *in, struct str body, const size_t *mark_at,
			struct out *o);

#endif
