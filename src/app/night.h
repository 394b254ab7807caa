/*
 * night.h - one run over a state: what earlier nights left, what of tonight's logs is new, and what tonight leaves.
 *
 *     state -> parts, on shelves -> each input: its text, digested up to where logs known to the state ended
 *         known whole: left out  |  a known one, grown: read on from there, in its lineage  |  else read whole
 *       -> ingest -> judge -> evidence (lines that the state kept need no log) -> reports -> one commit
 *
 * A log that was folded before and is met again in another guise (packed, or of a format whose lines need the file's
 * head) is read whole, in the feed it had: its lines are doubles there, and count once.
 */
#ifndef SEKISHO_APP_NIGHT_H
#define SEKISHO_APP_NIGHT_H

#include "app/judging.h"
#include "store/state.h"

/* A part of the state, and its files in the facts. */
struct shelved {
	int64_t part;
	uint32_t first_file, files;
};

struct shelving {
	struct shelved *at;
	size_t n, room;
};

/* The exit status of a state that was not opened. */
enum status night_opened(enum state_opened how);

/* All parts of a state into the facts, without the days that were purged; the caller frees out->at.  Told. */
enum status night_parts(const struct state *s, struct facts *f, const struct policy *p,
			struct shelving *out, struct errors *err);

struct night;

/* With --state: opens it and shelves its parts.  Anything but STATUS_OK ends the run, told. */
enum status night_open(struct judging *j, bool write, struct errors *err);

/* The parts once more, into facts that are new.  Told, as above. */
enum status night_shelve(struct judging *j, struct errors *err);

/* Of the inputs registered, those that say something new stay. */
void night_sift(struct judging *j);

/* After the reports; `record` is the text that they were made from. */
int night_commit(struct judging *j, struct str record, enum status status, struct errors *err);

/* A cited line that an earlier night kept; false: ask the log. */
bool night_line(const struct night *n, struct evidence *e);

const struct state *night_state(const struct night *n);

/* Lines of days before this were purged, in ms UTC; INT64_MIN: none. */
int64_t night_purged(const struct night *n);
/* Files of the facts from this on were read by this run. */
uint32_t night_first_file(const struct night *n);

void night_close(struct night *n);

#endif
