/*
 * sha256_beside.c - a ring of buffers between who reads and who hashes; both only read what was handed over.
 */
#include "base/sha256_beside.h"

#include "base/mem.h"

#include <pthread.h>

/* Of 256 KiB, as in input/stream.c: larger ones have left the cache when they are hashed. */
enum { BUFFERS = 4 };

struct beside {
	struct sha256 sha;
	char *buffer[BUFFERS];
	size_t n[BUFFERS];
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	uint64_t handed, hashed; /* buffers so far */
	bool started, over;
};

struct beside *
beside_new(void)
{
	struct beside *b = xalloc(1, sizeof(*b));

	sha256_init(&b->sha);
	pthread_mutex_init(&b->lock, NULL);
	pthread_cond_init(&b->changed, NULL);
	return b;
}

/* All that was handed over; without a thread this is all there is to do. */
static void
hash_handed(struct beside *b)
{
	while (b->hashed < b->handed) {
		unsigned slot = b->hashed % BUFFERS;

		sha256_add(&b->sha, b->buffer[slot], b->n[slot]);
		b->hashed++;
	}
}

static void *
hash_all(void *arg)
{
	struct beside *b = arg;

	pthread_mutex_lock(&b->lock);
	for (;;) {
		unsigned slot = b->hashed % BUFFERS;

		while (b->hashed == b->handed && !b->over)
			pthread_cond_wait(&b->changed, &b->lock);
		if (b->hashed == b->handed)
			break;
		pthread_mutex_unlock(&b->lock);
		sha256_add(&b->sha, b->buffer[slot], b->n[slot]);
		pthread_mutex_lock(&b->lock);
		b->hashed++;
		pthread_cond_signal(&b->changed);
	}
	pthread_mutex_unlock(&b->lock);
	return NULL;
}

char *
beside_buffer(struct beside *b)
{
	unsigned slot = b->handed % BUFFERS;

	pthread_mutex_lock(&b->lock);
	while (b->started && b->handed - b->hashed == BUFFERS)
		pthread_cond_wait(&b->changed, &b->lock);
	pthread_mutex_unlock(&b->lock);
	if (!b->buffer[slot])
		b->buffer[slot] = xrealloc(NULL, BESIDE_BUFFER, 1);
	return b->buffer[slot];
}

/* The thread is started for the second buffer: what fits one is hashed before it would run. */
void
beside_hand(struct beside *b, size_t n)
{
	pthread_mutex_lock(&b->lock);
	b->n[b->handed % BUFFERS] = n;
	b->handed++;
	pthread_cond_signal(&b->changed);
	pthread_mutex_unlock(&b->lock);
	if (!b->started && b->handed > 1)
		b->started = pthread_create(&b->thread, NULL, hash_all, b) == 0;
	if (!b->started && b->handed > 1)
		hash_handed(b);
}

void
beside_end(struct beside *b, uint8_t out[SHA256_SIZE])
{
	if (b->started) {
		pthread_mutex_lock(&b->lock);
		b->over = true;
		pthread_cond_signal(&b->changed);
		pthread_mutex_unlock(&b->lock);
		pthread_join(b->thread, NULL);
	}
	hash_handed(b);
	sha256_end(&b->sha, out);
	for (int i = 0; i < BUFFERS; i++)
		free(b->buffer[i]);
	pthread_mutex_destroy(&b->lock);
	pthread_cond_destroy(&b->changed);
	free(b);
}
