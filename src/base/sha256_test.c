/*
 * sha256_test.c - the vectors of NIST, every way to split a text, and both sets of rounds against
 * each other.
 *
 * The instructions are stood in for by C where the processor lacks them, so the order of words and
 * rounds in rounds_sha is tested on every x86-64; the instructions themselves only where they are.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
/* NOLINTBEGIN(bugprone-reserved-identifier): their names are the point */
#define _mm_sha256rnds2_epu32 stand_in_rounds
#define _mm_sha256msg1_epu32 stand_in_words1
#define _mm_sha256msg2_epu32 stand_in_words2
/* NOLINTEND(bugprone-reserved-identifier) */
static __m128i stand_in_rounds(__m128i cdgh, __m128i abef, __m128i kw);
static __m128i stand_in_words1(__m128i a, __m128i b);
static __m128i stand_in_words2(__m128i a, __m128i b);
#endif

/* NOLINTNEXTLINE(bugprone-suspicious-include): both sets of rounds are private to it */
#include "base/sha256.c"

#if defined(__x86_64__) && defined(__GNUC__)
#undef _mm_sha256rnds2_epu32
#undef _mm_sha256msg1_epu32
#undef _mm_sha256msg2_epu32

/* Never inlined: a compiler may move a pure instruction before the test that guards it. */
#define REAL WITH_SHA __attribute__((noinline)) static __m128i

REAL
real_rounds(__m128i cdgh, __m128i abef, __m128i kw)
{
	return _mm_sha256rnds2_epu32(cdgh, abef, kw);
}

REAL
real_words1(__m128i a, __m128i b)
{
	return _mm_sha256msg1_epu32(a, b);
}

REAL
real_words2(__m128i a, __m128i b)
{
	return _mm_sha256msg2_epu32(a, b);
}

static bool
real(void)
{
	return rounds_here() == rounds_sha;
}

/* Lane 0 first, as the manual of the instructions numbers them. */
struct lanes {
	uint32_t at[4];
};

static struct lanes
lanes_of(__m128i v)
{
	struct lanes l;

	memcpy(&l, &v, sizeof(l));
	return l;
}

static __m128i
lanes_to(struct lanes l)
{
	__m128i v;

	memcpy(&v, &l, sizeof(v));
	return v;
}

WITH_SHA static __m128i
stand_in_rounds(__m128i cdgh, __m128i abef, __m128i kw)
{
	struct lanes c = lanes_of(cdgh), a = lanes_of(abef), k = lanes_of(kw);
	uint32_t v[8] = { a.at[3], a.at[2], c.at[3], c.at[2], a.at[1], a.at[0], c.at[1], c.at[0] };

	if (real())
		return real_rounds(cdgh, abef, kw);
	for (unsigned i = 0; i < 2; i++) {
		uint32_t s1 = turn(v[4], 6) ^ turn(v[4], 11) ^ turn(v[4], 25);
		uint32_t s0 = turn(v[0], 2) ^ turn(v[0], 13) ^ turn(v[0], 22);
		uint32_t t = v[7] + s1 + ((v[4] & v[5]) ^ (~v[4] & v[6])) + k.at[i];
		uint32_t most = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);

		memmove(v + 1, v, 7 * sizeof(*v));
		v[4] += t;
		v[0] = t + s0 + most;
	}
	return lanes_to((struct lanes){ { v[5], v[4], v[1], v[0] } });
}

WITH_SHA static __m128i
stand_in_words1(__m128i a, __m128i b)
{
	struct lanes x = lanes_of(a), y = lanes_of(b);
	uint32_t w[5] = { x.at[0], x.at[1], x.at[2], x.at[3], y.at[0] };

	if (real())
		return real_words1(a, b);
	for (size_t i = 0; i < 4; i++)
		x.at[i] = w[i] + (turn(w[i + 1], 7) ^ turn(w[i + 1], 18) ^ w[i + 1] >> 3);
	return lanes_to(x);
}

WITH_SHA static __m128i
stand_in_words2(__m128i a, __m128i b)
{
	struct lanes x = lanes_of(a), y = lanes_of(b);

	if (real())
		return real_words2(a, b);
	for (size_t i = 0; i < 4; i++) {
		uint32_t near = i < 2 ? y.at[i + 2] : x.at[i - 2];

		x.at[i] += turn(near, 17) ^ turn(near, 19) ^ near >> 10;
	}
	return lanes_to(x);
}
#endif

