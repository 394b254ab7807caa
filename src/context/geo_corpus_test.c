/*
 * geo_corpus_test.c - test databases of the maker of the format, against the tables that they were made from; and
 * those that are broken on purpose.  Runs where SEKISHO_CORPUS names the folder of real material, else it is skipped.
 *
 * A table is JSON in one layout: a line for each brace and each value, indented by two, networks by four.
 */
#include "context/geo_sane.h"
#include "context/geo_testing.h"

#include <dirent.h>
#include <stdlib.h>

enum { NETWORK_INDENT = 4, DEEPEST = 8, PATH_ROOM = 512 };

/* What the table says of a network. */
struct told {
	struct cidr net;
	struct geo_answer answer;
	struct geo_names names;
};

struct table {
	struct arena text;
	VEC(struct told) list;
};

static const char *
corpus_or_skip(void)
{
	const char *folder = getenv("SEKISHO_CORPUS");

	if (!folder || !folder[0])
		skip();
	return folder;
}

static struct str
read_file(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rbe");
	long n;
	char *p;

	if (!f)
		fail_msg("%s cannot be read", path);
	fseek(f, 0, SEEK_END);
	n = ftell(f);
	rewind(f);
	assert_true(n > 0);
	p = arena_alloc(a, (size_t)n);
	assert_int_equal(fread(p, 1, (size_t)n, f), n);
	fclose(f);
	return (struct str){ .p = p, .n = (size_t)n };
}

/* --- tables ----------------------------------------------------------------------------------------- */

/* Exactly, without a double: at most six decimals. */
static int32_t
micro_degrees(struct str s)
{
	bool minus = str_starts(s, STR("-"));
	struct str rest = minus ? str_skip(s, 1) : s, whole = str_split(&rest, '.');
	uint64_t v, part = 0;

	assert_true(str_to_u64(whole, &v));
	assert_true(rest.n <= 6);
	assert_true(rest.n == 0 || str_to_u64(rest, &part));
	for (size_t i = rest.n; i < 6; i++)
		part *= 10;
	v = v * MICRO_DEGREES + part;
	return minus ? -(int32_t)v : (int32_t)v;
}

static uint32_t
whole_number(struct str s)
{
	uint64_t v = 0;

	assert_true(str_to_u64(s, &v));
	return (uint32_t)v;
}

static void
take_flag(struct geo_answer *a, struct str key, struct str value)
{
	static const struct {
		const char *key;
		enum geo_flag flag;
	} flags[] = {
		{ "/is_anonymous", GEO_ANONYMOUS },
		{ "/is_anonymous_vpn", GEO_VPN },
		{ "/is_hosting_provider", GEO_HOSTING },
		{ "/is_public_proxy", GEO_PUBLIC_PROXY },
		{ "/is_residential_proxy", GEO_RESIDENTIAL_PROXY },
		{ "/is_tor_exit_node", GEO_TOR },
	};

	for (size_t i = 0; i < COUNT(flags); i++) {
		if (str_is(key, flags[i].key)) {
			assert_true(str_is(value, "true"));
			a->flags = (uint8_t)(a->flags | flags[i].flag);
		}
	}
}

static void
take_value(struct told *t, struct str path, struct str value)
{
	struct geo_answer *a = &t->answer;

	a->placed |= str_is(path, "/location/latitude");
	if (str_is(path, "/country/iso_code"))
		a->country = GEO_COUNTRY(value.p[0], value.p[1]);
	else if (str_is(path, "/location/latitude"))
		a->at.lat = micro_degrees(value);
	else if (str_is(path, "/location/longitude"))
		a->at.lon = micro_degrees(value);
	else if (str_is(path, "/location/accuracy_radius"))
		a->radius_km = (uint16_t)whole_number(value);
	else if (str_is(path, "/autonomous_system_number"))
		a->asn = whole_number(value);
	else if (str_is(path, "/autonomous_system_organization"))
		t->names.as_org = value;
	else if (str_is(path, "/city/names/en"))
		t->names.city_en = value;
	else if (str_is(path, "/city/names/ja"))
		t->names.city_ja = value;
	else
		take_flag(a, path, value);
}

