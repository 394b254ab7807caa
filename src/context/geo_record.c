/*
 * geo_record.c - fields of records by their paths, types checked at every step; hides the library's data.
 */
#include "context/geo_record.h"

enum { PATH_MOST = 3, RADIUS_MOST = 20016 }; /* half the globe */

#define TYPE(name) (1U << MMDB_DATA_TYPE_##name)

/* A field's path, empty behind its end. */
struct path {
	const char *key[PATH_MOST + 1];
};

enum got { GOT_NOTHING, GOT_VALUE, GOT_ODD };

/*
 * The library says the same of a path whose first key is not there and of one that leads through something that is no
 * map, so every step is asked for by itself.  It happens once for every distinct record.
 */
static enum got
record_get(MMDB_entry_s entry, const struct path *path, unsigned types, MMDB_entry_data_s *out)
{
	const char *upto[PATH_MOST + 1] = { NULL };

	for (size_t n = 0;; n++) {
		int rc = MMDB_aget_value(&entry, out, upto);

		if (rc == MMDB_LOOKUP_PATH_DOES_NOT_MATCH_DATA_ERROR)
			return GOT_NOTHING;
		if (rc != MMDB_SUCCESS || !out->has_data || out->type > MMDB_DATA_TYPE_FLOAT)
			return GOT_ODD;
		if (n == PATH_MOST || !path->key[n])
			return types >> out->type & 1 ? GOT_VALUE : GOT_ODD;
		if (out->type != MMDB_DATA_TYPE_MAP)
			return GOT_ODD;
		upto[n] = path->key[n];
	}
}

/* False when it is odd; *out stays when there is none. */
static bool
read_number(MMDB_entry_s entry, struct path path, uint32_t most, uint32_t *out)
{
	MMDB_entry_data_s d = { 0 };
	enum got got = record_get(entry, &path, TYPE(UINT16) | TYPE(UINT32), &d);
	uint32_t v;

	if (got != GOT_VALUE)
		return got == GOT_NOTHING;
	v = d.type == MMDB_DATA_TYPE_UINT16 ? d.uint16 : d.uint32;
	if (v > most)
		return false;
	*out = v;
	return true;
}

static bool
read_flag(MMDB_entry_s entry, const char *key, enum geo_flag flag, uint8_t *flags)
{
	struct path path = { { key } };
	MMDB_entry_data_s d = { 0 };
	enum got got = record_get(entry, &path, TYPE(BOOLEAN), &d);

	if (got == GOT_VALUE && d.boolean)
		*flags = (uint8_t)(*flags | flag);
	return got != GOT_ODD;
}

static struct str
read_text(MMDB_entry_s entry, struct path path)
{
	MMDB_entry_data_s d = { 0 };

	if (record_get(entry, &path, TYPE(UTF8_STRING), &d) != GOT_VALUE)
		return (struct str){ 0 };
	return (struct str){ .p = d.utf8_string, .n = d.data_size };
}

static bool
read_country(MMDB_entry_s entry, uint16_t *country)
{
	const struct path path = { { "country", "iso_code" } };
	MMDB_entry_data_s d = { 0 };
	enum got got = record_get(entry, &path, TYPE(UTF8_STRING), &d);
	const char *p = d.utf8_string;

	if (got != GOT_VALUE)
		return got == GOT_NOTHING;
	if (d.data_size != 2 || p[0] < 'A' || p[0] > 'Z' || p[1] < 'A' || p[1] > 'Z')
		return false;
	*country = GEO_COUNTRY(p[0], p[1]);
	return true;
}

static double
real_of(const MMDB_entry_data_s *d)
{
	return d->type == MMDB_DATA_TYPE_FLOAT ? (double)d->float_value : d->double_value;
}

/* One coordinate without the other is odd. */
static bool
read_place(MMDB_entry_s entry, struct geo_answer *out)
{
	static const struct path lat_path = { { "location", "latitude" } };
	static const struct path lon_path = { { "location", "longitude" } };
	MMDB_entry_data_s lat = { 0 }, lon = { 0 };
	enum got a = record_get(entry, &lat_path, TYPE(DOUBLE) | TYPE(FLOAT), &lat);
	enum got b = record_get(entry, &lon_path, TYPE(DOUBLE) | TYPE(FLOAT), &lon);

	if (a != GOT_VALUE || b != GOT_VALUE)
		return a == GOT_NOTHING && b == GOT_NOTHING;
	out->placed = geo_point_from(real_of(&lat), real_of(&lon), &out->at);
	return out->placed;
}

static bool
read_city(MMDB_entry_s entry, struct geo_answer *out)
{
	uint32_t radius = 0;
	bool good = read_country(entry, &out->country);

	good &= read_place(entry, out);
	good &= read_number(entry, (struct path){ { "location", "accuracy_radius" } }, RADIUS_MOST,
			    &radius);
	out->radius_km = (uint16_t)radius;
	return good;
}

static bool
read_flags(MMDB_entry_s entry, uint8_t *flags)
{
	static const struct {
		const char *key;
		enum geo_flag flag;
	} each[] = {
		{ "is_anonymous", GEO_ANONYMOUS },
		{ "is_anonymous_vpn", GEO_VPN },
		{ "is_hosting_provider", GEO_HOSTING },
		{ "is_public_proxy", GEO_PUBLIC_PROXY },
		{ "is_residential_proxy", GEO_RESIDENTIAL_PROXY },
		{ "is_tor_exit_node", GEO_TOR },
	};
	bool good = true;

	for (size_t i = 0; i < COUNT(each); i++)
		good &= read_flag(entry, each[i].key, each[i].flag, flags);
	return good;
}

void
geo_record_names(enum geoip key, MMDB_entry_s entry, struct geo_names *out)
{
	if (key == GEOIP_CITY) {
		out->city_en = read_text(entry, (struct path){ { "city", "names", "en" } });
		out->city_ja = read_text(entry, (struct path){ { "city", "names", "ja" } });
	} else if (key == GEOIP_ASN) {
		out->as_org =
			read_text(entry, (struct path){ { "autonomous_system_organization" } });
	}
}

bool
geo_record_read(enum geoip key, MMDB_entry_s entry, struct geo_answer *out)
{
	bool good = true;

	switch (key) {
	case GEOIP_CITY:
		good = read_city(entry, out);
		break;
	case GEOIP_ASN:
		good = read_number(entry, (struct path){ { "autonomous_system_number" } },
				   UINT32_MAX, &out->asn);
		break;
	case GEOIP_COUNTRY:
		good = read_country(entry, &out->country);
		break;
	case GEOIP_ANONYMOUS:
		good = read_flags(entry, &out->flags);
		break;
	case GEOIP_COUNT:
		break;
	}
	return !good;
}
