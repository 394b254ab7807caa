/*
 * geo.h - the GeoIP databases of a policy, and a table of what they say.
 *
 * The databases are const once open; a table is filled by one thread, and then read by any number.
 * An address costs 0.7 us and database (2.1 M nodes, random addresses, a busy machine, 2026-11, gcc 12 -O2).
 * Memory: the databases themselves, and about 100 bytes for each distinct answer, however many addresses share it.
 */
#ifndef SEKISHO_CONTEXT_GEO_H
#define SEKISHO_CONTEXT_GEO_H

#include "context/context.h"
#include "context/geo_file.h"

/* Zero-initialised is none. */
struct geo {
	struct geo_file file[GEOIP_COUNT];
};

/* -1 with every mistake in `err`; what is merely missing is told in `missing`. */
int geo_open(struct geo *g, const struct policy *policy, bool digest, struct errors *err,
	     struct errors *missing);
void geo_close(struct geo *g);
unsigned geo_has(const struct geo *g); /* GEO_HAS_ bits */

/* Where an answer came from: a record each, which two addresses often share. */
struct geo_known {
	uint32_t record[GEOIP_COUNT];
	unsigned odd; /* a bit for each database whose record is odd */
	struct geo_answer answer;
};

struct geo_table {
	VEC(struct geo_known) known; /* of number i + 1 */
	uint32_t *slot;              /* a number, 0 = free */
	uint32_t slot_count;         /* a power of two, or 0 */
	size_t odd[GEOIP_COUNT];     /* addresses with a record that makes no sense */
};

/* The number of the answer; 0 is "not public, so it is not asked". */
uint32_t geo_ask(const struct geo *g, struct geo_table *t, const uint8_t address[16]);
struct geo_answer geo_answered(const struct geo_table *t, uint32_t number);
void geo_table_free(struct geo_table *t);

/* Asked again for each address that is printed. */
void geo_names_ask(const struct geo *g, const uint8_t address[16], struct geo_names *out);

#endif
