/*
 * geo_sane.h - for tests and the fuzzer: whatever the bytes of a database are, its answers keep to their ranges.
 */
#ifndef SEKISHO_CONTEXT_GEO_SANE_H
#define SEKISHO_CONTEXT_GEO_SANE_H

#include "context/geo.h"

/*
 * The library loses 5 KB of some metadata that it refuses.  A run ends there; a test that tries a thousand of them goes
 * on, and the leak is not ours.
 */
const char *__lsan_default_suppressions(void); /* NOLINT(bugprone-reserved-identifier): its name */

const char *
__lsan_default_suppressions(void) /* NOLINT(bugprone-reserved-identifier) */
{
	return "leak:libmaxminddb\n";
}

static inline bool
sane_letter(unsigned c)
{
	return c >= 'A' && c <= 'Z';
}

/* Reads every byte, so that one outside of the database is noticed. */
static inline unsigned
sane_bytes(struct str s)
{
	unsigned sum = 0;

	for (size_t i = 0; i < s.n; i++)
		sum += (unsigned char)s.p[i];
	return sum;
}

static inline void
sane_answer(const struct geo_answer *a)
{
	if (a->country && (!sane_letter(a->country >> 8) || !sane_letter(a->country & 0xFF)))
		BUG("country %x", a->country);
	if (!a->placed && (a->at.lat || a->at.lon))
		BUG("no place at %d %d", a->at.lat, a->at.lon);
	if (abs(a->at.lat) > LATITUDE_MOST * MICRO_DEGREES ||
	    abs(a->at.lon) > LONGITUDE_MOST * MICRO_DEGREES)
		BUG("a place at %d %d", a->at.lat, a->at.lon);
	if (a->radius_km > 20016)
		BUG("a radius of %u km", a->radius_km);
	if (a->flags > 63)
		BUG("flags %x", a->flags);
}

/* The same answer again, from the table and from another one. */
static inline unsigned
sane_ask(const struct geo *g, struct geo_table *t, const uint8_t *address)
{
	struct geo_table fresh = { 0 };
	uint32_t number = geo_ask(g, t, address);
	struct geo_answer first = geo_answered(t, number), again;
	struct geo_names names;

	sane_answer(&first);
	if (geo_ask(g, t, address) != number)
		BUG("asked again, another answer");
	again = geo_answered(&fresh, geo_ask(g, &fresh, address));
	if (again.asn != first.asn || again.country != first.country ||
	    again.flags != first.flags || again.radius_km != first.radius_km ||
	    again.at.lat != first.at.lat || again.at.lon != first.at.lon)
		BUG("asked alone, another answer");
	geo_table_free(&fresh);
	geo_names_ask(g, address, &names);
	return sane_bytes(names.city_en) + sane_bytes(names.city_ja) + sane_bytes(names.as_org);
}

#endif
