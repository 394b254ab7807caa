/*
 * test_geoip_test.c - the database of countries that a rule test's world has, as libmaxminddb reads it.
 */
#include "base/test_wall.h"

#include "app/test_geoip.h"

#include <maxminddb.h>
#include <unistd.h>

static const struct {
	const char *block, *country;
} blocks[] = {
	{ "192.0.0.0/8", "JP" },      { "2001:db8::/32", "FR" },    { "203.0.113.0/24", "US" },
	{ "203.0.113.128/26", "JP" }, { "203.0.113.255/32", "DE" },
};

static const struct {
	const char *address, *country; /* NULL: none */
} cases[] = {
	{ "192.0.2.1", "JP" },        { "193.0.2.1", NULL },     { "203.0.113.0", "US" },
	{ "203.0.113.127", "US" },    { "203.0.113.128", "JP" }, { "203.0.113.191", "JP" },
	{ "203.0.113.192", "US" },    { "203.0.113.255", "DE" }, { "203.0.114.0", NULL },
	{ "2001:db8:ffff::1", "FR" }, { "2001:db9::1", NULL },
};

static void
want_country(MMDB_s *db, const char *address, const char *country)
{
	int gai = 0, rc = 0;
	MMDB_lookup_result_s found = MMDB_lookup_string(db, address, &gai, &rc);
	MMDB_entry_data_s data;

	assert_int_equal(gai, 0);
	assert_int_equal(rc, MMDB_SUCCESS);
	if (found.found_entry != (country != NULL))
		fail_msg("%s: wanted %s", address, country ? country : "nothing");
	if (!country)
		return;
	rc = MMDB_get_value(&found.entry, &data, "country", "iso_code", (char *)NULL);
	assert_int_equal(rc, MMDB_SUCCESS);
	if (data.data_size != 2 || memcmp(data.utf8_string, country, 2) != 0)
		fail_msg("%s: got %.*s, wanted %s", address, (int)data.data_size, data.utf8_string,
			 country);
}

static void
each_address_has_the_country_of_its_narrowest_block(void **state)
{
	char path[] = "/tmp/test_geoip_XXXXXX";
	struct test_block block[COUNT(blocks)];
	struct errors err = { 0 };
	struct out o;
	MMDB_s db;
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	for (size_t i = 0; i < COUNT(blocks); i++) {
		assert_int_equal(cidr_parse(str_of(blocks[i].block), &block[i].block), CIDR_OK);
		block[i].country[0] = blocks[i].country[0];
		block[i].country[1] = blocks[i].country[1];
	}
	out_stream(&o, fd, STR("the database"));
	test_geoip_write(block, COUNT(block), &o);
	assert_int_equal(out_close(&o, &err), 0);
	assert_int_equal(close(fd), 0);
	assert_int_equal(MMDB_open(path, MMDB_MODE_MMAP, &db), MMDB_SUCCESS);
	for (size_t i = 0; i < COUNT(cases); i++)
		want_country(&db, cases[i].address, cases[i].country);
	MMDB_close(&db);
	assert_int_equal(unlink(path), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_address_has_the_country_of_its_narrowest_block),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
