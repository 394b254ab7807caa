/*
 * geo_record_test.c - records that are not as they should be: the field is unknown, the address is counted.
 */
#include "context/geo_testing.h"

static void
one_text(struct mmdb *m, const char *outer, const char *inner, const char *value)
{
	mmdb_map(m, 1);
	mmdb_key(m, outer);
	mmdb_map(m, 1);
	mmdb_key(m, inner);
	mmdb_key(m, value);
}

static void
country_in_lower_case(struct mmdb *m)
{
	one_text(m, "country", "iso_code", "jp");
}

static void
country_of_three_letters(struct mmdb *m)
{
	one_text(m, "country", "iso_code", "JPN");
}

static void
country_of_one_letter(struct mmdb *m)
{
	one_text(m, "country", "iso_code", "J");
}

static void
country_is_a_number(struct mmdb *m)
{
	mmdb_map(m, 1);
	mmdb_key(m, "country");
	mmdb_map(m, 1);
	mmdb_key(m, "iso_code");
	mmdb_u16(m, 392);
}

static void
country_is_no_map(struct mmdb *m)
{
	mmdb_map(m, 1);
	mmdb_key(m, "country");
	mmdb_key(m, "JP");
}

static void
record_is_no_map(struct mmdb *m)
{
	mmdb_key(m, "JP");
}

static void
registered_country_alone(struct mmdb *m)
{
	one_text(m, "registered_country", "iso_code", "JP");
}

static void
empty_record(struct mmdb *m)
{
	mmdb_map(m, 0);
}

static void
location(struct mmdb *m, size_t pairs)
{
	mmdb_map(m, 1);
	mmdb_key(m, "location");
	mmdb_map(m, pairs);
}

static void
place(struct mmdb *m, double lat, double lon)
{
	location(m, 2);
	mmdb_key(m, "latitude");
	mmdb_double(m, lat);
	mmdb_key(m, "longitude");
	mmdb_double(m, lon);
}

static void
beyond_the_pole(struct mmdb *m)
{
	place(m, 90.5, 0);
}

static void
not_a_number(struct mmdb *m)
{
	place(m, 0, (double)__builtin_nanf(""));
}

static void
half_a_place(struct mmdb *m)
{
	location(m, 1);
	mmdb_key(m, "latitude");
	mmdb_double(m, 35);
}

static void
place_in_text(struct mmdb *m)
{
	location(m, 2);
	mmdb_key(m, "latitude");
	mmdb_key(m, "35.0");
	mmdb_key(m, "longitude");
	mmdb_key(m, "135.0");
}

static void
place_in_floats(struct mmdb *m)
{
	location(m, 2);
	mmdb_key(m, "latitude");
	mmdb_float(m, 35.5F);
	mmdb_key(m, "longitude");
	mmdb_float(m, 135.25F);
}

static void
radius_beyond_the_globe(struct mmdb *m)
{
	location(m, 1);
	mmdb_key(m, "accuracy_radius");
	mmdb_u32(m, 20017);
}

static void
radius_in_a_double(struct mmdb *m)
{
	location(m, 1);
	mmdb_key(m, "accuracy_radius");
	mmdb_double(m, 100);
}

static void
radius_alone(struct mmdb *m)
{
	location(m, 1);
	mmdb_key(m, "accuracy_radius");
	mmdb_u32(m, 1000);
}

static void
pointer_to_nowhere(struct mmdb *m)
{
	mmdb_map(m, 1);
	mmdb_key(m, "country");
	mmdb_pointer(m, 0xFFFFFFFF);
}

static void
pointer_to_itself(struct mmdb *m)
{
	mmdb_pointer(m, mmdb_record(m));
}

static void
map_without_end(struct mmdb *m)
{
	mmdb_integer(m, 0xFFFFFFFF, 4); /* 16.8 million pairs */
}

