/*
 * facts.h - everything the logs said, small: dictionaries, tuples, and 24-byte events in day segments by account.
 *
 *     parse threads --facts_add()--> their own segments (spilled past --memory)
 *     part files    --part_load()--> one more segment set, numbers translated
 *     all segments  --facts_source()-> partition by partition: sorted union, doubles settled, one account at a time
 *
 * Uniting needs no merge step: a cursor reads the segments of all threads, parts and nights side by side and sorts
 * them, so the union is the same whatever came from where.  A line that stands in several files of one feed
 * (rotation overlap, double delivery) is found there too, since copies meet in one account at one instant: of equal
 * lines as many are kept as the file with most of them has.  A file that was read in stretches, night by night, is one
 * file in this: its stretches share their lineage, and what they hold adds up.
 */
#ifndef SEKISHO_FACTS_FACTS_H
#define SEKISHO_FACTS_FACTS_H

#include "base/error.h"
#include "facts/dict.h"
#include "model/fact.h"

struct facts;
struct facts_writer;

/* The few events that somebody asks for, in words: of one object, of one account, or of both; of [since, until). */
struct pick {
	struct str object; /* empty: any */
	const struct str
		*account; /* as each system spells it, by system (empty: none of it); NULL: any */
	int64_t since, until;
};

struct facts_options {
	size_t memory;         /* bytes for events in all; dictionaries are counted against it */
	unsigned writers_hint; /* threads that will write */
	size_t systems;        /* in the register: a part may not name another */

	const char *spill_dir;
	struct str
		table_secret; /* empty: the kernel's random bytes; else for tests, no result may change */
};

struct facts *facts_new(const struct facts_options *o);
void facts_free(struct facts *f);

/* Registers an input; the number is kept in events.  Not while threads write.  `file` is copied. */
uint32_t facts_file_new(struct facts *f, const struct logfile *file);
struct logfile *facts_file(struct facts *f, uint32_t number);
uint32_t facts_file_count(const struct facts *f);
/* Those from `n` on are none of ours after all; nothing of them was read. */
void facts_files_end(struct facts *f, uint32_t n);

/* By file number: equal for files of one feed of one system, dense, in their order; the caller frees it. */
uint32_t *facts_feeds(const struct facts *f);

/* Before parts are loaded: their days before this are left out, as they were purged elsewhere. */
void facts_begin(struct facts *f, int32_t day);

/*
 * Before parts are loaded: of their events these alone are taken in, through the index of each part, and of their names
 * those that these use.  All files, and the days on which systems were heard, are there as ever, so that doubles settle
 * and coverage reads as in the whole.  `p` outlives the facts.
 */
void facts_pick(struct facts *f, const struct pick *p);

struct dictionary *facts_dict(struct facts *f, enum dict d);
const struct hash_key *facts_key(const struct facts *f);

/* The number of a tuple whose texts are interned, and the partition of its account. */
uint32_t facts_tuple(struct facts *f, const struct tuple *t);

/* The same in three steps, for batches: hash and fetch, fetch on, number. */
struct hash128 facts_tuple_fetch(const struct facts *f, const struct tuple *t);
void facts_tuple_fetch_entry(const struct facts *f, struct hash128 hash);
uint32_t facts_tuple_hashed(struct facts *f, const struct tuple *t, struct hash128 hash);

unsigned facts_partition(const struct facts *f, uint32_t account);

/* One writer a thread; freed with the facts. */
struct facts_writer *facts_writer_new(struct facts *f);
void facts_fetch(const struct facts_writer *w, unsigned partition); /* before it, for batches */
void facts_add(struct facts_writer *w, int32_t jst_day, unsigned partition, uint16_t system,
	       const struct packed_event *e);

/* A refused line, by the digest of its bytes: copies in several files of a feed are one. */
void facts_refuse(struct facts_writer *w, struct hash128 digest, uint64_t where);

struct fact_source facts_source(struct facts *f);

/* After all cursors are closed: moves doubles from `accepted` to `duplicate` in the files' accounts. */
void facts_settle_doubles(struct facts *f);

bool facts_ok(const struct facts *f); /* false: events could not be spilled, or read back */
/* The part of which some could not be read, or that changed since it was loaded; empty: none. */
struct str facts_unreadable(const struct facts *f);
uint64_t facts_spilled(const struct facts *f);
uint64_t facts_events(const struct facts *f);

#endif
