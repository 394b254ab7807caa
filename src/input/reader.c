/*
 * reader.c - windows over a file: see reader.h.  One loop serves both ways of reading; they differ in fill().
 */
#include "input/reader.h"

#include "input/guard.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAP_WINDOW = 32 << 20, READ_WINDOW = 256 * 1024, LIVE_SECONDS = 300, TAIL = 64 };

struct reader {
	int fd;
	bool mapped;
	size_t window, page;
	uint64_t size, to;
	uint64_t at; /* the next line begins here */
	size_t again; /* bytes behind `at` that were given before, and must not be given alone again */
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

static bool
may_be_live(const struct stat *st)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec - st->st_mtim.tv_sec < LIVE_SECONDS;
}

/* What begins like this is not a log we read: refused by name, not line by line. */
static const char *
foreign_kind(int fd)
{
	static const struct {
		const char *bytes;
		size_t n;
		const char *kind;
	} kinds[] = {
		{ "\x1f\x8b", 2, "compressed with gzip" },
		{ "\x28\xb5\x2f\xfd", 4, "compressed with zstd" },
		{ "\xfd\x37zXZ", 5, "compressed with xz" },
		{ "BZh", 3, "compressed with bzip2" },
		{ "PK\x03\x04", 4, "a zip archive" },
		{ "\xff\xfe", 2, "UTF-16 text" },
		{ "\xfe\xff", 2, "UTF-16 text" },
		{ "sekisho part", 12, "a part: `sekisho merge` reads it" },
	};
	char head[16];
	ssize_t n = pread(fd, head, sizeof(head), 0);

	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (n >= (ssize_t)kinds[i].n && memcmp(head, kinds[i].bytes, kinds[i].n) == 0)
			return kinds[i].kind;
	}
	return NULL;
}

static const char *
unreadable_kind(int fd, const struct stat *st)
{
	if (S_ISDIR(st->st_mode))
		return "a folder";
	if (S_ISFIFO(st->st_mode))
		return "a pipe";
	return S_ISREG(st->st_mode) ? foreign_kind(fd) : "a device or socket";
}

