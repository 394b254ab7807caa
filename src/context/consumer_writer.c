/*
 * consumer_writer.c - see consumer_writer.h.  The head is written last, over the room that was left for it.
 */
#include "context/consumer_writer.h"

#include "base/read_at.h"
#include "base/unnamed.h"

#include <errno.h>
#include <unistd.h>

enum { COPY = 1 << 20 };

static void
put(struct out *o, const void *p, size_t n)
{
	out_bytes(o, (struct str){ .p = p, .n = n });
}

static void
put_zeroes(struct out *o, size_t n)
{
	static const char zeroes[4096];

	for (; n; n -= min_size(n, sizeof(zeroes)))
		put(o, zeroes, min_size(n, sizeof(zeroes)));
}

static size_t
parts_size(const struct consumer_writer *w)
{
	return sizeof(*w->part) << w->head.bits;
}

static int
cannot_spill(const struct consumer_writer *w, int why, struct errors *err)
{
	return error_add(err,
			 "cannot write a temporary file in '%s': %s; TMPDIR names another folder",
			 w->folder, strerror(why));
}

int
consumer_writer_open(struct consumer_writer *w, struct str path, uint32_t bits,
		     const uint8_t secret[32], const char *folder, struct errors *err)
{
	*w = (struct consumer_writer){
		.spans_fd = unnamed_open(folder),
		.texts_fd = unnamed_open(folder),
		.folder = folder,
		.head = { .version = INDEX_VERSION, .order = INDEX_ORDER, .bits = bits }
	};
	if (w->spans_fd < 0 || w->texts_fd < 0) {
		cannot_spill(w, errno, err);
	} else if (out_open(&w->index, path, err) == 0) {
		memcpy(w->head.magic, INDEX_MAGIC, sizeof(w->head.magic));
		memcpy(w->head.secret, secret, sizeof(w->head.secret));
		hash_key_from(&w->key,
			      (struct str){ (const char *)secret, sizeof(w->head.secret) });
		w->part = xalloc(1, parts_size(w));
		out_stream(&w->spans, w->spans_fd, str_of(folder));
		out_stream(&w->texts, w->texts_fd, str_of(folder));
		put_zeroes(&w->index, INDEX_HEAD + parts_size(w));
		return 0;
	}
	if (w->spans_fd >= 0)
		close(w->spans_fd);
	if (w->texts_fd >= 0)
		close(w->texts_fd);
	return -1;
}

void
consumer_writer_begin(struct consumer_writer *w, uint64_t ids)
{
	struct index_part *p = &w->part[w->at];

	p->first = w->head.buckets;
	p->homes = (uint32_t)((ids * 2 + BUCKET_LOAD_2 - 1) / BUCKET_LOAD_2);
	w->bucket = 0;
	w->filled = 0;
}

/* `back`: how many buckets before the next one its first consumer belongs. */
static void
flush_bucket(struct consumer_writer *w, uint64_t back)
{
	struct index_bucket copy;

	for (uint32_t i = w->filled; i < BUCKET_SLOTS; i++)
		w->filling.slot[i] = (struct index_slot){ { 0 } };
	w->filling.check = back < BACK_MOST ? back : BACK_MOST;
	w->filling.check = bucket_check(&w->key, (const char *)&w->filling, &copy,
					w->part[w->at].first + w->bucket);
	put(&w->index, &w->filling, sizeof(w->filling));
	w->bucket++;
	w->filled = 0;
}

/* Returns where it begins. */
static uint64_t
put_text(struct consumer_writer *w, struct str id)
{
	uint64_t at = w->head.texts_size, n = id.n;
	struct arena scratch = { 0 };
	char *whole = arena_alloc(&scratch, sizeof(n) + id.n);
	uint64_t check;

	memcpy(whole, &n, sizeof(n));
	memcpy(whole + sizeof(n), id.p, id.n);
	check = index_check(&w->key, whole, sizeof(n) + id.n, at);
	put(&w->texts, &check, sizeof(check));
	put(&w->texts, whole, sizeof(n) + id.n);
	put_zeroes(&w->texts, (8 - id.n % 8) % 8);
	w->head.texts_size += sizeof(struct index_text) + (id.n + 7) / 8 * 8;
	arena_free(&scratch);
	return at;
}

static uint64_t
put_spans(struct consumer_writer *w, const struct consumer_row *rows, uint32_t count)
{
	uint64_t at = w->head.spans_size, check;

	if (count > w->span_room) {
		w->span_room = count * (size_t)2;
		w->span = xrealloc(w->span, w->span_room, sizeof(*w->span));
	}
	for (uint32_t i = 0; i < count; i++) {
		const struct consumer_span *s = &rows[i].span;

		w->span[i] = (struct index_span){
			.line = rows[i].head.line,
			.supplier = s->supplier,
			.area = s->area,
			.from = instant_code(s->from, INT64_MIN) | (uint64_t)s->type << TYPE_SHIFT,
			.to = instant_code(s->to, INT64_MAX),
		};
	}
	check = index_check(&w->key, w->span, count * sizeof(*w->span), at);
	put(&w->spans, &check, sizeof(check));
	put(&w->spans, w->span, count * sizeof(*w->span));
	w->head.spans_size += sizeof(check) + count * sizeof(*w->span);
	return at;
}

