/*
 * consumer_layout.h - the bytes of an index of consumers.csv, for who writes it and who reads it.
 *
 *     head (4096) | parts | buckets | spans | texts | names        little-endian, nothing between or behind
 *
 *     head     what it is of (size, time of change and SHA-256 of the CSV), counts, where the sections lie
 *     parts    2^bits shares of the hash: first bucket, buckets that a hash may name, buckets in all
 *     buckets  128 bytes each: a check and up to five consumers of 24 bytes, in the order of their hash
 *     spans    of consumers whose rows do not fit there: a check, then every row, 24 bytes each, earliest first
 *     texts    ids that are not up to 22 digits: a check, the length, the bytes, zeroes up to a multiple of 8
 *     names    suppliers, then areas, from number 1: a length and the bytes of each
 *
 * The hash of an id (base/hash.h, by a key of this file) names a part by its first bits and a bucket of it by the
 * rest.  Buckets hold seven of ten on average; who finds his bucket full goes to the next, whose turn is then later, and
 * the lowest byte of the check says how far back the first of the next bucket belongs, 0 to his own.  So a look-up
 * touches two adjacent cache lines, one in seven two more, and an id of 22 digits needs no text: with a 1 before its
 * digits it is a number below 2^75.  At eight of ten every fourth would look twice.
 *
 * Everything that is read carries a check of 56 or 64 bits that covers where it stands, too, and is checked whenever
 * it is read, on a copy: so opening costs nothing, a flipped bit is told at the first look-up that depends on it,
 * and a file that is overwritten while it is mapped gives an error and no wrong answer.  Checks over pages of 4096
 * were thought of: with a million look-ups they read the whole file once, 100 ns a look-up.
 */
#ifndef SEKISHO_CONTEXT_CONSUMER_LAYOUT_H
#define SEKISHO_CONTEXT_CONSUMER_LAYOUT_H

#include "base/civil.h"
#include "base/sha256.h"
#include "context/consumer_key.h"
#include "context/rows.h"

enum {
	INDEX_VERSION = 1,
	INDEX_HEAD = 4096,
	BITS_MOST = 12,
	BUCKET_SLOTS = 5,
	BUCKET_LOAD_2 = 7 /* consumers of two buckets, on average */
};

#define INDEX_MAGIC "sekisho/consumer"
#define INDEX_ORDER 0x01020304U /* read as another number where bytes lie the other way */

struct index_head {
	uint64_t check; /* of the rest of the 4096 bytes */
	char magic[16];
	uint32_t version, order;
	uint64_t file_size;
	uint64_t source_size;
	int64_t source_seconds, source_nanoseconds;
	uint8_t sha256[SHA256_SIZE];
	uint8_t secret[32];
	uint64_t rows, ids;
	uint32_t bits; /* 2^bits parts */
	uint32_t suppliers, areas, unused;
	uint64_t parts_check, names_check;
	uint64_t buckets; /* in all */
	uint64_t spans_size, texts_size, names_size;
};

_Static_assert(sizeof(struct index_head) <= INDEX_HEAD, "the head has its page for itself");

struct index_part {
	uint64_t first;
	uint32_t homes, total; /* buckets */
};

/* See slot_of_row() for its bits. */
struct index_slot {
	uint64_t w[3];
};

struct index_bucket {
	uint64_t
		check; /* 56 bits of it; the lowest byte is how far back the next one's first belongs */
	struct index_slot slot[BUCKET_SLOTS];
};

enum { BACK_MOST = 255 }; /* this far, or farther */

_Static_assert(sizeof(struct index_bucket) == 128, "two cache lines, fetched together");

struct index_span {
	uint32_t line;
	uint16_t supplier, area;
	uint64_t from; /* INSTANT_ codes; the type in the four bits above */
	uint64_t to;
};

_Static_assert(sizeof(struct index_span) == 24, "no holes");

struct index_text {
	uint64_t check;
	uint64_t length;
};

/* A JST midnight of the years 1 to 9999 in 22 bits; 0 is the open end; DAY_NONE cannot be said so. */
enum { DAY_BASE = 719170, DAY_BITS = 22, DAY_NONE = 1 << DAY_BITS };

static inline uint32_t
day_code(int64_t ts, int64_t open)
{
	int64_t day;

	if (ts == open)
		return 0;
	if (ts < -(int64_t)DAY_BASE * DAY_MS || ts > (int64_t)3000000 * DAY_MS)
		return DAY_NONE;
	day = jst_day(ts);
	if (jst_day_start((int32_t)day) != ts || day + DAY_BASE <= 0)
		return DAY_NONE;
	return (uint32_t)(day + DAY_BASE);
}

static inline int64_t
day_of_code(uint32_t code, int64_t open)
{
	return code ? jst_day_start((int32_t)code - DAY_BASE) : open;
}

/* Any instant in 60 bits, 0 is the open end. */
enum { TYPE_SHIFT = 60 };
#define INSTANT_BASE (1LL << 58)

static inline uint64_t
instant_code(int64_t ts, int64_t open)
{
	return ts == open ? 0 : (uint64_t)(ts + INSTANT_BASE);
}

static inline int64_t
instant_of_code(uint64_t code, int64_t open)
{
	code &= (1ULL << TYPE_SHIFT) - 1;
	return code ? (int64_t)code - INSTANT_BASE : open;
}

/*
 *     w[0]  the key's low bits
 *     w[1]  0 the key's high bits | 11 text | 12 apart | 13 type (2) | 15 supplier (16) | 31 area (16) | 47 to, high (13)
 *     w[2]  0 line (32) | 32 from (22) | 54 to, low (9)
 *
 * `apart`: w[1] from bit 15 is how many rows, w[2] where they begin in the section of spans.
 */
