/*
 * state_folder.c - DIR as it lies, and who may make it a state: nobody else's folder, and none that lost its database.
 */
#include "store/state_own.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

enum state_opened
folder_failed(const struct state *s, const char *what, struct errors *err)
{
	error_add(err, "cannot %s state '" STR_FMT "': %s", what, STR_ARG(s->name),
		  strerror(errno));
	return STATE_FAILED;
}

/* The new folder's own name must be on the disk, too, before anything says that it is there. */
static void
flush_parent(const struct state *s)
{
	int fd = openat(s->folder, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		(void)fsync(fd);
		close(fd);
	}
}

enum state_opened
folder_open(struct state *s, const struct state_options *o, struct errors *err)
{
	char whole[PATH_MAX];
	bool made;

	s->name = arena_str(&s->arena, o->folder);
	if (s->name.n == 0 || memchr(s->name.p, '\0', s->name.n)) {
		error_add(err, "the name of a state is that of a folder, and not empty");
		return STATE_REFUSED;
	}
	made = o->write && mkdir(s->name.p, 0700) == 0;
	s->folder = open(s->name.p, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (s->folder < 0 && !o->write && errno == ENOENT) {
		error_add(err, "there is no state '" STR_FMT "'; `sekisho scan --state` makes one",
			  STR_ARG(s->name));
		return STATE_REFUSED;
	}
	if (s->folder < 0 || !realpath(s->name.p, whole)) {
		bool named_wrong = errno == ENOENT || errno == ENOTDIR || errno == ELOOP;

		(void)folder_failed(s, o->write ? "make" : "read", err);
		return named_wrong ? STATE_REFUSED : STATE_FAILED;
	}
	s->path = arena_str(&s->arena, str_of(whole));
	if (made)
		flush_parent(s);
	return STATE_OPENED;
}

/* A stream of its own over the folder; NULL with errno. */
DIR *
folder_list(int folder, const char *name)
{
	int fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;

	if (fd >= 0 && !dir)
		close(fd);
	return dir;
}

/* Nothing but what a state that was never finished leaves. */
static bool
may_become_state(const struct state *s)
{
	static const char *const ours[] = { ".",     "..",           "lock",
					    "parts", "state.db.new", "state.db.new-journal" };
	DIR *dir = folder_list(s->folder, ".");
	struct dirent *e;
	bool may = dir != NULL;

	while (may && (e = readdir(dir)) != NULL) {
		bool known = false;

		for (size_t i = 0; i < COUNT(ours); i++)
			known |= str_is(str_of(e->d_name), ours[i]);
		may = known;
	}
	if (dir)
		closedir(dir);
	return may;
}

enum state_opened
folder_look(struct state *s, bool write, struct errors *err)
{
	struct stat st;
	size_t parts;

	if (fstatat(s->folder, "state.db", &st, AT_SYMLINK_NOFOLLOW) == 0) {
		if (S_ISREG(st.st_mode))
			return STATE_OPENED;
		error_add(err, "'" STR_FMT "/state.db' is no file; a state is not linked or piped",
			  STR_ARG(s->name));
		return STATE_REFUSED;
	}
	if (errno != ENOENT)
		return folder_failed(s, "read", err);
	parts = folder_count_parts(s);
	if (parts) {
		error_add(err,
			  "state '" STR_FMT
			  "' is damaged: state.db is missing, though %zu parts are "
			  "there; restore it from a copy, nothing was touched",
			  STR_ARG(s->name), parts);
		return STATE_DAMAGED;
	}
	if (!write) {
		error_add(err,
			  "there is no state in '" STR_FMT "'; `sekisho scan --state` makes one",
			  STR_ARG(s->name));
		return STATE_REFUSED;
	}
	if (!may_become_state(s)) {
		error_add(err,
			  "'" STR_FMT
			  "' holds other files and no state; name a folder that is new, "
			  "or empty",
			  STR_ARG(s->name));
		return STATE_REFUSED;
	}
	s->fresh = true;
	return STATE_OPENED;
}

bool
folder_interrupted(const struct state *s)
{
	struct stat st;

	return fstatat(s->folder, "state.db-journal", &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	       st.st_size > 0;
}

void
folder_close(struct state *s)
{
	int *all[] = { &s->parts, &s->lock, &s->folder };

	if (s->lock >= 0)
		(void)!ftruncate(s->lock, 0);
	for (size_t i = 0; i < COUNT(all); i++) {
		if (*all[i] >= 0)
			close(*all[i]);
		*all[i] = -1;
	}
}