static const struct {
	const char *name;
	void (*write)(struct mmdb *m);
	bool odd;
	struct geo_answer want;
} records[] = {
	{ "a country in lower case", country_in_lower_case, true, { .asn = 0 } },
	{ "a country of three letters", country_of_three_letters, true, { .asn = 0 } },
	{ "a country of one letter", country_of_one_letter, true, { .asn = 0 } },
	{ "a country that is a number", country_is_a_number, true, { .asn = 0 } },
	{ "a country that is no map", country_is_no_map, true, { .asn = 0 } },
	{ "a record that is no map", record_is_no_map, true, { .asn = 0 } },
	{ "where it is registered is not where it is",
	  registered_country_alone,
	  false,
	  { .asn = 0 } },
	{ "an empty record", empty_record, false, { .asn = 0 } },
	{ "a place beyond the pole", beyond_the_pole, true, { .asn = 0 } },
	{ "a place that is not a number", not_a_number, true, { .asn = 0 } },
	{ "a latitude alone", half_a_place, true, { .asn = 0 } },
	{ "a place in text", place_in_text, true, { .asn = 0 } },
	{ "a place in floats",
	  place_in_floats,
	  false,
	  { .placed = true, .at = { 35500000, 135250000 } } },
	{ "a radius beyond the globe", radius_beyond_the_globe, true, { .asn = 0 } },
	{ "a radius in a double", radius_in_a_double, true, { .asn = 0 } },
	{ "a radius in 32 bits", radius_alone, false, { .radius_km = 1000 } },
	{ "a pointer to nowhere", pointer_to_nowhere, true, { .asn = 0 } },
	{ "a pointer to itself", pointer_to_itself, true, { .asn = 0 } },
	{ "a map without end", map_without_end, true, { .asn = 0 } },
};

static void
odd_values_are_unknown_and_counted(void **state UNUSED)
{
	struct mmdb_address first = mmdb_address("192.0.2.1"), second = mmdb_address("192.0.2.2");

	for (size_t i = 0; i < COUNT(records); i++) {
		const struct geo_answer *want = &records[i].want;
		struct geo_table t = { 0 };
		struct geo_answer got;
		struct geo g = { 0 };
		struct mmdb m;

		mmdb_begin(&m, "GeoLite2-City", 4, 24);
		mmdb_put(&m, "192.0.2.0/24", 0);
		records[i].write(&m);
		mmdb_open_as(&g, &m, GEOIP_CITY);
		got = geo_answered(&t, geo_ask(&g, &t, first.byte));
		geo_ask(&g, &t, second.byte);
		want_i64(records[i].name, "odd addresses", records[i].odd ? 2 : 0,
			 (int64_t)t.odd[GEOIP_CITY]);
		want_i64(records[i].name, "answers", 1, (int64_t)t.known.n);
		want_i64(records[i].name, "country", want->country, got.country);
		want_bool(records[i].name, "place", want->placed, got.placed);
		want_i64(records[i].name, "lat", want->at.lat, got.at.lat);
		want_i64(records[i].name, "lon", want->at.lon, got.at.lon);
		want_i64(records[i].name, "radius", want->radius_km, got.radius_km);
		geo_table_free(&t);
		geo_close(&g);
	}
}

/* The sixteen records between the tree and the data lead nowhere. */
static void
records_that_lead_between_tree_and_data(void **state UNUSED)
{
	for (uint32_t back = 1; back <= MMDB_SEPARATOR; back++) {
		struct geo_table t = { 0 };
		struct geo g = { 0 };
		struct mmdb_address a = mmdb_address("192.0.2.1");
		struct mmdb m;

		mmdb_begin(&m, "GeoLite2-ASN", 4, 24);
		mmdb_add_asn(&m, 64500, NULL);
		mmdb_put(&m, "192.0.2.0/24", 0U - back);
		mmdb_open_as(&g, &m, GEOIP_ASN);
		want_i64("astray", "ASN", 0, geo_answered(&t, geo_ask(&g, &t, a.byte)).asn);
		/* The sixteenth means "nothing here", and is in order. */
		want_i64("astray", "odd", back < MMDB_SEPARATOR, (int64_t)t.odd[GEOIP_ASN]);
		geo_table_free(&t);
		geo_close(&g);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(odd_values_are_unknown_and_counted),
		cmocka_unit_test(records_that_lead_between_tree_and_data),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
