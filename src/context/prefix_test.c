/*
 * prefix_test.c - longest prefix against trying every prefix, over random nests; and names of derived blocks.
 */
#include "context/context_testing.h"
#include "context/prefix.h"

enum { TABLES = 100000, ADDRESSES = 4, MOST = 24 };

enum family { FAMILY_IPV4, FAMILY_IPV6, FAMILY_BOTH, FAMILIES };

static uint64_t seed = 20220704;

static uint32_t
dice(uint32_t sides)
{
	seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (uint32_t)(seed >> 33) % sides;
}

/* Few different bytes, so that blocks nest and addresses hit them; IPv4 lies in ::ffff:0:0/96. */
static void
random_address(enum family family, uint8_t a[ADDRESS_SIZE])
{
	static const uint8_t few[] = { 0, 0, 1, 0x80, 0xFF };
	static const uint8_t mapped[12] = { [10] = 0xFF, [11] = 0xFF };

	for (int i = 0; i < ADDRESS_SIZE; i++)
		a[i] = few[dice(sizeof(few))];
	if (family == FAMILY_IPV4 || (family == FAMILY_BOTH && dice(2)))
		memcpy(a, mapped, sizeof(mapped));
}

static unsigned
random_bits(enum family family)
{
	if (family == FAMILY_IPV4)
		return IPV4_BITS + dice(33);
	return dice(4) ? dice(33) : dice(ADDRESS_BITS + 1);
}

/* The last address of a block, or the one behind it: where a search goes wrong first. */
static void
edge_address(const struct cidr *c, uint8_t a[ADDRESS_SIZE])
{
	bool behind = dice(2);

	memcpy(a, c->byte, ADDRESS_SIZE);
	for (int bit = c->bits; bit < ADDRESS_BITS; bit++)
		a[bit / 8] |= (uint8_t)(0x80 >> bit % 8);
	for (int i = ADDRESS_SIZE; behind && i-- > 0;)
		behind = ++a[i] == 0;
}

static bool
stands(const struct prefix *at, size_t n, const struct cidr *c)
{
	for (size_t i = 0; i < n; i++) {
		if (memcmp(&at[i].cidr, c, sizeof(*c)) == 0)
			return true;
	}
	return false;
}

/* Bit by bit, so that nothing of cidr.c is believed. */
static uint32_t
brute(const struct prefix *at, size_t n, const uint8_t a[ADDRESS_SIZE])
{
	uint32_t found = 0;
	int longest = -1;

	for (size_t i = 0; i < n; i++) {
		int same = 0;

		while (same < ADDRESS_BITS &&
		       ((a[same / 8] ^ at[i].cidr.byte[same / 8]) >> (7 - same % 8) & 1) == 0)
			same++;
		if (same >= at[i].cidr.bits && at[i].cidr.bits > longest) {
			longest = at[i].cidr.bits;
			found = at[i].number;
		}
	}
	return found;
}

static void
random_table(enum family family, struct prefix *at, size_t *n)
{
	uint8_t a[ADDRESS_SIZE];

	for (uint32_t i = dice(MOST); i; i--) {
		struct cidr c;

		random_address(family, a);
		c = cidr_of(a, random_bits(family));
		if (!stands(at, *n, &c))
			at[(*n)++] = (struct prefix){ .cidr = c, .number = i };
	}
}

static void
longest_wins(void **state UNUSED)
{
	size_t found[FAMILIES] = { 0 };

	for (int t = 0; t < TABLES; t++) {
		enum family family = (enum family)(t % FAMILIES);
		struct prefix sorted[MOST] = { 0 }, given[MOST];
		struct prefixes p = { .at = sorted };
		uint8_t a[ADDRESS_SIZE];

		random_table(family, sorted, &p.count);
		memcpy(given, sorted, p.count * sizeof(*given));
		prefixes_sort(&p);
		for (int k = 0; k < ADDRESSES; k++) {
			uint32_t want;

			if (p.count && dice(2))
				edge_address(&given[dice((uint32_t)p.count)].cidr, a);
			else
				random_address(family, a);
			want = brute(given, p.count, a);
			assert_int_equal(prefixes_find(&p, a), want);
			found[family] += want != 0;
		}
	}
	/* Half of all asks must find something, or this proves little. */
	for (int family = 0; family < FAMILIES; family++)
		assert_true(found[family] > (size_t)TABLES * ADDRESSES / FAMILIES / 2);
}

static void
derived_names(void **state UNUSED)
{
	static const struct {
		const char *address, *want;
	} cases[] = {
		{ "10.1.2.3", "10.1.2.0/24" },
		{ "203.0.113.255", "203.0.113.0/24" },
		{ "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64" },
		{ "2001:db8::1", "2001:db8::/64" },
		{ "2001:0:0:1::9", "2001:0:0:1::/64" },
		{ "2001:db8:0:a0::1", "2001:db8:0:a0::/64" },
		{ "::1", "::/64" },
	};
	struct arena a = { 0 };

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct cidr c, d;
		struct str got;

		assert_int_equal(cidr_parse(str_of(cases[i].address), &c), CIDR_OK);
		d = cidr_derived(c.byte);
		got = cidr_print_derived(&a, &d);
		if (!str_is(got, cases[i].want))
			fail_msg("%s: wanted %s, got " STR_FMT, cases[i].address, cases[i].want,
				 STR_ARG(got));
	}
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(longest_wins),
		cmocka_unit_test(derived_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
