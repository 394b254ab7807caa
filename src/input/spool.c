/*
 * spool.c - see spool.h.  Bytes that come in order are handed on as they are read, and written beside.
 */
#include "input/spool.h"

#include "base/unnamed.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SKIP_ROOM = 64 * 1024 };

static struct {
	pthread_mutex_t lock;
	int fd; /* 0: none yet */
	uint64_t kept;
	bool taken, ended;
	enum file_end end;
} spool = { .lock = PTHREAD_MUTEX_INITIALIZER };

static int
spool_open(void)
{
	const char *dir = getenv("TMPDIR");

	return unnamed_open(dir && *dir ? dir : "/tmp");
}

static bool
spool_keep(const char *p, size_t n)
{
	if (spool.fd == 0)
		spool.fd = spool_open();
	while (n && spool.fd > 0) {
		ssize_t k = pwrite(spool.fd, p, n, (off_t)spool.kept);

		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			return false;
		p += k;
		n -= (size_t)k;
		spool.kept += (uint64_t)k;
	}
	return n == 0;
}

/* The next bytes of the pipe, at most n, read into p and kept.  0: it ended. */
static size_t
take(char *p, size_t n)
{
	ssize_t k;

	do {
		k = read(STDIN_FILENO, p, n);
	} while (k < 0 && errno == EINTR);
	if (k > 0 && spool_keep(p, (size_t)k))
		return (size_t)k;
	spool.ended = true;
	if (k != 0)
		spool.end = k < 0 ? END_UNREADABLE : END_NOT_KEPT;
	return 0;
}

static size_t
kept_at(char *p, size_t n, uint64_t offset)
{
	ssize_t k;

	do {
		k = pread(spool.fd, p, n, (off_t)offset);
	} while (k < 0 && errno == EINTR);
	return k > 0 ? (size_t)k : 0;
}

int
spool_plain_file(void)
{
	struct stat st;
	int fd = -1;

	/* A size of 0 may be a lie (/proc), and costs nothing to spool. */
	if (fstat(STDIN_FILENO, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 &&
	    lseek(STDIN_FILENO, 0, SEEK_CUR) == 0)
		fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
	pthread_mutex_lock(&spool.lock);
	spool.taken = true;
	pthread_mutex_unlock(&spool.lock);
	return fd;
}

size_t
spool_read(char *p, size_t n, uint64_t offset, enum file_end *end)
{
	char *skipped = NULL;
	size_t got = 0;

	pthread_mutex_lock(&spool.lock);
	spool.taken = true;
	while (offset > spool.kept && !spool.ended) {
		if (!skipped)
			skipped = xalloc(SKIP_ROOM, 1);
		take(skipped, min_size(SKIP_ROOM, (size_t)(offset - spool.kept)));
	}
	if (offset < spool.kept)
		got = kept_at(p, n, offset);
	else if (offset == spool.kept && !spool.ended)
		got = take(p, n);
	if (got == 0)
		*end = spool.end;
	pthread_mutex_unlock(&spool.lock);
	free(skipped);
	return got;
}

bool
spool_taken(void)
{
	bool taken;

	pthread_mutex_lock(&spool.lock);
	taken = spool.taken;
	pthread_mutex_unlock(&spool.lock);
	return taken;
}
