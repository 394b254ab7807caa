/*
 * run.h - a run: what was judged, what was read, by what, and how it went.  The lines of NDJSON are written from it
 * (report/ndjson.h), and every report from those (model/record.h).
 */
#ifndef SEKISHO_MODEL_RUN_H
#define SEKISHO_MODEL_RUN_H

#include "model/compare.h"
#include "model/disposition.h"
#include "model/finding.h"
#include "model/nights.h"
#include "model/policy.h"

struct run_ledger {
	const char *name;
	struct str path;
	size_t rows;
	const char *sha256;
};

struct run_database {
	const char *name, *type; /* the policy's key, and what the database says that it is */
	struct str path;
	uint64_t build_epoch; /* seconds */
	const char *sha256;
	size_t odd; /* addresses whose record makes no sense */
};

/* On which days a system was heard: spans of JST days with an accepted line each, ascending. */
struct run_span {
	int32_t first, last;
};

struct run_coverage {
	struct str system;
	const struct run_span *span;
	size_t span_count;
};

/* A file that says how to judge: the policy, its includes and its rules. */
struct run_source {
	struct str path;
	char sha256[SHA256_HEX]; /* empty: not to be read any more */
};

/* What planted tests showed of a rule: whether it fires where it must, and only there (app/canary.h). */
enum canary { CANARY_NONE, CANARY_FIRED, CANARY_SILENT };

/* What an earlier run says of itself, for the trend. */
struct run_earlier {
	struct str path, now, half, week, since, until; /* empty: it does not say */
	char sha256[SHA256_HEX];
	bool complete;
	uint64_t accepted, findings, violations, severe[SEVERITY_CRITICAL + 1];
};

/* What was asked for on the command line, as far as it changes the record: to do it once more. */
struct run_asked {
	struct str verb, format, system;
	const struct str *input; /* logs, or parts */
	size_t input_count;      /* 0: those of the register */
	uint64_t rejected_ppm, undetermined_ppm;
	bool digest_none;
};

/* What was read, by what, and how it went.  Not a function of the set of lines: paths, digests, samples. */
struct run {
	struct str version, policy_path;
	char policy_digest[65], parse_digest[65], rules_digest[65], findings_digest[65];
	const struct rules *rules; /* those that are switched off, too */
	const enum canary *canary; /* of each that judges; NULL: nobody asked */
	int64_t now;
	int64_t since, until;  /* half-open; INT64_MIN, INT64_MAX: all there is */
	struct str week, half; /* which those are, by name; both: `week` is looked at in the half */
	int64_t week_from, week_to;
	enum language language; /* of what people read */
	const struct run_ledger *ledger;
	size_t ledger_count;
	const struct run_database *database;
	size_t database_count;
	const struct logfile *const *file;
	size_t file_count;
	const struct window *window;
	size_t window_count;
	struct run_asked asked;
	const struct run_source *source;
	size_t source_count;
	const struct run_coverage *coverage; /* of every system of the register */
	size_t coverage_count;
	const struct dispositions *dispositions;
	size_t suppressed;                   /* findings that they keep from the gate */
	const struct run_baseline *baseline; /* NULL: none was asked for */
	const struct run_nights *nights;     /* NULL: no state */
	const struct run_earlier *earlier;   /* every --baseline, the latest last */
	size_t earlier_count;
	bool complete;
	const struct str *trouble; /* why not complete, one sentence each */
	size_t trouble_count;
	const struct str *warning; /* what its reader must know all the same */
	size_t warning_count;
	uint64_t bucket[BUCKET_COUNT], note[NOTE_COUNT], lines, bytes, events;
};

struct report_input {
	const struct verdicts *verdicts;
	const struct fact_source *source;
	const struct policy *policy;
	const struct run *run;
};

#endif
