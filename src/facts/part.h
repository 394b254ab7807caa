/*
 * part.h - facts in a file: `--partial` writes one, a state keeps one a run, `merge` and `judge` read any number of them.
 *
 *     writers' buckets, shelves --part_save()--> file --part_load()--> names into our dictionaries, events left where
 *                                                                      they lie: a shelf (shelf.h), read as judged
 *
 * Numbers inside a part are its own, of the names that its events use and no others; a shelf translates them.  A part
 * says what its lines said and nothing a ledger answers, so it can be judged by any policy that reads lines the same
 * way.  All of it is checked when it is loaded, before anything is judged.
 */
#ifndef SEKISHO_FACTS_PART_H
#define SEKISHO_FACTS_PART_H

#include "base/out.h"
#include "facts/facts.h"

enum { PART_DIGEST = 32 };

/*
 * Under what a part was made, as far as that was said: digests that are zero, and INT64_MIN, are not.  Facts do not
 * depend on rules and ledgers; whoever unites parts of one run may want to know that it was one.
 */
struct part_origin {
	uint8_t rules[PART_DIGEST], ledgers[PART_DIGEST];
	int64_t now;
	uint64_t several; /* 1: of parts that were not made alike */
};

/* Which facts: of files from `first_file` on, and without those that lie in other parts already. */
struct part_choice {
	uint32_t first_file;
	bool own;
	const struct part_origin *origin; /* NULL: nothing is said */
};

/* What a part says of itself. */
struct part_label {
	uint8_t identity[PART_DIGEST]; /* by which a part given twice is known */
	struct part_origin origin;
};

/* What a part's maker knows of it. */
struct part_made {
	uint8_t identity[PART_DIGEST];
	int32_t first_day, last_day; /* first > last: no event */
	uint64_t events;
};

/* Writes the facts chosen; `parse_digest` says how lines were read.  -1: events could not be read back. */
int part_save(struct facts *f, const struct part_choice *which,
	      const uint8_t parse_digest[PART_DIGEST], struct out *o, struct part_made *made);

enum part_loaded {
	PART_LOADED,
	PART_REFUSED, /* no part, or lines read under another parse digest */
	PART_DAMAGED, /* a part, whose bytes are not those that were written */
	PART_UNREAD,  /* the machine would not give its bytes */
};

/*
 * Adds a part to the facts; its file stays open.  Anything but PART_LOADED is told, and the facts are of no use then.
 */
enum part_loaded part_load(struct facts *f, struct str path,
			   const uint8_t parse_digest[PART_DIGEST], struct part_label *label,
			   struct errors *err);

/* Does this file begin like a part? */
bool part_is(struct str path);

#endif
