/*
 * part_seal.h - for tests: bytes that claim to be a part are given the checks and the digest that they should have, as
 * whoever forges one would.
 */
#ifndef SEKISHO_FACTS_PART_SEAL_H
#define SEKISHO_FACTS_PART_SEAL_H

#include "base/sha256.h"
#include "facts/part.h"
#include "facts/part_layout.h"

static inline void
part_seal_buckets(char *part, const struct part_footer *f, uint64_t end, const struct hash_key *key)
{
	struct part_directory d;
	uint64_t at = f->directory + sizeof(d), most = f->places - f->events;
	struct sha256 sha;

	if (at > end)
		return;
	memcpy(&d, part + f->directory, sizeof(d));
	d.places = part_check(key, part + f->places, f->directory - f->places);
	sha256_init(&sha);
	sha256_add(&sha, part, f->events);
	sha256_end(&sha, d.names);
	memcpy(part + f->directory, &d, sizeof(d));
	for (uint64_t i = 0; i < d.pieces && at + sizeof(struct hash128) <= end; i++) {
		uint64_t from = i * NAMES_PIECE;
		struct str piece = { .p = part + from };
		struct hash128 check;

		if (from < f->events)
			piece.n = min_size(NAMES_PIECE, f->events - from);
		check = piece.n ? hash128(key, piece) : (struct hash128){ 0 };
		memcpy(part + at, &check, sizeof(check));
		at += sizeof(check);
	}
	for (uint64_t i = 0; i < d.buckets && at + sizeof(struct part_bucket) <= end; i++) {
		struct part_bucket b;
		uint64_t bytes;

		memcpy(&b, part + at, sizeof(b));
		bytes = b.n * sizeof(struct packed_event);
		if (b.n < most && b.offset <= most && bytes <= most - b.offset)
			b.check = part_check(key, part + f->events + b.offset, bytes);
		memcpy(part + at, &b, sizeof(b));
		at += sizeof(b);
	}
}

static inline void
part_seal(char *part, size_t n, const uint8_t parse_digest[PART_DIGEST])
{
	struct part_footer f;
	struct sha256 sha;
	struct hash_key key;
	uint64_t end = n - sizeof(f);

	if (n < sizeof(f))
		return;
	hash_key_from(&key, (struct str){ .p = (const char *)parse_digest, .n = PART_DIGEST });
	memcpy(&f, part + end, sizeof(f));
	sha256_init(&sha);
	if (f.events <= f.places && f.places <= f.directory && f.directory <= end) {
		part_seal_buckets(part, &f, end, &key);
		sha256_add(&sha, part + f.directory, n - f.directory - SHA256_SIZE);
	}
	sha256_end(&sha, (uint8_t *)part + n - SHA256_SIZE);
}

#endif
