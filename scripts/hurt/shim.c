/*
 * shim.c - hurts a program at its n-th system call: LD_PRELOAD=shim.so HURT_N=n HURT_DO=kill PROGRAM...
 *
 * HURT_DO     kill (SIGKILL before the call), short (half is written), skip (told as done, not done), wait (a tenth
 *             of a second before it), or a number: the call fails with that errno
 * HURT_STICKY 1: from the n-th on, not only there
 * HURT_ONLY   a list of the calls below (",fsync,write,"): others are neither counted nor hurt
 * HURT_UNDER  folders, ":" between: only calls on paths in them, and on what was opened there
 * HURT_NAME   only calls on paths in which this text stands
 * HURT_LOG    a file to which each counted call is appended: its number, name, descriptor, path, and how it was hurt
 *
 * What is counted are the calls that open, read, change, flush, lock and close files.  They go to the kernel by
 * syscall(2), so the C library's own use of files (stdio, the loader) is neither seen nor hurt.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum action { PASS, FAIL, SHORT, SKIP };

enum { LOG_FD = 900 };

static struct {
	long n;
	const char *act, *only, *under, *name;
	bool sticky;
	int log;
} how;
static atomic_long counted;

__attribute__((constructor)) static void
shim_begin(void)
{
	const char *n = getenv("HURT_N"), *log = getenv("HURT_LOG"),
		   *sticky = getenv("HURT_STICKY");

	how.act = getenv("HURT_DO");
	how.only = getenv("HURT_ONLY");
	how.under = getenv("HURT_UNDER");
	how.name = getenv("HURT_NAME");
	how.sticky = sticky && *sticky == '1';
	how.log = -1;
	how.n = n ? strtol(n, NULL, 10) : 0;
	if (log) {
		int fd = (int)syscall(SYS_openat, AT_FDCWD, log,
				      O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

		/* out of the way of whoever counts on low numbers */
		how.log = (int)syscall(SYS_fcntl, fd, F_DUPFD_CLOEXEC, LOG_FD);
		syscall(SYS_close, fd);
	}
}

/* Where a descriptor leads, or a name in the folder that a descriptor is. */
static void
whole_path(int fd, const char *name, char out[PATH_MAX])
{
	char link[64], folder[PATH_MAX];
	ssize_t n;

	out[0] = 0;
	if (name && name[0] == '/') {
		snprintf(out, PATH_MAX, "%s", name);
		return;
	}
	if (name && fd == AT_FDCWD)
		snprintf(link, sizeof(link), "/proc/self/cwd");
	else
		snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	n = (ssize_t)syscall(SYS_readlinkat, AT_FDCWD, link, folder, sizeof(folder) - 1);
	if (n < 0)
		return;
	folder[n] = 0;
	/* a cut path is no path of ours */
	if (snprintf(out, PATH_MAX, "%s%s%s", folder, name ? "/" : "", name ? name : "") >=
	    PATH_MAX)
		out[0] = 0;
}

static bool
is_below(const char *path)
{
	const char *at = how.under;

	while (at && *at) {
		size_t n = strcspn(at, ":");

		if (strncmp(path, at, n) == 0 && (path[n] == '/' || path[n] == 0))
			return true;
		at += n + (at[n] == ':');
	}
	return false;
}

static bool
is_asked(const char *call, const char *path)
{
	char word[32];

	snprintf(word, sizeof(word), ",%s,", call);
	if (how.only && !strstr(how.only, word))
		return false;
	if (how.name && !strstr(path, how.name))
		return false;
	return !how.under || is_below(path);
}

static enum action
act_now(void)
{
	struct timespec tenth = { .tv_nsec = 100000000 };

	if (strcmp(how.act, "kill") == 0)
		syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
	if (strcmp(how.act, "short") == 0)
		return SHORT;
	if (strcmp(how.act, "skip") == 0)
		return SKIP;
	if (strcmp(how.act, "wait") == 0) {
		syscall(SYS_nanosleep, &tenth, NULL);
		return PASS;
	}
	errno = (int)strtol(how.act, NULL, 10);
	return FAIL;
}

/* Before each call: counts it, and says what becomes of it. */
static enum action
strike(const char *call, int fd, const char *name)
{
	char path[PATH_MAX], line[PATH_MAX + 128];
	bool hurt;
	long n;
	int length;

	path[0] = 0;
	if (how.under || how.name || how.log >= 0)
		whole_path(fd, name, path);
	if (!is_asked(call, path))
		return PASS;
	n = atomic_fetch_add(&counted, 1) + 1;
	hurt = how.act && how.n > 0 && (n == how.n || (how.sticky && n > how.n));
	if (how.log >= 0) {
		length = snprintf(line, sizeof(line), "%ld\t%s\t%d\t%s\t%s\n", n, call, fd, path,
				  hurt ? how.act : "");
		syscall(SYS_write, how.log, line, (size_t)length);
	}
	return hurt ? act_now() : PASS;
}

