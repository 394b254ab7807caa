/*
 * state_parts.c - the files of parts: named by their digest, found or told, swept when no row names them.
 *
 * Whoever reads parts holds a shared lock on the folder of them, whoever removes some a sole one: what a purge dropped
 * while it was read stays there until the next run.
 */
#include "store/state_own.h"

#include "base/sha256.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define ROOM "new.part"

enum { NAME_ROOM = SHA256_HEX + 8 };

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

size_t
folder_count_parts(const struct state *s)
{
	DIR *dir = folder_list(s->folder, "parts");
	struct dirent *e;
	size_t n = 0;

	while (dir && (e = readdir(dir)) != NULL)
		n += is_part_name(e->d_name);
	if (dir)
		closedir(dir);
	return n;
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

/* Their folder, kept from being swept while it is read.  A writer has read the rows before: one that is lost is not made. */
enum state_opened
folder_open_parts(struct state *s, bool write, struct errors *err)
{
	bool fresh = write && s->content.part.n == 0;

	if (fresh && mkdirat(s->folder, "parts", 0700) == 0)
		(void)fsync(s->folder);
	s->parts = openat(s->folder, "parts", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (s->parts < 0 && (fresh || errno != ENOENT))
		return folder_failed(s, "read the parts of", err);
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
				return folder_failed(s, "read the parts of", err);
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
	DIR *dir = sole(s) ? folder_list(s->folder, "parts") : NULL;
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
