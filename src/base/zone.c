/*
 * zone.c - finds a zone by its name and answers what its clock shows.
 * Japan is built in, with the summers of 1948 to 1951: the answer must not depend on whether a machine has tzdata.
 */
#include "base/zone.h"

#include "base/zone_own.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const char usual_folder[] = "/usr/share/zoneinfo";

enum {
	FILE_MOST = 256 * 1024, /* real ones have 4 KB */
	NAME_MOST = 64,
	JST = 9 * 3600
};

static const struct zone_change japan[] = {
	{ -2587712400, JST },       { -683802000, JST + 3600 }, { -672310800, JST },
	{ -654771600, JST + 3600 }, { -640861200, JST },        { -620298000, JST + 3600 },
	{ -609411600, JST },        { -588848400, JST + 3600 }, { -577962000, JST },
};

static const struct {
	const char *name;
	struct zone zone;
} built_in[] = {
	{ "UTC", { .cycle_end = INT64_MAX } },
	{ "GMT", { .cycle_end = INT64_MAX } },
	{ "Etc/UTC", { .cycle_end = INT64_MAX } },
	{ "JST", { .cycle_end = INT64_MAX, .first = JST } },
	{ "Japan",
	  { .cycle_end = INT64_MAX, .first = 33539, .change = japan, .count = COUNT(japan) } },
	{ "Asia/Tokyo",
	  { .cycle_end = INT64_MAX, .first = 33539, .change = japan, .count = COUNT(japan) } },
};

/* Two digits at i. */
static bool
pair(struct str s, size_t i, int most, int *out)
{
	if (i + 2 > s.n || s.p[i] < '0' || s.p[i] > '9' || s.p[i + 1] < '0' || s.p[i + 1] > '9')
		return false;
	*out = (s.p[i] - '0') * 10 + (s.p[i + 1] - '0');
	return *out <= most;
}

/* +hh:mm, +hhmm, +hh */
static bool
fixed_offset(struct str s, int32_t *offset)
{
	size_t colon = s.n == 6 && s.p[3] == ':';
	int h, m = 0;

	if (s.n - colon != 5 && s.n != 3)
		return false;
	if ((s.p[0] != '+' && s.p[0] != '-') || !pair(s, 1, 14, &h) ||
	    (s.n > 3 && !pair(s, 3 + colon, 59, &m)))
		return false;
	*offset = (s.p[0] == '-' ? -1 : 1) * (h * 3600 + m * 60);
	return true;
}

static bool
name_is_safe(struct str s)
{
	if (s.n == 0 || s.n > NAME_MOST || s.p[0] == '/' || str_contains(s, STR("..")))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		      c == '/' || c == '_' || c == '-' || c == '+' || c == '.'))
			return false;
	}
	return true;
}

/* The whole of a regular file of at most FILE_MOST bytes, freed by the caller; NULL: errno says why. */
static char *
read_small(const char *path, size_t *size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY), kept;
	char *bytes = NULL;
	struct stat st;
	ssize_t n = 0;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) == 0) {
		errno = S_ISREG(st.st_mode) ? st.st_size > FILE_MOST ? EFBIG : 0 : EINVAL;
		if (errno == 0) {
			bytes = xalloc(FILE_MOST, 1);
			*size = 0;
			while (*size < FILE_MOST &&
			       (n = read(fd, bytes + *size, FILE_MOST - *size)) > 0)
				*size += (size_t)n;
		}
	}
	kept = errno;
	if (n < 0) {
		free(bytes);
		bytes = NULL;
	}
	close(fd);
	errno = kept;
	return bytes;
}

static const struct zone *
load_file(struct arena *arena, struct str name, const char *folder, struct errors *err,
	  struct place at)
{
	struct str path = arena_printf(arena, "%s/" STR_FMT, folder, STR_ARG(name));
	struct zone *zone = arena_alloc(arena, sizeof(*zone));
	const char *wrong = NULL;
	size_t size = 0;
	char *bytes = read_small(path.p, &size);

