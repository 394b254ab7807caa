/*
 * detect_sample.c - see detect_sample.h.
 */
#include "app/detect_sample.h"

#include "app/lines.h"
#include "base/guard.h"

enum { SAMPLE_LINES = 1000, SAMPLE_BYTES = 8 << 20 };

/* The lines of a block, up to as many as are wanted; over-long ones were skipped by the reader. */
static void
take_lines(struct detect_sample *s, char *to, struct str block)
{
	size_t n = 0;

	while (n < block.n && s->lines < SAMPLE_LINES && s->text.n + n < SAMPLE_BYTES) {
		n += lines_first(str_skip(block, n)).taken;
		s->lines++;
	}
	n = min_size(n, SAMPLE_BYTES + LINE_MOST - s->text.n);
	memcpy(to + s->text.n, block.p, n);
	s->text.n += n;
}

static size_t
count_odd(struct str text)
{
	size_t n = 0;

	while (text.n) {
		struct piece piece = lines_first(text);

		n += !utf8_valid(piece.text);
		text = str_skip(text, piece.taken);
	}
	return n;
}

/* In UTF-16, ASCII has a NUL in every other byte; a hole that a rotation has left in a file has one in each. */
static enum encoding
utf16_of(struct str text)
{
	size_t nul[2] = { 0, 0 }, more, less;

	for (size_t i = 0; i < text.n; i++)
		nul[i % 2] += text.p[i] == '\0';
	less = min_size(nul[0], nul[1]);
	more = nul[0] + nul[1] - less;
	if (more == 0 || more < text.n / 4 || less > more / 2)
		return ENCODING_NONE;
	return nul[1] > nul[0] ? ENCODING_UTF16LE : ENCODING_UTF16BE;
}

/*
 * Much of EUC-JP is CP932 too, as one kana of half width for each of its bytes: of two readings the shorter one is
 * meant.
 */
static void
set_encoding(struct detect_sample *s, struct arena *arena)
{
	static const enum encoding tried[] = { ENCODING_CP932, ENCODING_EUC_JP };
	enum encoding wide = utf16_of(s->text);
	struct str best = { 0 };
	uint64_t bad;

	if (wide != ENCODING_NONE) {
		s->encoding = wide;
		s->text = encoding_to_utf8(arena, s->text, wide, &bad);
		return;
	}
	for (size_t i = 0; s->odd_lines && i < COUNT(tried); i++) {
		struct str text = encoding_to_utf8(arena, s->text, tried[i], &bad);

		if (bad == 0 && (best.n == 0 || text.n < best.n)) {
			s->encoding = tried[i];
			best = text;
		}
	}
	if (best.n)
		s->text = best;
}

static void
tell_end(struct detect_sample *s, struct str path, struct reader *reader, struct errors *err)
{
	struct logfile f = { .end = reader_end(reader),
			     .packing = reader_packing(reader),
			     .trailing = reader_trailing(reader) };
	struct arena words = { 0 };

	s->damaged = f.end != END_WHOLE;
	if (s->damaged)
		error_add(err, "'" STR_FMT "' " STR_FMT, STR_ARG(path),
			  STR_ARG(logfile_end_words(&words, &f)));
	arena_free(&words);
}

int
detect_sample(struct detect_sample *s, struct str path, const struct reader_options *options,
	      struct arena *arena, struct errors *err)
{
	struct reader *reader = reader_open(arena_str(arena, path).p, options, err);
	struct block b;
	char *p;

	*s = (struct detect_sample){ 0 };
	if (!reader)
		return -1;
	guard_install();
	p = arena_alloc(arena, SAMPLE_BYTES + LINE_MOST);
	s->text.p = p;
	reader_range(reader, 0, UINT64_MAX);
	while (s->lines < SAMPLE_LINES && s->text.n < SAMPLE_BYTES && reader_next(reader, &b)) {
		if (!b.skipped)
			take_lines(s, p, b.bytes);
	}
	tell_end(s, path, reader, err);
	reader_close(reader);
	s->odd_lines = count_odd(s->text);
	set_encoding(s, arena);
	return 0;
}