static bool
fits(const struct consumer_row *row)
{
	return row->head.count == 1 && day_code(row->span.from, INT64_MIN) != DAY_NONE &&
	       day_code(row->span.to, INT64_MAX) != DAY_NONE;
}

void
consumer_writer_add(struct consumer_writer *w, uint64_t hash, struct index_key key, struct str id,
		    const struct consumer_row *rows)
{
	uint64_t home = index_home(hash, w->head.bits, w->part[w->at].homes);
	struct index_slot *slot;

	while (home > w->bucket)
		flush_bucket(w, 0);
	if (w->filled == BUCKET_SLOTS)
		flush_bucket(w, w->bucket + 1 - home);
	if (key.text)
		key = key_of_text(put_text(w, id), hash);
	slot = &w->filling.slot[w->filled++];
	*slot = slot_of_key(key);
	if (fits(rows))
		slot_put_row(slot, &rows->span, rows->head.line);
	else
		slot_put_apart(slot, put_spans(w, rows, rows->head.count), rows->head.count);
	w->head.ids++;
}

void
consumer_writer_end(struct consumer_writer *w)
{
	struct index_part *p = &w->part[w->at];

	if (w->filled)
		flush_bucket(w, 0);
	while (w->bucket < p->homes)
		flush_bucket(w, 0);
	p->total = (uint32_t)w->bucket;
	w->head.buckets += w->bucket;
	w->at++;
}

static void
append(struct consumer_writer *w, struct out *from, int fd)
{
	char *buffer = xalloc(1, COPY);
	size_t got = 0;
	uint64_t at = 0;

	out_flush(from);
	while (!from->failed && (got = read_at(fd, buffer, COPY, at, &from->failed)) > 0) {
		put(&w->index, buffer, got);
		at += got;
	}
	free(buffer);
}

static void
put_names(struct consumer_writer *w, const struct pool *suppliers, const struct pool *areas)
{
	const struct pool *pools[] = { suppliers, areas };
	struct str all;
	struct out o;

	out_memory(&o);
	for (size_t k = 0; k < COUNT(pools); k++) {
		for (size_t i = 0; i < pools[k]->name.n; i++) {
			uint32_t n = (uint32_t)pools[k]->name.at[i].n;

			put(&o, &n, sizeof(n));
			out_bytes(&o, pools[k]->name.at[i]);
		}
	}
	all = out_taken(&o);
	w->head.suppliers = (uint32_t)suppliers->name.n;
	w->head.areas = (uint32_t)areas->name.n;
	w->head.names_size = all.n;
	w->head.names_check = index_check(&w->key, all.p, all.n, 0);
	out_bytes(&w->index, all);
	out_discard(&o);
}

static void
put_head(struct consumer_writer *w)
{
	char *head = xalloc(1, INDEX_HEAD + parts_size(w));
	size_t n = INDEX_HEAD + parts_size(w), done = 0;
	struct index_head *h = &w->head;
	struct hash_key key;

	h->parts_check = index_check(&w->key, w->part, parts_size(w), INDEX_HEAD);
	h->file_size = n + h->buckets * sizeof(struct index_bucket) + h->spans_size +
		       h->texts_size + h->names_size;
	memcpy(head, h, sizeof(*h));
	hash_key_from(&key, STR(INDEX_MAGIC));
	h->check = index_check(&key, head + sizeof(h->check), INDEX_HEAD - sizeof(h->check), 0);
	memcpy(head, &h->check, sizeof(h->check));
	memcpy(head + INDEX_HEAD, w->part, parts_size(w));
	out_flush(&w->index);
	while (done < n && !w->index.failed) {
		ssize_t put = pwrite(w->index.fd, head + done, n - done, (off_t)done);

		if (put > 0)
			done += (size_t)put;
		else if (put == 0 || errno != EINTR)
			w->index.failed = put == 0 ? EIO : errno;
	}
	free(head);
}

static void
release(struct consumer_writer *w)
{
	out_discard(&w->spans);
	out_discard(&w->texts);
	close(w->spans_fd);
	close(w->texts_fd);
	free(w->part);
	free(w->span);
}

void
consumer_writer_discard(struct consumer_writer *w)
{
	out_discard(&w->index);
	release(w);
}

int
consumer_writer_close(struct consumer_writer *w, const struct pool *pools, struct errors *err)
{
	int why, rc;

	append(w, &w->spans, w->spans_fd);
	append(w, &w->texts, w->texts_fd);
	put_names(w, &pools[POOL_ORG], &pools[POOL_AREA]);
	why = w->spans.failed ? w->spans.failed : w->texts.failed;
	if (why) {
		consumer_writer_discard(w);
		return cannot_spill(w, why, err);
	}
	put_head(w);
	rc = out_close(&w->index, err);
	release(w);
	return rc;
}
