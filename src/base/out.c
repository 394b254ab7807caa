/*
 * out.c - one buffer, one first error, one rename.  Escapers are in out_escape.c.
 */
#include "base/out.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER = 64 * 1024, NAME_SHOWN = 200 };

static void
write_whole(struct out *o, const char *p, size_t n)
{
	while (n && !o->failed) {
		ssize_t done = write(o->fd, p, n);

		if (done > 0) {
			p += done;
			n -= (size_t)done;
		} else if (done == 0 || errno != EINTR) {
			o->failed = done == 0 ? EIO : errno;
		}
	}
}

void
out_watch(struct out *o, struct sha256 *sha)
{
	o->digest = sha;
}

void
out_flush(struct out *o)
{
	if (o->memory)
		return;
	write_whole(o, o->buffer, o->n);
	o->n = 0;
}

void
out_bytes(struct out *o, struct str s)
{
	if (s.n == 0)
		return;
	o->last = s.p[s.n - 1];
	if (o->digest)
		sha256_add(o->digest, s.p, s.n);
	if (o->n + s.n > o->room) {
		if (o->memory) {
			while (o->n + s.n > o->room)
				o->room *= 2;
			o->buffer = xrealloc(o->buffer, o->room, 1);
		} else {
			out_flush(o);
			if (s.n > o->room) {
				write_whole(o, s.p, s.n);
				return;
			}
		}
	}
	memcpy(o->buffer + o->n, s.p, s.n);
	o->n += s.n;
}

void
out_text(struct out *o, const char *s)
{
	out_bytes(o, str_of(s));
}

void
out_char(struct out *o, char c)
{
	out_bytes(o, (struct str){ .p = &c, .n = 1 });
}

void
out_u64(struct out *o, uint64_t v)
{
	char digits[20];
	size_t at = sizeof(digits);

	do
		digits[--at] = (char)('0' + v % 10);
	while (v /= 10);
	out_bytes(o, (struct str){ .p = digits + at, .n = sizeof(digits) - at });
}

void
out_i64(struct out *o, int64_t v)
{
	if (v < 0)
		out_char(o, '-');
	out_u64(o, v < 0 ? 0 - (uint64_t)v : (uint64_t)v);
}

void
out_vprintf(struct out *o, const char *fmt, va_list ap)
{
	char line[1024];
	int n = vsnprintf(line, sizeof(line), fmt, ap);

	if (n < 0 || (size_t)n >= sizeof(line))
		BUG("out_printf: %d bytes do not fit", n);
	out_bytes(o, (struct str){ .p = line, .n = (size_t)n });
}

void
out_printf(struct out *o, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	out_vprintf(o, fmt, ap);
	va_end(ap);
}

void
out_stream(struct out *o, int fd, struct str name)
{
	*o = (struct out){ .fd = fd, .dir = -1, .path = name, .room = BUFFER };
	o->buffer = xrealloc(NULL, BUFFER, 1);
}

void
out_memory(struct out *o)
{
	out_stream(o, -1, STR("memory"));
	o->memory = true;
}

struct str
out_taken(const struct out *o)
{
	return (struct str){ .p = o->buffer, .n = o->n };
}

/* Splits "dir/name"; both NUL-terminated in `a`. */
static void
split_path(struct arena *a, struct str path, struct str *dir, struct str *name)
{
	size_t cut = path.n;

	while (cut && path.p[cut - 1] != '/')
		cut--;
	*dir = arena_str(a, cut == 0 ? STR(".") : str_head(path, cut));
	*name = arena_str(a, str_skip(path, cut));
}

/* ".NAME.PID.N": a run that was killed while it wrote NAME leaves one, and nobody else would ever take it away. */
static bool
is_left_over(struct str entry, struct str name)
{
	struct str rest = entry, number;
	uint64_t pid = 0, serial;

	if (rest.n < name.n + 2 || rest.p[0] != '.' ||
	    !str_eq(str_head(str_skip(rest, 1), name.n), name) || rest.p[name.n + 1] != '.')
		return false;
	rest = str_skip(rest, name.n + 2);
	number = str_split(&rest, '.');
	return str_to_u64(number, &pid) && str_to_u64(rest, &serial) && pid <= INT32_MAX &&
	       kill((pid_t)pid, 0) != 0 && errno == ESRCH;
}

