/*
 * whole_file.c - see whole_file.h.
 */
#include "app/whole_file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { STEP_LEAST = 65536 };

int
whole_file_read(struct str path, char **bytes, struct str *text, struct errors *err)
{
	struct str name = arena_str(&err->arena, path);
	bool standard = str_is(path, "-");
	int fd = standard ? STDIN_FILENO : open(name.p, O_RDONLY | O_CLOEXEC);
	size_t n = 0, room = 0;
	ssize_t got = -1;
	int failed;

	*bytes = NULL;
	while (fd >= 0) {
		if (room - n < STEP_LEAST) {
			room = 2 * room + STEP_LEAST;
			*bytes = xrealloc(*bytes, room, 1);
		}
		got = read(fd, *bytes + n, room - n);
		if (got == 0 || (got < 0 && errno != EINTR))
			break;
		n += got > 0 ? (size_t)got : 0;
	}
	failed = errno;
	if (fd >= 0 && !standard)
		close(fd);
	if (got < 0)
		return error_add(err, "cannot read '" STR_FMT "': %s", STR_ARG(path),
				 strerror(failed));
	*text = (struct str){ *bytes, n };
	return 0;
}
