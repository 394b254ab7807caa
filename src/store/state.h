/*
 * state.h - what is carried from night to night: a folder with one small database and the parts it names.
 *
 *     DIR/state.db        SQLite: runs (chained), parts, inputs, cited lines, findings; one transaction a run
 *     DIR/parts/HEX.part  facts of one run, named by their digest; never changed once they are there
 *     DIR/lock            held by the run that writes
 *
 * A run writes its part under a name that nobody knows, flushes it, and then commits the row that names it: before the
 * commit the state is the old one, and the file an orphan that the next run sweeps away; after it the state is the new
 * one.  Facts do not lie in the database, because they are mapped where they lie (facts/part.h) and are 99 % of it.
 * Whatever is damaged is found and told; nothing is ever reset.
 */
#ifndef SEKISHO_STORE_STATE_H
#define SEKISHO_STORE_STATE_H

#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"

enum {
	STATE_DIGEST = 32,
	STATE_KEEP_DAYS = 200, /* what --keep is unless it is said */
	STATE_RECORDS_KEPT =
		31 /* of the last so many runs the record is kept whole, of older ones its digest */
};

struct state;

enum state_opened {
	STATE_OPENED,
	STATE_REFUSED, /* locked by another run, of another version, no state: exit 2 */
	STATE_DAMAGED, /* its own digests disagree: exit 4 */
	STATE_FAILED,  /* the system would not: exit 5 */
};

struct state_options {
	struct str folder;
	bool write;            /* takes the lock; a folder that is not there is made */
	unsigned wait_seconds; /* for the lock */
	int64_t now;           /* for the lock's message */
};

struct state_part {
	int64_t id; /* that of the run which added it; never given again */
	struct str path;
	/* The digest it ends with.  Opening looks at its size alone; whoever loads it compares. */
	uint8_t identity[STATE_DIGEST];
	int32_t first_day, last_day; /* JST days of its events; first > last: it has none */
	uint64_t events, bytes;
};

/*
 * A log as it was folded.  Its name is for people: it is known again by its content.  It stays known when its part is
 * purged: else a file that lies there longer than --keep would come again as nothing but late lines, every night.
 */
struct state_input {
	int64_t part;    /* 0: purged since */
	uint32_t number; /* of the file, in that part */
	struct str system, feed, path;
	uint64_t bytes; /* of its text that are folded, from the first on; whole lines */
	uint8_t sha256[STATE_DIGEST]; /* of that text, which is unpacked and UTF-8 */
	bool packed;                  /* so it lay, when it was read */
};

/* A line that a finding cites: its source may be gone tomorrow. */
struct state_line {
	int64_t part;
	uint32_t number;
	uint64_t offset, line; /* line 0: unknown */
	uint32_t digest;
	bool unverified;
	struct str raw;
};

struct state_finding {
	struct str fp_case, fp_occ;
	struct str record;  /* its NDJSON line, as the last run wrote it */
	int64_t first_told; /* the now of the run that told it first */
};

struct state_run {
	int64_t id, now;
	struct str record; /* sekisho/run/1; empty: not kept any longer */
	char findings_digest[65], chain[65];
	uint64_t lines, events, findings;
	int status;            /* with which it ended */
	int32_t purged_before; /* what state_purged_before() was behind it; not looked at in a night */
};

/* What one run adds.  Everything is borrowed until state_commit() returns. */
struct state_night {
	int64_t now;
	uint8_t parse_digest[STATE_DIGEST];
	struct state_part
		part; /* path empty: nothing was read; else what state_part_room() gave, flushed */
	const struct state_input *input; /* their .part is not looked at */
	size_t input_count;
	const struct state_line *line; /* .part 0: the new part */
	size_t line_count;
	const struct state_finding *finding; /* all of today's; .first_told is not looked at */
	size_t finding_count;
	struct state_run run; /* without id and chain */
	int32_t purge_before; /* parts that go (state_part_goes) are dropped; INT32_MIN: none */
};

enum state_opened state_open(struct state **out, const struct state_options *o, struct errors *err);
void state_close(struct state *s);

/* How lines were read; false: nothing was folded yet. */
bool state_parse_digest(const struct state *s, uint8_t digest[STATE_DIGEST]);
/* Days before this were purged, and parts with them; INT32_MIN: no part was ever dropped. */
int32_t state_purged_before(const struct state *s);
/* The chain of the newest run or purge, in hex: what to write down elsewhere.  Empty: there is none yet. */
const char *state_head(const struct state *s);

/* What is there, sorted by id (findings: by fp_case); lives as long as the state is open. */
const struct state_part *state_parts(const struct state *s, size_t *n);
const struct state_input *state_inputs(const struct state *s, size_t *n);
const struct state_finding *state_findings(const struct state *s, size_t *n);
const struct state_run *state_runs(const struct state *s, size_t *n);
const struct state_run *state_purges(const struct state *s, size_t *n); /* by state_purge() alone */
size_t state_line_count(const struct state *s);
/* NULL: not kept. */
const struct state_line *state_line(const struct state *s, int64_t part, uint32_t number,
				    uint64_t offset, uint32_t digest);

/* A path in the folder for a part to be written to (base/out.h does it whole or not at all). */
struct str state_part_room(const struct state *s, struct arena *a);

/* Are its last day's events (or, if it has none, its run) older than that day? */
bool state_part_goes(const struct state *s, const struct state_part *part, int32_t before);

/*
 * All of it or nothing.  -1 (exit 5): told, and the state is as it was - or, when the disk failed in the very last
 * step, as it was to be; the same night again does no harm then either.  Once; what is read from the state is
 * still that of before, until it is opened again.
 */
int state_commit(struct state *s, const struct state_night *night, struct errors *err);

/* Drops the parts that go, and nothing else: the last run's findings stay.  Chained like a run. */
int state_purge(struct state *s, int64_t now, int32_t before, struct errors *err);

#endif
