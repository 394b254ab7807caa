/*
 * geo_lookup_test.c - databases and ledgers together: what a network is called, and what a tuple knows of its address.
 */
#include "context/context_testing.h"
#include "context/geo_testing.h"

struct geo_bench {
	struct bench *b;
	char path[GEOIP_COUNT][MMDB_PATH];
	int fd[GEOIP_COUNT];
};

static void
name_database(struct geo_bench *gb, enum geoip key, struct mmdb *m)
{
	gb->fd[key] = mmdb_lend(mmdb_finish(m), gb->path[key]);
	gb->b->policy.geoip[key] = (struct policy_file){
		.path = str_of(gb->path[key]),
		.at = { .file = STR("sekisho.yaml"), .line = 12, .column = 9 },
	};
	mmdb_free(m);
}

static void
name_operators(struct geo_bench *gb)
{
	struct mmdb m;
	uint32_t first, second;

	mmdb_begin(&m, "GeoLite2-ASN", 6, 24);
	first = mmdb_add_asn(&m, 64500, "EXAMPLE-NET");
	second = mmdb_add_asn(&m, 64501, NULL);
	mmdb_put(&m, "0.0.0.0/1", second); /* private blocks, too: they are not asked */
	mmdb_put(&m, "192.0.2.0/24", first);
	mmdb_put(&m, "203.0.113.0/25", first);
	mmdb_put(&m, "198.51.100.0/24", second);
	mmdb_put(&m, "2001:db8:1::/48", first);
	mmdb_put(&m, "fc00::/7", second);
	name_database(gb, GEOIP_ASN, &m);
}

static void
name_anonymisers(struct geo_bench *gb)
{
	static const char *const hosting[] = { "is_anonymous", "is_hosting_provider" };
	static const char *const vpn[] = { "is_anonymous", "is_anonymous_vpn" };
	struct mmdb m;
	uint32_t of_hosting;

	mmdb_begin(&m, "GeoIP2-Anonymous-IP", 6, 28);
	of_hosting = mmdb_add_flags(&m, hosting, COUNT(hosting));
	mmdb_put(&m, "192.0.2.128/25", of_hosting);
	mmdb_put(&m, "198.51.100.0/24", of_hosting);
	mmdb_put(&m, "203.0.113.0/24", mmdb_add_flags(&m, vpn, COUNT(vpn)));
	name_database(gb, GEOIP_ANONYMOUS, &m);
}

static void
name_countries(struct geo_bench *gb)
{
	struct mmdb m;

	mmdb_begin(&m, "GeoLite2-City", 6, 32);
	mmdb_put(&m, "192.0.2.0/24",
		 mmdb_add_city(&m, (struct mmdb_city){ .country = "JP",
						       .ja = "\xE4\xBE\x8B\xE7\x94\xBA",
						       .placed = true,
						       .lat = 35.5,
						       .lon = 139.5,
						       .radius_km = 20 }));
	name_database(gb, GEOIP_CITY, &m);
}

static struct geo_bench
geo_bench_new(void)
{
	struct geo_bench gb = { .b = bench_new(), .fd = { -1, -1, -1, -1 } };

	bench_ledger(gb.b, "networks",
		     STR("cidr,org,site,kind\n"
			 "10.0.0.0/8,KPG,head,site\n"
			 "198.51.100.0/28,KPG,branch,vpn\n"
			 "2001:db8:1:5::/64,KPG,branch,site\n"));
	bench_ledger(gb.b, "grants",
		     STR("grant,kind,subject,system,from,to\n"
			 "g1,network,asn:AS64500,takuso,2026-04-01,2026-05-01\n"
			 "g2,network,198.51.100.0/24,takuso,2026-04-01,2026-05-01\n"));
	return gb;
}

static void
geo_bench_free(struct geo_bench *gb)
{
	for (int key = 0; key < GEOIP_COUNT; key++) {
		if (gb->fd[key] >= 0)
			close(gb->fd[key]);
	}
	bench_free(gb->b);
}

static uint32_t
tuple_from(struct bench *b, const char *text, struct mmdb_address *keep)
{
	struct tuple t = { .act = ACT_VIEW, .ok = 1 };

	if (text) {
		*keep = mmdb_address(text);
		t.text[DICT_ADDRESS] = bench_word(
			b, DICT_ADDRESS, (struct str){ (const char *)keep->byte, ADDRESS_SIZE });
	}
	return bench_add_tuple(b, t);
}