/* IPv4 in either spelling: as itself, or in the last 32 bits.  Bits behind the prefix are left away, as its maker does. */
static struct cidr
network_of(struct str text)
{
	static const uint8_t zero[IPV4_BITS / 8];
	struct cidr c;

	if (cidr_parse(text, &c) == CIDR_BAD)
		fail_msg("'" STR_FMT "' is no network", STR_ARG(text));
	if (c.bits >= IPV4_BITS && memcmp(c.byte, zero, sizeof(zero)) == 0)
		memset(c.byte + 10, 0xFF, 2);
	return c;
}

static struct str
unquoted(struct str s)
{
	s = str_trim(s);
	if (str_ends(s, STR(",")))
		s.n--;
	if (s.n >= 2 && s.p[0] == '"')
		s = (struct str){ .p = s.p + 1, .n = s.n - 2 };
	return s;
}

/* `"key": {`, `"key": value,`, or a brace, which says nothing that the indent does not. */
static void
take_line(struct table *t, struct str line, struct str path[DEEPEST])
{
	size_t indent = 0, colon, depth;
	struct str key, value;

	while (indent < line.n && line.p[indent] == ' ')
		indent++;
	line = str_skip(line, indent);
	if (!str_starts(line, STR("\"")))
		return;
	for (colon = 1; line.p[colon] != '"'; colon++)
		assert_true(colon < line.n && line.p[colon] != '\\');
	key = str_head(str_skip(line, 1), colon - 1);
	value = str_trim(str_skip(line, colon + 2));
	if (indent == NETWORK_INDENT) {
		*VEC_PUSH(&t->list) = (struct told){ .net = network_of(key) };
		return;
	}
	depth = (indent - NETWORK_INDENT) / 2;
	assert_true(depth >= 1 && depth < DEEPEST && t->list.n);
	path[depth] = arena_printf(&t->text, STR_FMT "/" STR_FMT,
				   STR_ARG(depth > 1 ? path[depth - 1] : STR("")), STR_ARG(key));
	if (!str_is(value, "{") && !str_is(value, "["))
		take_value(&t->list.at[t->list.n - 1], path[depth], unquoted(value));
}

static void
read_table(struct table *t, const char *path)
{
	struct str above[DEEPEST] = { { 0 } };

	for (struct str rest = read_file(&t->text, path); rest.n;)
		take_line(t, str_split(&rest, '\n'), above);
}

/* The longest network around the address; of two equal ones the later.  Bit by bit. */
static const struct told *
told_of(const struct table *t, const uint8_t *address)
{
	const struct told *found = NULL;

	for (size_t i = 0; i < t->list.n; i++) {
		const struct told *e = &t->list.at[i];
		unsigned same = 0;

		while (same < e->net.bits &&
		       ((address[same / 8] ^ e->net.byte[same / 8]) >> (7 - same % 8) & 1) == 0)
			same++;
		if (same == e->net.bits && (!found || e->net.bits >= found->net.bits))
			found = e;
	}
	return found;
}

/* --- the databases against them ------------------------------------------------------------------------ */

struct count {
	size_t asked, agreed;
};

static bool
agrees(const struct geo *g, const uint8_t *address, const struct told *want)
{
	struct geo_table t = { 0 };
	struct geo_answer got = geo_answered(&t, geo_ask(g, &t, address));
	const struct geo_answer *a = &want->answer;
	struct geo_names names;

	sane_ask(g, &t, address);
	geo_table_free(&t);
	geo_names_ask(g, address, &names);
	return got.country == a->country && got.placed == a->placed && got.at.lat == a->at.lat &&
	       got.at.lon == a->at.lon && got.radius_km == a->radius_km && got.asn == a->asn &&
	       got.flags == a->flags && str_eq(names.city_en, want->names.city_en) &&
	       str_eq(names.city_ja, want->names.city_ja) &&
	       str_eq(names.as_org, want->names.as_org);
}

static void
ask_one(const struct geo *g, const struct table *t, const uint8_t *address, struct count *n)
{
	static const struct told nothing;
	const struct told *want = told_of(t, address);
	char text[ADDRESS_TEXT];

	n->asked++;
	if (agrees(g, address, want ? want : &nothing))
		n->agreed++;
	else
		print_message("%.*s is answered otherwise than the table says\n",
			      STR_ARG(address_print(text, (const char *)address)));
}

