/*
 * geo_test.c - what databases of our own say of addresses: by record size and IP version.
 */
#include "context/geo_testing.h"

static struct geo_answer
answer_of(const struct geo *g, const char *address)
{
	struct geo_table t = { 0 };
	struct mmdb_address a = mmdb_address(address);
	struct geo_answer got = geo_answered(&t, geo_ask(g, &t, a.byte));

	geo_table_free(&t);
	return got;
}

static const struct mmdb_city town = { .country = "JP",
				       .en = "Example Town",
				       .ja = "\xE4\xBE\x8B\xE7\x94\xBA",
				       .placed = true,
				       .lat = 35.68536,
				       .lon = 139.75309,
				       .radius_km = 100 };
static const struct mmdb_city village = { .country = "GB",
					  .en = "Example Village",
					  .placed = true,
					  .lat = 51.75,
					  .lon = -1.25,
					  .radius_km = 5 };
static const struct mmdb_city land = { .country = "US" };

static void
put_places(struct mmdb *m)
{
	uint32_t at_town = mmdb_add_city(m, town), at_village = mmdb_add_city(m, village),
		 at_land = mmdb_add_city(m, land);

	mmdb_put(m, "192.0.2.0/24", at_town);
	mmdb_put(m, "192.0.2.128/25", at_village);
	mmdb_put(m, "198.51.100.7", at_land);
	if (m->ip_version == 6) {
		mmdb_put(m, "2001:db8::/32", at_land);
		mmdb_put(m, "2001:db8:1::/48", at_town);
	}
}

#define JP GEO_COUNTRY('J', 'P')
#define GB GEO_COUNTRY('G', 'B')
#define US GEO_COUNTRY('U', 'S')

/* Every address against every size of records and both versions of IP. */
static void
places(void **state UNUSED)
{
	static const struct {
		const char *address;
		bool v6;
		struct geo_answer want;
	} cases[] = {
		{ "192.0.1.255", false, { .asn = 0 } },
		{ "192.0.2.0",
		  false,
		  { .country = JP,
		    .placed = true,
		    .radius_km = 100,
		    .at = { 35685360, 139753090 } } },
		{ "192.0.2.127",
		  false,
		  { .country = JP,
		    .placed = true,
		    .radius_km = 100,
		    .at = { 35685360, 139753090 } } },
		{ "::ffff:192.0.2.1",
		  false,
		  { .country = JP,
		    .placed = true,
		    .radius_km = 100,
		    .at = { 35685360, 139753090 } } },
		{ "192.0.2.128",
		  false,
		  { .country = GB, .placed = true, .radius_km = 5, .at = { 51750000, -1250000 } } },
		{ "192.0.2.255",
		  false,
		  { .country = GB, .placed = true, .radius_km = 5, .at = { 51750000, -1250000 } } },
		{ "192.0.3.0", false, { .asn = 0 } },
		{ "198.51.100.6", false, { .asn = 0 } },
		{ "198.51.100.7", false, { .country = US } },
		{ "198.51.100.8", false, { .asn = 0 } },
		{ "2001:db7:ffff::", true, { .asn = 0 } },
		{ "2001:db8::", true, { .country = US } },
		{ "2001:db8:1::8",
		  true,
		  { .country = JP,
		    .placed = true,
		    .radius_km = 100,
		    .at = { 35685360, 139753090 } } },
		{ "2001:db8:2::", true, { .country = US } },
		{ "2001:db9::", true, { .asn = 0 } },
	};
	static const unsigned sizes[] = { 24, 28, 32 }, versions[] = { 4, 6 };

	for (size_t n = 0; n < COUNT(sizes) * COUNT(versions); n++) {
		unsigned version = versions[n % 2];
		struct geo g = { 0 };
		struct mmdb m;

		mmdb_begin(&m, "GeoLite2-City", version, sizes[n / 2]);
		put_places(&m);
		mmdb_open_as(&g, &m, GEOIP_CITY);
		for (size_t i = 0; i < COUNT(cases); i++) {
			struct geo_answer want = { 0 };
			struct geo_answer got = answer_of(&g, cases[i].address);

			if (!cases[i].v6 || version == 6)
				want = cases[i].want;
			want_i64(cases[i].address, "country", want.country, got.country);
			want_bool(cases[i].address, "place", want.placed, got.placed);
			want_i64(cases[i].address, "lat", want.at.lat, got.at.lat);
			want_i64(cases[i].address, "lon", want.at.lon, got.at.lon);
			want_i64(cases[i].address, "radius", want.radius_km, got.radius_km);
		}
		geo_close(&g);
	}
}

