/*
 * run_coverage.h - on which days each system was heard, for the record of the run.
 */
#ifndef SEKISHO_APP_RUN_COVERAGE_H
#define SEKISHO_APP_RUN_COVERAGE_H

#include "model/fact.h"
#include "model/run.h"

/* Of the policy's systems in its order; lives in the arena. */
void run_coverage_fill(struct run *r, const struct policy *p, const struct fact_source *source,
		       struct arena *a);

#endif
