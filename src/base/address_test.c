/*
 * address_test.c - one address, one spelling in memory; what could be read two ways is refused.
 */
#include "base/test_wall.h"

#include "base/address.h"

#include <arpa/inet.h>

static void
addresses_have_one_spelling(void **state UNUSED)
{
	static const struct {
		const char *name, *text, *want; /* NULL: refused */
	} cases[] = {
		{ "dotted", "10.1.2.3", "10.1.2.3" },
		{ "the lowest", "0.0.0.0", "0.0.0.0" },
		{ "the highest", "255.255.255.255", "255.255.255.255" },
		{ "mapped into IPv6", "::ffff:10.1.2.3", "10.1.2.3" },
		{ "mapped, in hex", "::FFFF:0a01:0203", "10.1.2.3" },
		{ "mapped, in full", "0:0:0:0:0:ffff:a01:203", "10.1.2.3" },
		{ "compatible is not mapped", "::10.1.2.3", "::10.1.2.3" },
		{ "IPv6 in full", "2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1" },
		{ "upper case", "2001:DB8::A", "2001:db8::a" },
		{ "the longest run is shortened", "2001:0:0:1:0:0:0:1", "2001:0:0:1::1" },
		{ "nothing", "::", "::" },
		{ "loopback", "::1", "::1" },
		{ "octal", "010.1.2.3", NULL },
		{ "octal in the middle", "10.01.2.3", NULL },
		{ "zeros that look octal", "10.1.2.00", NULL },
		{ "octal behind a mapping", "::ffff:010.1.2.3", NULL },
		{ "hex", "0xa.1.2.3", NULL },
		{ "three parts", "10.1.2", NULL },
		{ "one number", "167838211", NULL },
		{ "five parts", "10.1.2.3.4", NULL },
		{ "an empty part", "10..2.3", NULL },
		{ "a dot behind", "10.1.2.3.", NULL },
		{ "a dot before", ".10.1.2.3", NULL },
		{ "256", "10.1.2.256", NULL },
		{ "a very long part", "10.1.2.0000000003", NULL },
		{ "a sign", "10.1.2.-3", NULL },
		{ "a blank before", " 10.1.2.3", NULL },
		{ "a blank behind", "10.1.2.3 ", NULL },
		{ "a port", "10.1.2.3:80", NULL },
		{ "a zone", "fe80::1%eth0", NULL },
		{ "a zone by number", "fe80::1%1", NULL },
		{ "a prefix", "2001:db8::/32", NULL },
		{ "brackets", "[::1]", NULL },
		{ "two gaps", "2001::1::2", NULL },
		{ "three colons", "2001:::1", NULL },
		{ "nine groups", "1:2:3:4:5:6:7:8:9", NULL },
		{ "seven groups", "1:2:3:4:5:6:7", NULL },
		{ "five digits", "2001:0db80::1", NULL },
		{ "a name", "localhost", NULL },
		{ "a name of hex", "beef", NULL },
		{ "a dash", "-", NULL },
		{ "nothing at all", "", NULL },
		{ "a colon", ":", NULL },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		char address[ADDRESS_SIZE], buf[ADDRESS_TEXT];
		bool ok = address_parse(walled(str_of(cases[i].text)), address);

		want_bool(cases[i].name, "accepted", cases[i].want != NULL, ok);
		if (ok)
			want_str(cases[i].name, "text", str_of(cases[i].want),
				 address_print(buf, address));
	}
}

static void
a_NUL_does_not_end_an_address(void **state UNUSED)
{
	char address[ADDRESS_SIZE];

	assert_false(address_parse(walled((struct str){ "::1\0", 4 }), address));
	assert_false(address_parse(walled((struct str){ "::1\0evil", 8 }), address));
	assert_false(address_parse(walled((struct str){ "10.1.2.3\0", 9 }), address));
}

