/*
 * plain.c - windows over a file, mapped or read privately.  One loop serves both ways; they differ in fill_*().
 */
#include "input/plain.h"

#include "base/guard.h"
#include "base/read_at.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAP_WINDOW = 32 << 20, READ_WINDOW = 256 * 1024, TAIL = 64 };

struct plain {
	int fd;
	bool mapped;
	size_t window, page;
	uint64_t size, to;
	uint64_t at;  /* the next line begins here */
	size_t bom;   /* bytes before the first line */
	size_t again; /* bytes from `at` that were given and not used */
	bool alone;   /* they were given again, and nothing can come behind them */
	enum file_end end;

	char *view; /* bytes [view_at, view_at + view_n) of the file: a mapping, or inside `buffer` */
	uint64_t view_at;
	size_t view_n;
	char *buffer;
	size_t buffer_room;
	char tail[TAIL]; /* the last bytes of the view before this one, to notice a rewrite */
	size_t tail_n;
	uint64_t tail_at;
};

struct plain *
plain_new(const struct intake *in, const struct reader_options *o, size_t bom)
{
	struct plain *r = xalloc(1, sizeof(*r));

	r->fd = in->fd;
	r->size = r->to = in->size;
	r->bom = min_size(bom, r->size);
	r->mapped = o->how == READ_MAPPED || (o->how == READ_AUTO && !in->live);
	r->page = (size_t)sysconf(_SC_PAGESIZE);
	r->window = o->window ? o->window : r->mapped ? MAP_WINDOW : READ_WINDOW;
	return r;
}

static void
drop_view(struct plain *r)
{
	if (r->mapped && r->view)
		munmap(r->view, r->view_n);
	r->view = NULL;
	r->view_n = 0;
	guard_watch(NULL, 0);
}

void
plain_close(struct plain *r)
{
	if (!r)
		return;
	drop_view(r);
	free(r->buffer);
	close(r->fd);
	free(r);
}

static size_t
bytes_at(struct plain *r, char *p, size_t n, uint64_t offset)
{
	int failed;
	size_t got = read_at(r->fd, p, n, offset, &failed);

	if (failed)
		r->end = END_UNREADABLE;
	return got;
}

static void
fill_mapped(struct plain *r, uint64_t from, size_t n)
{
	uint64_t start = from / r->page * r->page;
	size_t length = (size_t)(from - start) + n;
	void *p;

	drop_view(r);
	p = mmap(NULL, length, PROT_READ, MAP_PRIVATE, r->fd, (off_t)start);
	if (p == MAP_FAILED) {
		r->end = END_UNREADABLE;
		return;
	}
	madvise(p, length, MADV_SEQUENTIAL);
	r->view = p;
	r->view_at = start;
	r->view_n = length;
	guard_watch(p, length);
}

/* The bytes we consumed last must still be there, or the file is not the one we were reading. */
static bool
unchanged(struct plain *r)
{
	char again[TAIL];

	return r->tail_n == 0 || (bytes_at(r, again, r->tail_n, r->tail_at) == r->tail_n &&
				  memcmp(again, r->tail, r->tail_n) == 0);
}

/* A buffer with `carried` bytes of the view in front of a page boundary, and room for n bytes behind it. */
static char *
make_room(struct plain *r, size_t carried, size_t n)
{
	size_t head = (carried + r->page - 1) / r->page * r->page;
	size_t room = head + (n + r->page - 1) / r->page * r->page;
	char *old = r->buffer;

	if (room > r->buffer_room) {
		r->buffer = aligned_alloc(r->page, room);
		if (!r->buffer)
			BUG("no memory for a read buffer");
		r->buffer_room = room;
	}
	if (carried) /* memmove: old and new place may overlap */
		memmove(r->buffer + head - carried, r->view + r->view_n - carried, carried);
	if (old != r->buffer)
		free(old);
	return r->buffer + head;
}

/* Reads land page-aligned (an odd byte costs a factor of six): what is carried over stands before them. */
static void
fill_private(struct plain *r, uint64_t from, size_t n)
{
	uint64_t view_end = r->view_at + r->view_n;
	size_t carried =
		r->view_n && from >= r->view_at && from < view_end ? (size_t)(view_end - from) : 0;
	uint64_t next = from + carried;
	char *p;

	if (!unchanged(r)) {
		r->end = END_REWRITTEN;
		return;
	}
	n = r->size - next < n ? (size_t)(r->size - next) : n;
	p = make_room(r, carried, n);
	if (bytes_at(r, p, n, next) < n && r->end == END_WHOLE)
		r->end = END_SHRANK;
	r->view = p - carried;
	r->view_at = from;
	r->view_n = carried + n;
	r->tail_n = min_size(TAIL, n);
	r->tail_at = next + n - r->tail_n;
	memcpy(r->tail, p + n - r->tail_n, r->tail_n);
}

