/*
 * streamed.c - see streamed.h.  A last line without its newline is given when the file is complete; where it was cut,
 * nobody knows what stood behind the bytes that are left, and half a line may look like another.
 */
#include "input/streamed.h"

#include "model/event.h"

/* The view keeps its last `keep` bytes, which are the last of rest, and gets more. */
static bool
pull(struct streamed *s, size_t keep)
{
	if (s->over || !stream_more(s->stream, keep)) {
		if (!s->over)
			s->end = stream_end(s->stream);
		s->over = true;
		return false;
	}
	s->rest = stream_view(s->stream);
	s->at = stream_offset(s->stream);
	return true;
}

static bool
give(struct streamed *s, size_t n, struct block *out)
{
	*out = (struct block){ .bytes = str_head(s->rest, n), .offset = s->at };
	s->rest = str_skip(s->rest, n);
	s->at += n;
	s->again = 0;
	return n > 0;
}

/* An over-long line: up to its newline it is one refused line. */
static bool
skip_long(struct streamed *s, struct block *out)
{
	uint64_t from = s->at;
	size_t n;

	while ((n = str_find(s->rest, '\n')) == s->rest.n) {
		if (!pull(s, 0)) {
			s->at += s->rest.n;
			s->rest.n = 0;
			*out = (struct block){ .offset = from, .skipped = s->at - from };
			return unpacking_complete(s->end);
		}
	}
	s->rest = str_skip(s->rest, n + 1);
	s->at += n + 1;
	*out = (struct block){ .offset = from, .skipped = s->at - from };
	return true;
}

bool
streamed_next(struct streamed *s, struct block *out)
{
	const char *last = NULL;

	s->alone = false;
	for (;;) {
		struct str fresh = str_skip(s->rest, s->again);

		if (s->at + s->rest.n > WHERE_OFFSET_MOST) {
			s->end = END_TOO_LARGE;
			s->over = true;
			return false;
		}
		last = fresh.n ? memrchr(fresh.p, '\n', fresh.n) : NULL;
		if (last)
			return give(s, (size_t)(last - s->rest.p) + 1, out);
		if (fresh.n > LINE_MOST) {
			s->alone = s->again > 0;
			return s->alone ? give(s, s->again, out) : skip_long(s, out);
		}
		if (!pull(s, s->rest.n))
			break;
	}
	return give(s, unpacking_complete(s->end) ? s->rest.n : s->again, out);
}

bool
streamed_again(struct streamed *s, size_t n)
{
	if (n > LINE_MOST)
		BUG("%zu bytes of a block again", n);
	if (s->alone)
		return false;
	/* At the end of the view, only a next view can tell whether there is more. */
	if (s->rest.n == 0) {
		if (!pull(s, n))
			return false;
	} else {
		if (s->over)
			return false;
		s->rest.p -= n;
		s->rest.n += n;
		s->at -= n;
	}
	s->again = n;
	return true;
}
