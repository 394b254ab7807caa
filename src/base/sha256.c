/*
 * sha256.c - SHA-256: the plain rounds, and the processor's own where it has them (SHA-NI, x86-64).
 * Both take whole blocks; which one runs is asked of the processor once and shows in no digest.
 *
 * Plain: 0.29 GB/s a thread; below four blocks a call 0.22 (1 MB in one call, best of 150, the
 * Makefile's release flags, gcc 12, Xeon 2.5 GHz without SHA-NI; clang 14 0.28).  There openssl 3.0
 * speed -evp sha256 -bytes 1048576 makes 0.33-0.39 with AVX2 and 0.22-0.26 without.  Eight lanes in
 * AVX2 with BMI2 made 0.33, too little for rounds of its own: the rounds remain.
 * TODO(bench): the figure with SHA-NI, wanted above 1.5 GB/s, once a machine has measured it.
 */
#include "base/sha256.h"

enum { SHA256_BLOCK = 64 };

typedef void sha256_rounds(uint32_t h[8], const uint8_t *p, size_t blocks);

_Alignas(16) static const uint32_t sha256_k[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
	0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
	0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
	0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
	0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
	0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
	0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
	0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
	0xc67178f2,
};

static inline uint32_t
turn(uint32_t x, unsigned n)
{
	return x >> n | x << (32 - n);
}

static inline uint32_t
load_be32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static inline void
store_be32(uint8_t *p, uint32_t v)
{
	for (unsigned i = 0; i < 4; i++)
		p[i] = (uint8_t)(v >> (24 - 8 * i));
}

/*
 * One round: changes d and h, and gives a ^ b.  The majority of a, b and c is b ^ ((a ^ b) & (b ^ c)),
 * and the next round's b ^ c is this one's a ^ b.  Scalars, not an array: gcc 12 keeps them in
 * registers.
 */
static inline uint32_t
round_plain(uint32_t a, uint32_t b, uint32_t bc, uint32_t *d, uint32_t e, uint32_t f, uint32_t g,
	    uint32_t *h, uint32_t kw)
{
	uint32_t t = *h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & (f ^ g)) ^ g) + kw;
	uint32_t ab = a ^ b;

	*d += t;
	*h = t + (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (b ^ (ab & bc));
	return ab;
}

/* Blocks side by side, word by word: as vectors, the words of four take 0.20 us; of one, 0.11. */
enum { LANES = 4 };

/* The words of some blocks.  The callers give constants, so that the compiler makes vectors of four. */
static inline void
words_plain(uint32_t w[64][LANES], const uint8_t *p, size_t lanes)
{
	for (size_t i = 0; i < 16; i++) {
		for (size_t l = 0; l < lanes; l++)
			w[i][l] = load_be32(p + l * SHA256_BLOCK + i * 4);
	}
	for (size_t i = 16; i < 64; i++) {
		for (size_t l = 0; l < lanes; l++) {
			uint32_t x = w[i - 15][l], y = w[i - 2][l];

			w[i][l] = w[i - 16][l] + (turn(x, 7) ^ turn(x, 18) ^ x >> 3) + w[i - 7][l] +
				  (turn(y, 17) ^ turn(y, 19) ^ y >> 10);
		}
	}
}

/* Eight rounds bring every variable back to its place, so none is ever moved. */
static void
block_plain(uint32_t v[8], uint32_t w[64][LANES], size_t l)
{
	uint32_t a = v[0], b = v[1], c = v[2], d = v[3], e = v[4], f = v[5], g = v[6], h = v[7];
	uint32_t bc = b ^ c;

	for (size_t i = 0; i < 64; i += 8) {
		const uint32_t *k = sha256_k + i;

		bc = round_plain(a, b, bc, &d, e, f, g, &h, k[0] + w[i][l]);
		bc = round_plain(h, a, bc, &c, d, e, f, &g, k[1] + w[i + 1][l]);
		bc = round_plain(g, h, bc, &b, c, d, e, &f, k[2] + w[i + 2][l]);
		bc = round_plain(f, g, bc, &a, b, c, d, &e, k[3] + w[i + 3][l]);
		bc = round_plain(e, f, bc, &h, a, b, c, &d, k[4] + w[i + 4][l]);
		bc = round_plain(d, e, bc, &g, h, a, b, &c, k[5] + w[i + 5][l]);
		bc = round_plain(c, d, bc, &f, g, h, a, &b, k[6] + w[i + 6][l]);
		bc = round_plain(b, c, bc, &e, f, g, h, &a, k[7] + w[i + 7][l]);
	}
	v[0] += a;
	v[1] += b;
	v[2] += c;
	v[3] += d;
	v[4] += e;
	v[5] += f;
	v[6] += g;
	v[7] += h;
}

