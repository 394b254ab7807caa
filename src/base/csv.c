/*
 * csv.c - walks one row at a time; hides quoting.  Linear, also over text that never closes a quote.
 *
 * Commas and newlines are found for 64 bytes at once, as bits of a word: 1 M rows of 50 bytes take 23 ms so and 75 ms
 * byte by byte (2026-11, gcc 12 -O2).
 */
#include "base/csv.h"

#define NOINLINE __attribute__((noinline)) /* its buffer would be zeroed for every cell */

enum { BLOCK = 64 };

static const char *const mistakes[CSV_MISTAKES] = {
	[CSV_UNCLOSED] = "a quote opens here and never closes",
	[CSV_TRAILING] =
		"text follows a closing quote; a quote inside a quoted cell is written twice",
	[CSV_TOO_MANY] = "more cells than are read in a row",
};

static const struct str mark = { .p = "\xEF\xBB\xBF", .n = 3 };

static void
bad(struct csv *c, enum csv_mistake mistake, unsigned line, size_t at)
{
	if (c->wrong)
		return;
	c->wrong = mistakes[mistake];
	c->mistake = mistake;
	c->wrong_line = line;
	c->wrong_cell = (unsigned)c->cell.n + 1;
	c->wrong_at = at;
}

/* Which of the 16 bytes are one of the two? */
static inline uint64_t
hits_of_sixteen(const char *p, char x, char y)
{
#ifdef __SSE2__
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i hit = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(x)),
				   _mm_cmpeq_epi8(v, _mm_set1_epi8(y)));

	return (uint64_t)(unsigned)_mm_movemask_epi8(hit);
#else
	uint64_t bits = 0;

	for (unsigned i = 0; i < 16; i++)
		bits |= (uint64_t)(p[i] == x || p[i] == y) << i;
	return bits;
#endif
}

static inline uint64_t
hits_of(const char *p, char x, char y)
{
	return hits_of_sixteen(p, x, y) | hits_of_sixteen(p + 16, x, y) << 16 |
	       hits_of_sixteen(p + 32, x, y) << 32 | hits_of_sixteen(p + 48, x, y) << 48;
}

/* No byte behind the text is read. */
static NOINLINE uint64_t
hits_of_tail(const char *p, size_t n, char x, char y)
{
	char tail[BLOCK] = { 0 };

	memcpy(tail, p, n);
	return hits_of(tail, x, y) & ((1ULL << n) - 1);
}

/* Of the 64 bytes of the text at `at`, or of those that are left. */
static inline uint64_t
hits_at(struct str text, size_t at, char x, char y)
{
	const char *p = text.p + at;
	size_t n = text.n - at;

	if (LIKELY(n >= BLOCK))
		return hits_of(p, x, y);
#if defined(STR_WIDE)
	/* A page is readable whole or not at all; what is not ours is masked off. */
	if (LIKELY(n && ((uintptr_t)p & 4095) <= 4096 - BLOCK))
		return hits_of(p, x, y) & ((1ULL << n) - 1);
#endif
	return n ? hits_of_tail(p, n, x, y) : 0;
}

static inline uint64_t
stops_at(const struct csv *c, size_t at)
{
	return hits_at(c->text, at, c->comma, '\n');
}

/* The stops of this block that are not behind `at` are still known; else it begins a new one. */
static inline void
seek(struct csv *c, size_t at)
{
	c->at = at;
	if (LIKELY(at - c->block < BLOCK)) {
		c->stops &= ~0ULL << (at - c->block);
		return;
	}
	c->block = at;
	c->stops = stops_at(c, at);
}

/* Goes on to a block that has a comma or a newline; false when there is none up to the end. */
static inline bool
next_block(const struct csv *c, size_t *block, uint64_t *stops)
{
	while (!*stops) {
		if (c->text.n - *block <= BLOCK)
			return false;
		*block += BLOCK;
		*stops = stops_at(c, *block);
	}
	return true;
}

enum ended { AT_NEWLINE, AT_END, AT_QUOTE };

/* False when the cells are the caller's: the row has more than he reads, and the rest of the text is left. */
static NOINLINE bool
grow(struct csv *c, size_t at)
{
	if (c->fixed) {
		bad(c, CSV_TOO_MANY, c->next_line, at);
		return false;
	}
	c->cell.at = vec_grow(c->cell.at, &c->cell.room, sizeof(*c->cell.at));
	return true;
}

