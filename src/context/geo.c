/*
 * geo.c - every database asked, and answers numbered by the records they came from, so that a record is read once.
 */
#include "context/geo.h"

#include "base/hash.h"
#include "context/geo_record.h"

enum { FIRST_SLOTS = 256 };
#define RECORD_NONE 0U
#define RECORD_ODD UINT32_MAX /* the search tree is */

/* City before country: where both know a country, that of the database of countries stays. */
static const enum geoip asked[] = { GEOIP_CITY, GEOIP_ASN, GEOIP_COUNTRY, GEOIP_ANONYMOUS };

static const struct {
	unsigned has;
	const char *lost;
} kinds[GEOIP_COUNT] = {
	[GEOIP_CITY] = { GEO_HAS_COUNTRY | GEO_HAS_PLACE,
			 "places are unknown, and DRF-02 and DRF-05 are not evaluated" },
	[GEOIP_ASN] = { GEO_HAS_ASN,
			"public networks are named by block and not by operator (asn:AS...)" },
	[GEOIP_COUNTRY] = { GEO_HAS_COUNTRY,
			    "DRF-02 is evaluated only with countries of a city database" },
	[GEOIP_ANONYMOUS] = { GEO_HAS_FLAGS,
			      "anonymisers and hosting providers are not recognised" },
};

static uint32_t
record_of(const struct geo *g, enum geoip key, const uint8_t *address)
{
	MMDB_entry_s entry;

	if (!g->file[key].opened)
		return RECORD_NONE;
	switch (geo_file_find(&g->file[key], address, &entry)) {
	case GEO_FOUND:
		return entry.offset + 1;
	case GEO_ODD:
		return RECORD_ODD;
	case GEO_NOTHING:
		break;
	}
	return RECORD_NONE;
}

static MMDB_entry_s
entry_of(const struct geo *g, enum geoip key, uint32_t record)
{
	return (MMDB_entry_s){ .mmdb = &g->file[key].db, .offset = record - 1 };
}

static void
read_records(const struct geo *g, struct geo_known *k)
{
	for (size_t i = 0; i < COUNT(asked); i++) {
		enum geoip key = asked[i];
		uint32_t record = k->record[key];

		if (record == RECORD_NONE)
			continue;
		if (record == RECORD_ODD ||
		    geo_record_read(key, entry_of(g, key, record), &k->answer))
			k->odd |= 1U << key;
	}
}

static uint32_t
slot_of(const struct geo_table *t, const uint32_t *record)
{
	const char *p = (const char *)record;
	uint32_t at = (uint32_t)hash_mix(load64(p) ^ hash_mix(load64(p + 8)));

	for (at &= t->slot_count - 1; t->slot[at]; at = (at + 1) & (t->slot_count - 1)) {
		const struct geo_known *k = &t->known.at[t->slot[at] - 1];

		if (memcmp(k->record, record, sizeof(k->record)) == 0)
			break;
	}
	return at;
}

_Static_assert(GEOIP_COUNT * sizeof(uint32_t) == 16, "slot_of() reads all records");

static void
grow(struct geo_table *t)
{
	free(t->slot);
	t->slot_count = t->slot_count ? t->slot_count * 2 : FIRST_SLOTS;
	t->slot = xalloc(t->slot_count, sizeof(*t->slot));
	for (size_t i = 0; i < t->known.n; i++)
		t->slot[slot_of(t, t->known.at[i].record)] = (uint32_t)i + 1;
}

uint32_t
geo_ask(const struct geo *g, struct geo_table *t, const uint8_t address[ADDRESS_SIZE])
{
	struct geo_known k = { .odd = 0 };
	uint32_t at, number;

	if (!address_is_public((const char *)address))
		return 0;
	for (int key = 0; key < GEOIP_COUNT; key++)
		k.record[key] = record_of(g, (enum geoip)key, address);
	if (t->known.n * 2 >= t->slot_count)
		grow(t);
	at = slot_of(t, k.record);
	if (!t->slot[at]) {
		read_records(g, &k);
		*VEC_PUSH(&t->known) = k;
		t->slot[at] = (uint32_t)t->known.n;
	}
	number = t->slot[at];
	for (int key = 0; key < GEOIP_COUNT; key++)
		t->odd[key] += t->known.at[number - 1].odd >> key & 1;
	return number;
}

struct geo_answer
geo_answered(const struct geo_table *t, uint32_t number)
{
	return number ? t->known.at[number - 1].answer : (struct geo_answer){ .asn = 0 };
}

void
geo_table_free(struct geo_table *t)
{
	VEC_FREE(&t->known);
	free(t->slot);
	*t = (struct geo_table){ .slot_count = 0 };
}

void
geo_names_ask(const struct geo *g, const uint8_t address[ADDRESS_SIZE], struct geo_names *out)
{
	*out = (struct geo_names){ .as_org = { 0 } };
	if (!address_is_public((const char *)address))
		return;
	for (int i = 0; i < GEOIP_COUNT; i++) {
		enum geoip key = (enum geoip)i;
		uint32_t record = record_of(g, key, address);

		if (record != RECORD_NONE && record != RECORD_ODD)
			geo_record_names(key, entry_of(g, key, record), out);
	}
}

unsigned
geo_has(const struct geo *g)
{
	unsigned has = 0;

	for (int key = 0; key < GEOIP_COUNT; key++)
		has |= g->file[key].opened ? kinds[key].has : 0;
	return has;
}

void
geo_close(struct geo *g)
{
	for (int key = 0; key < GEOIP_COUNT; key++)
		geo_file_close(&g->file[key]);
}

int
geo_open(struct geo *g, const struct policy *policy, bool digest, struct errors *err,
	 struct errors *missing)
{
	bool refused = false;

	for (int key = 0; key < GEOIP_COUNT; key++) {
		const struct policy_file *named = &policy->geoip[key];

		if (named->path.n == 0)
			continue;
		switch (geo_file_open(&g->file[key], (enum geoip)key, named, digest, err)) {
		case GEO_OPENED:
			break;
		case GEO_MISSING:
			error_at(missing, named->at,
				 "there is no GeoIP database '" STR_FMT "'; without it %s",
				 STR_ARG(named->path), kinds[key].lost);
			break;
		case GEO_REFUSED:
			refused = true;
			break;
		}
	}
	return refused ? -1 : 0;
}
