/*
 * hash.h - a keyed 128-bit hash of bytes: NH, the universal hash under UMAC.
 *
 * Two different strings of one length collide with a probability of at most 2^-64 for whoever does not know the
 * key, so tables are keyed by the kernel's random bytes (no flooding, no chosen collisions) and line digests by
 * the policy.  One multiplication for 16 bytes: 280 bytes cost about 10 ns.  No result may depend on the key.
 */
#ifndef SEKISHO_BASE_HASH_H
#define SEKISHO_BASE_HASH_H

#include "base/str.h"

enum { HASH_BLOCK = 1024, HASH_WORDS = HASH_BLOCK / 8 + 4 };

struct hash_key {
	uint64_t word[HASH_WORDS];
};

struct hash128 {
	uint64_t lo, hi;
};

__extension__ typedef unsigned __int128 hash_u128;

void hash_random(void *out, size_t n);                       /* from the kernel */
void hash_key_random(struct hash_key *key);                  /* likewise */
void hash_key_from(struct hash_key *key, struct str secret); /* the same secret, the same key */
struct hash128 hash128_long(const struct hash_key *key, const char *p, size_t n);

static inline uint64_t
hash_mix(uint64_t x)
{
	x ^= x >> 32;
	x *= 0xd6e8feb86659fd93ULL;
	x ^= x >> 32;
	x *= 0xd6e8feb86659fd93ULL;
	return x ^ x >> 32;
}

static inline struct hash128
hash_sum(hash_u128 sum, size_t n, const struct hash_key *key)
{
	uint64_t lo, hi;

	sum += (hash_u128)(n + key->word[HASH_WORDS - 4]) * (key->word[HASH_WORDS - 3] | 1);
	lo = (uint64_t)sum;
	hi = (uint64_t)(sum >> 64);
	return (struct hash128){ .lo = hash_mix(lo ^ hi << 1 ^ key->word[HASH_WORDS - 2]),
				 .hi = hi + lo };
}

/* Fewer than 16 bytes as two words: overlapping loads instead of a copy; the length, hashed too, tells them apart. */
static inline hash_u128
hash_short(const uint64_t *k, const char *p, size_t n)
{
	uint64_t a = 0, b = 0;

	if (n >= 8) {
		a = load64(p);
		b = load64(p + n - 8);
	} else if (n >= 4) {
		a = load32(p);
		b = load32(p + n - 4);
	} else if (n) {
		a = (unsigned char)p[0];
		b = (uint64_t)(unsigned char)p[n / 2] << 8 | (unsigned char)p[n - 1];
	}
	return (hash_u128)(a + k[0]) * (b + k[1]);
}

/* Of at most HASH_BLOCK bytes, by the words from k on.  Reads exactly p[0..n). */
static inline hash_u128
hash_words(const uint64_t *k, const char *p, size_t n)
{
	hash_u128 sum = 0;
	const char *last;

	if (n < 16)
		return hash_short(k, p, n);
	last = p + n - 16;
	for (; p < last; p += 16, k += 2)
		sum += (hash_u128)(load64(p) + k[0]) * (load64(p + 8) + k[1]);
	/* The last 16 bytes, overlapping those before them. */
	return sum + (hash_u128)(load64(last) + k[0]) * (load64(last + 8) + k[1]);
}

static inline struct hash128
hash128(const struct hash_key *key, struct str s)
{
	if (UNLIKELY(s.n > HASH_BLOCK))
		return hash128_long(key, s.p, s.n);
	return hash_sum(hash_words(key->word, s.p, s.n), s.n, key);
}

/* One hash of several: order matters. */
static inline struct hash128
hash_join(const struct hash_key *key, struct hash128 a, struct hash128 b)
{
	hash_u128 sum = (hash_u128)(a.lo + key->word[0]) * (a.hi + key->word[1]);

	sum += (hash_u128)(b.lo + key->word[2]) * (b.hi + key->word[3]);
	return hash_sum(sum, 32, key);
}

/* Of two strings at once: each has words of the key to itself.  A third cheaper than hashing both and joining (2026-11). */
static inline struct hash128
hash_pair(const struct hash_key *key, struct str a, struct str b)
{
	if (UNLIKELY(a.n > HASH_BLOCK / 2 || b.n > HASH_BLOCK / 4))
		return hash_join(key, hash128(key, a), hash128(key, b));
	return hash_sum(hash_words(key->word, a.p, a.n) +
				hash_words(key->word + HASH_BLOCK / 16, b.p, b.n),
			a.n | b.n << 32, key);
}

#endif
