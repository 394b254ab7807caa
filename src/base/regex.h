/*
 * regex.h - patterns of a rule file, searched for in what strangers wrote, within limits.
 *
 * Bytes, not characters.  Interpreted and never compiled to machine code: a limit must strike at the same place on
 * every machine, since what it leaves undecided is counted in reports.
 */
#ifndef SEKISHO_BASE_REGEX_H
#define SEKISHO_BASE_REGEX_H

#include "base/mem.h"

enum { REGEX_PATTERN_MOST = 4096, REGEX_MESSAGE = 256 };
enum { REGEX_CASELESS = 1, REGEX_MULTILINE = 2, REGEX_DOTALL = 4 };

enum regex_answer { REGEX_NO, REGEX_YES, REGEX_LIMIT };

struct regex;      /* const once made: any thread may search with it */
struct regex_room; /* what a search needs; one a thread */

/* In the arena.  NULL: `wrong` says why, *at is the byte of the pattern. */
struct regex *regex_new(struct str pattern, unsigned flags, struct arena *a,
			char wrong[REGEX_MESSAGE], size_t *at);

struct regex_room *regex_room_new(void);
void regex_room_free(struct regex_room *room);

/* LIMIT: nobody can say; to take it for NO would let a line hide itself (THREATS 22). */
enum regex_answer regex_search(const struct regex *re, struct regex_room *room, struct str subject);

#endif
