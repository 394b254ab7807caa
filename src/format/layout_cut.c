/*
 * layout_cut.c - cuts a stretch of a line into its fields, or says that it could be cut in two ways.
 *
 *     10.1.2.3 - kasumi [x] [04/Jul/2022:09:12:31 +0900]
 *     ^------> ^            <------------------------^     from the left while fields cannot hold what follows them,
 *                ^-------^                                 from the right likewise; what is left is the free field
 *
 * With several free fields between, every boundary has an earliest place (each field as short as can be, from the
 * left) and a latest one (from the right); the server's own cut lies between them, wherever strangers have put
 * things that look like literals.  Where the two meet it is known; else the line is refused, never guessed at.
 */
#include "base/clf_time.h"
#include "format/layout_plan.h"

/* A blank behind a comma or around a colon parts the words of a list, and does not end it. */
static inline bool
parts_list(const char *at, const char *p, const char *end)
{
	return (at > p && at[-1] == ',') || (end - at > 2 && at[1] == ':' && at[2] == ' ') ||
	       (at - p > 1 && at[-1] == ':' && at[-2] == ' ');
}

/* Where the field at p ends: at the first of its literal's first byte that it cannot hold. */
static inline const char *
exact_end(const struct layout_step *f, const char *p, const char *end)
{
	char c = f->after.p[0];
	const char *at = p;

	if (UNLIKELY(f->class == CLASS_NAME && p < end && *p == '['))
		at = find_byte(p, end, ']');
	at = find_byte(at, end, c);
	while (f->class == CLASS_LIST && at < end && parts_list(at, p, end))
		at = find_byte(at + 1, end, c);
	return at;
}

static inline bool
literal_at(struct str literal, const char *p, const char *end)
{
	size_t n = literal.n;

	if ((size_t)(end - p) < n)
		return false;
	/* Nearly all are of one to three bytes: a call costs more than comparing them. */
	while (n > 0 && p[n - 1] == literal.p[n - 1])
		n--;
	return n == 0;
}

/* The first whole literal in [p, end), or NULL. */
static const char *
first_literal(struct str literal, const char *p, const char *end)
{
	for (p = find_byte(p, end, literal.p[0]); p < end;
	     p = find_byte(p + 1, end, literal.p[0])) {
		if (literal_at(literal, p, end))
			return p;
	}
	return NULL;
}

/* The last one that begins in [from, p] and ends before `end`, or NULL. */
static const char *
last_literal(struct str literal, const char *from, const char *p, const char *end)
{
	if (end - from < (ptrdiff_t)literal.n)
		return NULL;
	if (p > end - literal.n)
		p = end - literal.n;
	for (; p >= from; p--) {
		if (literal_at(literal, p, end))
			return p;
	}
	return NULL;
}

/* Can [p, end) be such a field? */
static bool
holds(const struct layout_step *f, const char *p, const char *end)
{
	for (const char *at = p; at < end; at++) {
		if (!f->may[(unsigned char)*at] ||
		    (f->class == CLASS_LIST && *at == ' ' && !parts_list(at, p, end)))
			return false;
	}
	return true;
}

/* For each of n - 1 boundaries the earliest and the latest place it can have. */
struct bounds {
	const char *low[LAYOUT_MOST], *high[LAYOUT_MOST];
};

static bool
bounds_by_literals(const struct layout_step *f, size_t n, const char *p, const char *end,
		   struct bounds *b)
{
	const char *at = p, *limit = end;

	for (size_t i = 0; i + 1 < n; i++) {
		b->low[i] = first_literal(f[i].after, at, end);
		if (!b->low[i])
			return false;
		at = b->low[i] + f[i].after.n;
	}
	for (size_t i = n - 1; i-- > 0;) {
		b->high[i] = last_literal(f[i].after, b->low[i], limit, limit);
		if (!b->high[i])
			return false;
		limit = b->high[i];
	}
	return true;
}

/* What fields cannot hold brings the bounds closer.  A field's end bounds the next one's, so one round each way. */
static bool
bounds_by_bytes(const struct layout_step *f, size_t n, const char *p, const char *end,
		struct bounds *b)
{
	const char *at = p, *limit = end;

