/*
 * test_wall.h - for tests: a wall behind the bytes a parser may read, dice, and tables that tell
 * what they wanted.
 *
 * walled(line) copies a line so that its next byte is unmapped, walled_before() so that the one
 * before it is: one byte too far dies at once.  Every want_*() names the case, what was wanted and
 * what came, and ends the test.
 */
#ifndef SEKISHO_BASE_TEST_WALL_H
#define SEKISHO_BASE_TEST_WALL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

#include <sys/mman.h>
#include <unistd.h>

enum { WALL_ROOM = 1 << 20 };

/* A struct str in a static table; STR() is not a constant. */
#define BYTES(literal)                                                                             \
	{                                                                                          \
		(literal), sizeof(literal) - 1                                                     \
	}

/* WALL_ROOM bytes, whole pages, between two pages that nobody may touch. */
static inline char *
wall_room(void)
{
	static char *room;
	size_t page = (size_t)sysconf(_SC_PAGESIZE);

	if (!room) {
		char *p = mmap(NULL, WALL_ROOM + 2 * page, PROT_READ | PROT_WRITE,
			       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		assert_true(p != MAP_FAILED);
		assert_int_equal(mprotect(p, page, PROT_NONE), 0);
		assert_int_equal(mprotect(p + page + WALL_ROOM, page, PROT_NONE), 0);
		room = p + page;
	}
	return room;
}

/* A copy whose next byte is unmapped; gone at the next call of either. */
static inline struct str
walled(struct str s)
{
	char *p = wall_room() + WALL_ROOM - s.n;

	assert_true(s.n <= WALL_ROOM);
	if (s.n)
		memmove(p, s.p, s.n);
	return (struct str){ .p = p, .n = s.n };
}

/* A copy whose previous byte is unmapped. */
static inline struct str
walled_before(struct str s)
{
	char *p = wall_room();

	assert_true(s.n <= WALL_ROOM);
	if (s.n)
		memmove(p, s.p, s.n);
	return (struct str){ .p = p, .n = s.n };
}

/* xorshift: the same throws in every run. */
struct dice {
	uint64_t x; /* not 0 */
};

static inline uint64_t
throw64(struct dice *d)
{
	d->x ^= d->x << 13;
	d->x ^= d->x >> 7;
	d->x ^= d->x << 17;
	return d->x * 0x2545f4914f6cdd1dULL;
}

/* 0 .. sides - 1 */
static inline uint32_t
throw_of(struct dice *d, uint32_t sides)
{
	return (uint32_t)((throw64(d) >> 32) * sides >> 32);
}

static inline void
throw_bytes(struct dice *d, char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		p[i] = (char)(throw64(d) >> 40);
}

/* Printable, so that a failure can be read: other bytes as \xNN, at most 4,000 of it. */
static inline const char *
shown(struct str s, char *buf, size_t room)
{
	size_t at = 0;

	for (size_t i = 0; i < s.n && at + 5 < room; i++) {
		if (s.p[i] >= ' ' && s.p[i] < 0x7f)
			buf[at++] = s.p[i];
		else
			at += (size_t)snprintf(buf + at, 5, "\\x%02x",
					       (unsigned)(unsigned char)s.p[i]);
	}
	buf[at] = '\0';
	return buf;
}

static inline void
want_str(const char *name, const char *what, struct str want, struct str got)
{
	char a[4000], b[4000];

	if (!str_eq(want, got))
		fail_msg("%s: wanted %s [%s], got [%s]", name, what, shown(want, a, sizeof(a)),
			 shown(got, b, sizeof(b)));
}

static inline void
want_i64(const char *name, const char *what, int64_t want, int64_t got)
{
	if (want != got)
		fail_msg("%s: wanted %s %lld, got %lld", name, what, (long long)want,
			 (long long)got);
}

static inline void
want_bool(const char *name, const char *what, bool want, bool got)
{
	if (want != got)
		fail_msg("%s: wanted %s %s, got %s", name, what, want ? "yes" : "no",
			 got ? "yes" : "no");
}

/* The next of `a=1 b='two words'`, behind its `=`: up to a blank, or to a ' before one when it begins with one. */
static inline struct str
want_taken(struct str *rest)
{
	struct str all = *rest, value = str_head(all, str_find(all, ' '));
	size_t n = 0;

	*rest = str_skip(all, min_size(value.n + 1, all.n));
	if (!str_starts(all, STR("'")))
		return value;
	all = str_skip(all, 1);
	while (n < all.n && (all.p[n] != '\'' || (n + 1 < all.n && all.p[n + 1] != ' ')))
		n++;
	*rest = str_skip(all, min_size(n + 2, all.n));
	return str_head(all, n);
}

#endif
