/*
 * quote.h - where a quoted value ends, in logs of servers that write a quote inside one as \" or \x22.
 */
#ifndef SEKISHO_FORMAT_QUOTE_H
#define SEKISHO_FORMAT_QUOTE_H

#include "base/str.h"

/* The closing quote of a field whose text starts at p, or NULL. */
static inline const char *
closing_quote(const char *p, const char *end)
{
	for (;;) {
		const char *q = find_either(p, end, '"', '\\');

		if (UNLIKELY(end - q < 2))
			return q < end && *q == '"' ? q : NULL;
		if (LIKELY(*q == '"'))
			return q;
		p = q + 2; /* what stands behind a backslash is text */
	}
}

#endif
