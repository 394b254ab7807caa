/*
 * store.c - chunk lists by (row, column), spilled whole when the share of memory is used up.
 */
#include "base/store.h"

#include "base/read_at.h"
#include "base/unnamed.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* The first chunk of a bucket is small, because half a year has 46,000 buckets and most stay nearly empty. */
enum { SMALL = 512, LARGE = 4096, SLAB = 2 << 20, WRITE_BUFFER = 1 << 20 };

struct chunk {
	struct chunk *next; /* older */
	uint32_t n, room;   /* of the newest of a bucket, the head knows `n` */
	char at[];
};

/* Apart from the chunk, so that appending touches one cold cache line and not two. */
struct head {
	struct chunk *chunk; /* the newest */
	uint32_t n, room;
};

struct extent {
	uint64_t offset;
	uint32_t count;
	uint32_t column;
};

struct row {
	int32_t row;
	struct head head[STORE_COLUMNS];
	VEC(struct extent) extent;
};

/* As large as a huge page, since hundreds of buckets are appended to in turn. */
struct slab {
	struct slab *next;
	char apart[LARGE - sizeof(struct slab *)];
	char at[SLAB - LARGE];
};

_Static_assert(sizeof(struct slab) == SLAB, "one huge page");

struct store {
	size_t record;
	size_t most, used; /* bytes of chunks */
	VEC(struct row *) row;
	struct row *last;
	struct chunk *spare_small, *spare_large;
	struct slab *slab;
	size_t slab_used;
	const char *dir;
	int fd;
	uint64_t spilled;
	bool failed;
	char *buffer;
	size_t buffered;
};

struct store *
store_new(size_t record_size, size_t memory, const char *dir)
{
	struct store *s = xalloc(1, sizeof(*s));

	s->record = record_size;
	s->most = memory;
	s->dir = dir;
	s->fd = -1;
	s->slab_used = sizeof(s->slab->at);
	return s;
}

void
store_free(struct store *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->row.n; i++) {
		VEC_FREE(&s->row.at[i]->extent);
		free(s->row.at[i]);
	}
	VEC_FREE(&s->row);
	while (s->slab) {
		struct slab *next = s->slab->next;

		table_free(s->slab, sizeof(*s->slab));
		s->slab = next;
	}
	free(s->buffer);
	if (s->fd >= 0)
		close(s->fd);
	free(s);
}