/*
 * Of a cell that begins with a quote at the bit `from` of a block: does it end with the next quote, and this with the
 * next stop, within the block?  All else is left to quoted_cell().
 */
static inline bool
quoted_here(uint64_t quotes, size_t from, unsigned stop)
{
	uint64_t later = from < BLOCK - 1 ? quotes & ~1ULL << from : 0;

	return later && stop == (unsigned)__builtin_ctzll(later) + 1;
}

/* Cells up to the end of the row, or up to one that begins with a quote and is not simple. */
static enum ended
simple_cells(struct csv *c)
{
	const char *p = c->text.p, *at = p + c->at, *end = p + c->text.n;
	struct str *cell = c->cell.at + c->cell.n, *most = c->cell.at + c->cell.room;
	size_t block = c->block, quotes_block = SIZE_MAX;
	uint64_t stops = c->stops, quotes = 0;
	enum ended ended = AT_END;

	/* A stop not behind us means that there is a byte here. */
	while (LIKELY(stops) || next_block(c, &block, &stops)) {
		unsigned bit = (unsigned)__builtin_ctzll(stops);
		const char *from = at, *stop = p + block + bit, *to = stop;

		if (*at == '"') {
			if (quotes_block != block)
				quotes = hits_at(c->text, block, '"', '"');
			quotes_block = block;
			if (*stop != c->comma ||
			    !quoted_here(quotes, (size_t)(at - p) - block, bit))
				break;
			from++;
			to--;
		}
		if (UNLIKELY(cell == most)) {
			c->cell.n = c->cell.room;
			if (!grow(c, (size_t)(at - p))) {
				at = end;
				break;
			}
			cell = c->cell.at + c->cell.n;
			most = c->cell.at + c->cell.room;
		}
		cell->p = from;
		cell->n = (size_t)(to - from);
		cell++;
		stops &= stops - 1;
		at = stop + 1;
		if (*stop == '\n') {
			ended = AT_NEWLINE;
			break;
		}
	}
	if (ended != AT_NEWLINE && at < end && *at == '"')
		ended = AT_QUOTE;
	c->cell.n = (size_t)(cell - c->cell.at);
	c->at = (size_t)(at - p);
	c->block = block;
	c->stops = stops;
	return ended;
}

static void
without_cr(struct str *s)
{
	s->n -= s->n && s->p[s->n - 1] == '\r';
}

static struct str
without_doubled(struct csv *c, struct str s, size_t doubled)
{
	char *to = c->fixed ? c->undone : arena_alloc(&c->arena, s.n);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		to[n++] = s.p[i];
		i += s.p[i] == '"';
	}
	if (c->fixed)
		c->undone += n;
	return (struct str){ .p = to, .n = s.n - doubled };
}

static unsigned
newlines(struct str s)
{
	const char *end = s.p + s.n;
	unsigned n = 0;

	for (const char *p = find_byte(s.p, end, '\n'); p < end; p = find_byte(p + 1, end, '\n'))
		n++;
	return n;
}

/* From the opening quote to the byte behind the closing one. */
static inline struct str
quoted_cell(struct csv *c)
{
	const char *from = c->text.p + c->at + 1, *end = c->text.p + c->text.n;
	const char *p = find_byte(from, end, '"');
	size_t doubled = 0;
	struct str s;

	while (end - p > 1 && p[1] == '"') {
		doubled++;
		p = find_byte(p + 2, end, '"');
	}
	if (UNLIKELY(p == end))
		bad(c, CSV_UNCLOSED, c->next_line, c->at);
	s = (struct str){ .p = from, .n = (size_t)(p - from) };
	c->next_line += newlines(s);
	seek(c, (size_t)(p - c->text.p) + (p < end));
	return doubled ? without_doubled(c, s, doubled) : s;
}

/* Behind a closing quote only a comma or the end of the line makes sense.  True: a comma. */
static inline bool
quoted_end(struct csv *c)
{
	struct str rest = { .p = c->text.p + c->at };
	size_t at = c->at, n = c->text.n;
	bool more;

	while (at < n && c->text.p[at] != c->comma && c->text.p[at] != '\n')
		at++;
	more = at < n && c->text.p[at] == c->comma;
	rest.n = at - c->at;
	if (!more)
		without_cr(&rest);
	if (UNLIKELY(rest.n))
		bad(c, CSV_TRAILING, c->next_line, c->at);
	c->next_line += at < n && !more;
	seek(c, at + (at < n));
	return more;
}

