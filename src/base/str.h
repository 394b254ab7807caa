/*
 * str.h - borrowed bytes: a pointer and a length, never NUL-terminated, and a reader that walks them.
 * A str dies with what it borrows from; copy it into an arena (mem.h) to keep it.
 */
#ifndef SEKISHO_BASE_STR_H
#define SEKISHO_BASE_STR_H

#include "base/cc.h"

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

static inline bool
str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
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
	return s.n >= head.n && (head.n == 0 || memcmp(s.p, head.p, head.n) == 0);
}

static inline bool
str_ends(struct str s, struct str tail)
{
	return s.n >= tail.n && (tail.n == 0 || memcmp(s.p + s.n - tail.n, tail.p, tail.n) == 0);
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

/* Index of the first `c`, or s.n. */
static inline size_t
str_find(struct str s, char c)
{
	const char *at = s.n ? memchr(s.p, c, s.n) : NULL;

	return at ? (size_t)(at - s.p) : s.n;
}

struct str str_trim(struct str s); /* without ASCII blanks at both ends */
bool str_contains(struct str s, struct str part);
bool str_to_u64(struct str s, uint64_t *out); /* digits only, whole, in range */

/* Takes the part before `c` off the front of *rest; the separator goes too. */
struct str str_split(struct str *rest, char c);

/* Edit distance, cut off at 9: for "did you mean". */
unsigned str_distance(struct str a, struct str b);

#endif
