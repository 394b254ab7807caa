/*
 * consumer_spill.c - see consumer_spill.h.  A part is sorted by casting it once more, by the next bits of the hash.
 */
#include "context/consumer_spill.h"

#include "base/read_at.h"
#include "base/unnamed.h"

#include <errno.h>
#include <unistd.h>

bool
consumer_spill_open(struct consumer_spill *s, const struct hash_key *key, uint32_t bits,
		    size_t memory, const char *folder)
{
	*s = (struct consumer_spill){ .key = key, .bits = bits, .fd = unnamed_open(folder) };
	if (s->fd < 0)
		return false;
	s->store = store_new(sizeof(struct spill_row), memory, folder);
	out_stream(&s->texts, s->fd, str_of(folder));
	return true;
}

void
consumer_spill_close(struct consumer_spill *s)
{
	if (!s->store)
		return;
	store_free(s->store);
	out_discard(&s->texts);
	close(s->fd);
	free(s->text[0]);
	free(s->text[1]);
	s->store = NULL;
}

void
consumer_spill_add(struct consumer_spill *s, const struct consumer_row *row)
{
	struct index_key key = { .low = 0 };
	struct spill_row r = { .from = row->span.from,
			       .to = row->span.to,
			       .line = row->head.line,
			       .supplier = row->span.supplier,
			       .area = row->span.area,
			       .type = row->span.type };
	uint64_t part;

	key.text = r.text = !key_of_digits(row->consumer, &key);
	r.hash = index_hash(s->key, &key, row->consumer);
	r.key_low = key.low;
	r.key_high = key.high;
	if (UNLIKELY(r.text)) {
		r.key_low = s->texts_size;
		r.key_high = (uint32_t)row->consumer.n;
		out_bytes(&s->texts, row->consumer);
		s->texts_size += row->consumer.n;
	}
	part = index_part_of(r.hash, s->bits);
	store_add(s->store, (int32_t)(part / STORE_COLUMNS), (unsigned)(part % STORE_COLUMNS), &r);
	s->rows++;
}

bool
consumer_spill_settle(struct consumer_spill *s)
{
	out_flush(&s->texts);
	return store_ok(s->store) && !s->texts.failed;
}

uint64_t
consumer_spill_count(const struct consumer_spill *s, uint64_t part)
{
	return store_count(s->store, (int32_t)(part / STORE_COLUMNS),
			   (unsigned)(part % STORE_COLUMNS));
}

/* Into one of two buffers. */
static struct str
text_of_row(struct consumer_spill *s, int which, const struct spill_row *row)
{
	size_t n = row->key_high;

	if (n > s->room[which]) {
		s->room[which] = n * 2;
		s->text[which] = xrealloc(s->text[which], s->room[which], 1);
	}
	if (!read_all_at(s->fd, s->text[which], n, row->key_low)) {
		s->failed = true;
		memset(s->text[which], 0, n);
	}
	return (struct str){ .p = s->text[which], .n = n };
}

struct str
consumer_spill_text(struct consumer_spill *s, const struct spill_row *row)
{
	return text_of_row(s, 0, row);
}

static inline int
by_number(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

/* Which of two ids comes first matters to nobody, as long as equal ones come together. */
static int
order_ids(struct consumer_spill *s, const struct spill_row *a, const struct spill_row *b)
{
	int c = by_number(a->hash, b->hash);

	if (c == 0)
		c = by_number(a->text, b->text);
	if (c == 0)
		c = by_number(a->key_high, b->key_high);
	if (c == 0 && !a->text)
		return by_number(a->key_low, b->key_low);
	if (c == 0)
		c = str_cmp(text_of_row(s, 0, a), text_of_row(s, 1, b));
	return c;
}

bool
consumer_spill_same(struct consumer_spill *s, const struct spill_row *a, const struct spill_row *b)
{
	return order_ids(s, a, b) == 0;
}

static int
order_rows(struct consumer_spill *s, const struct spill_row *a, const struct spill_row *b)
{
	int c = order_ids(s, a, b);

	if (c == 0)
		c = (a->from > b->from) - (a->from < b->from);
	return c ? c : by_number(a->line, b->line);
}

static int
order_r(const void *a, const void *b, void *spill)
{
	return order_rows(spill, a, b);
}

/* Of a share of the hash with few rows: as they come, they are hardly out of order. */
static void
sort_few(struct consumer_spill *s, struct spill_row *r, size_t n)
{
	if (n > 32) {
		qsort_r(r, n, sizeof(*r), order_r, s);
		return;
	}
	for (size_t i = 1; i < n; i++) {
		struct spill_row row = r[i];
		size_t k = i;

		for (; k && order_rows(s, &r[k - 1], &row) > 0; k--)
			r[k] = r[k - 1];
		r[k] = row;
	}
}

static size_t
cast_of(const struct consumer_spill *s, const struct spill_row *r, uint32_t bits)
{
	return (size_t)(r->hash << s->bits >> 1 >> (63 - bits));
}

/* Hashes are spread evenly, so that each of as many shares as there are rows gets one or two. */
static void
sort_part(struct consumer_spill *s, const struct spill_row *from, size_t n, struct spill_row *to)
{
	uint32_t bits = 1;
	size_t *end, begin = 0;

	while (bits < 20 && (size_t)1 << bits < n)
		bits++;
	end = xalloc(((size_t)1 << bits) + 1, sizeof(*end));
	for (size_t i = 0; i < n; i++)
		end[cast_of(s, &from[i], bits) + 1]++;
	for (size_t i = 1; i < (size_t)1 << bits; i++)
		end[i] += end[i - 1];
	for (size_t i = 0; i < n; i++)
		to[end[cast_of(s, &from[i], bits)]++] = from[i];
	for (size_t i = 0; i < (size_t)1 << bits; i++) {
		sort_few(s, to + begin, end[i] - begin);
		begin = end[i];
	}
	free(end);
}

bool
consumer_spill_read(struct consumer_spill *s, uint64_t part, struct spill_row *out)
{
	size_t n = (size_t)consumer_spill_count(s, part);
	struct spill_row *raw = xalloc(n, sizeof(*raw));
	bool right = store_read(s->store, (int32_t)(part / STORE_COLUMNS),
				(unsigned)(part % STORE_COLUMNS), raw);

	if (right && n)
		sort_part(s, raw, n, out);
	free(raw);
	return right && !s->failed;
}