static void
private_addresses_are_not_asked(void **state UNUSED)
{
	static const char *const private[] = { "10.0.0.1", "192.168.0.1", "100.64.0.1", "fd00::1",
					       "::c000:201" /* 192.0.2.1 in a form given up */ };
	struct geo g = { 0 };
	struct mmdb m;

	mmdb_begin(&m, "GeoLite2-City", 6, 24);
	mmdb_put(&m, "0.0.0.0/1", mmdb_add_city(&m, land));
	mmdb_put(&m, "128.0.0.0/1", 0);
	mmdb_put(&m, "fc00::/7", 0);
	mmdb_open_as(&g, &m, GEOIP_CITY);
	for (size_t i = 0; i < COUNT(private); i++) {
		struct geo_table t = { 0 };
		struct mmdb_address a = mmdb_address(private[i]);

		want_i64(private[i], "number", 0, geo_ask(&g, &t, a.byte));
		want_i64(private[i], "answers", 0, (int64_t)t.known.n);
		geo_table_free(&t);
	}
	want_i64("its neighbour", "country", US, answer_of(&g, "11.0.0.0").country);
	geo_close(&g);
}

static void
names(void **state UNUSED)
{
	struct mmdb_address in_town = mmdb_address("192.0.2.1"),
			    in_village = mmdb_address("192.0.2.200"),
			    elsewhere = mmdb_address("203.0.113.9");
	struct geo_names got;
	struct geo g = { 0 };
	struct mmdb m;

	mmdb_begin(&m, "GeoIP2-City", 6, 28);
	put_places(&m);
	mmdb_open_as(&g, &m, GEOIP_CITY);
	mmdb_begin(&m, "GeoLite2-ASN", 6, 24);
	mmdb_put(&m, "192.0.2.0/24", mmdb_add_asn(&m, 64500, "EXAMPLE-NET"));
	mmdb_open_as(&g, &m, GEOIP_ASN);
	geo_names_ask(&g, in_town.byte, &got);
	want_str("town", "en", STR("Example Town"), got.city_en);
	want_str("town", "ja", STR("\xE4\xBE\x8B\xE7\x94\xBA"), got.city_ja);
	want_str("town", "operator", STR("EXAMPLE-NET"), got.as_org);
	geo_names_ask(&g, in_village.byte, &got);
	want_str("village", "en", STR("Example Village"), got.city_en);
	want_i64("village", "ja", 0, (int64_t)got.city_ja.n);
	geo_names_ask(&g, elsewhere.byte, &got);
	want_i64("elsewhere", "all", 0, (int64_t)(got.city_en.n + got.city_ja.n + got.as_org.n));
	geo_close(&g);
}