/* One more or one less, carried. */
static struct mmdb_address
neighbour(struct mmdb_address a, int step)
{
	for (int i = ADDRESS_SIZE - 1; i >= 0; i--) {
		int v = a.byte[i] + step;

		a.byte[i] = (uint8_t)v;
		if (v >= 0 && v <= 0xFF)
			break;
	}
	return a;
}

/* The first and last address of each network, those beside them, and one inside. */
static void
ask_all(const struct geo *g, const struct table *t, struct count *n)
{
	for (size_t i = 0; i < t->list.n; i++) {
		const struct cidr *net = &t->list.at[i].net;
		struct mmdb_address first, last, inside;

		memcpy(first.byte, net->byte, sizeof(first.byte));
		last = inside = first;
		for (unsigned bit = net->bits; bit < ADDRESS_BITS; bit++) {
			last.byte[bit / 8] |= (uint8_t)(0x80 >> bit % 8);
			if (bit % 3 == 0)
				inside.byte[bit / 8] |= (uint8_t)(0x80 >> bit % 8);
		}
		ask_one(g, t, first.byte, n);
		ask_one(g, t, last.byte, n);
		ask_one(g, t, inside.byte, n);
		ask_one(g, t, neighbour(first, -1).byte, n);
		ask_one(g, t, neighbour(last, 1).byte, n);
	}
}

static void
every_look_up_is_as_the_table_says(void **state UNUSED)
{
	/* Networks of each table, counted with another program. */
	static const struct {
		const char *name;
		enum geoip key;
		size_t networks;
	} cases[] = {
		{ "GeoIP2-City-Test", GEOIP_CITY, 251 },
		{ "GeoLite2-City-Test", GEOIP_CITY, 242 },
		{ "GeoIP2-Country-Test", GEOIP_COUNTRY, 345 },
		{ "GeoLite2-Country-Test", GEOIP_COUNTRY, 244 },
		{ "GeoLite2-ASN-Test", GEOIP_ASN, 720 },
		{ "GeoIP2-Anonymous-IP-Test", GEOIP_ANONYMOUS, 12 },
	};
	const char *folder = corpus_or_skip();

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct geo g = { .file[0].opened = false };
		struct count n = { 0, 0 };
		struct table t = { .text = { 0 } };
		struct errors err = { 0 };
		char path[PATH_ROOM];
		struct str bytes;

		snprintf(path, sizeof(path), "%s/maxmind/%s.json", folder, cases[i].name);
		read_table(&t, path);
		want_i64(cases[i].name, "networks", (int64_t)cases[i].networks, (int64_t)t.list.n);
		snprintf(path, sizeof(path), "%s/maxmind/%s.mmdb", folder, cases[i].name);
		bytes = read_file(&t.text, path);
		want_i64(cases[i].name, "outcome", GEO_OPENED,
			 mmdb_open_bytes(&g.file[cases[i].key], cases[i].key, bytes, &err));
		ask_all(&g, &t, &n);
		print_message("%s: %zu of %zu look-ups agree\n", cases[i].name, n.agreed, n.asked);
		want_i64(cases[i].name, "look-ups that agree", (int64_t)n.asked, (int64_t)n.agreed);
		geo_close(&g);
		VEC_FREE(&t.list);
		arena_free(&t.text);
	}
}

/* --- broken ones ------------------------------------------------------------------------------------ */

/* A type that no key wants becomes one of cities, so that what lies behind it is looked at, too. */
static void
call_it_city(char *p, size_t bytes)
{
	static const char type[] = "database_type";

	for (size_t at = bytes - sizeof(type); at > 0; at--) {
		size_t size = at + sizeof(type) - 1, n = (unsigned char)p[size] & 0x1F;

		if (memcmp(p + at, type, sizeof(type) - 1) != 0)
			continue;
		if (n == 29) /* and the next byte says how many more */
			n += (unsigned char)p[++size];
		if (n >= 4 && size + 1 + n <= bytes)
			memcpy(p + size + 1 + n - 4, "City\n", 4);
		return;
	}
}