static void
only_mapped_addresses_are_IPv4(void **state UNUSED)
{
	static const struct {
		const char *text;
		bool want;
	} cases[] = { { "10.1.2.3", true },         { "::ffff:10.1.2.3", true },
		      { "::10.1.2.3", false },      { "::fffe:10.1.2.3", false },
		      { "1::ffff:1.2.3.4", false }, { "::", false } };

	for (size_t i = 0; i < COUNT(cases); i++) {
		char address[ADDRESS_SIZE];

		assert_true(address_parse(str_of(cases[i].text), address));
		want_bool(cases[i].text, "IPv4", cases[i].want, address_is_ipv4(address));
	}
}

/* Any right spelling of 16 bytes: case, leading zeros, a gap over some zeros, the end dotted. */
static struct str
spell(struct dice *d, const unsigned char b[ADDRESS_SIZE], char *text)
{
	bool dots = throw_of(d, 4) == 0;
	size_t groups = dots ? 6 : 8, from = throw_of(d, (uint32_t)groups), to = from, n = 0;

	while (to < groups && b[2 * to] == 0 && b[2 * to + 1] == 0)
		to++;
	for (size_t g = 0; g < groups; g++) {
		unsigned v = b[2 * g] * 256U + b[2 * g + 1];

		if (g == from && to > from) {
			n += (size_t)snprintf(text + n, 8, n ? ":" : "::");
			g = to - 1;
			continue;
		}
		switch (throw_of(d, 4)) {
		case 0:
			n += (size_t)snprintf(text + n, 8, "%x", v);
			break;
		case 1:
			n += (size_t)snprintf(text + n, 8, "%X", v);
			break;
		case 2:
			n += (size_t)snprintf(text + n, 8, "%04x", v);
			break;
		default:
			n += (size_t)snprintf(text + n, 8, "%03X", v);
			break;
		}
		if (g + 1 < groups || dots)
			text[n++] = ':';
	}
	if (dots)
		n += (size_t)snprintf(text + n, 20, "%u.%u.%u.%u", b[12], b[13], b[14], b[15]);
	return (struct str){ text, n };
}

static void
every_spelling_is_the_same_bytes(void **state UNUSED)
{
	struct dice d = { 41 };

	for (int i = 0; i < 120000; i++) {
		unsigned char b[ADDRESS_SIZE];
		char text[80], got[ADDRESS_SIZE], buf[ADDRESS_TEXT], again[ADDRESS_SIZE];
		struct str s;

		throw_bytes(&d, (char *)b, sizeof(b));
		for (size_t k = 0; k < sizeof(b); k += 2) {
			if (throw_of(&d, 2))
				b[k] = b[k + 1] = 0;
		}
		s = spell(&d, b, text);
		if (!address_parse(walled(s), got) || memcmp(got, b, sizeof(b)) != 0)
			fail_msg("a right spelling was not read: " STR_FMT, STR_ARG(s));
		if (!address_parse(walled(address_print(buf, got)), again) ||
		    memcmp(again, b, sizeof(b)) != 0)
			fail_msg("not read back: " STR_FMT, STR_ARG(s));
	}
}

/* Near misses of addresses: we accept exactly what the C library does, and the same bytes. */
static void
random_text_against_inet_pton(void **state UNUSED)
{
	static const char parts[][8] = { "0",  "00", "1",  "25",   "255",   "256",
					 "10", "a",  "f0", "ffff", "fffff", "01",
					 "x",  "%1", " ",  "::",   "::ffff" };
	struct dice d = { 51 };
	unsigned accepted = 0;

	for (int i = 0; i < 1000000; i++) { /* THREATS 17 */
		char text[100] = "", got[ADDRESS_SIZE];
		unsigned char want[ADDRESS_SIZE] = { [10] = 0xff, [11] = 0xff };
		size_t n = 0;
		unsigned count = throw_of(&d, 3) ? 4 : 1 + throw_of(&d, 9),
			 digits = throw_of(&d, 8) ? 7 : 17;
		char between = throw_of(&d, 2) ? '.' : ':';
		bool ok, wanted;

		for (unsigned k = 0; k < count; k++) {
			const char *part = parts[throw_of(&d, digits)];

			n += (size_t)snprintf(text + n, 10, "%s", part);
			if (k + 1 < count)
				text[n++] = throw_of(&d, 30) ? between : ':';
		}
		wanted = memchr(text, ':', n) ? inet_pton(AF_INET6, text, want) == 1
					      : inet_pton(AF_INET, text, want + 12) == 1;
		ok = address_parse(walled((struct str){ text, n }), got);
		if (ok != wanted || (ok && memcmp(got, want, sizeof(want)) != 0))
			fail_msg("'%s': wanted %s, got %s", text, wanted ? "accepted" : "refused",
				 ok == wanted ? "other bytes"
				 : ok         ? "accepted"
					      : "refused");
		accepted += ok;
	}
	assert_true(accepted > 5000);
}

