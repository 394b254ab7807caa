/*
 * hashing.c - one file after the other as it lies, packed or not; a file that cannot be read whole has no digest, nor
 * has one that is nearly all hole: a terabyte of zeroes costs nothing to lay there, and an hour to hash.
 */
#include "app/hashing.h"

#include "base/sha256.h"
#include "input/intake.h"

#include <pthread.h>
#include <stdatomic.h>

enum { BUFFER = 1 << 20 };

struct hashed {
	const char *path;
	uint8_t sha256[SHA256_SIZE];
	bool known, done; /* known: whoever read it before has digested it */
	atomic_bool left;
};

struct hashing {
	struct facts *facts;
	uint32_t from;
	enum links links;
	struct hashed *file;
	size_t n;
	pthread_t thread;
};

static bool
hash_file(struct hashed *h, enum links links, char *buffer)
{
	struct errors mute = { 0 };
	struct intake in;
	struct sha256 sha;
	size_t n;
	int rc = intake_open(&in, h->path, links, &mute);

	errors_free(&mute);
	if (rc != 0)
		return false;
	sha256_init(&sha);
	while (!in.hollow && !atomic_load(&h->left) && (n = intake_read(&in, buffer, BUFFER)) > 0)
		sha256_add(&sha, buffer, n);
	intake_close(&in);
	sha256_end(&sha, h->sha256);
	return in.end == END_WHOLE && !in.hollow && !atomic_load(&h->left);
}

static void *
hash_all(void *arg)
{
	struct hashing *h = arg;
	char *buffer = xalloc(BUFFER, 1);

	for (size_t i = 0; i < h->n; i++)
		h->file[i].done = !h->file[i].known && hash_file(&h->file[i], h->links, buffer);
	free(buffer);
	return NULL;
}

struct hashing *
hashing_start(struct facts *f, uint32_t from, uint32_t to, enum links links)
{
	struct hashing *h = xalloc(1, sizeof(*h));

	h->facts = f;
	h->from = from;
	h->links = links;
	h->n = to - from;
	h->file = xalloc(h->n, sizeof(*h->file));
	for (size_t i = 0; i < h->n; i++) {
		const struct logfile *file = facts_file(f, from + (uint32_t)i);

		h->file[i].path = file->path.p;
		h->file[i].known = file->hashed;
	}
	if (pthread_create(&h->thread, NULL, hash_all, h) != 0)
		BUG("cannot start a thread");
	return h;
}

void
hashing_leave(struct hashing *h, uint32_t file)
{
	atomic_store(&h->file[file - h->from].left, true);
}

void
hashing_join(struct hashing *h)
{
	pthread_join(h->thread, NULL);
	for (size_t i = 0; i < h->n; i++) {
		struct logfile *f = facts_file(h->facts, h->from + (uint32_t)i);

		if (h->file[i].known)
			continue;
		f->hashed = h->file[i].done;
		memcpy(f->sha256, h->file[i].sha256, sizeof(f->sha256));
	}
	free(h->file);
	free(h);
}
