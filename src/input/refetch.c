/*
 * refetch.c - see refetch.h.
 */
#include "input/refetch.h"

#include "input/source.h"
#include "input/spool.h"
#include "input/stream.h"

#include <unistd.h>

enum { BUFFER = 256 * 1024 };

struct refetch {
	struct source source;
	struct stream *stream; /* NULL: plain */
	char *buffer;          /* plain */
	struct str view;
	uint64_t view_at;
	uint64_t at, lines; /* counted so far: `lines` lines begin before `at` */
	bool over;
};

struct refetch *
refetch_open(const char *path, const struct reader_options *o)
{
	struct errors mute = { 0 };
	struct reader_options whole = *o;
	struct refetch *f;
	struct source source;
	int rc = -1;

	whole.window = 0;
	if (path[0] != '-' || path[1] || spool_taken())
		rc = source_open(&source, path, o, &mute);
	errors_free(&mute);
	if (rc != 0)
		return NULL;
	f = xalloc(1, sizeof(*f));
	f->source = source;
	if (source.streamed)
		f->stream = stream_new(&source.intake, source.packing, &whole);
	else
		f->buffer = xalloc(BUFFER, 1);
	return f;
}

/* The view begins at `from` or before, and has more than it had, or all there is. */
static bool
slide(struct refetch *f, uint64_t from)
{
	uint64_t end = f->view_at + f->view.n;
	size_t keep = from < end ? (size_t)(end - from) : 0;

	if (f->stream) {
		if (f->over || !stream_more(f->stream, keep)) {
			f->over = true;
			return false;
		}
		f->view = stream_view(f->stream);
		f->view_at = stream_offset(f->stream);
		return true;
	}
	if (from >= f->source.intake.size)
		return false;
	f->source.intake.at = f->view_at = from;
	f->source.intake.tail_n = 0;
	f->source.intake.end = END_WHOLE;
	f->view = (struct str){ f->buffer, intake_read(&f->source.intake, f->buffer, BUFFER) };
	return f->view.n > keep;
}

/* Moves on to `offset`, counting the newlines on the way. */
static void
count_to(struct refetch *f, uint64_t offset)
{
	while (f->at < offset) {
		struct str s;
		size_t n;

		if (f->at < f->view_at || f->at >= f->view_at + f->view.n) {
			if (!slide(f, f->at))
				return;
			if (f->at < f->view_at) /* a byte order mark */
				f->at = f->view_at;
			continue;
		}
		s = str_skip(f->view, (size_t)(f->at - f->view_at));
		if (offset - f->at < s.n)
			s.n = (size_t)(offset - f->at);
		f->at += s.n;
		while (s.n && (n = str_find(s, '\n')) < s.n) {
			f->lines++;
			s = str_skip(s, n + 1);
		}
	}
}

void
refetch_skip(struct refetch *f, uint64_t offset, uint64_t lines)
{
	if (f->stream || offset <= f->at)
		return;
	f->at = offset;
	f->lines = lines;
}

struct str
refetch_at(struct refetch *f, uint64_t offset, size_t n, uint64_t *before)
{
	struct str got = { 0 };

	count_to(f, offset);
	*before = f->lines;
	while (f->at == offset && f->view_at + f->view.n < offset + n && slide(f, offset))
		;
	if (f->at == offset && offset >= f->view_at && offset < f->view_at + f->view.n)
		got = str_head(str_skip(f->view, (size_t)(offset - f->view_at)), n);
	return got;
}

void
refetch_close(struct refetch *f)
{
	if (!f)
		return;
	if (f->stream)
		stream_free(f->stream);
	else
		intake_close(&f->source.intake);
	free(f->buffer);
	free(f);
}