/* Each block with the addresses just before, first, last and just behind it. */
static void
private_and_reserved_blocks_end_where_they_should(void **state UNUSED)
{
	static const struct {
		const char *before, *first, *last,
			*behind; /* NULL: the neighbour is reserved, too, or there is none */
	} cases[] = {
		{ NULL, "0.0.0.0", "0.255.255.255", "1.0.0.0" },
		{ "9.255.255.255", "10.0.0.0", "10.255.255.255", "11.0.0.0" },
		{ "100.63.255.255", "100.64.0.0", "100.127.255.255", "100.128.0.0" },
		{ "126.255.255.255", "127.0.0.0", "127.255.255.255", "128.0.0.0" },
		{ "169.253.255.255", "169.254.0.0", "169.254.255.255", "169.255.0.0" },
		{ "172.15.255.255", "172.16.0.0", "172.31.255.255", "172.32.0.0" },
		{ "191.255.255.255", "192.0.0.0", "192.0.0.255", "192.0.1.0" },
		{ "192.167.255.255", "192.168.0.0", "192.168.255.255", "192.169.0.0" },
		{ "198.17.255.255", "198.18.0.0", "198.19.255.255", "198.20.0.0" },
		{ "223.255.255.255", "224.0.0.0", "255.255.255.255", NULL },
		{ NULL, "::", "::ffff:ffff", "::1:0:0" },
		{ "64:ff9b:0:ffff:ffff:ffff:ffff:ffff",
		  "64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", "64:ff9b:2::" },
		{ "ff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "100::", "100::ffff:ffff:ffff:ffff",
		  "100:0:0:1::" },
		{ "fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
		  "fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "fe00::" },
		{ "fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
		  "fe80::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", NULL },
		/* IPv4 in IPv6's spelling is IPv4. */
		{ "::ffff:9.255.255.255", "::ffff:10.0.0.0", "::ffff:10.255.255.255",
		  "::ffff:11.0.0.0" },
	};
	static const char *const public[] = { "192.0.2.1",   "198.51.100.1", "203.0.113.1",
					      "2001:db8::1", "64:ff9b::1",   "2000::" };
	char a[ADDRESS_SIZE];

	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *const edge[] = { cases[i].before, cases[i].first, cases[i].last,
					     cases[i].behind };

		for (size_t k = 0; k < COUNT(edge); k++) {
			if (!edge[k])
				continue;
			assert_true(address_parse(str_of(edge[k]), a));
			want_bool(edge[k], "public", k == 0 || k == 3,
				  address_is_public(walled((struct str){ a, sizeof(a) }).p));
		}
	}
	for (size_t i = 0; i < COUNT(public); i++) {
		assert_true(address_parse(str_of(public[i]), a));
		want_bool(public[i], "public", true, address_is_public(a));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_have_one_spelling),
		cmocka_unit_test(a_NUL_does_not_end_an_address),
		cmocka_unit_test(only_mapped_addresses_are_IPv4),
		cmocka_unit_test(every_spelling_is_the_same_bytes),
		cmocka_unit_test(random_text_against_inet_pton),
		cmocka_unit_test(private_and_reserved_blocks_end_where_they_should),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
