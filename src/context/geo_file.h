/*
 * geo_file.h - one GeoIP database (MaxMind DB format): a sealed copy of its file, known to be of the kind asked for.
 *
 * The library maps the file, and a database that is replaced in place while we look would kill us (SIGBUS), or
 * answer half from the old one and half from the new.  So it maps a copy of ours that nobody can change.
 */
#ifndef SEKISHO_CONTEXT_GEO_FILE_H
#define SEKISHO_CONTEXT_GEO_FILE_H

#include "base/error.h"
#include "base/sha256.h"
#include "model/policy.h"

#include <maxminddb.h>

/* Zero-initialised is closed. */
struct geo_file {
	MMDB_s db;
	bool opened;
	char sha256[SHA256_HEX]; /* "" without digests */
};

enum geo_opened {
	GEO_OPENED,
	GEO_MISSING, /* there is no such file: nothing is said, since the run goes on without it */
	GEO_REFUSED  /* it is there and of no use: `err` has why */
};

enum geo_opened geo_file_open(struct geo_file *f, enum geoip key, const struct policy_file *named,
			      bool digest, struct errors *err);
void geo_file_close(struct geo_file *f);

/* An address in canonical bytes; found, nothing, or a search tree that makes no sense. */
enum geo_found { GEO_NOTHING, GEO_FOUND, GEO_ODD };
enum geo_found geo_file_find(const struct geo_file *f, const uint8_t address[16],
			     MMDB_entry_s *out);

#endif