static void
assert_digest(const char *name, struct str text, const char *want)
{
	uint8_t digest[SHA256_SIZE];
	char got[SHA256_HEX];

	sha256_of(text, digest);
	sha256_hex(digest, got);
	if (strcmp(got, want) != 0)
		fail_msg("%s: got %s, wanted %s", name, got, want);
}

static void
the_vectors_of_nist(void **state)
{
	static const struct {
		const char *name, *text, *want;
	} cases[] = {
		{ "nothing", "",
		  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
		{ "one block", "abc",
		  "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
		{ "two blocks", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
		{ "two whole blocks",
		  "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
		  "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
		  "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_digest(cases[i].name, str_of(cases[i].text), cases[i].want);
}

static void
a_million_times_a(void **state)
{
	static char text[1000000];

	(void)state;
	memset(text, 'a', sizeof(text));
	assert_digest("a million a", (struct str){ text, sizeof(text) },
		      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static uint64_t
next_random(uint64_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 7;
	*x ^= *x << 17;
	return *x;
}

static void
fill(uint8_t *p, size_t n, uint64_t seed)
{
	for (size_t i = 0; i < n; i++)
		p[i] = (uint8_t)next_random(&seed);
}

static void
the_cut_does_not_show(void **state)
{
	uint8_t text[300], whole[SHA256_SIZE], cut[SHA256_SIZE];
	struct sha256 s;

	(void)state;
	fill(text, sizeof(text), 7);
	for (size_t n = 0; n <= 200; n++) {
		sha256_of((struct str){ (const char *)text, n }, whole);
		for (size_t a = 0; a <= n; a++) {
			sha256_init(&s);
			sha256_add(&s, text, a);
			sha256_add(&s, NULL, 0);
			sha256_add(&s, text + a, n - a);
			sha256_end(&s, cut);
			assert_memory_equal(whole, cut, sizeof(cut));
		}
		sha256_init(&s);
		for (size_t i = 0; i < n; i++)
			sha256_add(&s, text + i, 1);
		sha256_end(&s, cut);
		assert_memory_equal(whole, cut, sizeof(cut));
	}
}

static void
both_rounds_agree(void **state)
{
	static uint8_t text[64 * 40 + 1];
	uint32_t plain[8], own[8];

	(void)state;
#if defined(__x86_64__) && defined(__GNUC__)
	if (!__builtin_cpu_supports("sse4.1") || !__builtin_cpu_supports("ssse3"))
		skip();
#endif
	for (uint64_t seed = 1; seed <= 500; seed++) {
		size_t blocks = seed % 41;

		fill(text, sizeof(text), seed * 0x9e3779b97f4a7c15);
		fill((uint8_t *)plain, sizeof(plain), seed);
		memcpy(own, plain, sizeof(own));
		rounds_plain(plain, text + (seed & 1), blocks);
		rounds_sha(own, text + (seed & 1), blocks);
		assert_memory_equal(plain, own, sizeof(own));
	}
}

/* Four blocks go side by side, what is left of them one by one. */
static void
plain_lanes_agree(void **state)
{
	static uint8_t text[SHA256_BLOCK * 9 + 1];
	uint32_t many[8], one[8];

	(void)state;
	for (uint64_t seed = 1; seed <= 100; seed++) {
		size_t blocks = seed % 10;
		const uint8_t *p = text + (seed & 1);

		fill(text, sizeof(text), seed * 0x9e3779b97f4a7c15);
		fill((uint8_t *)many, sizeof(many), seed);
		memcpy(one, many, sizeof(one));
		rounds_plain(many, p, blocks);
		for (size_t i = 0; i < blocks; i++)
			rounds_plain(one, p + i * SHA256_BLOCK, 1);
		assert_memory_equal(many, one, sizeof(one));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_vectors_of_nist),   cmocka_unit_test(a_million_times_a),
		cmocka_unit_test(the_cut_does_not_show), cmocka_unit_test(both_rounds_agree),
		cmocka_unit_test(plain_lanes_agree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
