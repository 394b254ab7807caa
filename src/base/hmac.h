/*
 * hmac.h - HMAC-SHA-256 (RFC 2104): a hash that only who has the key can make.
 */
#ifndef SEKISHO_BASE_HMAC_H
#define SEKISHO_BASE_HMAC_H

#include "base/sha256.h"

struct hmac {
	struct sha256 inner, outer; /* both begun with the key */
};

void hmac_key(struct hmac *h, struct str key);
void hmac_of(const struct hmac *h, struct str s, uint8_t out[SHA256_SIZE]);

#endif