static void
add_cell(struct csv *c, struct str s)
{
	if (LIKELY(c->cell.n < c->cell.room) || grow(c, c->at))
		c->cell.at[c->cell.n++] = s;
}

/* The rest of the row, behind cells that need no care.  False: the row is over. */
static bool
row_goes_on(struct csv *c, enum ended ended)
{
	struct str s = { .p = c->text.p + c->at, .n = c->text.n - c->at };
	bool more = false;

	switch (ended) {
	case AT_QUOTE:
		s = quoted_cell(c);
		more = quoted_end(c);
		add_cell(c, s);
		break;
	case AT_END:
		if (c->wrong && c->mistake == CSV_TOO_MANY)
			break;
		without_cr(&s);
		c->at = c->text.n;
		add_cell(c, s);
		break;
	case AT_NEWLINE:
		without_cr(&c->cell.at[c->cell.n - 1]);
		c->next_line++;
		break;
	}
	return more;
}

static void
begin(struct csv *c)
{
	c->next_line = 1;
	c->at = c->block = str_starts(c->text, mark) ? mark.n : 0;
	c->stops = c->text.n ? stops_at(c, c->at) : 0;
}

void
csv_open(struct csv *c, struct str text)
{
	*c = (struct csv){ .text = text, .comma = ',' };
	c->cell.at = vec_grow(NULL, &c->cell.room, sizeof(*c->cell.at));
	begin(c);
}

void
csv_open_in(struct csv *c, struct str text, char comma, struct csv_memory memory)
{
	/* Not the whole struct: a row of 100 bytes is read in the time it takes to clear 150. */
	c->text = text;
	c->comma = comma;
	c->fixed = true;
	c->undone = memory.undone;
	c->cell.at = memory.cell;
	c->cell.room = memory.most;
	c->wrong = NULL;
	begin(c);
}

/* Is any of the 64 bytes of the text at `at` a quote?  True as well when fewer than 64 are left. */
static inline bool
quotes_near(struct str text, size_t at)
{
#ifdef __SSE2__
	const __m128i *v = (const __m128i *)(const void *)(text.p + at), quote = _mm_set1_epi8('"');
	__m128i hit;

	if (UNLIKELY(text.n - at < BLOCK))
		return true;
	hit = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(_mm_loadu_si128(v), quote),
					_mm_cmpeq_epi8(_mm_loadu_si128(v + 1), quote)),
			   _mm_or_si128(_mm_cmpeq_epi8(_mm_loadu_si128(v + 2), quote),
					_mm_cmpeq_epi8(_mm_loadu_si128(v + 3), quote)));
	return _mm_movemask_epi8(hit) != 0;
#else
	return true;
#endif
}

bool
csv_quote_open(struct str lines, char comma, bool open)
{
	struct str text = !open && str_starts(lines, mark) ? str_skip(lines, mark.n) : lines;
	size_t looked = 0; /* at a doubled quote's second */

	for (size_t block = 0; block < text.n; block += BLOCK) {
		uint64_t quotes = quotes_near(text, block) ? hits_at(text, block, '"', '"') : 0;

		for (; quotes; quotes &= quotes - 1) {
			size_t at = block + (unsigned)__builtin_ctzll(quotes);

			if (at < looked)
				continue;
			if (!open)
				open = at == 0 || text.p[at - 1] == comma || text.p[at - 1] == '\n';
			else if (at + 1 < text.n && text.p[at + 1] == '"')
				looked = at + 2;
			else
				open = false;
		}
	}
	return open;
}

void
csv_close(struct csv *c)
{
	arena_free(&c->arena);
	VEC_FREE(&c->cell);
}

enum csv_got
csv_next(struct csv *c)
{
	c->cell.n = 0;
	c->line = c->next_line;
	c->wrong = NULL;
	if (c->at >= c->text.n)
		return CSV_END;
	while (row_goes_on(c, simple_cells(c)))
		continue;
	return c->wrong ? CSV_BAD : CSV_ROW;
}
