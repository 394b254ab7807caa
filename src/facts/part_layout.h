/*
 * part_layout.h - what the writer and the readers of parts agree on.
 *
 *     magic, parse digest, origin | files | six dictionaries | tuples | events | places | directory | footer
 *     `----------------------- names --------------------------------'
 *
 * A dictionary is its count, where each text begins (and the last ends), and the texts, in the order of their hash, so
 * that one text is found without reading all.  A bucket of events is a (day, column).  Places say of each object in
 * which columns it occurs: a bit for PLACE_COLUMNS of them.
 *
 * The footer's SHA-256 is of directory and footer; the directory has that of the names, and a check of each piece of
 * them, of the places and of each bucket.  Whoever loads all proves the names by their SHA-256; whoever picks, what he
 * reads by its checks: where a processor has no instructions for it, SHA-256 of 180 nights' names takes a second and more.
 */
#ifndef SEKISHO_FACTS_PART_LAYOUT_H
#define SEKISHO_FACTS_PART_LAYOUT_H

#include "base/hash.h"
#include "base/store.h"
#include "model/event.h"

#define PART_MAGIC STR("sekisho part 3\n\0")

/* Of a file: bits of its flags.  What few files have stands behind the others only if its bit is set. */
enum { PART_UNTERMINATED = 1, PART_HASHED = 2, PART_NOTED = 4 };

enum { PLACE_COLUMNS = STORE_COLUMNS / 64 };

struct part_bucket {
	int32_t day; /* REFUSED_ROW: refused lines */
	uint32_t column;
	uint64_t n, offset;
	struct hash128 check;
};

/* When a system was heard on a day. */
struct part_heard {
	int32_t day;
	uint32_t system;
	uint32_t first_ms, last_ms;
};

/* Its numbers aside, can a line say this? */
static inline bool
part_tuple_said(const struct tuple *t, size_t systems)
{
	return t->act < ACT_COUNT && t->ok <= 1 && t->masked <= MASKED_YES && t->spare == 0 &&
	       t->reason < REASON_COUNT && t->system < systems;
}

/* In front of the checks of pieces, the buckets and the days heard. */
struct part_directory {
	uint64_t pieces, buckets, heard; /* that follow, in this order */
	struct hash128 places;           /* check of them all */
	uint8_t names[32];               /* SHA-256 */
};

/* Where the sections begin. */
struct part_footer {
	uint64_t dict[DICT_COUNT];
	uint64_t tuples, events, places, directory;
	uint8_t sha256[32];
};

/* A check over many bytes, a piece at a time; pieces are the same for writer and reader: whole records of 48 KiB. */
enum { CHECK_RECORDS = 2048, NAMES_PIECE = 48 * 1024 };

static inline struct hash128
part_check(const struct hash_key *key, const void *p, size_t n)
{
	struct hash128 sum = { .lo = n };
	size_t most = CHECK_RECORDS * sizeof(struct packed_event);

	for (size_t at = 0; at < n; at += most) {
		struct str piece = { .p = (const char *)p + at,
				     .n = n - at < most ? n - at : most };

		sum = hash_join(key, sum, hash128(key, piece));
	}
	return sum;
}

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
	       "parts are little-endian; a big-endian port swaps here");

#endif
