/*
 * part.h - facts in a file: `--partial` writes one, `merge` and `judge` read any number of them.
 *
 * Layout, little-endian: magic, the policy's parse digest, files, dictionaries, tuples, then runs of 24-byte events by
 * day (INT32_MIN: refused lines), and the SHA-256 of all that.  Numbers inside a part are its own; loading translates them.  A part says what its
 * lines said and nothing a ledger answers, so it can be judged by any policy that reads lines the same way.
 */
#ifndef SEKISHO_FACTS_PART_H
#define SEKISHO_FACTS_PART_H

#include "base/out.h"
#include "facts/facts.h"

enum { PART_DIGEST = 32 };

/* Writes what the facts hold; `parse_digest` says how lines were read. */
int part_save(struct facts *f, const uint8_t parse_digest[PART_DIGEST], struct out *o);

/*
 * Adds a part to the facts.  -1: unreadable, damaged, or read under another parse digest.  `identity` receives the
 * part's own digest, by which a part given twice is known.
 */
int part_load(struct facts *f, struct str path, const uint8_t parse_digest[PART_DIGEST],
	      uint8_t identity[PART_DIGEST], struct errors *err);

/* Does this file begin like a part? */
bool part_is(struct str path);

#endif
