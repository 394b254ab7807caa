/*
 * judging.h - the one way from inputs to findings that scan, judge, merge and explain share.
 *
 *     open (policy, ledgers, facts) -> read logs or load parts -> judge -> fetch evidence -> write -> status
 */
#ifndef SEKISHO_APP_JUDGING_H
#define SEKISHO_APP_JUDGING_H

#include "app/baseline.h"
#include "app/ingest.h"
#include "app/verb.h"
#include "context/context.h"
#include "engine/engine.h"
#include "model/disposition.h"
#include "model/run.h"

enum stage { STAGE_LEDGERS, STAGE_READ, STAGE_RESOLVE, STAGE_JUDGE, STAGE_EVIDENCE, STAGE_COUNT };

struct judging {
	const struct options *options;
	double seconds[STAGE_COUNT];
	struct arena arena;
	struct policy policy;
	struct rules rules;
	struct dispositions dispositions;
	struct baseline *baseline;   /* NULL: none to compare with */
	struct run_earlier *earlier; /* of every --baseline */
	size_t earlier_count;
	struct context *context;
	struct facts *facts;
	struct lookup lookup;
	struct fact_source source;
	struct engine_input input;
	struct verdicts verdicts;
	const enum canary *canary; /* of each rule; NULL: nobody asked */
	struct errors trouble;     /* what makes the run incomplete */
	struct errors warnings;    /* what it goes on with or without */
	const struct source *sources;
	const struct logfile **file;
	struct run run;
	struct part_origin *origin; /* of the parts that were given; NULL: none were */
	struct night *night;        /* NULL: no --state */
	struct run_nights *nights;  /* of its runs, when it was judged */
	bool judged;
};

/* Policy and ledgers; -1: nothing may be judged (exit 2). */
int judging_open(struct judging *j, const struct options *o, struct errors *err);
/* By rules that are loaded already and outlive it; NULL: those of the policy. */
int judging_open_by(struct judging *j, const struct options *o, const struct rules *rules,
		    struct errors *err);
enum status judging_read_logs(struct judging *j, struct errors *err);
enum status judging_load_parts(struct judging *j, struct errors *err);
int judging_resolve(struct judging *j,
		    struct errors *err); /* look-ups may be asked behind this, without judgement */
int judging_judge(struct judging *j, struct errors *err);

/* Writes every -o, prints the accounting if asked, and says how it ended. */
enum status judging_report(struct judging *j, struct errors *err);
/* Why the findings are not those of everything that was asked for. */
void judging_tell_trouble(const struct judging *j, struct errors *err);
int judging_write_partial(struct judging *j, struct errors *err);

/* What follows reading, for scan and merge alike: a part with --partial, else findings. */
enum status judging_finish(struct judging *j, struct errors *err);
void judging_close(struct judging *j);

/* The policy of policy_path(), without any the built-in one. -1: told; p is what was read. */
int policy_choose(struct policy *p, const struct options *o, struct arena *a, struct errors *err);

#endif
