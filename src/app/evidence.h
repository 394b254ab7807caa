/*
 * evidence.h - fetches the raw lines a report cites: the only time a log is touched after parsing.
 */
#ifndef SEKISHO_APP_EVIDENCE_H
#define SEKISHO_APP_EVIDENCE_H

#include "app/sources.h"
#include "input/reader.h"
#include "model/finding.h"
#include "model/policy.h"

struct night; /* NULL, or: a state may have kept the line (night.h) */

/* A file that is gone or no longer holds that line leaves `raw` empty: a line is shown only if its digest agrees. */
void evidence_fetch(struct verdicts *v, const struct fact_source *facts,
		    const struct policy *policy, const struct source *sources,
		    const struct reader_options *options, const struct night *night);

/* The same of any lines, in whatever order; `all` is sorted, raw text lies in the arena. */
void evidence_fetch_all(struct evidence **all, size_t n, struct arena *arena,
			const struct fact_source *facts, const struct policy *policy,
			const struct source *sources, const struct reader_options *options,
			const struct night *night);

#endif