static void
rounds_plain(uint32_t h[8], const uint8_t *p, size_t blocks)
{
	_Alignas(16) uint32_t w[64][LANES] UNINITIALIZED; /* zeroing: a fifth of a single block */

	for (; blocks >= LANES; blocks -= LANES, p += (size_t)LANES * SHA256_BLOCK) {
		words_plain(w, p, LANES);
		for (size_t l = 0; l < LANES; l++)
			block_plain(h, w, l);
	}
	for (; blocks; blocks--, p += SHA256_BLOCK) {
		words_plain(w, p, 1);
		block_plain(h, w, 0);
	}
}

#if defined(__x86_64__) && defined(__GNUC__)
#include <cpuid.h>
#include <immintrin.h>

#define WITH_SHA __attribute__((target("sha,sse4.1,ssse3")))

WITH_SHA static inline __m128i
load_128(const void *p)
{
	return _mm_loadu_si128((const __m128i *)p);
}

/* Four rounds: the instruction does two, and takes its words from the lower half. */
WITH_SHA static inline void
four_rounds(__m128i *abef, __m128i *cdgh, __m128i w, const uint32_t *k)
{
	__m128i kw = _mm_add_epi32(w, load_128(k));

	*cdgh = _mm_sha256rnds2_epu32(*cdgh, *abef, kw);
	*abef = _mm_sha256rnds2_epu32(*abef, *cdgh, _mm_shuffle_epi32(kw, 0x0e));
}

/* The four words that follow sixteen. */
WITH_SHA static inline __m128i
four_words(__m128i w0, __m128i w1, __m128i w2, __m128i w3)
{
	__m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(w0, w1), _mm_alignr_epi8(w3, w2, 4));

	return _mm_sha256msg2_epu32(sum, w3);
}

WITH_SHA static inline void
block_sha(__m128i *abef, __m128i *cdgh, const uint8_t *p)
{
	const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
	__m128i w0 = _mm_shuffle_epi8(load_128(p), swap);
	__m128i w1 = _mm_shuffle_epi8(load_128(p + 16), swap);
	__m128i w2 = _mm_shuffle_epi8(load_128(p + 32), swap);
	__m128i w3 = _mm_shuffle_epi8(load_128(p + 48), swap);
	const uint32_t *k = sha256_k;

	for (int i = 0; i < 3; i++, k += 16) {
		four_rounds(abef, cdgh, w0, k);
		w0 = four_words(w0, w1, w2, w3);
		four_rounds(abef, cdgh, w1, k + 4);
		w1 = four_words(w1, w2, w3, w0);
		four_rounds(abef, cdgh, w2, k + 8);
		w2 = four_words(w2, w3, w0, w1);
		four_rounds(abef, cdgh, w3, k + 12);
		w3 = four_words(w3, w0, w1, w2);
	}
	four_rounds(abef, cdgh, w0, k);
	four_rounds(abef, cdgh, w1, k + 4);
	four_rounds(abef, cdgh, w2, k + 8);
	four_rounds(abef, cdgh, w3, k + 12);
}

