/*
 * habit.h - what spreadsheets and people do to a cell beside writing it: blanks, full width, ="0123", '0123.
 */
#ifndef SEKISHO_CONTEXT_HABIT_H
#define SEKISHO_CONTEXT_HABIT_H

#include "base/str.h"

/* Without blanks at both ends, of any width, and without ="..." or an apostrophe before a digit.  Borrowed. */
struct str habit_undress(struct str cell);

/* habit_undress(), where the cell's ends say that there may be something to do. */
static inline struct str
habit_bare(struct str s)
{
	uint8_t first = s.n ? (uint8_t)s.p[0] : 'x', last = s.n ? (uint8_t)s.p[s.n - 1] : 'x';

	if (first > ' ' && first < 0x80 && first != '=' && first != '\'' && last > ' ' &&
	    last < 0x80)
		return s;
	return s.n ? habit_undress(s) : s;
}

/* ASCII of full width to ASCII, in `room`; s itself when there is none, or it is longer than a word or a date. */
enum { HABIT_ROOM = 128 };
struct str habit_narrow(struct str s, char room[HABIT_ROOM]);

/* Is s one of `list`, which has '|' between its words?  ASCII letters of any case; NULL holds none. */
bool habit_one_of(struct str s, const char *list);
struct str habit_first_of(const char *list);

/* Same number of characters, at least four, and one differs or two neighbours are swapped: a slip in Japanese. */
bool habit_slip(struct str s, const char *list);

#endif
