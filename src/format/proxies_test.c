/*
 * proxies_test.c - whence a request came, behind proxies: X-Forwarded-For walked from its end, and never believed of
 * a stranger (THREATS 17).
 */
#include "base/test_wall.h"

#include "format/canon.h"

static struct cidr proxy[4];
static struct policy_system behind = { .proxy = proxy, .proxy_count = COUNT(proxy) }, direct;

static int
read_proxies(void **state UNUSED)
{
	static const struct str text[COUNT(proxy)] = { BYTES("10.0.0.0/8"), BYTES("192.0.2.7"),
						       BYTES("2001:db8:f::/48"),
						       BYTES("fe80::/10") };

	for (size_t i = 0; i < COUNT(proxy); i++)
		assert_int_equal(cidr_parse(text[i], &proxy[i]), CIDR_OK);
	return 0;
}

static const struct {
	const char *name;
	struct str address, forwarded;
	const char *want; /* NULL: no address */
} walks[] = {
	{ "no list", BYTES("10.1.2.3"), BYTES(""), "10.1.2.3" },
	{ "a dash", BYTES("10.1.2.3"), BYTES("-"), "10.1.2.3" },
	{ "one client", BYTES("10.1.2.3"), BYTES("203.0.113.9"), "203.0.113.9" },
	{ "a client behind two proxies", BYTES("10.1.2.3"), BYTES("203.0.113.9, 10.9.9.9"),
	  "203.0.113.9" },
	{ "no blanks", BYTES("10.1.2.3"), BYTES("203.0.113.9,10.9.9.9"), "203.0.113.9" },
	{ "many blanks", BYTES("10.1.2.3"), BYTES("  203.0.113.9 \t,\t 10.9.9.9  "),
	  "203.0.113.9" },
	{ "what the client wrote is not believed", BYTES("10.1.2.3"),
	  BYTES("198.51.100.1, 203.0.113.9, 10.9.9.9"), "203.0.113.9" },
	{ "nor if it names a proxy of ours", BYTES("10.1.2.3"), BYTES("10.7.7.7, 203.0.113.9"),
	  "203.0.113.9" },
	{ "a stranger's list is not read", BYTES("203.0.113.9"), BYTES("198.51.100.1"),
	  "203.0.113.9" },
	{ "proxies all the way: the farthest", BYTES("10.1.2.3"), BYTES("10.0.0.1, 10.0.0.2"),
	  "10.0.0.1" },
	{ "a proxy known by one address", BYTES("192.0.2.7"), BYTES("203.0.113.9"), "203.0.113.9" },
	{ "its neighbour is a stranger", BYTES("192.0.2.8"), BYTES("203.0.113.9"), "192.0.2.8" },
	{ "IPv6 through IPv6", BYTES("2001:db8:f::1"), BYTES("2001:db8:1::9"), "2001:db8:1::9" },
	{ "a proxy spelled otherwise", BYTES("10.1.2.3"), BYTES("203.0.113.9, 2001:DB8:000F:0::1"),
	  "203.0.113.9" },
	{ "a v4-mapped proxy is the same proxy", BYTES("::ffff:10.1.2.3"), BYTES("203.0.113.9"),
	  "203.0.113.9" },
	{ "a v4-mapped client", BYTES("10.1.2.3"), BYTES("::ffff:203.0.113.9"), "203.0.113.9" },
	{ "v4-mapped in hex", BYTES("10.1.2.3"), BYTES("::ffff:cb00:7109, ::FFFF:0a09:0909"),
	  "203.0.113.9" },
	{ "a compatible address is not a mapped one", BYTES("::10.1.2.3"), BYTES("203.0.113.9"),
	  "::10.1.2.3" },
	{ "an empty part ends the walk", BYTES("10.1.2.3"), BYTES("203.0.113.9,"), "10.1.2.3" },
	{ "an empty part in the middle", BYTES("10.1.2.3"), BYTES("203.0.113.9,,10.9.9.9"),
	  "10.9.9.9" },
	{ "a name ends the walk", BYTES("10.1.2.3"), BYTES("203.0.113.9, unknown, 10.9.9.9"),
	  "10.9.9.9" },
	{ "octal ends it", BYTES("10.1.2.3"), BYTES("203.0.113.9, 010.9.9.9"), "10.1.2.3" },
	{ "a short form ends it", BYTES("10.1.2.3"), BYTES("203.0.113.9, 10.9"), "10.1.2.3" },
	{ "a number ends it", BYTES("10.1.2.3"), BYTES("203.0.113.9, 168364297"), "10.1.2.3" },
	{ "hex ends it", BYTES("10.1.2.3"), BYTES("203.0.113.9, 0x0a.9.9.9"), "10.1.2.3" },
	{ "a zone ends it", BYTES("10.1.2.3"), BYTES("203.0.113.9, fe80::1%eth0"), "10.1.2.3" },
	{ "a link without its zone does not", BYTES("10.1.2.3"), BYTES("203.0.113.9, fe80::1"),
	  "203.0.113.9" },
	{ "a port is no part of an address", BYTES("10.1.2.3"),
	  BYTES("203.0.113.9:5001, 10.9.9.9:80"), "203.0.113.9" },
	{ "nor are brackets", BYTES("10.1.2.3"), BYTES("[2001:db8:1::9]:5001, [2001:db8:f::1]"),
	  "2001:db8:1::9" },
	{ "a port that is none ends it", BYTES("10.1.2.3"), BYTES("203.0.113.9:, 10.9.9.9:x"),
	  "10.1.2.3" },
	{ "a port too high ends it", BYTES("10.1.2.3"), BYTES("203.0.113.9:65536"), "10.1.2.3" },
	{ "a bracket that never closes ends it", BYTES("10.1.2.3"), BYTES("[2001:db8:1::9"),
	  "10.1.2.3" },
	{ "brackets around IPv4 end it", BYTES("10.1.2.3"), BYTES("[203.0.113.9]"), "10.1.2.3" },
	{ "text behind an address ends it", BYTES("10.1.2.3"), BYTES("203.0.113.9 x"), "10.1.2.3" },
	{ "a NUL ends it", BYTES("10.1.2.3"), BYTES("203.0.113.9\0"), "10.1.2.3" },
	{ "escapes are not addresses", BYTES("10.1.2.3"), BYTES("\\x3203.0.113.9"), "10.1.2.3" },
	{ "no address at all", BYTES("unix:"), BYTES("203.0.113.9"), NULL },
};