/* The instructions want the state as (a b e f) and (c d g h), highest word first. */
WITH_SHA static void
rounds_sha(uint32_t h[8], const uint8_t *p, size_t blocks)
{
	__m128i cdab = _mm_shuffle_epi32(load_128(h), 0xb1);
	__m128i efgh = _mm_shuffle_epi32(load_128(h + 4), 0x1b);
	__m128i abef = _mm_alignr_epi8(cdab, efgh, 8);
	__m128i cdgh = _mm_blend_epi16(efgh, cdab, 0xf0);
	__m128i feba, dchg;

	for (; blocks; blocks--, p += SHA256_BLOCK) {
		__m128i abef_before = abef, cdgh_before = cdgh;

		block_sha(&abef, &cdgh, p);
		abef = _mm_add_epi32(abef, abef_before);
		cdgh = _mm_add_epi32(cdgh, cdgh_before);
	}
	feba = _mm_shuffle_epi32(abef, 0x1b);
	dchg = _mm_shuffle_epi32(cdgh, 0xb1);
	_mm_storeu_si128((__m128i *)(void *)h, _mm_blend_epi16(feba, dchg, 0xf0));
	_mm_storeu_si128((__m128i *)(void *)(h + 4), _mm_alignr_epi8(dchg, feba, 8));
}

/* cpuid itself: not every gcc and clang we build with knows __builtin_cpu_supports("sha"). */
static bool
has_sha(void)
{
	unsigned a, b, c, d;

	if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSSE3) || !(c & bit_SSE4_1))
		return false;
	return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA);
}
#else
#define rounds_sha rounds_plain

static bool
has_sha(void)
{
	return false;
}
#endif

/* Asked once: in a virtual machine cpuid traps to the host.  Every thread finds the same answer. */
static sha256_rounds *
rounds_here(void)
{
	static int known;
	int k = __atomic_load_n(&known, __ATOMIC_RELAXED);

	if (k == 0) {
		k = has_sha() ? 2 : 1;
		__atomic_store_n(&known, k, __ATOMIC_RELAXED);
	}
	return k == 2 ? rounds_sha : rounds_plain;
}

void
sha256_init(struct sha256 *s)
{
	*s = (struct sha256){
		.h = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c,
		       0x1f83d9ab, 0x5be0cd19 },
	};
}

void
sha256_add(struct sha256 *s, const void *p, size_t n)
{
	const uint8_t *at = p;
	size_t held = s->bytes % SHA256_BLOCK;
	sha256_rounds *rounds = rounds_here();

	s->bytes += n;
	if (held) {
		size_t take = min_size(n, SHA256_BLOCK - held);

		if (take)
			memcpy(s->block + held, at, take);
		if (held + take < SHA256_BLOCK)
			return;
		rounds(s->h, s->block, 1);
		at += take;
		n -= take;
	}
	if (n >= SHA256_BLOCK)
		rounds(s->h, at, n / SHA256_BLOCK);
	if (n % SHA256_BLOCK)
		memcpy(s->block, at + n / SHA256_BLOCK * SHA256_BLOCK, n % SHA256_BLOCK);
}

void
sha256_end(struct sha256 *s, uint8_t out[SHA256_SIZE])
{
	static const uint8_t pad[SHA256_BLOCK] = { 0x80 };
	uint64_t bits = s->bytes * 8;
	uint8_t length[8];

	store_be32(length, (uint32_t)(bits >> 32));
	store_be32(length + 4, (uint32_t)bits);
	sha256_add(s, pad, 1 + (SHA256_BLOCK * 2 - 9 - s->bytes % SHA256_BLOCK) % SHA256_BLOCK);
	sha256_add(s, length, sizeof(length));
	for (size_t i = 0; i < 8; i++)
		store_be32(out + 4 * i, s->h[i]);
}

void
sha256_of(struct str s, uint8_t out[SHA256_SIZE])
{
	struct sha256 state;

	sha256_init(&state);
	sha256_add(&state, s.p, s.n);
	sha256_end(&state, out);
}

void
sha256_hex(const uint8_t digest[SHA256_SIZE], char out[SHA256_HEX])
{
	static const char hex[] = "0123456789abcdef";

	for (size_t i = 0; i < SHA256_SIZE; i++) {
		out[2 * i] = hex[digest[i] >> 4];
		out[2 * i + 1] = hex[digest[i] & 15];
	}
	out[SHA256_HEX - 1] = '\0';
}
