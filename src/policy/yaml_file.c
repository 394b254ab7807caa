/*
 * yaml_file.c - the bytes of a YAML file, no more of them than could be read as one.
 */
#include "policy/yaml.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* One byte over the most is enough to refuse it. */
int
yaml_bytes(struct str path, int flags, struct arena *a, struct str *out)
{
	int fd = open(path.p, O_RDONLY | O_CLOEXEC | flags), failed = errno;
	char *at = arena_alloc(a, YAML_MOST_BYTES + 1);
	ssize_t n = 1;

	*out = (struct str){ at, 0 };
	if (fd < 0)
		return failed;
	while (out->n <= YAML_MOST_BYTES && n != 0) {
		n = read(fd, at + out->n, YAML_MOST_BYTES + 1 - out->n);
		failed = n < 0 ? errno : 0;
		if (failed && failed != EINTR)
			break;
		out->n += n > 0 ? (size_t)n : 0;
	}
	close(fd);
	return failed;
}