enum {
	SLOT_TEXT = KEY_HIGH_BITS,
	SLOT_APART,
	SLOT_TYPE,
	SLOT_SUPPLIER = 15,
	SLOT_COUNT = 15,
	SLOT_AREA = 31,
	SLOT_TO = 47,
	SLOT_FROM = 32,
	SLOT_TO_LOW = 54,
	TO_LOW_BITS = 9
};

static inline struct index_slot
slot_of_key(struct index_key key)
{
	return (struct index_slot){ { key.low, key.high | (uint64_t)key.text << SLOT_TEXT, 0 } };
}

/* The instants must be days. */
static inline void
slot_put_row(struct index_slot *s, const struct consumer_span *r, uint32_t line)
{
	uint64_t to = day_code(r->to, INT64_MAX);

	s->w[1] |= (uint64_t)r->type << SLOT_TYPE | (uint64_t)r->supplier << SLOT_SUPPLIER |
		   (uint64_t)r->area << SLOT_AREA | to >> TO_LOW_BITS << SLOT_TO;
	s->w[2] = line | (uint64_t)day_code(r->from, INT64_MIN) << SLOT_FROM | to << SLOT_TO_LOW;
}

static inline void
slot_put_apart(struct index_slot *s, uint64_t at, uint32_t count)
{
	s->w[1] |= 1ULL << SLOT_APART | (uint64_t)count << SLOT_COUNT;
	s->w[2] = at;
}

static inline uint32_t
slot_bits(uint64_t w, int at, int n)
{
	return (uint32_t)(w >> at & ((1ULL << n) - 1));
}

static inline bool
slot_is_apart(const struct index_slot *s)
{
	return slot_bits(s->w[1], SLOT_APART, 1);
}

static inline uint32_t
slot_count(const struct index_slot *s)
{
	return slot_bits(s->w[1], SLOT_COUNT, 32);
}

static inline uint32_t
slot_line(const struct index_slot *s)
{
	return (uint32_t)s->w[2];
}

static inline struct consumer_span
slot_span(const struct index_slot *s)
{
	uint32_t to = slot_bits(s->w[1], SLOT_TO, DAY_BITS - TO_LOW_BITS) << TO_LOW_BITS |
		      slot_bits(s->w[2], SLOT_TO_LOW, TO_LOW_BITS);

	return (struct consumer_span){
		.from = day_of_code(slot_bits(s->w[2], SLOT_FROM, DAY_BITS), INT64_MIN),
		.to = day_of_code(to, INT64_MAX),
		.supplier = (uint16_t)slot_bits(s->w[1], SLOT_SUPPLIER, 16),
		.area = (uint16_t)slot_bits(s->w[1], SLOT_AREA, 16),
		.type = (uint8_t)slot_bits(s->w[1], SLOT_TYPE, 2),
	};
}

/* What a hash names. */
static inline uint64_t
index_part_of(uint64_t hash, uint32_t bits)
{
	return hash >> 1 >> (63 - bits);
}

static inline uint64_t
index_home(uint64_t hash, uint32_t bits, uint32_t homes)
{
	return (uint64_t)((hash_u128)(hash << bits) * homes >> 64);
}

/* The check of bytes that begin `at` there: the same bytes elsewhere have another. */
static inline uint64_t
index_check(const struct hash_key *key, const void *p, size_t n, uint64_t at)
{
	struct hash128 h = hash128(key, (struct str){ .p = p, .n = n });

	return hash_mix(h.lo ^ h.hi ^ (at + 1) * 0x9E3779B97F4A7C15ULL);
}

/*
 * The check of a bucket whose own check lies in `low` alone, and the bucket copied on the way: what is checked must be
 * what is used.  Of 32-bit products: index_check() would be a third of a look-up (2026-11, gcc 12 -O2).
 */
static inline uint64_t
bucket_check(const struct hash_key *key, const char *from, struct index_bucket *to, uint64_t number)
{
	const char *k = (const char *)key->word;
	uint64_t sum = 0, low;

#ifdef __SSE2__
	const __m128i first = _mm_set_epi64x(-1, 0xFF);
	__m128i sums = _mm_setzero_si128();

#pragma GCC unroll 8
	for (size_t i = 0; i < sizeof(*to); i += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)(from + i));

		__asm__("" : "+x"(v)); /* is not to be loaded again */
		_mm_storeu_si128((__m128i *)(void *)((char *)to + i), v);
		if (i == 0)
			v = _mm_and_si128(v, first);
		v = _mm_add_epi32(v, _mm_loadu_si128((const __m128i *)(const void *)(k + i)));
		sums = _mm_add_epi64(sums, _mm_mul_epu32(v, _mm_srli_epi64(v, 32)));
	}
	sums = _mm_add_epi64(sums, _mm_unpackhi_epi64(sums, sums));
	_mm_storel_epi64((__m128i *)(void *)&sum, sums);
	low = to->check & 0xFF;
#else
	uint64_t check;

	memcpy(to, from, sizeof(*to));
	__asm__("" : : "r"(to) : "memory");
	check = to->check;
	low = to->check &= 0xFF;
	for (size_t i = 0; i < sizeof(*to); i += 8)
		sum += (uint64_t)(load32((char *)to + i) + load32(k + i)) *
		       (load32((char *)to + i + 4) + load32(k + i + 4));
	to->check = check;
#endif
	return (hash_mix(sum ^ (number + 1) * 0x9E3779B97F4A7C15ULL) & ~0xFFULL) | low;
}

#endif