/* --- the calls: the C library's names for them, plain, of large files, and of fortified builds --- */

static int
open_hurt(int dir, const char *path, int flags, mode_t mode)
{
	const char *call = flags & (O_CREAT | O_WRONLY | O_RDWR) ? "create" : "open";

	switch (strike(call, dir, path)) {
	case FAIL:
	case SKIP: /* nothing can stand for a descriptor */
		return -1;
	case PASS:
	case SHORT:
		break;
	}
	return (int)syscall(SYS_openat, dir, path, flags, mode);
}

static mode_t
mode_of(int flags, va_list more)
{
	return flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, mode_t) : 0;
}

#define OPEN(name)                                                                                 \
	int name(const char *path, int flags, ...);                                                \
	int name(const char *path, int flags, ...)                                                 \
	{                                                                                          \
		va_list more;                                                                      \
		mode_t mode;                                                                       \
                                                                                                   \
		va_start(more, flags);                                                             \
		mode = mode_of(flags, more);                                                       \
		va_end(more);                                                                      \
		return open_hurt(AT_FDCWD, path, flags, mode);                                     \
	}
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                                               \
	int name(int dir, const char *path, int flags, ...);                                       \
	int name(int dir, const char *path, int flags, ...)                                        \
	{                                                                                          \
		va_list more;                                                                      \
		mode_t mode;                                                                       \
                                                                                                   \
		va_start(more, flags);                                                             \
		mode = mode_of(flags, more);                                                       \
		va_end(more);                                                                      \
		return open_hurt(dir, path, flags, mode);                                          \
	}
OPENAT(openat)
OPENAT(openat64)

#define SAME(result, name, args, call)                                                             \
	result name args;                                                                          \
	result name args                                                                           \
	{                                                                                          \
		return call;                                                                       \
	}
SAME(int, __open_2, (const char *path, int flags), open_hurt(AT_FDCWD, path, flags, 0))
SAME(int, __open64_2, (const char *path, int flags), open_hurt(AT_FDCWD, path, flags, 0))
SAME(int, __openat_2, (int dir, const char *path, int flags), open_hurt(dir, path, flags, 0))
SAME(int, __openat64_2, (int dir, const char *path, int flags), open_hurt(dir, path, flags, 0))
SAME(int, creat, (const char *path, mode_t mode),
     open_hurt(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode))
SAME(int, creat64, (const char *path, mode_t mode),
     open_hurt(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode))

static ssize_t
read_hurt(int fd, void *to, size_t n, off_t at)
{
	switch (strike("read", fd, NULL)) {
	case FAIL:
		return -1;
	case SKIP:
		return 0;
	case SHORT:
		n = n > 1 ? n / 2 : n;
		break;
	case PASS:
		break;
	}
	return at < 0 ? syscall(SYS_read, fd, to, n) : syscall(SYS_pread64, fd, to, n, at);
}
SAME(ssize_t, read, (int fd, void *to, size_t n), read_hurt(fd, to, n, -1))
SAME(ssize_t, pread, (int fd, void *to, size_t n, off_t at), read_hurt(fd, to, n, at))
SAME(ssize_t, pread64, (int fd, void *to, size_t n, off_t at), read_hurt(fd, to, n, at))
SAME(ssize_t, __read_chk, (int fd, void *to, size_t n, size_t room),
     read_hurt(fd, to, n < room ? n : room, -1))
SAME(ssize_t, __pread_chk, (int fd, void *to, size_t n, off_t at, size_t room),
     read_hurt(fd, to, n < room ? n : room, at))
SAME(ssize_t, __pread64_chk, (int fd, void *to, size_t n, off_t at, size_t room),
     read_hurt(fd, to, n < room ? n : room, at))

static ssize_t
write_hurt(const char *call, int fd, const void *from, size_t n, off_t at)
{
	switch (strike(call, fd, NULL)) {
	case FAIL:
		return -1;
	case SKIP:
		return (ssize_t)n;
	case SHORT:
		n = n > 1 ? n / 2 : n;
		break;
	case PASS:
		break;
	}
	return at < 0 ? syscall(SYS_write, fd, from, n) : syscall(SYS_pwrite64, fd, from, n, at);
}
SAME(ssize_t, write, (int fd, const void *from, size_t n), write_hurt("write", fd, from, n, -1))
SAME(ssize_t, pwrite, (int fd, const void *from, size_t n, off_t at),
     write_hurt("write", fd, from, n, at))
SAME(ssize_t, pwrite64, (int fd, const void *from, size_t n, off_t at),
     write_hurt("write", fd, from, n, at))