struct net_case {
	const char *address;        /* NULL: the line does not say */
	const char *without, *with; /* an ASN database; what the network is called */
	bool public, granted;       /* `granted` with the database; without it g2 counts instead */
	enum net_kind kind;         /* with all databases */
	uint32_t asn;
	unsigned flags;
};

static const struct net_case net_cases[] = {
	{ NULL, "", "", false, false, NET_UNKNOWN, 0, 0 },
	{ "10.1.2.3", "10.0.0.0/8", "10.0.0.0/8", false, false, NET_SITE, 0, 0 },
	{ "172.16.9.9", "172.16.9.0/24", "172.16.9.0/24", false, false, NET_UNKNOWN, 0, 0 },
	{ "100.64.1.1", "100.64.1.0/24", "100.64.1.0/24", false, false, NET_UNKNOWN, 0, 0 },
	{ "192.0.2.1", "192.0.2.0/24", "asn:AS64500", true, true, NET_UNKNOWN, 64500, 0 },
	{ "192.0.2.200", "192.0.2.0/24", "asn:AS64500", true, true, NET_HOSTING, 64500,
	  GEO_ANONYMOUS | GEO_HOSTING },
	{ "203.0.113.5", "203.0.113.0/24", "asn:AS64500", true, true, NET_UNKNOWN, 64500,
	  GEO_ANONYMOUS | GEO_VPN },
	{ "203.0.113.200", "203.0.113.0/24", "203.0.113.0/24", true, false, NET_UNKNOWN, 0,
	  GEO_ANONYMOUS | GEO_VPN },
	{ "198.51.100.3", "198.51.100.0/28", "198.51.100.0/28", true, false, NET_VPN, 64501,
	  GEO_ANONYMOUS | GEO_HOSTING },
	{ "198.51.100.99", "198.51.100.0/24", "asn:AS64501", true, false, NET_HOSTING, 64501,
	  GEO_ANONYMOUS | GEO_HOSTING },
	{ "2001:db8:1:5::1", "2001:db8:1:5::/64", "2001:db8:1:5::/64", true, false, NET_SITE, 64500,
	  0 },
	{ "2001:db8:1:6::1", "2001:db8:1:6::/64", "asn:AS64500", true, true, NET_UNKNOWN, 64500,
	  0 },
	{ "2001:db8:2:6::1", "2001:db8:2:6::/64", "2001:db8:2:6::/64", true, false, NET_UNKNOWN, 0,
	  0 },
	{ "fd00:1:2:3:4::", "fd00:1:2:3::/64", "fd00:1:2:3::/64", false, false, NET_UNKNOWN, 0, 0 },
};

static void
want_seen(struct bench *b, const struct net_case *c, uint32_t tuple, bool with)
{
	const char *name = c->address ? c->address : "no address";
	struct geo_answer again;
	struct seen s;

	b->look.tuple(b->look.context, tuple, instant("2026-04-15"), &s);
	want_str(name, "net", str_of(with ? c->with : c->without),
		 b->look.net_name(b->look.context, s.net));
	want_bool(name, "public", c->public, s.address_public);
	want_i64(name, "ASN", with ? c->asn : 0, s.geo.asn);
	want_i64(name, "flags", with ? c->flags : 0, s.geo.flags);
	want_i64(name, "kind", !with && c->kind == NET_HOSTING ? NET_UNKNOWN : c->kind, s.net_kind);
	want_bool(name, "granted",
		  with ? c->granted : str_is(str_of(c->without), "198.51.100.0/24"), s.granted);
	b->look.geo(b->look.context, s.tuple.text[DICT_ADDRESS], &again);
	want_i64(name, "ASN again", s.geo.asn, again.asn);
}