struct reader *
reader_open(const char *path, const struct reader_options *o, struct errors *err)
{
	struct reader *r;
	const char *kind;
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	if (fd < 0 || fstat(fd, &st) != 0) {
		error_add(err, "cannot read '%s': %s", path, strerror(errno));
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	kind = unreadable_kind(fd, &st);
	if (kind) {
		error_add(err, "cannot read '%s': it is %s; this version reads plain text files",
			  path, kind);
		close(fd);
		return NULL;
	}
	r = xalloc(1, sizeof(*r));
	r->fd = fd;
	r->size = r->to = (uint64_t)st.st_size;
	r->mapped = o->how == READ_MAPPED || (o->how == READ_AUTO && !may_be_live(&st));
	r->page = (size_t)sysconf(_SC_PAGESIZE);
	r->window = o->window ? o->window : r->mapped ? MAP_WINDOW : READ_WINDOW;
	return r;
}

uint64_t
reader_size(const struct reader *r)
{
	return r->size;
}

static void
drop_view(struct reader *r)
{
	if (r->mapped && r->view)
		munmap(r->view, r->view_n);
	r->view = NULL;
	r->view_n = 0;
	guard_watch(NULL, 0);
}

void
reader_close(struct reader *r)
{
	if (!r)
		return;
	drop_view(r);
	free(r->buffer);
	close(r->fd);
	free(r);
}

/* Reads up to n bytes at `offset`; fewer only at the file's end. */
static size_t
read_at(struct reader *r, char *p, size_t n, uint64_t offset)
{
	size_t got = 0;

	while (got < n) {
		ssize_t k = pread(r->fd, p + got, n - got, (off_t)(offset + got));

		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			r->end = END_UNREADABLE;
		if (k <= 0)
			break;
		got += (size_t)k;
	}
	return got;
}

static void
fill_mapped(struct reader *r, uint64_t from, size_t n)
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
unchanged(struct reader *r)
{
	char again[TAIL];

	return r->tail_n == 0 || (read_at(r, again, r->tail_n, r->tail_at) == r->tail_n &&
				  memcmp(again, r->tail, r->tail_n) == 0);
}

/* A buffer with `carried` bytes of the view in front of a page boundary, and room for n bytes behind it. */
static char *
make_room(struct reader *r, size_t carried, size_t n)
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
fill_private(struct reader *r, uint64_t from, size_t n)
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
	if (read_at(r, p, n, next) < n && r->end == END_WHOLE)
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
view_of(struct reader *r, uint64_t from, size_t n)
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

/* The offset behind the next newline at or after `from`; the file's size when there is none. */
static uint64_t
after_newline(struct reader *r, uint64_t from)
{
	while (from < r->size) {
		struct str s = view_of(r, from, r->window);
		size_t n = str_find(s, '\n');

		if (s.n == 0 || !reader_held(r))
			return r->size;
		if (n < s.n)
			return from + n + 1;
		from += s.n;
	}
	return r->size;
}

void
reader_range(struct reader *r, uint64_t from, uint64_t to)
{
	r->at = from ? after_newline(r, from - 1) : 0;
	r->to = to < r->size ? to : r->size;
}

/* A line longer than we read: everything up to its newline is one refused line. */
static bool
skip_line(struct reader *r, struct block *out)
{
	uint64_t next = after_newline(r, r->at);

	*out = (struct block){ .offset = r->at, .skipped = next - r->at };
	r->at = next;
	return r->end == END_WHOLE && reader_held(r);
}

/*
 * The last newline of s that ends a line of ours, or NULL.  Where s reaches beyond the range, the line across the
 * range's end is the last of ours, if its newline is in sight; else the lines before it are a block of their own.
 */
static const char *
last_newline(const struct reader *r, struct str s)
{
	const char *crossing;
	size_t head;

	if (r->at + s.n <= r->to)
		return memrchr(s.p, '\n', s.n);
	head = (size_t)(r->to - r->at);
	crossing = memchr(s.p + head - 1, '\n', s.n - head + 1);
	return crossing ? crossing : memrchr(s.p, '\n', head - 1);
}

bool
reader_next(struct reader *r, struct block *out)
{
	size_t least = (r->again ? 2 * LINE_MOST : LINE_MOST) + 1;
	size_t want = r->window > least ? r->window : least;
	const char *last;
	struct str s;

	if (r->at >= r->to || r->end != END_WHOLE)
		return false;
	/* Not far beyond the range: the line that crosses its end, no more. */
	if (r->to - r->at < want - LINE_MOST)
		want = (size_t)(r->to - r->at) + LINE_MOST;
	s = view_of(r, r->at, want);
	if (s.n == 0)
		return false;
	last = last_newline(r, s);
	if (!reader_held(r))
		return false;
	if (!last && s.n > LINE_MOST)
		return skip_line(r, out);
	if (last)
		s.n = (size_t)(last - s.p) + 1; /* else the file's last line, without its newline */
	*out = (struct block){ .bytes = s, .offset = r->at };
	r->at += s.n;
	r->again = 0;
	return true;
}

bool
reader_again(struct reader *r, size_t n)
{
	if (r->at >= r->to || r->end != END_WHOLE)
		return false;
	r->at -= n;
	r->again = n;
	return true;
}

bool
reader_held(const struct reader *r)
{
	return !(r->mapped && guard_hit());
}

enum file_end
reader_end(struct reader *r)
{
	struct stat st;

	if (!reader_held(r))
		return END_SHRANK;
	if (r->end == END_WHOLE && fstat(r->fd, &st) == 0 && (uint64_t)st.st_size < r->size)
		return END_SHRANK;
	return r->end;
}
