/*
 * hash_test.c - equal for equal bytes wherever they lie, different for any other length, byte, bit
 * or key.
 */
#include "base/test_wall.h"

#include "base/hash.h"

enum { TEXT = 5000, MANY = 200000 };

static struct hash_key key, other_key;
static char text[TEXT + 1];

static int
make_keys(void **state UNUSED)
{
	struct dice d = { 3 };

	hash_key_from(&key, STR("barrier"));
	hash_key_from(&other_key, STR("barriers"));
	throw_bytes(&d, text, sizeof(text));
	return 0;
}

static bool
same(struct hash128 a, struct hash128 b)
{
	return a.lo == b.lo && a.hi == b.hi;
}

static int
hash_order(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct hash128));
}

static void
want_distinct(const char *name, struct hash128 *v, size_t n)
{
	qsort(v, n, sizeof(*v), hash_order);
	for (size_t i = 1; i < n; i++) {
		if (same(v[i - 1], v[i]))
			fail_msg("%s: two of %zu have one hash", name, n);
	}
}

static void
the_place_of_the_bytes_does_not_matter(void **state UNUSED)
{
	for (size_t n = 0; n <= TEXT; n = n < 80 ? n + 1 : n + 61) {
		struct hash128 want = hash128(&key, (struct str){ text, n });
		struct hash128 got = hash128(&key, walled((struct str){ text, n }));
		char shifted[TEXT + 16];

		if (!same(want, got))
			fail_msg("%zu bytes against the wall hash otherwise", n);
		memcpy(shifted + 5, text, n);
		shifted[5 + n] = (char)~text[n];
		if (!same(want, hash128(&key, (struct str){ shifted + 5, n })))
			fail_msg("%zu bytes at an odd address hash otherwise", n);
	}
}

static void
every_length_differs(void **state UNUSED)
{
	static const char zeros[TEXT];
	static struct hash128 v[TEXT + 1];

	for (size_t n = 0; n <= TEXT; n++)
		v[n] = hash128(&key, (struct str){ zeros, n });
	want_distinct("zeros of 5,001 lengths", v, TEXT + 1);
	for (size_t n = 0; n <= TEXT; n++)
		v[n] = hash128(&key, (struct str){ text, n });
	want_distinct("heads of 5,001 lengths", v, TEXT + 1);
}

static void
every_bit_counts(void **state UNUSED)
{
	static const size_t lengths[] = { 1,    7,    8,    15,   16,   17,  40,
					  1023, 1024, 1025, 2048, 2049, 3100 };
	static struct hash128 v[3100 * 8 + 1];

	for (size_t l = 0; l < COUNT(lengths); l++) {
		struct str s = { text, lengths[l] };

		v[0] = hash128(&key, s);
		for (size_t bit = 0; bit < s.n * 8; bit++) {
			text[bit / 8] = (char)(text[bit / 8] ^ 1 << bit % 8);
			v[1 + bit] = hash128(&key, s);
			text[bit / 8] = (char)(text[bit / 8] ^ 1 << bit % 8);
		}
		want_distinct("one bit turned", v, s.n * 8 + 1);
	}
}

static void
blocks_of_long_texts_keep_their_order(void **state UNUSED)
{
	char turned[3 * HASH_BLOCK];
	const size_t block = HASH_BLOCK;

	memcpy(turned, text + block, block);
	memcpy(turned + block, text, block);
	memcpy(turned + 2 * block, text + 2 * block, block);
	assert_false(same(hash128(&key, (struct str){ text, sizeof(turned) }),
			  hash128(&key, (struct str){ turned, sizeof(turned) })));
}

static void
many_texts_differ_and_spread(void **state UNUSED)
{
	struct hash128 *v = malloc(MANY * sizeof(*v));
	size_t high[64] = { 0 }, low[64] = { 0 };
	char name[32];

	assert_non_null(v);
	for (int i = 0; i < MANY; i++) {
		int n = snprintf(name, sizeof(name), "03%020d", i);

		v[i] = hash128(&key, (struct str){ name, (size_t)n });
		high[v[i].hi % 64]++;
		low[v[i].lo % 64]++;
	}
	/* 3,125 wanted in each of 64; one standard deviation is 56. */
	for (int i = 0; i < 64; i++) {
		if (high[i] < 2600 || high[i] > 3650 || low[i] < 2600 || low[i] > 3650)
			fail_msg("bucket %d: wanted about 3125, got %zu and %zu", i, high[i],
				 low[i]);
	}
	want_distinct("200,000 supply points", v, MANY);
	free(v);
}

static void
keys_decide(void **state UNUSED)
{
	struct hash_key again, a, b;
	struct hash128 x = { 1, 2 }, y = { 3, 4 };

	hash_key_from(&again, STR("barrier"));
	assert_memory_equal(&again, &key, sizeof(key));
	for (size_t n = 0; n < 2100; n++) {
		struct str s = { text, n };

		if (same(hash128(&key, s), hash128(&other_key, s)))
			fail_msg("%zu bytes have one hash under two keys", n);
	}
	hash_key_random(&a);
	hash_key_random(&b);
	assert_memory_not_equal(&a, &b, sizeof(a));
	for (size_t i = 0; i < HASH_WORDS; i++)
		assert_true(a.word[i] != b.word[i]);
	assert_false(same(hash_join(&key, x, y), hash_join(&key, y, x)));
	assert_true(same(hash_join(&key, x, y), hash_join(&again, x, y)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_place_of_the_bytes_does_not_matter),
		cmocka_unit_test(every_length_differs),
		cmocka_unit_test(every_bit_counts),
		cmocka_unit_test(blocks_of_long_texts_keep_their_order),
		cmocka_unit_test(many_texts_differ_and_spread),
		cmocka_unit_test(keys_decide),
	};

	return cmocka_run_group_tests(tests, make_keys, NULL);
}
