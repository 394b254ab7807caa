/*
 * survey_tally.h - counts by group: sums, and how many different values.  One a thread, united at the end.
 *
 *     tally_sum(group, n)            -> table of sums
 *     tally_distinct(group, value)   -> once per account -> store, by the value's hash, spilled like events
 *     column by column, of all threads: each (group, value) once -> table of sums
 *     tables of all threads added up -> one table, asked by group
 *
 * A value lies in one column, so a group's columns add up.  Bits go with a value and are or-ed over all who name it: of
 * a consumer, the windows he was viewed in.  Each bit is counted as a group of its own.
 */
#ifndef SEKISHO_ENGINE_SURVEY_TALLY_H
#define SEKISHO_ENGINE_SURVEY_TALLY_H

#include "base/hash.h"
#include "base/store.h"

/* What is counted, and of what: a and b are numbers of systems, organisations and the like. */
enum { TALLY_WHAT = 58, TALLY_BIT = 52, TALLY_A = 32 };

static inline uint64_t
tally_group(unsigned what, uint32_t a, uint32_t b)
{
	return (uint64_t)what << TALLY_WHAT | (uint64_t)a << TALLY_A | b;
}

static inline unsigned
tally_what(uint64_t group)
{
	return (unsigned)(group >> TALLY_WHAT);
}

static inline uint32_t
tally_a(uint64_t group)
{
	return (uint32_t)(group >> TALLY_A) & 0xFFFFF;
}

static inline uint32_t
tally_b(uint64_t group)
{
	return (uint32_t)group;
}

struct tally_sum {
	uint64_t group; /* 0: free */
	uint64_t n;
	int64_t first, last;
};

struct tally_seen {
	uint64_t group, value, bits;
	uint32_t age;
};

struct tally {
	struct tally_sum *sum;
	size_t sum_mask, sums;
	struct tally_seen *seen; /* slots carry the age they were filled in */
	size_t seen_mask, seen_n;
	uint32_t age;
	struct store *store;
};

void tally_init(struct tally *t, size_t memory, const char *spill_dir);
void tally_free(struct tally *t);

void tally_sum(struct tally *t, uint64_t group, uint64_t n, int64_t first, int64_t last);

/* True when the value is new to the group since tally_forget().  Bit 0 of `bits` is "it is there", and always set. */
bool tally_distinct(struct tally *t, uint64_t group, uint64_t value, uint64_t bits);

/* The same, for whoever counts himself: nothing is kept behind tally_forget(). */
bool tally_new(struct tally *t, uint64_t group, uint64_t value);
void tally_forget(struct tally *t);

/* Counts a column of everybody's values into t's sums; false: what was spilled cannot be read back. */
bool tally_column(struct tally *t, const struct tally *const *all, size_t n, unsigned column);
void tally_unite(struct tally *into, const struct tally *from);

/* Zeroes when nothing was counted. */
struct tally_sum tally_of(const struct tally *t, uint64_t group);
uint64_t tally_bit(const struct tally *t, uint64_t group, unsigned bit);

/* Groups of that kind with anything in them, in ascending order; the caller frees them. */
uint64_t *tally_groups(const struct tally *t, unsigned what, size_t *n);

#endif
