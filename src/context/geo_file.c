/*
 * geo_file.c - copying, sealing and opening; hides whether the copy is in memory or in a file without a name.
 */
#include "context/geo_file.h"

#include "base/address.h"
#include "base/unnamed.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 256 * 1024, MOST_MIB = 2047, SEPARATOR = 16 };
#define LAST_EPOCH 253402300799ULL /* 9999-12-31T23:59:59Z */

/* What the type of a database must have in it, and one that does. */
static const struct {
	const char *types[2];
	const char *example;
} kinds[GEOIP_COUNT] = {
	[GEOIP_CITY] = { { "City", "Enterprise" }, "GeoLite2-City" },
	[GEOIP_ASN] = { { "ASN", "ISP" }, "GeoLite2-ASN" },
	[GEOIP_COUNTRY] = { { "Country" }, "GeoLite2-Country" },
	[GEOIP_ANONYMOUS] = { { "Anonymous" }, "GeoIP2-Anonymous-IP" },
};

/* The file being opened, and where mistakes about it go. */
struct opening {
	const struct policy_file *named;
	struct errors *err;
	struct sha256 sha256;
	bool digest;
};

static int
refuse_file(const struct opening *o, const char *what, const char *why)
{
	return error_at(o->err, o->named->at, "the GeoIP database '" STR_FMT "' %s%s%s",
			STR_ARG(o->named->path), what, why ? ": " : "", why ? why : "");
}

/* What cannot be sealed has no name instead. */
static int
room_open(void)
{
	const char *folder = getenv("TMPDIR");
	int fd = memfd_create("sekisho-geoip", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	return fd >= 0 ? fd : unnamed_open(folder && *folder ? folder : "/tmp");
}

static bool
write_whole(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t wrote = write(fd, p, n);

		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			return false;
		p += wrote;
		n -= (size_t)wrote;
	}
	return true;
}

