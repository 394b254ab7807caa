/*
 * world_line.h - one request to one line.  The room for a line is the caller's: LINE_ROOM is enough.
 */
#ifndef WORLD_LINE_H
#define WORLD_LINE_H

#include "tools/world_gen.h"

#include <string.h>

#define LINE_ROOM 1024u

struct phrase {
	const char *p;
	size_t n;
};
#define PHRASE(s)                                                                                  \
	{                                                                                          \
		s, sizeof(s) - 1                                                                   \
	}
#define PUT(p, literal) put((p), "" literal, sizeof(literal) - 1)

/* " [01/Nov/2022:00:00:00 +0900] \"", made once a second */
struct stamp {
	char text[40];
	size_t n;
	int64_t at;
};

static inline char *
put(char *p, const char *s, size_t n)
{
	memcpy(p, s, n);
	return p + n;
}

void stamp_set(struct stamp *st, int64_t at, bool utc);
char *line_put(char *p, const struct world *w, const struct req *q, const struct stamp *st,
	       uint64_t deco, bool upper); /* without the line end */

#endif
