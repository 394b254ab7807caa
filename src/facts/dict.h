/*
 * dict.h - text to number, shared by all parsing threads; numbers start at 1 and never change.
 *
 * Reading takes no lock: a slot is one atomic word (tag, number), written after its entry.  Writers lock one of 8
 * shards.  Tables that were outgrown stay until the end, so a reader never loses the one it holds; together they
 * are smaller than the last.  Entries of up to 28 bytes lie in line: slot and entry are two cache lines, and both
 * can be fetched ahead.  Nothing here is ever evicted.
 */
#ifndef SEKISHO_FACTS_DICT_H
#define SEKISHO_FACTS_DICT_H

#include "base/hash.h"
#include "base/mem.h"

struct dictionary;

struct dictionary *dict_new(const struct hash_key *key);
void dict_free(struct dictionary *d);

/* The number of `s`, new or known; `hash` must be hash128() of it under the dictionary's key. */
uint32_t dict_intern(struct dictionary *d, struct str s, struct hash128 hash);
uint32_t dict_number(struct dictionary *d, struct str s); /* hashes for itself */

void dict_fetch_slot(const struct dictionary *d,
		     struct hash128 hash); /* first, for a batch of lines */
void dict_fetch_entry(const struct dictionary *d,
		      struct hash128 hash); /* then, before dict_intern() */

uint32_t dict_count(const struct dictionary *d);
struct str dict_text(const struct dictionary *d,
		     uint32_t number); /* aligned to 4 bytes; 0 is empty */
void dict_fetch_text(const struct dictionary *d, uint32_t number); /* before dict_text() */
size_t dict_bytes(const struct dictionary *d);

#endif
