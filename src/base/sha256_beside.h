/*
 * sha256_beside.h - the SHA-256 of what is being read, on a thread of its own: where the processor has no instructions
 * for it, it takes longer than all else that is done with the bytes.
 */
#ifndef SEKISHO_BASE_SHA256_BESIDE_H
#define SEKISHO_BASE_SHA256_BESIDE_H

#include "base/sha256.h"

enum { BESIDE_BUFFER = 256 * 1024 };

struct beside;

struct beside *beside_new(void);

/* Where the next BESIDE_BUFFER bytes may be put.  Those handed over before it may still be read, the ones before not. */
char *beside_buffer(struct beside *b);
void beside_hand(struct beside *b,
		 size_t n); /* that many of them count, and do not change any more */

/* Waits; frees. */
void beside_end(struct beside *b, uint8_t out[SHA256_SIZE]);

#endif
