/*
 * sha256.h - SHA-256 (FIPS 180-4), with the processor's own instructions where it has them.
 */
#ifndef SEKISHO_BASE_SHA256_H
#define SEKISHO_BASE_SHA256_H

#include "base/str.h"

enum { SHA256_SIZE = 32, SHA256_HEX = 65 };

struct sha256 {
	uint32_t h[8];
	uint64_t bytes;
	uint8_t block[64];
};

void sha256_init(struct sha256 *s);
void sha256_add(struct sha256 *s, const void *p, size_t n);
void sha256_end(struct sha256 *s, uint8_t out[SHA256_SIZE]);
void sha256_of(struct str s, uint8_t out[SHA256_SIZE]);
void sha256_hex(const uint8_t digest[SHA256_SIZE],
		char out[SHA256_HEX]); /* lower case, NUL behind */

#endif
