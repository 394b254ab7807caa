/*
 * options.h - the command line, from one table (options.def) that also makes --help.
 */
#ifndef SEKISHO_APP_OPTIONS_H
#define SEKISHO_APP_OPTIONS_H

#include "demo/demo.h"
#include "input/reader.h"
#include "model/finding.h"
#include "model/policy.h"

enum verb_bit {
	IN_SCAN = 1,
	IN_PARSE = 2,
	IN_MERGE = 4,
	IN_JUDGE = 8,
	IN_EXPLAIN = 16,
	IN_DEMO = 32,
	IN_CHECK = 64,
	IN_INIT = 128,
	IN_LEDGER = 256,
	IN_TEST = 512,
	IN_STATE = 1024,
	IN_REPORT = 2048,
	IN_PLAN = 4096,
	IN_VERIFY = 8192,
	IN_LOOKUP = 16384,
	IN_JUDGED = 31,
	IN_JUDGING = IN_JUDGED | IN_LOOKUP, /* those that read logs, or parts, by a policy */
	IN_WORKING = IN_JUDGING | IN_DEMO,
	IN_ALL = 32767
};

struct output {
	struct str format, file; /* file empty: standard output */
};

struct options {
	struct str verb; /* for messages */
	struct str policy, format, system, files_from, partial, index, keep, state, pseudonymise;
	unsigned wait_seconds;    /* for a state that another run holds */
	unsigned keep_days;       /* of events, in a state */
	bool folds;               /* what is read goes into the state */
	VEC(struct str) baseline; /* findings files of earlier runs; the latest is compared with */
	struct str against;       /* likewise, for `judge` */
	VEC(struct output) output;
	VEC(struct window) window;
	VEC(struct str) operand;
	struct str account, consumer;
	int32_t before;        /* a JST day */
	struct str week, half; /* as they were given */
	int64_t week_from, week_to;
	int64_t since, until, now, at, on;
	bool now_given, at_given, on_given, quiet, stats, help, digest_none, null_separated,
		rejects, detect, enriched, before_given, all, survey;
	bool builtin_only; /* and no other is looked for */
	bool progress;     /* shown where it is no terminal, too */
	bool semiannual;   /* the edition of html; else the continuous one */
	bool gate;         /* fail_on is a level; false: none */
	bool gate_given, gate_new;
	enum severity fail_on, fail_on_new;
	enum language language; /* unsaid: the policy's */
	uint64_t rejected_ppm;  /* more refused lines than this share: incomplete */
	uint64_t
		undetermined_ppm; /* likewise lines that a violation rule cannot decide, of its own */
	unsigned jobs, shards;
	size_t memory;
	struct reader_options reader;
	uint64_t range;
	struct str table_secret;
	struct demo_options demo; /* what is 0 follows from `utility` */
	bool utility, no_scan;
};

/* -1 with what is wrong and what would be right. */
int options_parse(struct options *o, enum verb_bit verb, int argc, char **argv, struct errors *err);
void options_free(struct options *o);
void options_help(enum verb_bit verb, struct out *o);

#endif
