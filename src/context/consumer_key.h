/*
 * consumer_key.h - ids of consumers as numbers: 22 digits are compared as two words, and hashed as two.
 */
#ifndef SEKISHO_CONTEXT_CONSUMER_KEY_H
#define SEKISHO_CONTEXT_CONSUMER_KEY_H

#include "base/hash.h"

/*
 * A key is 75 bits: "1" and the digits as a number; or, when `text`, 40 bits of where the text begins (in units of 8
 * bytes of its section) and 35 bits of the hash, so that hardly ever a text is read that is another's.
 */
enum { KEY_DIGITS = 22, KEY_HIGH_BITS = 11, TEXT_AT_BITS = 40, TEXT_TAG_BITS = 35 };

struct index_key {
	uint64_t low;
	uint32_t high;
	bool text;
};

static inline struct index_key
key_of_text(uint64_t at, uint64_t hash)
{
	uint64_t tag = hash & ((1ULL << TEXT_TAG_BITS) - 1);

	return (struct index_key){ .low = at / 8 | tag << TEXT_AT_BITS,
				   .high = (uint32_t)(tag >> (64 - TEXT_AT_BITS)),
				   .text = true };
}

/* Eight digits as numbers from 0 to 9, the first in the lowest byte. */
static inline uint64_t
eight_digits(uint64_t v)
{
	v = (v * 10 + (v >> 8)) & 0x00FF00FF00FF00FFULL;
	v = (v * 100 + (v >> 16)) & 0x0000FFFF0000FFFFULL;
	return (v * 10000 + (v >> 32)) & 0xFFFFFFFFULL;
}

/* The number of up to 22 digits, right-aligned in 24 bytes, and `one` before them. */
static inline bool
key_of_words(uint64_t a, uint64_t b, uint64_t c, hash_u128 one, struct index_key *out)
{
	const uint64_t zeroes = 0x3030303030303030ULL, six = 0x0606060606060606ULL;
	uint64_t beyond;
	hash_u128 v;

	a ^= zeroes;
	b ^= zeroes;
	c ^= zeroes;
	/* All high nibbles are zero now, and stay so with 6 more, if the bytes were digits. */
	beyond = a | b | c | (a + six) | (b + six) | (c + six);
	v = one + (hash_u128)eight_digits(a) * 10000000000000000ULL +
	    (eight_digits(b) * 100000000 + eight_digits(c));
	out->low = (uint64_t)v;
	out->high = (uint32_t)(v >> 64);
	out->text = false;
	return (beyond & 0xF0F0F0F0F0F0F0F0ULL) == 0;
}

static inline bool
key_of_few_digits(struct str id, struct index_key *out)
{
	hash_u128 one = 1;
	char text[24];

	*out = (struct index_key){ .low = 0 };
	if (id.n == 0 || id.n > KEY_DIGITS)
		return false;
	memset(text, '0', sizeof(text));
	memcpy(text + sizeof(text) - id.n, id.p, id.n);
	for (size_t i = 0; i < id.n; i++)
		one *= 10;
	return key_of_words(load64(text), load64(text + 8), load64(text + 16), one, out);
}

/* False: not 1 to 22 digits; what is in *out then means nothing. */
static inline bool
key_of_digits(struct str id, struct index_key *out)
{
	if (UNLIKELY(id.n != KEY_DIGITS))
		return key_of_few_digits(id, out);
	return key_of_words(load64(id.p) << 16 | 0x3030, load64(id.p + 6), load64(id.p + 14),
			    (hash_u128)10000000000000000ULL * 1000000, out);
}

/* Of the number where there is one: hashing 22 bytes of text takes three times as long. */
static inline uint64_t
index_hash(const struct hash_key *key, const struct index_key *k, struct str id)
{
	hash_u128 product = (hash_u128)(k->low + key->word[0]) * (k->high + key->word[1]);

	return k->text ? hash128(key, id).lo : hash_sum(product, 0, key).lo;
}

#endif