/* Bytes copied, or -1. */
static int64_t
copy_bytes(struct opening *o, int from, int to, char *chunk)
{
	int64_t copied = 0;
	ssize_t got;

	while ((got = read(from, chunk, CHUNK)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return refuse_file(o, "cannot be read", strerror(errno));
		if (o->digest)
			sha256_add(&o->sha256, chunk, (size_t)got);
		if (!write_whole(to, chunk, (size_t)got))
			return refuse_file(o, "cannot be copied", strerror(errno));
		copied += got;
	}
	return copied;
}

static int
copy_file(struct opening *o, int from, int to)
{
	struct stat before, after;
	int64_t copied;
	char *chunk;

	if (fstat(from, &before) != 0)
		return refuse_file(o, "cannot be read", strerror(errno));
	if (!S_ISREG(before.st_mode))
		return refuse_file(o, "is no regular file", NULL);
	if (before.st_size >> 20 > MOST_MIB)
		return refuse_file(o, "is larger than 2 GiB", NULL);
	chunk = xalloc(CHUNK, 1);
	copied = copy_bytes(o, from, to, chunk);
	free(chunk);
	if (copied < 0)
		return -1;
	if (fstat(from, &after) != 0 || copied != before.st_size ||
	    after.st_size != before.st_size ||
	    memcmp(&after.st_mtim, &before.st_mtim, sizeof(after.st_mtim)) != 0)
		return refuse_file(o, "was changed while it was read; run again", NULL);
	return 0;
}

static bool
type_fits(const char *type, enum geoip key)
{
	for (size_t i = 0; i < COUNT(kinds[key].types); i++) {
		const char *part = kinds[key].types[i];

		if (part && str_contains(str_of(type), str_of(part)))
			return true;
	}
	return false;
}

/* The library has looked at the versions of the format and of IP, and at the size of records. */
static int
check_metadata(const struct opening *o, enum geoip key, const MMDB_s *db)
{
	static const uint8_t nothing[SEPARATOR];
	const MMDB_metadata_s *m = &db->metadata;

	if (!type_fits(m->database_type, key))
		return error_at(o->err, o->named->at,
				"the GeoIP database '" STR_FMT
				"' is of type '%s'; '%s' wants one like '%s'",
				STR_ARG(o->named->path), m->database_type, geoip_names[key],
				kinds[key].example);
	if (m->build_epoch > LAST_EPOCH)
		return refuse_file(o, "is damaged", "it was not built in any year of four digits");
	if (m->node_count == 0 || memcmp(db->data_section - SEPARATOR, nothing, SEPARATOR) != 0)
		return refuse_file(o, "is damaged", "its data do not begin where its tree ends");
	return 0;
}

static int
open_copy(struct geo_file *f, const struct opening *o, enum geoip key, int copy)
{
	char name[32];
	int rc;

	/* Refused for a file, which needs no seal: it has no name. */
	fcntl(copy, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL);
	snprintf(name, sizeof(name), "/proc/self/fd/%d", copy);
	rc = MMDB_open(name, MMDB_MODE_MMAP, &f->db);
	if (rc == MMDB_FILE_OPEN_ERROR || rc == MMDB_IO_ERROR || rc == MMDB_OUT_OF_MEMORY_ERROR)
		return refuse_file(o, "cannot be opened through /proc", strerror(errno));
	if (rc != MMDB_SUCCESS)
		return refuse_file(o, "is damaged, or no MaxMind DB file (.mmdb)", NULL);
	f->opened = true;
	return check_metadata(o, key, &f->db);
}

static enum geo_opened
open_named(struct geo_file *f, struct opening *o, enum geoip key)
{
	int from = open(o->named->path.p, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	int to, rc;

	if (from < 0 && (errno == ENOENT || errno == ENOTDIR))
		return GEO_MISSING;
	if (from < 0)
		return refuse_file(o, "cannot be read", strerror(errno)) ? GEO_REFUSED : GEO_OPENED;
	to = room_open();
	rc = to < 0 ? refuse_file(o, "cannot be copied", strerror(errno)) : copy_file(o, from, to);
	close(from);
	if (rc == 0)
		rc = open_copy(f, o, key, to);
	if (to >= 0)
		close(to); /* what is mapped stays */
	return rc ? GEO_REFUSED : GEO_OPENED;
}

enum geo_found
geo_file_find(const struct geo_file *f, const uint8_t address[ADDRESS_SIZE], MMDB_entry_s *out)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };
	bool is_v4 = address_is_ipv4((const char *)address);
	MMDB_lookup_result_s got;
	int rc;

	if (!is_v4 && f->db.metadata.ip_version == 4)
		return GEO_NOTHING;
	memcpy(&v4.sin_addr, address + 12, sizeof(v4.sin_addr));
	memcpy(&v6.sin6_addr, address, sizeof(v6.sin6_addr));
	got = MMDB_lookup_sockaddr(
		&f->db, is_v4 ? (const struct sockaddr *)&v4 : (const struct sockaddr *)&v6, &rc);
	if (rc != MMDB_SUCCESS)
		return GEO_ODD;
	if (!got.found_entry)
		return GEO_NOTHING;
	*out = got.entry;
	/* A record between the tree and the data wraps around. */
	return got.entry.offset < f->db.data_section_size ? GEO_FOUND : GEO_ODD;
}

void
geo_file_close(struct geo_file *f)
{
	if (f->opened)
		MMDB_close(&f->db);
	*f = (struct geo_file){ .opened = false };
}

enum geo_opened
geo_file_open(struct geo_file *f, enum geoip key, const struct policy_file *named, bool digest,
	      struct errors *err)
{
	struct opening o = { .named = named, .err = err, .digest = digest };
	enum geo_opened opened;
	uint8_t sum[SHA256_SIZE];

	*f = (struct geo_file){ .opened = false };
	sha256_init(&o.sha256);
	opened = open_named(f, &o, key);
	if (opened != GEO_OPENED) {
		geo_file_close(f);
	} else if (digest) {
		sha256_end(&o.sha256, sum);
		sha256_hex(sum, f->sha256);
	}
	return opened;
}