	for (size_t i = 0; i + 1 < n; i++) {
		const char *stop = at;

		if (at > b->high[i])
			return false;
		while (stop < b->high[i] && f[i].may[(unsigned char)*stop])
			stop++;
		b->high[i] = last_literal(f[i].after, b->low[i], stop, end);
		if (!b->high[i])
			return false;
		at = b->high[i] + f[i].after.n;
	}
	for (size_t i = n - 1; i-- > 0;) {
		const char *least = b->low[i] + f[i].after.n, *from = limit;

		while (from > least && f[i + 1].may[(unsigned char)from[-1]])
			from--;
		if (from > least)
			b->low[i] = first_literal(f[i].after, from - f[i].after.n, end);
		if (!b->low[i] || b->low[i] > b->high[i])
			return false;
		limit = b->low[i];
	}
	return true;
}

/*
 * The only way to cut [p, end) into the fields f[0..n), or false.  Rare, and its frame is a kilobyte that the common
 * way need not have.
 */
static __attribute__((noinline)) bool
only_way(const struct layout_step *f, size_t n, const char *p, const char *end, struct str *field)
{
	struct bounds b UNINITIALIZED;
	const char *at = p;

	if (!bounds_by_literals(f, n, p, end, &b) || !bounds_by_bytes(f, n, p, end, &b))
		return false;
	for (size_t i = 0; i < n; i++) {
		const char *to = i + 1 < n ? b.low[i] : end;

		if ((i + 1 < n && b.low[i] != b.high[i]) || to < at || !holds(&f[i], at, to))
			return false;
		field[i] = (struct str){ .p = at, .n = (size_t)(to - at) };
		at = to + f[i].after.n;
	}
	return true;
}

/* From the left: each ends at the first byte it cannot hold.  NULL when a literal is not where it must be. */
static inline const char *
cut_left(const struct layout *l, const struct layout_stretch *s, const char *p, const char *end,
	 struct str *field, const struct layout_step **bad)
{
	const struct layout_step *f = &l->step[s->first];

	for (size_t i = 0; i < s->left; i++) {
		const char *at = exact_end(&f[i], p, end);

		if (UNLIKELY(!literal_at(f[i].after, at, end))) {
			*bad = &f[i];
			return NULL;
		}
		field[i] = (struct str){ .p = p, .n = (size_t)(at - p) };
		p = at + f[i].after.n;
		while (UNLIKELY(l->how.padded) && p < end && *p == ' ')
			p++;
	}
	return p;
}

/* Where the last field of [p, end) begins: behind the last literal before it. */
static inline const char *
exact_start(const struct layout_step *f, struct str before, const char *p, const char *end)
{
	bool clf = f->class == CLASS_TIME && !f->when;
	const char *at;

	if (LIKELY(clf)) {
		if (end - p < CLF_TIME + (ptrdiff_t)before.n)
			return NULL;
		at = end - CLF_TIME - before.n;
		return literal_at(before, at, end) ? at + before.n : NULL;
	}
	at = last_literal(before, p, end, end);
	if (!at || !holds(f, at + before.n, end))
		return NULL;
	return at + before.n;
}

const char *
layout_cut(const struct layout *l, const struct layout_stretch *s, const char *p, const char *end,
	   struct str *field, const struct layout_step **bad)
{
	const struct layout_step *f = &l->step[s->first];
	size_t i = s->left, n = s->count;
	struct str tail = f[n - 1].after;
	const char *from = p;

	*bad = &f[n - 1];
	if ((size_t)(end - p) < tail.n || !literal_at(tail, end - tail.n, end))
		return end;
	end -= tail.n;
	p = cut_left(l, s, p, end, field, bad);
	if (!p)
		return from;
	for (size_t right = s->right; right > 0; right--, n--) {
		struct str before = f[n - 2].after;
		const char *at = exact_start(&f[n - 1], before, p, end);

		*bad = &f[n - 1];
		if (UNLIKELY(!at))
			return p;
		field[n - 1] = (struct str){ .p = at, .n = (size_t)(end - at) };
		end = at - before.n;
	}
	*bad = &f[i];
	if (n - i > 1)
		return only_way(&f[i], n - i, p, end, &field[i]) ? NULL : p;
	field[i] = (struct str){ .p = p, .n = (size_t)(end - p) };
	return f[i].class == CLASS_FREE || holds(&f[i], p, end) ? NULL : p;
}
