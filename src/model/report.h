/*
 * report.h - the socket of report writers: the answer of a run in, bytes out.  A writer names the language it writes
 * and escapes through `out`; it computes nothing that another writer would compute again.
 */
#ifndef SEKISHO_MODEL_REPORT_H
#define SEKISHO_MODEL_REPORT_H

#include "model/finding.h"
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

/* What was read, by what, and how it went.  Not a function of the set of lines: paths, digests, samples. */
struct run {
	struct str version, policy_path;
	char policy_digest[65], parse_digest[65], rules_digest[65], findings_digest[65];
	const struct rules *rules; /* those that are switched off, too */
	int64_t now;
	enum language language; /* of what people read */
	bool colour;            /* the output at hand is a terminal that shows it */
	const struct run_ledger *ledger;
	size_t ledger_count;
	const struct run_database *database;
	size_t database_count;
	const struct logfile *const *file;
	size_t file_count;
	const struct window *window;
	size_t window_count;
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
	const struct run *run;
};

struct report {
	const char *name, *summary;
	void (*write)(const struct report_input *in, struct out *o);
};

#endif
