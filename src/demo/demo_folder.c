/*
 * demo_folder.c - see demo_folder.h.  Removes only files inside logs/SYSTEM of a folder that carries our mark.
 */
#include "demo/demo_folder.h"

#include "demo/world.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static bool
is_dots(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static bool
is_empty(DIR *dir)
{
	const struct dirent *e;

	while ((e = readdir(dir)) != NULL) {
		if (!is_dots(e->d_name))
			return false;
	}
	return true;
}

static void
logs_remove(int root, const char *system)
{
	char name[64];
	const struct dirent *e;
	DIR *dir;
	int fd;

	snprintf(name, sizeof(name), "logs/%s", system);
	fd = openat(root, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	dir = fd < 0 ? NULL : fdopendir(fd);
	while (dir != NULL && (e = readdir(dir)) != NULL) {
		if (!is_dots(e->d_name))
			(void)unlinkat(fd, e->d_name, 0);
	}
	if (dir != NULL)
		closedir(dir);
	(void)unlinkat(root, name, AT_REMOVEDIR);
}

int
demo_folder_ready(struct str out, struct errors *err)
{
	struct arena scratch = { 0 };
	struct str path = arena_str(&scratch, out);
	DIR *dir = opendir(path.p);
	int rc = 0;

	if (dir == NULL && errno != ENOENT) {
		rc = error_add(err, "cannot write into '" STR_FMT "': %s", STR_ARG(out),
			       strerror(errno));
	} else if (dir != NULL && faccessat(dirfd(dir), DEMO_MARK, F_OK, 0) == 0) {
		for (int s = 0; s < SYSTEMS_MOST; s++)
			logs_remove(dirfd(dir), system_rows[s].id);
	} else if (dir != NULL && !is_empty(dir)) {
		rc = error_add(err,
			       "folder '" STR_FMT
			       "' is not empty, and no demo has written it; name "
			       "another with --out",
			       STR_ARG(out));
	}
	if (dir != NULL)
		closedir(dir);
	arena_free(&scratch);
	return rc;
}