static void
lists_are_walked_from_their_end(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(walks); i++) {
		struct record r = { .text = { [RAW_ADDRESS] = walks[i].address } };
		struct canon_who who;
		char text[ADDRESS_TEXT];

		r.text[RAW_FORWARDED] = walled(walks[i].forwarded);
		canon_who(&behind, &r, (struct str){ 0 }, &who);
		want_bool(walks[i].name, "an address", walks[i].want != NULL, who.has_address);
		if (who.has_address)
			want_str(walks[i].name, "address", str_of(walks[i].want),
				 address_print(text, who.address));
		canon_who(&direct, &r, (struct str){ 0 }, &who);
		want_bool(walks[i].name, "an address without proxies", walks[i].want != NULL,
			  who.has_address);
		if (who.has_address) {
			char same[ADDRESS_SIZE];

			assert_true(address_parse(walks[i].address, same));
			assert_memory_equal(who.address, same, ADDRESS_SIZE);
		}
	}
}

/* Another walk, over an array, from the definition: the last hop before the first stranger, or the farthest we know. */
static void
random_lists_against_the_definition(void **state UNUSED)
{
	static const char *const hop[] = {
		"10.0.0.1",      "10.250.0.9",  "203.0.113.5", "198.51.100.2",
		"2001:db8:f::2", "2001:db8::2", "x",           ""
	};
	static const bool known[] = { true, true, false, false, true, false },
			  good[] = { 1, 1, 1, 1, 1, 1, 0, 0 };
	struct dice d = { 17 };

	for (int i = 0; i < 200000; i++) {
		unsigned of[8], count = throw_of(&d, 8), at = throw_of(&d, 6);
		struct record r = { .text = { [RAW_ADDRESS] = str_of(hop[at]) } };
		struct canon_who who;
		char list[200], text[ADDRESS_TEXT];
		size_t n = 0;

		for (unsigned k = 0; k < count; k++) {
			of[k] = throw_of(&d, throw_of(&d, 3) ? 6 : 8);
			n += (size_t)snprintf(list + n, sizeof(list) - n, "%s%s", k ? ", " : "",
					      hop[of[k]]);
		}
		r.text[RAW_FORWARDED] = (struct str){ list, n };
		canon_who(&behind, &r, (struct str){ 0 }, &who);
		for (unsigned k = count; k > 0 && known[at] && good[of[k - 1]]; k--)
			at = of[k - 1];
		assert_true(who.has_address);
		want_str("a random list", "address", str_of(hop[at]),
			 address_print(text, who.address));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_are_walked_from_their_end),
		cmocka_unit_test(random_lists_against_the_definition),
	};

	return cmocka_run_group_tests(tests, read_proxies, NULL);
}