static void
four_databases_make_one_answer(void **state UNUSED)
{
	static const char *const all[] = { "is_anonymous",         "is_anonymous_vpn",
					   "is_hosting_provider",  "is_public_proxy",
					   "is_residential_proxy", "is_tor_exit_node" };
	struct geo_answer got;
	struct geo g = { 0 };
	struct mmdb m;

	assert_int_equal(geo_has(&g), 0);
	mmdb_begin(&m, "DBIP-City-Lite", 6, 28);
	put_places(&m);
	mmdb_open_as(&g, &m, GEOIP_CITY);
	assert_int_equal(geo_has(&g), GEO_HAS_COUNTRY | GEO_HAS_PLACE);
	mmdb_begin(&m, "DBIP-ASN-Lite (compat=GeoLite2-ASN)", 4, 24);
	mmdb_put(&m, "192.0.2.0/25", mmdb_add_asn(&m, UINT32_MAX, NULL));
	mmdb_open_as(&g, &m, GEOIP_ASN);
	mmdb_begin(&m, "GeoLite2-Country", 6, 32);
	mmdb_put(&m, "192.0.2.0/25", mmdb_add_city(&m, (struct mmdb_city){ .country = "TW" }));
	mmdb_put(&m, "192.0.2.128/25", mmdb_add_city(&m, (struct mmdb_city){ .country = NULL }));
	mmdb_open_as(&g, &m, GEOIP_COUNTRY);
	mmdb_begin(&m, "GeoIP2-Anonymous-IP", 6, 24);
	mmdb_put(&m, "192.0.2.128/25", mmdb_add_flags(&m, all, COUNT(all)));
	for (unsigned i = 0; i < COUNT(all); i++) {
		char block[32];

		snprintf(block, sizeof(block), "203.0.113.%u", i);
		mmdb_put(&m, block, mmdb_add_flags(&m, &all[i], 1));
	}
	mmdb_open_as(&g, &m, GEOIP_ANONYMOUS);
	assert_int_equal(geo_has(&g),
			 GEO_HAS_COUNTRY | GEO_HAS_PLACE | GEO_HAS_ASN | GEO_HAS_FLAGS);

	got = answer_of(&g, "192.0.2.1");
	want_i64("both know the country", "country", GEO_COUNTRY('T', 'W'), got.country);
	want_i64("the greatest ASN", "ASN", UINT32_MAX, got.asn);
	want_i64("the city's place", "lat", 35685360, got.at.lat);
	want_i64("no flags", "flags", 0, got.flags);
	got = answer_of(&g, "192.0.2.129");
	want_i64("the city alone knows it", "country", GB, got.country);
	want_i64("no ASN", "ASN", 0, got.asn);
	want_i64("all flags", "flags", 63, got.flags);
	for (unsigned i = 0; i < COUNT(all); i++) {
		char address[32];

		snprintf(address, sizeof(address), "203.0.113.%u", i);
		want_i64(all[i], "flags", 1 << i, answer_of(&g, address).flags);
	}
	geo_close(&g);
}

/* A thousand blocks with a record each, asked twice in another order. */
static void
each_record_is_read_once(void **state UNUSED)
{
	struct geo_table t = { 0 };
	struct geo g = { 0 };
	struct mmdb m;

	mmdb_begin(&m, "GeoLite2-ASN", 6, 28);
	for (uint32_t i = 0; i < 1000; i++) {
		char block[40];

		snprintf(block, sizeof(block), "2001:db8:%x::/48", i);
		mmdb_put(&m, block, mmdb_add_asn(&m, 65536 + i, NULL));
	}
	mmdb_open_as(&g, &m, GEOIP_ASN);
	for (uint32_t i = 0; i < 4000; i++) {
		uint32_t block = i * 7 % 1000;
		struct mmdb_address a;
		char text[40];

		snprintf(text, sizeof(text), "2001:db8:%x::%x", block, i);
		a = mmdb_address(text);
		want_i64(text, "ASN", 65536 + block, geo_answered(&t, geo_ask(&g, &t, a.byte)).asn);
	}
	assert_int_equal(t.known.n, 1000);
	geo_table_free(&t);
	geo_close(&g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places),
		cmocka_unit_test(private_addresses_are_not_asked),
		cmocka_unit_test(names),
		cmocka_unit_test(four_databases_make_one_answer),
		cmocka_unit_test(each_record_is_read_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