static void
ask_at_random(struct geo *g)
{
	struct geo_table t = { 0 };
	struct dice d = { .x = 28 };

	for (int i = 0; i < 20000; i++) {
		struct mmdb_address a = { { [10] = 0xFF, [11] = 0xFF } };
		uint64_t v = throw64(&d);

		memcpy(a.byte + 12, &v, 4);
		if (i % 2) {
			throw_bytes(&d, (char *)a.byte, throw_of(&d, ADDRESS_SIZE + 1));
			a.byte[0] = (uint8_t)(0x20 | (a.byte[0] & 3));
		} else if (i % 4) {
			a.byte[12] = 1; /* where the small ones have all they have */
			a.byte[13] = a.byte[14] = 1;
		}
		sane_ask(g, &t, a.byte);
	}
	geo_table_free(&t);
}

static void
open_broken(const char *folder, const char *name, size_t *opened, size_t *refused)
{
	for (int renamed = 0; renamed < 2; renamed++) {
		struct geo g = { .file[0].opened = false };
		struct arena a = { 0 };
		struct errors err = { 0 };
		char path[PATH_ROOM];
		struct str bytes;
		char *own;

		snprintf(path, sizeof(path), "%s/%s", folder, name);
		bytes = read_file(&a, path);
		own = arena_alloc(&a, bytes.n);
		memcpy(own, bytes.p, bytes.n);
		bytes.p = own;
		if (renamed)
			call_it_city(own, bytes.n);
		if (mmdb_open_bytes(&g.file[GEOIP_CITY], GEOIP_CITY, bytes, &err) == GEO_OPENED) {
			++*opened;
			ask_at_random(&g);
		} else {
			++*refused;
			want_i64(name, "mistakes", 1, (int64_t)err.list.n);
			print_message("%s: " STR_FMT "\n", name, STR_ARG(err.list.at[0]));
		}
		geo_close(&g);
		errors_free(&err);
		arena_free(&a);
	}
}

static void
broken_databases_are_refused_or_say_nothing(void **state UNUSED)
{
	static const char *const folders[] = { "maxmind", "maxmind/bad" };
	const char *corpus = corpus_or_skip();
	size_t opened = 0, refused = 0;

	for (size_t i = 0; i < COUNT(folders); i++) {
		char folder[PATH_ROOM / 2];
		struct dirent *e;
		DIR *d;

		snprintf(folder, sizeof(folder), "%s/%s", corpus, folders[i]);
		d = opendir(folder);
		assert_non_null(d);
		while ((e = readdir(d)) != NULL) {
			if (str_ends(str_of(e->d_name), STR(".mmdb")))
				open_broken(folder, e->d_name, &opened, &refused);
		}
		closedir(d);
	}
	print_message("%zu opened, %zu refused\n", opened, refused);
	assert_true(opened > 0 && refused > 0);
}

/* Its coordinates are doubles with too few bytes. */
static void
broken_doubles_are_no_places(void **state UNUSED)
{
	const char *folder = corpus_or_skip();
	struct geo g = { .file[0].opened = false };
	struct geo_table t = { 0 };
	struct arena a = { 0 };
	struct errors err = { 0 };
	struct mmdb_address in_japan = mmdb_address("2001:218::1");
	char path[PATH_ROOM];
	struct geo_answer got;

	snprintf(path, sizeof(path), "%s/maxmind/GeoIP2-City-Test-Broken-Double-Format.mmdb",
		 folder);
	assert_int_equal(
		mmdb_open_bytes(&g.file[GEOIP_CITY], GEOIP_CITY, read_file(&a, path), &err),
		GEO_OPENED);
	got = geo_answered(&t, geo_ask(&g, &t, in_japan.byte));
	assert_false(got.placed);
	assert_int_equal(t.odd[GEOIP_CITY], 1);
	geo_table_free(&t);
	geo_close(&g);
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_look_up_is_as_the_table_says),
		cmocka_unit_test(broken_databases_are_refused_or_say_nothing),
		cmocka_unit_test(broken_doubles_are_no_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