/* Index of the first row not below `row`. */
static size_t
row_place(const struct store *s, int32_t row)
{
	size_t lo = 0, hi = s->row.n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (s->row.at[mid]->row < row)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static struct row *
row_find(const struct store *s, int32_t row)
{
	size_t at = row_place(s, row);

	return at < s->row.n && s->row.at[at]->row == row ? s->row.at[at] : NULL;
}

static struct row *
row_get(struct store *s, int32_t row)
{
	struct row *r = row_find(s, row);

	if (!r) {
		size_t at = row_place(s, row);

		r = xalloc(1, sizeof(*r));
		r->row = row;
		*VEC_PUSH(&s->row) = r;
		memmove(&s->row.at[at + 1], &s->row.at[at],
			(s->row.n - 1 - at) * sizeof(*s->row.at));
		s->row.at[at] = r;
	}
	s->last = r;
	return r;
}

static struct chunk *
chunk_new(struct store *s, bool small)
{
	struct chunk **spare = small ? &s->spare_small : &s->spare_large;
	size_t size = small ? SMALL : LARGE;
	struct chunk *c = *spare;

	if (c) {
		*spare = c->next;
	} else {
		if (s->slab_used + size > sizeof(s->slab->at)) {
			struct slab *slab = table_alloc(sizeof(*slab));

			slab->next = s->slab;
			s->slab = slab;
			s->slab_used = 0;
		}
		c = (struct chunk *)(void *)(s->slab->at + s->slab_used);
		s->slab_used += size;
	}
	*c = (struct chunk){ .room = (uint32_t)((size - sizeof(*c)) / s->record) };
	s->used += size;
	return c;
}

static void
flush(struct store *s)
{
	size_t done = 0;

	while (done < s->buffered && !s->failed) {
		ssize_t n = pwrite(s->fd, s->buffer + done, s->buffered - done,
				   (off_t)(s->spilled + done));

		if (n > 0)
			done += (size_t)n;
		else if (n == 0 || errno != EINTR)
			s->failed = true;
	}
	s->spilled += s->buffered;
	s->buffered = 0;
}

/* The chain, oldest chunk first. */
static struct chunk *
reversed(struct chunk *c)
{
	struct chunk *oldest = NULL;

	while (c) {
		struct chunk *next = c->next;

		c->next = oldest;
		oldest = c;
		c = next;
	}
	return oldest;
}

static size_t
records(const struct head *h, const struct chunk *c)
{
	return c == h->chunk ? h->n : c->n;
}

static void
spill_chunks(struct store *s, struct row *r, unsigned column)
{
	struct chunk *c = r->head[column].chunk, *next;
	uint64_t offset = s->spilled + s->buffered;
	uint32_t count = 0;

	if (c)
		c->n = r->head[column].n;
	for (c = reversed(c); c; c = next) {
		struct chunk **spare =
			c->room < LARGE / 2 / s->record ? &s->spare_small : &s->spare_large;
		size_t bytes = c->n * s->record;

		if (s->buffered + bytes > WRITE_BUFFER)
			flush(s);
		memcpy(s->buffer + s->buffered, c->at, bytes);
		s->buffered += bytes;
		count += c->n;
		next = c->next;
		c->next = *spare;
		*spare = c;
	}
	r->head[column] = (struct head){ .chunk = NULL };
	if (count)
		*VEC_PUSH(&r->extent) =
			(struct extent){ .offset = offset, .count = count, .column = column };
}

static void
spill(struct store *s)
{
	if (s->fd < 0) {
		s->fd = unnamed_open(s->dir);
		s->failed |= s->fd < 0; /* once lost, always lost */
		s->buffer = xrealloc(s->buffer, WRITE_BUFFER, 1);
	}
	for (size_t i = 0; i < s->row.n; i++) {
		for (unsigned c = 0; c < STORE_COLUMNS; c++)
			spill_chunks(s, s->row.at[i], c);
	}
	flush(s);
	s->used = 0;
}

static void
open_chunk(struct store *s, struct row *r, unsigned column)
{
	struct head *h = &r->head[column];
	struct chunk *c;

	if (s->used >= s->most)
		spill(s);
	if (h->chunk)
		h->chunk->n = h->n;
	c = chunk_new(s, !h->chunk);
	c->next = h->chunk;
	*h = (struct head){ .chunk = c, .room = c->room };
}

void
store_add(struct store *s, int32_t row, unsigned column, const void *record)
{
	struct row *r = s->last && s->last->row == row ? s->last : row_get(s, row);
	struct head *h = &r->head[column];

	if (UNLIKELY(h->n == h->room))
		open_chunk(s, r, column);
	memcpy(h->chunk->at + h->n++ * s->record, record, s->record);
}

void
store_fetch(const struct store *s, unsigned column)
{
	const struct head *h = s->last ? &s->last->head[column] : NULL;

	if (h && h->chunk)
		__builtin_prefetch(h->chunk->at + h->n * s->record, 1);
}

int32_t *
store_rows(const struct store *s, size_t *count)
{
	int32_t *rows = xalloc(s->row.n, sizeof(*rows));

	for (size_t i = 0; i < s->row.n; i++)
		rows[i] = s->row.at[i]->row;
	*count = s->row.n;
	return rows;
}

uint64_t
store_count(const struct store *s, int32_t row, unsigned column)
{
	const struct row *r = row_find(s, row);
	uint64_t n = 0;

	if (!r)
		return 0;
	for (size_t i = 0; i < r->extent.n; i++)
		n += r->extent.at[i].column == column ? r->extent.at[i].count : 0;
	for (const struct chunk *c = r->head[column].chunk; c; c = c->next)
		n += records(&r->head[column], c);
	return n;
}

/* Oldest first, so that a log in time order comes back in time order and sorting it costs one look. */
bool
store_read(const struct store *s, int32_t row, unsigned column, void *out)
{
	const struct row *r = row_find(s, row);
	const struct head *h = r ? &r->head[column] : NULL;
	uint64_t in_memory = 0;
	char *p = out;

	if (!r || !out)
		return true; /* nothing there, so nothing was made room for */
	for (size_t i = 0; i < r->extent.n; i++) {
		const struct extent *e = &r->extent.at[i];

		if (e->column != column)
			continue;
		if (!read_all_at(s->fd, p, e->count * s->record, e->offset))
			return false;
		p += e->count * s->record;
	}
	for (const struct chunk *c = h->chunk; c; c = c->next)
		in_memory += records(h, c);
	p += in_memory * s->record;
	for (const struct chunk *c = h->chunk; c; c = c->next) {
		p -= records(h, c) * s->record;
		memcpy(p, c->at, records(h, c) * s->record);
	}
	return true;
}

uint64_t
store_spilled_bytes(const struct store *s)
{
	return s->spilled;
}

bool
store_ok(const struct store *s)
{
	return !s->failed;
}
