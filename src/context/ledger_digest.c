/*
 * ledger_digest.c - hashing beside parsing: without the processor's own SHA-256 it costs more than all the rest.
 */
#include "context/ledger_digest.h"

/* A thread costs about as much as hashing this. */
enum { SMALL = 16 * 1024 };

static void *
digest(void *arg)
{
	struct ledger *l = arg;
	uint8_t sha256[SHA256_SIZE];

	sha256_of(l->file, sha256);
	sha256_hex(sha256, l->sha256);
	return NULL;
}

void
ledger_digest_start(struct ledger *l)
{
	l->hashing = l->file.n > SMALL && pthread_create(&l->hasher, NULL, digest, l) == 0;
	if (!l->hashing)
		digest(l);
}

void
ledger_digest_wait(struct ledger *l)
{
	if (l->hashing)
		pthread_join(l->hasher, NULL);
	l->hashing = false;
}