static void
judge_nets(bool with)
{
	struct mmdb_address keep[COUNT(net_cases)];
	uint32_t tuple[COUNT(net_cases)];
	struct geo_bench gb = geo_bench_new();

	if (with) {
		name_operators(&gb);
		name_anonymisers(&gb);
	}
	for (size_t i = 0; i < COUNT(net_cases); i++)
		tuple[i] = tuple_from(gb.b, net_cases[i].address, &keep[i]);
	bench_ready(gb.b);
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < COUNT(net_cases); i++)
			want_seen(gb.b, &net_cases[i], tuple[i], with);
		assert_int_equal(context_resolve(gb.b->c, &gb.b->names, 1, &gb.b->err), 0);
	}
	geo_bench_free(&gb);
}

static void
nets_without_databases(void **state UNUSED)
{
	judge_nets(false);
}

static void
nets_with_databases(void **state UNUSED)
{
	judge_nets(true);
}

/* Two addresses of one operator are one network; its number is the same. */
static void
an_operator_is_one_network(void **state UNUSED)
{
	struct geo_bench gb = geo_bench_new();
	struct mmdb_address keep[3];
	struct seen a, b, other;
	const struct lookup *l = &gb.b->look;

	name_operators(&gb);
	tuple_from(gb.b, "203.0.113.5", &keep[0]);
	tuple_from(gb.b, "198.51.100.99", &keep[1]);
	tuple_from(gb.b, "2001:db8:1:77::1", &keep[2]);
	bench_ready(gb.b);
	l->tuple(l->context, 1, 0, &a);
	l->tuple(l->context, 2, 0, &other);
	l->tuple(l->context, 3, 0, &b);
	assert_int_equal(a.net, b.net);
	assert_int_not_equal(a.net, other.net);
	assert_int_equal(a.net_row, 0);
	geo_bench_free(&gb);
}

static void
places_and_names(void **state UNUSED)
{
	struct geo_bench gb = geo_bench_new();
	struct mmdb_address keep[2];
	const struct lookup *l = &gb.b->look;
	struct geo_names names;
	struct seen s;

	name_countries(&gb);
	name_operators(&gb);
	tuple_from(gb.b, "192.0.2.1", &keep[0]);
	tuple_from(gb.b, "10.0.0.1", &keep[1]);
	bench_ready(gb.b);
	assert_int_equal(l->geo_has, GEO_HAS_COUNTRY | GEO_HAS_PLACE | GEO_HAS_ASN);
	assert_true(l->gives & GIVES_GEOIP);
	l->tuple(l->context, 1, 0, &s);
	assert_int_equal(s.geo.country, GEO_COUNTRY('J', 'P'));
	assert_true(s.geo.placed);
	assert_int_equal(s.geo.at.lat, 35500000);
	assert_int_equal(s.geo.at.lon, 139500000);
	assert_int_equal(s.geo.radius_km, 20);
	l->geo_names(l->context, 1, &names);
	want_str("town", "ja", STR("\xE4\xBE\x8B\xE7\x94\xBA"), names.city_ja);
	want_str("town", "operator", STR("EXAMPLE-NET"), names.as_org);
	l->geo_names(l->context, 2, &names);
	assert_int_equal(names.city_ja.n + names.as_org.n, 0);
	l->geo_names(l->context, 0, &names);
	assert_int_equal(names.city_ja.n + names.as_org.n, 0);
	geo_bench_free(&gb);
}

static void
the_run_record_tells_what_was_asked(void **state UNUSED)
{
	struct geo_bench gb = geo_bench_new();
	struct mmdb_address keep[3];
	const struct geo_info *info;
	size_t count;
	struct mmdb m;

	mmdb_begin(&m, "GeoLite2-Country", 6, 24);
	mmdb_put(&m, "192.0.2.0/24", 0);
	mmdb_add_city(&m, (struct mmdb_city){ .country = "jp" });
	name_database(&gb, GEOIP_COUNTRY, &m);
	name_operators(&gb);
	tuple_from(gb.b, "192.0.2.1", &keep[0]);
	tuple_from(gb.b, "192.0.2.2", &keep[1]);
	tuple_from(gb.b, "203.0.113.1", &keep[2]);
	bench_ready(gb.b);
	info = context_geo(gb.b->c, &count);
	assert_int_equal(count, 2);
	assert_int_equal(info[0].key, GEOIP_ASN);
	assert_string_equal(info[0].type, "GeoLite2-ASN");
	assert_int_equal(info[0].odd, 0);
	assert_int_equal(info[1].key, GEOIP_COUNTRY);
	assert_string_equal(info[1].type, "GeoLite2-Country");
	assert_int_equal(info[1].build_epoch, 1775001600);
	assert_int_equal(strlen(info[1].sha256), 64);
	assert_int_equal(info[1].odd, 2);
	assert_int_equal(context_notes(gb.b->c)->list.n, 0);
	geo_bench_free(&gb);
}

