/*
 * geo_testing.h - for tests: records of invented places and operators, on documentation's addresses, and databases
 * opened from bytes.
 */
#ifndef SEKISHO_CONTEXT_GEO_TESTING_H
#define SEKISHO_CONTEXT_GEO_TESTING_H

#include "context/geo.h"
#include "context/mmdb_testing.h"

#include <sys/mman.h>

enum { MMDB_PATH = 32 };

struct mmdb_city {
	const char *country; /* NULL: does not say, as the names below */
	const char *en, *ja;
	bool placed;
	double lat, lon;
	uint16_t radius_km; /* 0: does not say */
};

static inline void
mmdb_city_names(struct mmdb *m, const struct mmdb_city *c)
{
	mmdb_key(m, "city");
	mmdb_map(m, 1);
	mmdb_key(m, "names");
	mmdb_map(m, (size_t)(c->en != NULL) + (c->ja != NULL));
	if (c->en) {
		mmdb_key(m, "en");
		mmdb_key(m, c->en);
	}
	if (c->ja) {
		mmdb_key(m, "ja");
		mmdb_key(m, c->ja);
	}
}

static inline void
mmdb_location(struct mmdb *m, const struct mmdb_city *c)
{
	mmdb_key(m, "location");
	mmdb_map(m, (c->placed ? 2U : 0U) + (c->radius_km != 0));
	if (c->radius_km) {
		mmdb_key(m, "accuracy_radius");
		mmdb_u16(m, c->radius_km);
	}
	if (c->placed) {
		mmdb_key(m, "latitude");
		mmdb_double(m, c->lat);
		mmdb_key(m, "longitude");
		mmdb_double(m, c->lon);
	}
}

static inline uint32_t
mmdb_add_city(struct mmdb *m, struct mmdb_city c)
{
	uint32_t at = mmdb_record(m);
	bool named = c.en || c.ja, located = c.placed || c.radius_km;

	mmdb_map(m, (size_t)named + (c.country != NULL) + located);
	if (named)
		mmdb_city_names(m, &c);
	if (c.country) {
		mmdb_key(m, "country");
		mmdb_map(m, 1);
		mmdb_key(m, "iso_code");
		mmdb_key(m, c.country);
	}
	if (located)
		mmdb_location(m, &c);
	return at;
}

static inline uint32_t
mmdb_add_asn(struct mmdb *m, uint32_t asn, const char *org)
{
	uint32_t at = mmdb_record(m);

	mmdb_map(m, org ? 2 : 1);
	mmdb_key(m, "autonomous_system_number");
	mmdb_u32(m, asn);
	if (org) {
		mmdb_key(m, "autonomous_system_organization");
		mmdb_key(m, org);
	}
	return at;
}

static inline uint32_t
mmdb_add_flags(struct mmdb *m, const char *const *key, size_t count)
{
	uint32_t at = mmdb_record(m);

	mmdb_map(m, count);
	for (size_t i = 0; i < count; i++) {
		mmdb_key(m, key[i]);
		mmdb_bool(m, true);
	}
	return at;
}

/* A file in memory, and a path that opens it while it is open. */
static inline int
mmdb_lend(struct str bytes, char path[MMDB_PATH])
{
	int fd = memfd_create("mmdb", MFD_CLOEXEC);

	assert_true(fd >= 0);
	for (size_t at = 0; at < bytes.n;) {
		ssize_t n = write(fd, bytes.p + at, bytes.n - at);

		assert_true(n > 0);
		at += (size_t)n;
	}
	snprintf(path, MMDB_PATH, "/proc/self/fd/%d", fd);
	return fd;
}

static inline enum geo_opened
mmdb_open_bytes(struct geo_file *f, enum geoip key, struct str bytes, struct errors *err)
{
	char path[MMDB_PATH];
	int fd = mmdb_lend(bytes, path);
	struct policy_file named = {
		.path = str_of(path), .at = { .file = STR("sekisho.yaml"), .line = 12, .column = 9 }
	};
	enum geo_opened opened = geo_file_open(f, key, &named, true, err);

	close(fd);
	return opened;
}

static inline void
mmdb_begin(struct mmdb *m, const char *type, unsigned ip_version, unsigned record_size)
{
	*m = (struct mmdb){ .type = type,
			    .record_size = record_size,
			    .ip_version = ip_version,
			    .epoch = 1775001600 /* 2026-04-01 */ };
}

/* Finishes and frees `m`. */
static inline void
mmdb_open_as(struct geo *g, struct mmdb *m, enum geoip key)
{
	struct errors err = { 0 };

	if (mmdb_open_bytes(&g->file[key], key, mmdb_finish(m), &err) != GEO_OPENED)
		fail_msg(STR_FMT, STR_ARG(err.list.at[0]));
	mmdb_free(m);
}

/* Canonical bytes of an address's text. */
struct mmdb_address {
	uint8_t byte[ADDRESS_SIZE];
};

static inline struct mmdb_address
mmdb_address(const char *text)
{
	struct mmdb_address a;

	if (!address_parse(str_of(text), (char *)a.byte))
		fail_msg("'%s' is no address", text);
	return a;
}

#endif
