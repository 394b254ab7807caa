/*
 * read_at.c - pread until it is all there.
 */
#include "base/read_at.h"

#include <errno.h>
#include <unistd.h>

size_t
read_at(int fd, void *out, size_t n, uint64_t at, int *failed)
{
	char *p = out;
	size_t done = 0;
	ssize_t got = 1;

	*failed = 0;
	while (done < n && got != 0) {
		got = pread(fd, p + done, n - done, (off_t)(at + done));
		if (got > 0)
			done += (size_t)got;
		else if (got < 0 && errno != EINTR)
			break;
	}
	if (got < 0 && done < n)
		*failed = errno;
	return done;
}

bool
read_all_at(int fd, void *out, size_t n, uint64_t at)
{
	int failed;
	bool whole = read_at(fd, out, n, at, &failed) == n;

	errno = failed;
	return whole;
}