static void
a_missing_database_is_told_and_the_run_goes_on(void **state UNUSED)
{
	static const char *const want[GEOIP_COUNT] = {
		[GEOIP_CITY] = "sekisho.yaml:12:9: there is no GeoIP database '/nowhere/a.mmdb'; "
			       "without it "
			       "places are unknown, and DRF-02 and DRF-05 are not evaluated",
		[GEOIP_ASN] = "sekisho.yaml:12:9: there is no GeoIP database '/nowhere/a.mmdb'; "
			      "without it "
			      "public networks are named by block and not by operator (asn:AS...)",
		[GEOIP_COUNTRY] = "sekisho.yaml:12:9: there is no GeoIP database "
				  "'/nowhere/a.mmdb'; without it "
				  "DRF-02 is evaluated only with countries of a city database",
		[GEOIP_ANONYMOUS] = "sekisho.yaml:12:9: there is no GeoIP database "
				    "'/nowhere/a.mmdb'; without it "
				    "anonymisers and hosting providers are not recognised",
	};
	struct geo_bench gb = geo_bench_new();
	struct mmdb_address keep;
	const struct errors *missing;

	for (int key = 0; key < GEOIP_COUNT; key++)
		gb.b->policy.geoip[key] = (struct policy_file){
			.path = STR("/nowhere/a.mmdb"),
			.at = { .file = STR("sekisho.yaml"), .line = 12, .column = 9 },
		};
	tuple_from(gb.b, "192.0.2.1", &keep);
	bench_ready(gb.b);
	missing = context_notes(gb.b->c);
	assert_int_equal(missing->list.n, GEOIP_COUNT);
	for (int key = 0; key < GEOIP_COUNT; key++)
		want_str(geoip_names[key], "message", str_of(want[key]), missing->list.at[key]);
	assert_int_equal(gb.b->look.geo_has, 0);
	assert_false(gb.b->look.gives & GIVES_GEOIP);
	geo_bench_free(&gb);
}

static void
a_broken_database_is_a_mistake_beside_others(void **state UNUSED)
{
	struct geo_bench gb = geo_bench_new();

	gb.fd[GEOIP_ASN] = mmdb_lend(STR("this is no database"), gb.path[GEOIP_ASN]);
	for (int key = 0; key < GEOIP_COUNT; key++) {
		if (key != GEOIP_ASN)
			snprintf(gb.path[key], MMDB_PATH, "/tmp");
		gb.b->policy.geoip[key] = (struct policy_file){
			.path = str_of(gb.path[key]),
			.at = { .file = STR("sekisho.yaml"), .line = 12, .column = 9 },
		};
	}
	bench_ledger(gb.b, "people", STR("nobody\n"));
	assert_int_equal(bench_load(gb.b), -1);
	assert_true(gb.b->err.list.n > GEOIP_COUNT);
	assert_null(gb.b->c);
	geo_bench_free(&gb);
}

/* As the policy calls them: the first bit, two in the middle, the last. */
static void
what_is_given_has_names(void **state UNUSED)
{
	uint32_t left = GIVES_PEOPLE | GIVES_GRANTS | GIVES_NETWORKS | GIVES_GEOIP;
	static const char *const want[] = { "people", "grants", "networks", "geoip" };

	for (size_t i = 0; i < COUNT(want); i++)
		want_str("what is given", "name", str_of(want[i]), str_of(gives_take(&left)));
	assert_int_equal(left, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_given_has_names),
		cmocka_unit_test(nets_without_databases),
		cmocka_unit_test(nets_with_databases),
		cmocka_unit_test(an_operator_is_one_network),
		cmocka_unit_test(places_and_names),
		cmocka_unit_test(the_run_record_tells_what_was_asked),
		cmocka_unit_test(a_missing_database_is_told_and_the_run_goes_on),
		cmocka_unit_test(a_broken_database_is_a_mistake_beside_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