/* Makes bytes [from, from + n) of the file, cut at its end, the view. */
static struct str
view_of(struct plain *r, uint64_t from, size_t n)
{
	uint64_t left = from < r->size ? r->size - from : 0;

	n = left < n ? (size_t)left : n;
	if (n && !(from >= r->view_at && from + n <= r->view_at + r->view_n)) {
		if (r->mapped)
			fill_mapped(r, from, n);
		else
			fill_private(r, from, n);
	}
	if (n == 0 || r->end != END_WHOLE || from < r->view_at)
		return (struct str){ 0 };
	return (struct str){ .p = r->view + (from - r->view_at), .n = n };
}

/*
 * A log that was cut while its server went on writing begins with a hole of zeroes, which may be as large as the old
 * log was: it is stepped over, not read.
 */
static uint64_t
behind_hole(const struct plain *r, uint64_t from)
{
	off_t data = lseek(r->fd, (off_t)from, SEEK_DATA);
	bool none = data < 0 && errno == ENXIO;

	lseek(r->fd, 0, SEEK_SET); /* standard input is known by its place */
	if (none)
		return r->size;
	return data < 0 || (uint64_t)data < from ? from : (uint64_t)data;
}

/* The offset behind the next newline at or after `from`; the file's size when there is none. */
static uint64_t
after_newline(struct plain *r, uint64_t from)
{
	while (from < r->size) {
		struct str s = view_of(r, from, r->window);
		size_t n = str_find(s, '\n');

		if (s.n == 0 || !plain_held(r))
			return r->size;
		if (n < s.n)
			return from + n + 1;
		from = behind_hole(r, from + s.n);
	}
	return r->size;
}

void
plain_range(struct plain *r, uint64_t from, uint64_t to)
{
	r->at = from > r->bom ? after_newline(r, from - 1) : r->bom;
	r->to = to < r->size ? to : r->size;
}

/* A line longer than we read: everything up to its newline is one refused line. */
static bool
skip_line(struct plain *r, struct block *out)
{
	uint64_t next = after_newline(r, r->at);

	*out = (struct block){ .offset = r->at, .skipped = next - r->at };
	r->at = next;
	return r->end == END_WHOLE && plain_held(r);
}

/*
 * The last newline of s that ends a line of ours, or NULL.  Where s reaches beyond the range, the line across the
 * range's end is the last of ours, if its newline is in sight; else the lines before it are a block of their own.
 */
static const char *
last_newline(const struct plain *r, struct str s, uint64_t at)
{
	const char *crossing;
	size_t head;

	if (at + s.n <= r->to)
		return s.n ? memrchr(s.p, '\n', s.n) : NULL;
	head = (size_t)(r->to - at);
	crossing = memchr(s.p + head - 1, '\n', s.n - head + 1);
	return crossing ? crossing : memrchr(s.p, '\n', head - 1);
}

bool
plain_next(struct plain *r, struct block *out)
{
	size_t want = (r->window > LINE_MOST + 1 ? r->window : LINE_MOST + 1) + r->again;
	const char *last;
	struct str s;

	r->alone = false;
	if (r->at >= r->to || r->end != END_WHOLE)
		return false;
	/* Not far beyond the range: the line that crosses its end, no more. */
	if (r->to - r->at < want - LINE_MOST)
		want = (size_t)(r->to - r->at) + LINE_MOST;
	s = view_of(r, r->at, want);
	if (s.n == 0)
		return false;
	last = last_newline(r, str_skip(s, r->again), r->at + r->again);
	if (!plain_held(r))
		return false;
	r->alone = !last && r->again && s.n - r->again > LINE_MOST;
	if (!last && !r->again && s.n > LINE_MOST)
		return skip_line(r, out);
	if (r->alone)
		s.n = r->again; /* whole lines, and each is counted for itself */
	else if (last)
		s.n = (size_t)(last - s.p) + 1; /* else the file's last line, without its newline */
	*out = (struct block){ .bytes = s, .offset = r->at };
	r->at += s.n;
	r->again = 0;
	return true;
}

/* A range that ends here goes on to the end of one line more: it is the one that began what is not used yet. */
bool
plain_again(struct plain *r, size_t n)
{
	if (n > LINE_MOST)
		BUG("%zu bytes of a block again", n);
	if (r->alone || r->at >= r->size || r->end != END_WHOLE || !plain_held(r))
		return false;
	if (r->to <= r->at)
		r->to = r->at + 1;
	r->at -= n;
	r->again = n;
	return true;
}

bool
plain_held(const struct plain *r)
{
	return !(r->mapped && guard_hit());
}

enum file_end
plain_end(struct plain *r)
{
	struct stat st;

	if (!plain_held(r))
		return END_SHRANK;
	if (r->end == END_WHOLE && fstat(r->fd, &st) == 0 && (uint64_t)st.st_size < r->size)
		return END_SHRANK;
	return r->end;
}
