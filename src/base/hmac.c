/*
 * hmac.c - see hmac.h.
 */
#include "base/hmac.h"

enum { BLOCK = 64, INNER = 0x36, OUTER = 0x5c };

void
hmac_key(struct hmac *h, struct str key)
{
	uint8_t block[BLOCK] = { 0 };

	if (key.n > sizeof(block))
		sha256_of(key, block);
	else if (key.n)
		memcpy(block, key.p, key.n);
	for (size_t i = 0; i < sizeof(block); i++)
		block[i] ^= INNER;
	sha256_init(&h->inner);
	sha256_add(&h->inner, block, sizeof(block));
	for (size_t i = 0; i < sizeof(block); i++)
		block[i] ^= INNER ^ OUTER;
	sha256_init(&h->outer);
	sha256_add(&h->outer, block, sizeof(block));
}

void
hmac_of(const struct hmac *h, struct str s, uint8_t out[SHA256_SIZE])
{
	struct sha256 sha = h->inner;
	uint8_t inner[SHA256_SIZE];

	sha256_add(&sha, s.p, s.n);
	sha256_end(&sha, inner);
	sha = h->outer;
	sha256_add(&sha, inner, sizeof(inner));
	sha256_end(&sha, out);
}
