/*
 * str.h - borrowed bytes: a pointer and a length, never NUL-terminated, and a reader that walks them.
 * A str dies with what it borrows from; copy it into an arena (mem.h) to keep it.
 */
#ifndef SEKISHO_BASE_STR_H
#define SEKISHO_BASE_STR_H

#include "base/cc.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

struct str {
	const char *p;
	size_t n;
};

#define STR(literal) ((struct str){ .p = (literal), .n = sizeof(literal) - 1 })
#define STR_FMT "%.*s"
#define STR_ARG(s) (int)(s).n, (s).p

/* A str over a C string of our own (argv, tables); never over input. */
static inline struct str
str_of(const char *c)
{
	return (struct str){ .p = c, .n = c ? strlen(c) : 0 };
}

static inline uint64_t
load64(const char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

static inline uint32_t
load32(const char *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

bool bytes_same_long(const char *a, const char *b, size_t n);

/* Names are short: up to 16 bytes as two overlapping words, without a call (30 of 80 instructions, 2026-11). */
static inline bool
bytes_same(const char *a, const char *b, size_t n)
{
	if (n > 16)
		return bytes_same_long(a, b, n);
	if (n >= 8)
		return ((load64(a) ^ load64(b)) | (load64(a + n - 8) ^ load64(b + n - 8))) == 0;
	if (n >= 4)
		return ((load32(a) ^ load32(b)) | (load32(a + n - 4) ^ load32(b + n - 4))) == 0;
	return n == 0 || (a[0] == b[0] && a[n / 2] == b[n / 2] && a[n - 1] == b[n - 1]);
}

static inline bool
str_eq(struct str a, struct str b)
{
	return a.n == b.n && bytes_same(a.p, b.p, a.n);
}

static inline bool
str_is(struct str a, const char *c)
{
	return str_eq(a, str_of(c));
}

/* Bytewise order, shorter first on a tie. */
static inline int
str_cmp(struct str a, struct str b)
{
	size_t n = min_size(a.n, b.n);
	int c = n ? memcmp(a.p, b.p, n) : 0;

	return c ? c : (a.n > b.n) - (a.n < b.n);
}

static inline bool
str_starts(struct str s, struct str head)
{
	return s.n >= head.n && bytes_same(s.p, head.p, head.n);
}

static inline bool
str_ends(struct str s, struct str tail)
{
	return s.n >= tail.n && bytes_same(s.p + s.n - tail.n, tail.p, tail.n);
}

/* How many ASCII digits it begins with. */
static inline size_t
str_digits(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	return n;
}

static inline struct str
str_skip(struct str s, size_t n)
{
	return (struct str){ .p = s.p + n, .n = s.n - n };
}

static inline struct str
str_head(struct str s, size_t n)
{
	return (struct str){ .p = s.p, .n = min_size(s.n, n) };
}

/*
 * May 16 bytes be loaded at p, though fewer of them are ours?  Within one page they may: a page is readable whole or
 * not at all, and what is not ours is masked off.  Sanitizers watch bytes, not pages, so they get the slow way.
 */
#if defined(__SSE2__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#if defined(__has_feature)
#if !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer) &&                       \
	!__has_feature(memory_sanitizer)
#define STR_WIDE 1
#endif
#else
#define STR_WIDE 1
#endif
#endif

#if defined(STR_WIDE)
static inline bool
str_wide_at(const char *p)
{
	return ((uintptr_t)p & 4095) <= 4096 - 16;
}
#endif

/* Which of the 16 bytes at p are `a` or `b`, a bit each. */
#if defined(STR_WIDE)
static inline unsigned
wide_either(const char *p, char a, char b)
{
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i hit = _mm_cmpeq_epi8(v, _mm_set1_epi8(a));

	if (a != b)
		hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8(b)));
	return (unsigned)_mm_movemask_epi8(hit);
}
#endif

/*
 * The first `a` or `b` in [p, end), or end.  In line and 16 bytes at a time: fields are short, and a call to memchr
 * costs more than it saves (8 calls a line were 50 ns of 320, 2026-11, gcc 12 -O2).
 */
static inline const char *
find_either(const char *p, const char *end, char a, char b)
{
#if defined(STR_WIDE)
	unsigned hits;

	for (; end - p >= 16; p += 16) {
		hits = wide_either(p, a, b);
		if (hits)
			return p + __builtin_ctz(hits);
	}
	if (p < end && LIKELY(str_wide_at(p))) {
		__asm__("" : "+r"(p)); /* how long the object is, is not the compiler's to know */
		hits = wide_either(p, a, b) | 1U << (end - p);
		return p + __builtin_ctz(hits);
	}
#endif
	while (p < end && *p != a && *p != b)
		p++;
	return p;
}

/* The first `c` in [p, end), or end. */
static inline const char *
find_byte(const char *p, const char *end, char c)
{
	return find_either(p, end, c, c);
}

/* Does s hold any of the three? */
static inline bool
str_has_any(struct str s, char a, char b, char c)
{
	size_t i = 0;

#if defined(STR_WIDE)
	const __m128i x = _mm_set1_epi8(a), y = _mm_set1_epi8(b), z = _mm_set1_epi8(c);

	for (; i < s.n && LIKELY(str_wide_at(s.p + i)); i += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)(s.p + i));
		__m128i hit =
			_mm_or_si128(_mm_cmpeq_epi8(v, x),
				     _mm_or_si128(_mm_cmpeq_epi8(v, y), _mm_cmpeq_epi8(v, z)));
		unsigned hits = (unsigned)_mm_movemask_epi8(hit);

		if (UNLIKELY(hits) && i + (size_t)__builtin_ctz(hits) < s.n)
			return true;
	}
#endif
	for (; i < s.n; i++) {
		if (s.p[i] == a || s.p[i] == b || s.p[i] == c)
			return true;
	}
	return false;
}

/* No locale, and no letter but A to Z. */
static inline char
ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* Index of the first `c`, or s.n. */
static inline size_t
str_find(struct str s, char c)
{
	return s.n ? (size_t)(find_byte(s.p, s.p + s.n, c) - s.p) : 0;
}

struct str str_trim(struct str s); /* without ASCII blanks at both ends */
bool str_contains(struct str s, struct str part);
bool str_to_u64(struct str s, uint64_t *out); /* digits only, whole, in range */

/* Takes the part before `c` off the front of *rest; the separator goes too. */
struct str str_split(struct str *rest, char c);

/* Slips of the finger between two words, cut off at 9: for "did you mean". */
unsigned str_distance(struct str a, struct str b);

#endif
