/*
 * consumer_writer.h - writes an index of consumers.csv (consumer_layout.h), consumers coming in the order of their hash.
 */
#ifndef SEKISHO_CONTEXT_CONSUMER_WRITER_H
#define SEKISHO_CONTEXT_CONSUMER_WRITER_H

#include "base/out.h"
#include "context/consumer_layout.h"

struct consumer_writer {
	struct out index;
	struct out spans, texts; /* into files without a name, until they are appended */
	int spans_fd, texts_fd;
	const char *folder; /* of those */
	struct hash_key key;
	struct index_head head;
	struct index_part *part;
	size_t at;       /* the part being written */
	uint64_t bucket; /* of the part, being filled */
	struct index_bucket filling;
	uint32_t filled;
	struct index_span *span; /* a row each, for one consumer */
	size_t span_room;
};

/* head: the secret is set.  `path` is replaced when it is closed, and not before. */
int consumer_writer_open(struct consumer_writer *w, struct str path, uint32_t bits,
			 const uint8_t secret[32], const char *folder, struct errors *err);

/* Every part in turn, with the number of its consumers. */
void consumer_writer_begin(struct consumer_writer *w, uint64_t ids);
/*
 * rows[0] heads its group; their numbers of suppliers and areas are the pools'.  Of a key that is a text, `id` is it.
 */
void consumer_writer_add(struct consumer_writer *w, uint64_t hash, struct index_key key,
			 struct str id, const struct consumer_row *rows);
void consumer_writer_end(struct consumer_writer *w);

/* The head's rows and what it says of the source are the caller's. */
int consumer_writer_close(struct consumer_writer *w, const struct pool *pools, struct errors *err);
void consumer_writer_discard(struct consumer_writer *w);

#endif