static void
sweep(int dir, struct str name)
{
	int again = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = again >= 0 ? fdopendir(again) : NULL;
	struct dirent *e;

	while (d && (e = readdir(d)) != NULL) {
		if (is_left_over(str_of(e->d_name), str_head(name, NAME_SHOWN)))
			unlinkat(dir, e->d_name, 0);
	}
	if (d)
		closedir(d);
	else if (again >= 0)
		close(again);
}

static int
open_beside(struct out *o, struct str dir, struct str name)
{
	static unsigned serial;
	struct arena scratch = { 0 };
	struct str temporary =
		arena_printf(&scratch, ".%.*s.%ld.%u", (int)NAME_SHOWN, name.p, (long)getpid(),
			     __atomic_add_fetch(&serial, 1, __ATOMIC_RELAXED));
	int fd = -1;

	o->dir = open(dir.p, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (o->dir >= 0)
		sweep(o->dir, name);
	if (o->dir >= 0)
		fd = openat(o->dir, temporary.p,
			    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd >= 0)
		o->temporary = strdup(temporary.p);
	arena_free(&scratch);
	return fd;
}

int
out_open(struct out *o, struct str path, struct errors *err)
{
	struct arena scratch = { 0 };
	struct str name, dir, whole = arena_str(&scratch, path);
	struct stat st;
	int fd;

	if (str_is(path, "-")) {
		out_stream(o, STDOUT_FILENO, STR("standard output"));
		arena_free(&scratch);
		return 0;
	}
	out_stream(o, -1, path);
	if (stat(whole.p, &st) == 0 && !S_ISREG(st.st_mode)) {
		/* Of a folder open says EISDIR, which is what is to be told. */
		fd = open(whole.p, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	} else {
		split_path(&scratch, path, &dir, &name);
		fd = open_beside(o, dir, name);
	}
	if (fd < 0) {
		error_add(err, "cannot write '" STR_FMT "': %s", STR_ARG(path), strerror(errno));
		free(o->buffer);
		if (o->dir >= 0)
			close(o->dir);
	}
	o->fd = fd;
	o->owned = true;
	arena_free(&scratch);
	return fd < 0 ? -1 : 0;
}

static void
replace(struct out *o)
{
	struct arena scratch = { 0 };
	struct str dir, name;

	split_path(&scratch, o->path, &dir, &name);
	if (!o->failed && fsync(o->fd) != 0)
		o->failed = errno;
	if (close(o->fd) != 0 && !o->failed)
		o->failed = errno;
	if (!o->failed && renameat(o->dir, o->temporary, o->dir, name.p) != 0)
		o->failed = errno;
	if (!o->failed && fsync(o->dir) != 0)
		o->failed = errno;
	if (o->failed)
		unlinkat(o->dir, o->temporary, 0);
	arena_free(&scratch);
}

static void
release(struct out *o)
{
	if (o->dir >= 0)
		close(o->dir);
	free(o->buffer);
	free(o->temporary);
	o->buffer = NULL;
	o->temporary = NULL;
}

int
out_close(struct out *o, struct errors *err)
{
	int failed;

	out_flush(o);
	if (o->dir >= 0)
		replace(o);
	else if (o->owned && close(o->fd) != 0 && !o->failed)
		o->failed = errno;
	failed = o->failed;
	if (failed)
		error_add(err, "cannot write '" STR_FMT "': %s", STR_ARG(o->path),
			  strerror(failed));
	release(o);
	return failed ? -1 : 0;
}

void
out_discard(struct out *o)
{
	if (o->dir >= 0) {
		close(o->fd);
		unlinkat(o->dir, o->temporary, 0);
	}
	release(o);
}
