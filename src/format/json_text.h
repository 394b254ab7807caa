/*
 * json_text.h - what the inside of a JSON string means: unescaping, comparing, hashing; for json_*.c only.
 * The text has been found valid before: no escape is cut off.
 */
#ifndef SEKISHO_FORMAT_JSON_TEXT_H
#define SEKISHO_FORMAT_JSON_TEXT_H

#include "base/str.h"

/* The value of a hexadecimal digit; 16 and more: none. */
static inline unsigned
json_hex(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10) : 16;
}

/* One character or escape at *p as 1 to 4 bytes in out[4]; *p moves behind it. */
unsigned json_unit(const char **p, const char *end, char *out);

/* Unescaped, to out, which has s.n bytes; how many there are. */
size_t json_unescape(struct str s, char *out);

/* Do both mean the same bytes, the one with escapes and the other with or without? */
bool json_same(struct str escaped, struct str other, bool other_escaped);

/*
 * The hash of a name: its length, its first eight and its last eight bytes.  Names that differ elsewhere only share a
 * place, and are told apart there.
 */
static inline uint32_t
json_mix(uint64_t head, uint64_t tail, size_t n)
{
	uint64_t x = (head ^ n * 0x9e3779b97f4a7c15ULL) * 0xff51afd7ed558ccdULL;

	x = ((x ^ x >> 32) + tail) * 0xc4ceb9fe1a85ec53ULL;
	return (uint32_t)(x >> 32);
}

static inline uint32_t
json_hash(struct str s)
{
	uint64_t head = 0, tail = 0;
	uint32_t a, b;

	if (LIKELY(s.n >= 8)) {
		memcpy(&head, s.p, 8);
		memcpy(&tail, s.p + s.n - 8, 8);
	} else if (s.n >= 4) {
		memcpy(&a, s.p, 4);
		memcpy(&b, s.p + s.n - 4, 4);
		head = (uint64_t)a << 32 | b;
	} else if (s.n) {
		head = (uint64_t)(uint8_t)s.p[0] << 16 | (uint64_t)(uint8_t)s.p[s.n / 2] << 8 |
		       (uint8_t)s.p[s.n - 1];
	}
	return json_mix(head, tail, s.n);
}

/* The same of a name with escapes: as json_hash() has it of the bytes they mean. */
uint32_t json_hash_escaped(struct str s);

#endif
