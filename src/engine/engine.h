/*
 * engine.h - judgement: facts, policy and ledgers in, findings out.  Pure, and the same on any number of threads.
 *
 *     per account partition, in parallel:
 *         facts of one account, sorted  ->  look-ups, once per tuple and interval  ->  every rule, one walk
 *             hits of a key -> episodes -> dossier     \
 *             sessions -> pair sweep, next -> dossier   > findings of that account
 *             days -> day rules, presence -> dossier   /
 *             hits of rules with another key -> told across
 *     per partition of those keys: the same walk over the hits, sorted  ->  findings
 *     rules that need no line (roster.c): what ledgers say, what logs lack  ->  findings
 *     sort, give children their parents, join cases to incidents
 *     beside it, when some report asks: what the same lines add up to (survey_walk.h)
 *
 * A dossier is the lines (by index) and units that fired for one (rule, key); counts, cases and evidence are taken
 * from it once, at the end of the walk (dossier.c).
 */
#ifndef SEKISHO_ENGINE_ENGINE_H
#define SEKISHO_ENGINE_ENGINE_H

#include "model/finding.h"
#include "model/policy.h"

struct engine_input {
	const struct fact_source *source;
	const struct lookup *lookup;
	const struct policy *policy;
	const struct rule *rules; /* RULES_MOST at most */
	size_t rule_count;
	const struct window *windows;
	size_t window_count;
	int64_t from; /* start of the reviewed span, for left_censored; INT64_MIN: the first fact */
	unsigned jobs;
	size_t memory;
	const char *spill_dir;
	bool survey; /* some report asks for it */
};

/* -1: the spill file failed, findings are not complete. */
int engine_judge(const struct engine_input *in, struct verdicts *out, struct errors *err);
void verdicts_free(struct verdicts *v);

/* Replays the account (or key) of one finding: every line, what was looked up, what the rule said, and why. */
void engine_explain(const struct engine_input *in, const struct finding *f, struct out *o);

#endif
