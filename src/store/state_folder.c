/*
 * state_folder.c - DIR as it lies: who may make it one, and the files of parts in it.  state_lock.c has its lock.
 *
 * Whoever reads parts holds a shared lock on the folder of them, whoever removes some a sole one: what a purge dropped
 * while it was read stays there until the next run.
 */
#include "store/state_own.h"

#include "base/sha256.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define ROOM "new.part"

enum { NAME_ROOM = SHA256_HEX + 8 };

static enum state_opened
failed(const struct state *s, const char *what, struct errors *err)
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

		(void)failed(s, o->write ? "make" : "read", err);
		return named_wrong ? STATE_REFUSED : STATE_FAILED;
	}
	s->path = arena_str(&s->arena, str_of(whole));
	if (made)
		flush_parent(s);
	return STATE_OPENED;
}

static bool
is_part_name(const char *name)
{
	struct str s = str_of(name);

	if (s.n != SHA256_HEX - 1 + 5 || !str_ends(s, STR(".part")))
		return false;
	for (size_t i = 0; i < SHA256_HEX - 1; i++) {
		if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
			return false;
	}
	return true;
}

/* Of a commit that never came: the room, or what base/out.h writes beside it. */
static bool
is_leftover(const char *name)
{
	return str_is(str_of(name), ROOM) || str_starts(str_of(name), STR("." ROOM "."));
}

/* A stream of its own over the folder; NULL with errno. */
static DIR *
list(int folder, const char *name)
{
	int fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;

	if (fd >= 0 && !dir)
		close(fd);
	return dir;
}

static size_t
count_parts(const struct state *s)
{
	DIR *dir = list(s->folder, "parts");
	struct dirent *e;
	size_t n = 0;

	while (dir && (e = readdir(dir)) != NULL)
		n += is_part_name(e->d_name);
	if (dir)
		closedir(dir);
	return n;
}

/* Nothing but what a state that was never finished leaves. */
static bool
may_become_state(const struct state *s)
{
	static const char *const ours[] = { ".",     "..",           "lock",
					    "parts", "state.db.new", "state.db.new-journal" };
	DIR *dir = list(s->folder, ".");
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
		return failed(s, "read", err);
	parts = count_parts(s);
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

static void
part_name(char name[NAME_ROOM], const uint8_t identity[STATE_DIGEST])
{
	char hex[SHA256_HEX];

	sha256_hex(identity, hex);
	(void)snprintf(name, NAME_ROOM, "%s.part", hex);
}

struct str
folder_part_path(const struct state *s, struct arena *a, const uint8_t identity[STATE_DIGEST])
{
	char name[NAME_ROOM];

	part_name(name, identity);
	return arena_printf(a, STR_FMT "/parts/%s", STR_ARG(s->name), name);
}

struct str
state_part_room(const struct state *s, struct arena *a)
{
	return arena_printf(a, STR_FMT "/parts/" ROOM, STR_ARG(s->name));
}

/* Their folder, kept from being swept while it is read. */
enum state_opened
folder_open_parts(struct state *s, bool write, struct errors *err)
{
	if (write && mkdirat(s->folder, "parts", 0700) == 0)
		(void)fsync(s->folder);
	s->parts = openat(s->folder, "parts", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (s->parts < 0 && (write || errno != ENOENT))
		return failed(s, "read the parts of", err);
	if (s->parts >= 0 && !write)
		(void)flock(s->parts, LOCK_SH);
	return STATE_OPENED;
}

static enum state_opened
part_is_wrong(const struct state *s, const struct state_part *p, const char *how,
	      struct errors *err)
{
	const struct state_link *l = &s->link.at[p->id - 1];
	char time[STATE_TIME_TEXT];

	error_add(err,
		  "state '" STR_FMT "' is damaged: part '" STR_FMT "' of run %lld of " STR_FMT
		  " %s; restore it from a copy of the folder, nothing was touched",
		  STR_ARG(s->name), STR_ARG(p->path), (long long)p->id,
		  STR_ARG(state_time(time, l->run.now)), how);
	return STATE_DAMAGED;
}

enum state_opened
folder_find_parts(struct state *s, struct errors *err)
{
	enum state_opened how = STATE_OPENED;

	for (size_t i = 0; i < s->content.part.n; i++) {
		const struct state_part *p = &s->content.part.at[i];
		char name[NAME_ROOM], size[64];
		struct stat st;

		part_name(name, p->identity);
		if (s->parts < 0 || fstatat(s->parts, name, &st, AT_SYMLINK_NOFOLLOW) != 0) {
			if (s->parts >= 0 && errno != ENOENT)
				return failed(s, "read the parts of", err);
			how = part_is_wrong(s, p, "is missing", err);
		} else if (!S_ISREG(st.st_mode)) {
			how = part_is_wrong(s, p, "is no file", err);
		} else if ((uint64_t)st.st_size != p->bytes) {
			(void)snprintf(size, sizeof(size), "has %llu bytes and not %llu",
				       (unsigned long long)st.st_size,
				       (unsigned long long)p->bytes);
			how = part_is_wrong(s, p, size, err);
		}
	}
	return how;
}

static bool
is_named(const struct state *s, const char *name)
{
	char of_row[NAME_ROOM];

	for (size_t i = 0; i < s->content.part.n; i++) {
		part_name(of_row, s->content.part.at[i].identity);
		if (str_is(str_of(name), of_row))
			return true;
	}
	return false;
}

/* Alone with the parts?  A file system that knows no such locks has no readers to tell us of. */
static bool
sole(const struct state *s)
{
	return flock(s->parts, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
}

void
folder_sweep(const struct state *s)
{
	DIR *dir = sole(s) ? list(s->folder, "parts") : NULL;
	struct dirent *e;

	while (dir && (e = readdir(dir)) != NULL) {
		if (is_leftover(e->d_name) || (is_part_name(e->d_name) && !is_named(s, e->d_name)))
			(void)unlinkat(s->parts, e->d_name, 0);
	}
	if (dir)
		closedir(dir);
	(void)flock(s->parts, LOCK_UN);
}

void
folder_empty_room(const struct state *s)
{
	(void)unlinkat(s->parts, ROOM, 0);
}

void
folder_drop(const struct state *s, const uint8_t identity[STATE_DIGEST])
{
	char name[NAME_ROOM];

	part_name(name, identity);
	if (sole(s))
		(void)unlinkat(s->parts, name, 0);
	(void)flock(s->parts, LOCK_UN);
}

/* From the room to its name, both on the disk before anything names it. */
int
folder_take_part(struct state *s, const struct state_part *part, struct errors *err)
{
	char name[NAME_ROOM];
	struct stat st;
	int fd = openat(s->parts, ROOM, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	bool there = fd >= 0 && fstat(fd, &st) == 0;
	bool whole = there && (uint64_t)st.st_size == part->bytes;
	int rc = whole ? fsync(fd) : -1;

	if (fd >= 0)
		close(fd);
	part_name(name, part->identity);
	if (rc == 0)
		rc = renameat(s->parts, ROOM, s->parts, name);
	if (rc == 0)
		rc = fsync(s->parts);
	if (rc == 0)
		return 0;
	return error_add(err, "cannot write state '" STR_FMT "': its new part: %s; it is as it was",
			 STR_ARG(s->name),
			 there && !whole ? "it has not the size that it was written with"
					 : strerror(errno));
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
