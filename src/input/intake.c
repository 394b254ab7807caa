/*
 * intake.c - opens what may be opened, without ever hanging on it; private reads, proved before going on.
 */
#include "input/intake.h"

#include "base/read_at.h"
#include "input/spool.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LIVE_SECONDS = 300, HOLLOW_LEAST = 1 << 30, HOLLOW_SHARE = 100 };

static bool
may_be_live(const struct stat *st)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec - st->st_mtim.tv_sec < LIVE_SECONDS;
}

/* Nearly all of it is a hole, that nobody wrote and that stands on no disk. */
static bool
is_hollow(const struct stat *st)
{
	uint64_t size = (uint64_t)st->st_size, written = (uint64_t)st->st_blocks * 512;

	return size > HOLLOW_LEAST && written < size / HOLLOW_SHARE;
}

static size_t
bytes_at(struct intake *in, char *p, size_t n, uint64_t offset)
{
	int failed;
	size_t got = read_at(in->fd, p, n, offset, &failed);

	if (failed)
		in->end = END_UNREADABLE;
	return got;
}

/* Files of the kernel have a size of 0 and bytes all the same, or an error. */
static bool
hides_bytes(int fd)
{
	struct stat st;
	char byte;

	return pread(fd, &byte, 1, 0) != 0 && fstat(fd, &st) == 0 && st.st_size == 0;
}

static const char *
unreadable_kind(int fd, const struct stat *st)
{
	if (S_ISDIR(st->st_mode))
		return "a folder";
	if (S_ISFIFO(st->st_mode))
		return "a pipe; give - as the file and the pipe as standard input";
	if (!S_ISREG(st->st_mode))
		return "a device or socket";
	if (st->st_size == 0 && hides_bytes(fd))
		return "a file that does not tell its size; give - as the file and this one as "
		       "standard input";
	return NULL;
}

int
intake_open(struct intake *in, const char *path, enum links links, struct errors *err)
{
	bool standard = path[0] == '-' && path[1] == '\0';
	const char *kind;
	struct stat st;

	*in = (struct intake){ .fd = -1, .size = UINT64_MAX };
	in->fd = standard ? spool_plain_file() : opening_open(path, links, err);
	if (in->fd < 0)
		return standard ? 0 : -1;
	if (fstat(in->fd, &st) != 0) {
		error_add(err, "cannot read '%s': %s", path, strerror(errno));
		intake_close(in);
		return -1;
	}
	kind = unreadable_kind(in->fd, &st);
	if (kind) {
		error_add(err, "cannot read '%s': it is %s", path, kind);
		intake_close(in);
		return -1;
	}
	in->size = (uint64_t)st.st_size;
	in->live = may_be_live(&st);
	in->hollow = is_hollow(&st);
	return 0;
}

size_t
intake_head(struct intake *in, char *p, size_t n)
{
	size_t got = 0, k;

	if (in->fd >= 0)
		return bytes_at(in, p, min_size(n, in->size), 0);
	while (got < n && (k = spool_read(p + got, n - got, got, &in->end)) > 0)
		got += k;
	in->end = END_WHOLE; /* told again when reading comes there */
	return got;
}

/* The bytes we read last must still be there, or the file is not the one we were reading. */
static bool
intake_unchanged(struct intake *in)
{
	char again[INTAKE_TAIL];

	return in->tail_n == 0 ||
	       (bytes_at(in, again, in->tail_n, in->at - in->tail_n) == in->tail_n &&
		memcmp(again, in->tail, in->tail_n) == 0);
}

static size_t
read_file(struct intake *in, char *p, size_t n)
{
	size_t got;

	n = in->size - in->at < n ? (size_t)(in->size - in->at) : n;
	if (n == 0)
		return 0;
	if (!intake_unchanged(in)) {
		in->end = in->end == END_WHOLE ? END_REWRITTEN : in->end;
		return 0;
	}
	got = bytes_at(in, p, n, in->at);
	if (got < n && in->end == END_WHOLE)
		in->end = END_SHRANK;
	in->tail_n = min_size(INTAKE_TAIL, got);
	memcpy(in->tail, p + got - in->tail_n, in->tail_n);
	return got;
}

size_t
intake_read(struct intake *in, char *p, size_t n)
{
	size_t got = 0, k;

	if (in->end != END_WHOLE)
		return 0;
	if (in->fd >= 0) {
		got = read_file(in, p, n);
	} else {
		while (got < n && (k = spool_read(p + got, n - got, in->at + got, &in->end)) > 0)
			got += k;
	}
	in->at += got;
	return got;
}

void
intake_back(struct intake *in, uint64_t at)
{
	in->at = at;
	in->tail_n = 0;
	in->end = END_WHOLE;
}

void
intake_close(struct intake *in)
{
	if (in->fd >= 0)
		close(in->fd);
	in->fd = -1;
}
