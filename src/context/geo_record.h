/*
 * geo_record.h - what a record of a GeoIP database says, believed field by field.
 *
 * A field of the wrong type or out of its range is unknown, and the record is odd; a field that is not there is
 * unknown, and that is all.
 */
#ifndef SEKISHO_CONTEXT_GEO_RECORD_H
#define SEKISHO_CONTEXT_GEO_RECORD_H

#include "model/lookup.h"
#include "model/policy.h"

#include <maxminddb.h>

/* Adds to *out; true when the record is odd. */
bool geo_record_read(enum geoip key, MMDB_entry_s entry, struct geo_answer *out);
/* Adds to *out what this record names; the bytes are those of the database. */
void geo_record_names(enum geoip key, MMDB_entry_s entry, struct geo_names *out);

#endif
