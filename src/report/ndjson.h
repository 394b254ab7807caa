/*
 * ndjson.h - the finding record, for the writer and for the findings digest; the record of the run.
 */
#ifndef SEKISHO_REPORT_NDJSON_H
#define SEKISHO_REPORT_NDJSON_H

#include "model/report.h"

/* Without `at`: only what is a function of the set of lines, the policy and the ledgers. */
void ndjson_finding(const struct report_input *in, const struct finding *f, bool with_at,
		    struct out *o);
void ndjson_run(const struct report_input *in, struct out *o);

#endif
