/*
 * hash.c - keys for hash.h, and strings longer than its block.
 */
#include "base/hash.h"

#include "base/error.h"
#include "base/sha256.h"

#include <sys/random.h>

void
hash_random(void *out, size_t n)
{
	char *p = out;

	while (n) {
		ssize_t got = getrandom(p, n, 0);

		if (got <= 0)
			BUG("the kernel gives no random bytes");
		p += got;
		n -= (size_t)got;
	}
}

void
hash_key_random(struct hash_key *key)
{
	hash_random(key->word, sizeof(key->word));
}

void
hash_key_from(struct hash_key *key, struct str secret)
{
	for (uint32_t i = 0; (size_t)i * 32 < sizeof(key->word); i++) {
		struct sha256 s;
		uint8_t out[SHA256_SIZE];
		size_t at = (size_t)i * sizeof(out);

		sha256_init(&s);
		sha256_add(&s, &i, sizeof(i));
		sha256_add(&s, secret.p, secret.n);
		sha256_end(&s, out);
		memcpy((char *)key->word + at, out, min_size(sizeof(out), sizeof(key->word) - at));
	}
}

struct hash128
hash128_long(const struct hash_key *key, const char *p, size_t n)
{
	struct hash128 sum = hash128(key, (struct str){ .p = p, .n = HASH_BLOCK });

	for (size_t at = HASH_BLOCK; at < n; at += HASH_BLOCK) {
		struct str block = { .p = p + at, .n = min_size(HASH_BLOCK, n - at) };

		sum = hash_join(key, sum, hash128(key, block));
	}
	return sum;
}
