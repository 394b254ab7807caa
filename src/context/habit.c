/*
 * habit.c - the same cell, whoever's hands it went through.
 */
#include "context/habit.h"

/* Blanks of full width, and those that web pages leave. */
static const struct str wide_blanks[] = { { "\xE3\x80\x80", 3 }, { "\xC2\xA0", 2 } };

static struct str
trim_wide(struct str s)
{
	size_t n;

	do {
		s = str_trim(s);
		n = s.n;
		for (size_t i = 0; i < COUNT(wide_blanks); i++) {
			if (str_starts(s, wide_blanks[i]))
				s = str_skip(s, wide_blanks[i].n);
			if (str_ends(s, wide_blanks[i]))
				s.n -= wide_blanks[i].n;
		}
	} while (s.n < n);
	return s;
}

struct str
habit_undress(struct str cell)
{
	struct str s = trim_wide(cell);

	/* How a cell is kept from becoming a number: ="0123" in the file, '0123 on the screen. */
	if (s.n >= 3 && s.p[0] == '=' && s.p[1] == '"' && s.p[s.n - 1] == '"')
		return trim_wide((struct str){ .p = s.p + 2, .n = s.n - 3 });
	if (s.n >= 2 && s.p[0] == '\'' && s.p[1] >= '0' && s.p[1] <= '9')
		return str_skip(s, 1);
	return s;
}

static bool
ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if ((uint8_t)s.p[i] >= 0x80)
			return false;
	}
	return true;
}

/* U+FF01 to U+FF5E are ASCII of full width, U+3000 is their blank; 0 when it is none. */
static char
narrow(const char *p, size_t n)
{
	unsigned b, c;

	if (n < 3)
		return 0;
	b = (uint8_t)p[1];
	c = (uint8_t)p[2];
	if ((uint8_t)p[0] == 0xE3 && b == 0x80 && c == 0x80)
		return ' ';
	if ((uint8_t)p[0] != 0xEF || (b != 0xBC && b != 0xBD))
		return 0;
	c = 0x20 + (b - 0xBC) * 64 + (c - 0x80);
	return c > 0x20 && c < 0x7F ? (char)c : 0;
}

struct str
habit_narrow(struct str s, char room[HABIT_ROOM])
{
	size_t n = 0;

	if (s.n > HABIT_ROOM || ascii(s))
		return s;
	for (size_t at = 0; at < s.n; n++) {
		char c = narrow(s.p + at, s.n - at);

		room[n] = c ? c : s.p[at];
		at += c ? 3 : 1;
	}
	return (struct str){ .p = room, .n = n };
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

static bool
same_word(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++) {
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	}
	return true;
}

bool
habit_one_of(struct str s, const char *list)
{
	struct str rest = str_of(list);

	while (rest.n) {
		if (same_word(s, str_split(&rest, '|')))
			return true;
	}
	return false;
}

struct str
habit_first_of(const char *list)
{
	struct str s = str_of(list);

	return str_head(s, str_find(s, '|'));
}

/* One character off the front, whole. */
static struct str
take(struct str *s)
{
	size_t n = 1;
	struct str c;

	while (n < s->n && ((uint8_t)s->p[n] & 0xC0) == 0x80)
		n++;
	c = str_head(*s, n);
	*s = str_skip(*s, n);
	return c;
}

static bool
one_slip(struct str a, struct str b)
{
	size_t count = 0, wrong = 0;
	struct str was[2] = { { 0 } }; /* the characters that differed first */
	bool swapped = false;

	for (; a.n && b.n; count++) {
		struct str x = take(&a), y = take(&b);

		if (str_eq(x, y))
			continue;
		swapped = wrong++ == 1 && str_eq(x, was[1]) && str_eq(y, was[0]);
		was[0] = x;
		was[1] = y;
	}
	return a.n == 0 && b.n == 0 && count >= 4 && (wrong == 1 || (wrong == 2 && swapped));
}

bool
habit_slip(struct str s, const char *list)
{
	struct str rest = str_of(list);

	while (rest.n) {
		if (one_slip(s, str_split(&rest, '|')))
			return true;
	}
	return false;
}
