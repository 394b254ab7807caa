/*
 * opening.c - see opening.h.
 *
 * Links are looked at one by one on descriptors of their folders, and what was looked at is what is opened: whoever
 * changes the way meanwhile gains nothing.  Root is told to read folders that belong to services; a service that was
 * broken into may lay a link there to what only root can read, and have us print its lines.
 */
#include "input/opening.h"

#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/syscall.h>
#include <sys/vfs.h>
#if defined(SYS_openat2)
#include <linux/openat2.h>
#endif
#endif

enum { LINKS_MOST = 40, FLAGS = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK };

#if defined(O_PATH)
enum { STEP = O_PATH | O_CLOEXEC | O_NOFOLLOW };
#else
enum { STEP = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK };
#endif

struct walk {
	enum links links;
	bool root;
	int folder; /* where we stand; AT_FDCWD at first */
	unsigned followed;
	char rest[PATH_MAX]; /* what is left of the way */
	char part[NAME_MAX + 1];
	const char *given;
	struct errors *err;
};

static int
refuse(struct walk *w, const char *why)
{
	return error_add(w->err, "cannot read '%s': %s", w->given, why);
}

static int
refuse_link(struct walk *w)
{
	if (w->links == LINKS_REFUSED)
		return error_add(w->err,
				 "cannot read '%s': '%s' on its way is a symbolic link, and "
				 "--no-symlinks was given; name the file's true path",
				 w->given, w->part);
	return error_add(w->err,
			 "cannot read '%s': '%s' on its way is a symbolic link in a folder that "
			 "others than root may write to; name the file's true path, or give "
			 "--follow-symlinks if you trust them",
			 w->given, w->part);
}

/* Did nobody but root have a hand in this link?  In a sticky folder others may lay links, but not replace ours. */
static bool
is_trusted(const struct stat *folder, const struct stat *link)
{
	bool shared = folder->st_mode & S_IWOTH || (folder->st_mode & S_IWGRP && folder->st_gid);

	if (folder->st_uid != 0)
		return false;
	return !shared || (folder->st_mode & S_ISVTX && link->st_uid == 0);
}

/* Links of the kernel (/proc/self/fd/3) are no text that could be walked. */
static bool
is_of_kernel(int folder)
{
#if defined(__linux__)
	enum { PROC_MAGIC = 0x9fa0 };
	struct statfs fs;

	return folder != AT_FDCWD && fstatfs(folder, &fs) == 0 && fs.f_type == PROC_MAGIC;
#else
	(void)folder;
	return false;
#endif
}

static void
stand_at(struct walk *w, int folder)
{
	if (w->folder != AT_FDCWD)
		close(w->folder);
	w->folder = folder;
}

/* Takes the next part of the way into w->part; false: the way is too long.  An empty part: it has ended. */
static bool
take_part(struct walk *w)
{
	struct str rest = str_of(w->rest);
	size_t n;

	while (rest.n && rest.p[0] == '/')
		rest = str_skip(rest, 1);
	n = str_find(rest, '/');
	if (n > NAME_MAX)
		return false;
	memcpy(w->part, rest.p, n);
	w->part[n] = '\0';
	rest = str_skip(rest, n);
	memmove(w->rest, rest.p, rest.n + 1);
	return true;
}

/* The way goes on with what the link says. */
static int
follow(struct walk *w)
{
	char to[PATH_MAX];
	ssize_t n = readlinkat(w->folder, w->part, to, sizeof(to));
	size_t rest = str_of(w->rest).n;

	if (n < 0)
		return refuse(w, strerror(errno));
	if (++w->followed > LINKS_MOST)
		return refuse(w, strerror(ELOOP));
	if ((size_t)n + rest + 1 > sizeof(w->rest))
		return refuse(w, strerror(ENAMETOOLONG));
	memmove(w->rest + n, w->rest, rest + 1);
	memcpy(w->rest, to, (size_t)n);
	if (n && to[0] == '/')
		stand_at(w, open("/", STEP | O_DIRECTORY));
	return 0;
}

/* Opens what stands at the end of the way, or steps into a folder: 1 and the descriptor in *fd, or 0 to go on. */
static int
step(struct walk *w, int *fd)
{
	bool last = w->rest[0] == '\0';
	struct stat folder, at;

	if (fstatat(w->folder, w->part, &at, AT_SYMLINK_NOFOLLOW) != 0)
		return refuse(w, strerror(errno));
	if (S_ISLNK(at.st_mode)) {
		if (w->links == LINKS_REFUSED)
			return refuse_link(w);
		if (w->root && w->links == LINKS_CAREFUL &&
		    (fstatat(w->folder, ".", &folder, 0) != 0 || !is_trusted(&folder, &at)))
			return refuse_link(w);
		if (!is_of_kernel(w->folder))
			return follow(w);
	}
	*fd = openat(w->folder, w->part,
		     last ? FLAGS | (S_ISLNK(at.st_mode) ? 0 : O_NOFOLLOW)
			  : (S_ISLNK(at.st_mode) ? STEP & ~O_NOFOLLOW : STEP) | O_DIRECTORY);
	if (*fd < 0)
		return refuse(w, errno == ENXIO ? "it is a device or socket" : strerror(errno));
	if (last)
		return 1;
	stand_at(w, *fd);
	return 0;
}

int
opening_walk(const char *path, enum links links, bool root, struct errors *err)
{
	struct walk w = {
		.links = links, .root = root, .folder = AT_FDCWD, .given = path, .err = err
	};
	size_t n = str_of(path).n;
	int fd = -1, rc = 0;

	if (n >= sizeof(w.rest))
		return refuse(&w, strerror(ENAMETOOLONG));
	memcpy(w.rest, path, n + 1);
	if (path[0] == '/')
		w.folder = open("/", STEP | O_DIRECTORY);
	while (rc == 0) {
		if (!take_part(&w)) {
			rc = refuse(&w, strerror(ENAMETOOLONG));
		} else if (w.part[0] == '\0') { /* the way ends at a folder */
			fd = openat(w.folder, ".", FLAGS);
			rc = fd < 0 ? refuse(&w, strerror(errno)) : 1;
		} else {
			rc = step(&w, &fd);
		}
	}
	stand_at(&w, AT_FDCWD);
	return rc < 0 ? -1 : fd;
}

/* In one call, if there is no link on the way and the kernel can say so; else -1. */
static int
open_without_links(const char *path)
{
#if defined(__linux__) && defined(SYS_openat2)
	struct open_how how = { .flags = FLAGS, .resolve = RESOLVE_NO_SYMLINKS };

	return (int)syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof(how));
#else
	(void)path;
	return -1;
#endif
}

int
opening_open(const char *path, enum links links, struct errors *err)
{
	bool root = geteuid() == 0;
	int fd;

	if (links == LINKS_FOLLOWED || (links == LINKS_CAREFUL && !root))
		fd = open(path, FLAGS);
	else
		fd = open_without_links(path);
	return fd >= 0 ? fd : opening_walk(path, links, root, err);
}
