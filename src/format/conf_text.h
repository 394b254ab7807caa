/*
 * conf_text.h - what stands in quotes in a server's configuration, with the quotes undone and every character's place.
 */
#ifndef SEKISHO_FORMAT_CONF_TEXT_H
#define SEKISHO_FORMAT_CONF_TEXT_H

#include "base/mem.h"

struct conf_text {
	struct str text;
	const size_t *at; /* of each byte, and of the end, in what was read; from 1 */
};

/* As it stands. */
struct conf_text conf_text_plain(struct arena *arena, struct str s, size_t from);

/*
 * One piece in quotes or several with blanks between, from s.p[from]; *from moves behind the last one.  A quote or a
 * backslash behind a backslash stands for itself; \t, \n and \r are what they say; others keep their backslash.
 * text.p is NULL if a quote is not closed.
 */
struct conf_text conf_text_quoted(struct arena *arena, struct str s, size_t *from);

/* Past blanks, line ends and backslashes that continue a line. */
size_t conf_text_blanks(struct str s, size_t from);
/* Past a word that ends at a blank, a quote or ';'. */
size_t conf_text_word(struct str s, size_t from);

#endif