/* The first piece alone is a short write, and allowed. */
SAME(ssize_t, writev, (int fd, const struct iovec *piece, int n),
     n < 1 ? 0 : write_hurt("write", fd, piece->iov_base, piece->iov_len, -1))

/* Those that answer 0 or -1. */
#define DONE(name, args, call, fd, path, system)                                                   \
	int name args;                                                                             \
	int name args                                                                              \
	{                                                                                          \
		switch (strike(call, fd, path)) {                                                  \
		case FAIL:                                                                         \
			return -1;                                                                 \
		case SKIP:                                                                         \
			return 0;                                                                  \
		case SHORT:                                                                        \
		case PASS:                                                                         \
			break;                                                                     \
		}                                                                                  \
		return (int)system;                                                                \
	}
DONE(fsync, (int fd), "fsync", fd, NULL, syscall(SYS_fsync, fd))
DONE(fdatasync, (int fd), "fsync", fd, NULL, syscall(SYS_fdatasync, fd))
DONE(ftruncate, (int fd, off_t n), "truncate", fd, NULL, syscall(SYS_ftruncate, fd, n))
DONE(ftruncate64, (int fd, off_t n), "truncate", fd, NULL, syscall(SYS_ftruncate, fd, n))
DONE(fallocate, (int fd, int mode, off_t at, off_t n), "truncate", fd, NULL,
     syscall(SYS_fallocate, fd, mode, at, n))
DONE(fallocate64, (int fd, int mode, off_t at, off_t n), "truncate", fd, NULL,
     syscall(SYS_fallocate, fd, mode, at, n))
DONE(rename, (const char *a, const char *b), "rename", AT_FDCWD, b,
     syscall(SYS_renameat2, AT_FDCWD, a, AT_FDCWD, b, 0))
DONE(renameat, (int x, const char *a, int y, const char *b), "rename", y, b,
     syscall(SYS_renameat2, x, a, y, b, 0))
DONE(renameat2, (int x, const char *a, int y, const char *b, unsigned flags), "rename", y, b,
     syscall(SYS_renameat2, x, a, y, b, flags))
DONE(link, (const char *a, const char *b), "link", AT_FDCWD, b,
     syscall(SYS_linkat, AT_FDCWD, a, AT_FDCWD, b, 0))
DONE(linkat, (int x, const char *a, int y, const char *b, int flags), "link", y, b,
     syscall(SYS_linkat, x, a, y, b, flags))
DONE(unlink, (const char *path), "unlink", AT_FDCWD, path, syscall(SYS_unlinkat, AT_FDCWD, path, 0))
DONE(rmdir, (const char *path), "unlink", AT_FDCWD, path,
     syscall(SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR))
DONE(unlinkat, (int dir, const char *path, int flags), "unlink", dir, path,
     syscall(SYS_unlinkat, dir, path, flags))
DONE(mkdir, (const char *path, mode_t mode), "mkdir", AT_FDCWD, path,
     syscall(SYS_mkdirat, AT_FDCWD, path, mode))
DONE(mkdirat, (int dir, const char *path, mode_t mode), "mkdir", dir, path,
     syscall(SYS_mkdirat, dir, path, mode))
DONE(fchmod, (int fd, mode_t mode), "chmod", fd, NULL, syscall(SYS_fchmod, fd, mode))
DONE(flock, (int fd, int operation), "lock", fd, NULL, syscall(SYS_flock, fd, operation))

static int
fcntl_hurt(int fd, int command, void *more)
{
	switch (command) {
	case F_SETLK:
	case F_SETLKW:
	case F_OFD_SETLK:
	case F_OFD_SETLKW:
		switch (strike("lock", fd, NULL)) {
		case FAIL:
			return -1;
		case SKIP:
			return 0;
		case SHORT:
		case PASS:
			break;
		}
	}
	return (int)syscall(SYS_fcntl, fd, command, more);
}

#define FCNTL(name)                                                                                \
	int name(int fd, int command, ...);                                                        \
	int name(int fd, int command, ...)                                                         \
	{                                                                                          \
		va_list more;                                                                      \
		void *what;                                                                        \
                                                                                                   \
		va_start(more, command);                                                           \
		what = va_arg(more, void *);                                                       \
		va_end(more);                                                                      \
		return fcntl_hurt(fd, command, what);                                              \
	}
FCNTL(fcntl)
FCNTL(fcntl64)

/* A close that fails has closed: so it is on Linux, and nobody may try again. */
int
close(int fd)
{
	switch (strike("close", fd, NULL)) {
	case FAIL: {
		int why = errno;

		syscall(SYS_close, fd);
		errno = why;
		return -1;
	}
	case SKIP:
		return 0;
	case SHORT:
	case PASS:
		break;
	}
	return (int)syscall(SYS_close, fd);
}