	if (!bytes) {
		if (errno == ENOENT || errno == ENOTDIR || errno == EINVAL)
			error_at(err, at,
				 "there is no time zone '" STR_FMT "' in '%s'; a name like "
				 "'Asia/Tokyo' or 'UTC', or an offset like '+09:00' is wanted",
				 STR_ARG(name), folder);
		else
			error_at(err, at, "the time zone '" STR_FMT "' cannot be read in '%s': %s",
				 STR_ARG(name), folder, strerror(errno));
		return NULL;
	}
	if (!zone_file_read((struct str){ bytes, size }, arena, zone, &wrong)) {
		error_at(err, at, "the time zone '" STR_FMT "' in '%s' is not usable: %s",
			 STR_ARG(name), folder, wrong);
		zone = NULL;
	}
	free(bytes);
	return zone;
}

/* What to take off an instant (or a local time) to come back into the cycle: whole cycles. */
static int64_t
cycles(const struct zone *zone, int64_t t)
{
	return t < zone->cycle_end ? 0 : ((t - zone->cycle_end) / ZONE_CYCLE + 1) * ZONE_CYCLE;
}

/* How many changes were at t or before. */
static size_t
changes_before(const struct zone *zone, int64_t t)
{
	size_t low = 0, high = zone->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (zone->change[mid].at <= t)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static int32_t
offset_after(const struct zone *zone, size_t changes)
{
	return changes ? zone->change[changes - 1].offset : zone->first;
}

/* No sum of times can overflow within these. */
static int64_t
within_reason(int64_t t)
{
	return max_i64(min_i64(t, 1LL << 60), -(1LL << 60));
}

int32_t
zone_offset(const struct zone *zone, int64_t utc)
{
	utc = within_reason(utc);
	return offset_after(zone, changes_before(zone, utc - cycles(zone, utc)));
}

enum zone_local
zone_to_utc(const struct zone *zone, int64_t local, int64_t utc[2])
{
	int64_t off = cycles(zone, within_reason(local)), t = within_reason(local) - off;
	size_t i = changes_before(zone, t - ZONE_OFFSET_MOST);
	size_t last = changes_before(zone, t + ZONE_OFFSET_MOST), found = 0;

	/* Stretch i lasts from change i - 1 to change i; those too far away cannot show this time. */
	for (; i <= last; i++) {
		int64_t u = t - offset_after(zone, i);

		if ((i && u < zone->change[i - 1].at) ||
		    (i < zone->count && u >= zone->change[i].at))
			continue;
		if (found++ == 0)
			utc[0] = u + off;
		utc[1] = u + off;
	}
	return found == 0 ? ZONE_NEVER : found == 1 ? ZONE_ONCE : ZONE_TWICE;
}

/* Does a clock set forward or back show a time of (from, from + 59] as its first or last? */
bool
zone_even_minute(const struct zone *zone, int64_t local)
{
	int64_t from = within_reason(local) - cycles(zone, within_reason(local));
	size_t i = changes_before(zone, from - ZONE_OFFSET_MOST);
	size_t last = changes_before(zone, from + 59 + ZONE_OFFSET_MOST);

	for (; i < last; i++) {
		int64_t before = zone->change[i].at + offset_after(zone, i);
		int64_t after = zone->change[i].at + offset_after(zone, i + 1);

		if ((before > from && before <= from + 59) || (after > from && after <= from + 59))
			return false;
	}
	return true;
}

const struct zone *
zone_load(struct arena *arena, struct str name, const char *folder, struct errors *err,
	  struct place at)
{
	struct zone *zone;
	int32_t offset = 0;

	for (size_t i = 0; i < COUNT(built_in); i++) {
		if (str_is(name, built_in[i].name))
			return &built_in[i].zone;
	}
	if (fixed_offset(name, &offset)) {
		zone = arena_alloc(arena, sizeof(*zone));
		*zone = (struct zone){ .cycle_end = INT64_MAX, .first = offset };
		return zone;
	}
	if (!name_is_safe(name)) {
		error_at(err, at,
			 "'" STR_FMT "' is no name of a time zone; 'Asia/Tokyo', 'UTC' or "
			 "an offset from '-14:59' to '+14:59' is wanted",
			 STR_ARG(name));
		return NULL;
	}
	return load_file(arena, name, folder ? folder : usual_folder, err, at);
}
