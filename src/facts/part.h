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

/* Which facts: of files from `first_file` on, and without those that lie in other parts already. */
struct part_choice {
	uint32_t first_file;
	bool own;
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
 * `identity` receives the part's own digest, by which a part given twice is known.
 */
enum part_loaded part_load(struct facts *f, struct str path,
			   const uint8_t parse_digest[PART_DIGEST], uint8_t identity[PART_DIGEST],
			   struct errors *err);

/* Does this file begin like a part? */
bool part_is(struct str path);

#endif
