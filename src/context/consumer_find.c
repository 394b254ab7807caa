/*
 * consumer_find.c - looks up ids in a mapped index, and copies rows out of it.
 */
#include "context/consumer_index.h"

/* A copy that the compiler must not look behind: what is checked must be what is used. */
static inline void
copy_out(void *to, const void *from, size_t n)
{
	memcpy(to, from, n);
	__asm__("" : : "r"(to) : "memory");
}

/* A text of the same 35 bits is almost surely the same; when it is not, it must at least be a text. */
static enum consumer_found
compare_text(const struct consumer_index *ix, struct str id, const struct index_slot *s)
{
	uint64_t at = (s->w[0] & ((1ULL << TEXT_AT_BITS) - 1)) * 8, size = ix->head.texts_size;
	struct index_text text;

	if (at > size || size - at < sizeof(text))
		return CONSUMER_BROKEN;
	copy_out(&text, ix->texts + at, sizeof(text));
	if (text.length > size - at - sizeof(text))
		return CONSUMER_BROKEN;
	if (text.length == id.n && memcmp(ix->texts + at + sizeof(text), id.p, id.n) == 0)
		return CONSUMER_FOUND;
	return index_check(&ix->key, ix->texts + at + sizeof(text.check),
			   sizeof(text.length) + text.length, at) == text.check
		       ? CONSUMER_ABSENT
		       : CONSUMER_BROKEN;
}

/* Which of the slots have this low part, which is nearly always one or none; free slots are zeroes. */
static inline unsigned
slots_like(const struct index_bucket *b, const struct consumer_probe *p, unsigned shift)
{
	unsigned like = 0;

#pragma GCC unroll 5
	for (unsigned i = 0; i < BUCKET_SLOTS; i++)
		like |= (unsigned)((b->slot[i].w[0] ^ p->key_low) >> shift == 0) << i;
	return like;
}

static inline bool
high_like(const struct index_slot *s, const struct consumer_probe *p)
{
	return (s->w[1] & ((2ULL << SLOT_TEXT) - 1)) == p->key_high;
}

static enum consumer_found
find_text(const struct consumer_index *ix, const struct index_bucket *b,
	  const struct consumer_probe *p, struct str id, struct index_slot *out)
{
	enum consumer_found found = CONSUMER_ABSENT;

	for (unsigned like = slots_like(b, p, TEXT_AT_BITS); like && found == CONSUMER_ABSENT;
	     like &= like - 1) {
		*out = b->slot[__builtin_ctz(like)];
		if (high_like(out, p))
			found = compare_text(ix, id, out);
	}
	return found;
}

static inline enum consumer_found
find_number(const struct index_bucket *b, const struct consumer_probe *p, struct index_slot *out)
{
	for (unsigned like = slots_like(b, p, 0); like; like &= like - 1) {
		*out = b->slot[__builtin_ctz(like)];
		if (LIKELY(high_like(out, p)))
			return CONSUMER_FOUND;
	}
	return CONSUMER_ABSENT;
}

/* Can one whose bucket is `home` stand in the bucket behind this one, where it did not stand? */
static inline bool
goes_on(const struct index_bucket *b, uint64_t at, uint64_t home)
{
	uint64_t back = b->check & 0xFF;

	return UNLIKELY(back) && (back == BACK_MOST || home + back > at);
}

enum consumer_found
consumer_index_find(const struct consumer_index *ix, const struct consumer_probe *p, struct str id,
		    struct index_slot *out)
{
	for (uint64_t at = p->bucket; at < ix->head.buckets; at++) {
		struct index_bucket b UNINITIALIZED;
		enum consumer_found found;
		uint64_t check = bucket_check(&ix->key, ix->buckets + at * sizeof(b), &b, at);

		if (UNLIKELY(check != b.check))
			return CONSUMER_BROKEN;
		found = UNLIKELY(consumer_probe_is_text(p)) ? find_text(ix, &b, p, id, out)
							    : find_number(&b, p, out);
		if (found != CONSUMER_ABSENT)
			return found;
		if (!goes_on(&b, at, p->bucket))
			return CONSUMER_ABSENT;
	}
	return CONSUMER_BROKEN;
}

/* From its own numbers to the pools'. */
static inline bool
translate(const struct consumer_index *ix, struct consumer_span *span)
{
	if (span->supplier > ix->head.suppliers || span->area > ix->head.areas ||
	    span->type >= CONSUMER_TYPES)
		return false;
	span->supplier = ix->supplier[span->supplier];
	span->area = ix->area[span->area];
	return true;
}

bool
consumer_index_row(const struct consumer_index *ix, const struct index_slot *s,
		   struct consumer_span *out)
{
	*out = slot_span(s);
	return translate(ix, out);
}

void
consumer_index_fetch(const struct consumer_index *ix, const struct index_slot *s)
{
	if (s->w[2] < ix->head.spans_size)
		__builtin_prefetch(ix->spans + s->w[2]);
}

uint32_t
consumer_index_rows_fit(const struct consumer_index *ix, const struct index_slot *s)
{
	uint64_t bytes = sizeof(uint64_t) + slot_count(s) * sizeof(struct index_span);

	return s->w[2] > ix->head.spans_size || bytes > ix->head.spans_size - s->w[2]
		       ? 0
		       : slot_count(s);
}

/* The bytes are first laid into the rear half of where the rows will lie, which are twice as long. */
bool
consumer_index_rows(const struct consumer_index *ix, const struct index_slot *s,
		    struct consumer_row *rows)
{
	uint32_t count = slot_count(s);
	const char *from = ix->spans + s->w[2];
	char *raw = (char *)rows + count * sizeof(struct index_span);
	uint64_t check;
	bool right;

	_Static_assert(sizeof(*rows) == 2 * sizeof(struct index_span), "the rear half");
	memcpy(&check, from, sizeof(check));
	copy_out(raw, from + sizeof(check), count * sizeof(struct index_span));
	right = index_check(&ix->key, raw, count * sizeof(struct index_span), s->w[2]) == check;
	for (uint32_t i = 0; i < count && right; i++) {
		struct index_span span;

		memcpy(&span, raw + i * sizeof(span), sizeof(span));
		rows[i] = (struct consumer_row){
			.head = { .line = span.line, .count = count - i },
			.span = { .from = instant_of_code(span.from, INT64_MIN),
				  .to = instant_of_code(span.to, INT64_MAX),
				  .supplier = span.supplier,
				  .area = span.area,
				  .type = (uint8_t)(span.from >> TYPE_SHIFT) },
		};
		right = translate(ix, &rows[i].span);
	}
	return right;
}
