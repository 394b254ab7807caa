/*
 * format.h - the socket of log formats: one line in, its raw fields out.
 *
 * A format is a pure function of the line: no allocation, no I/O, no globals; it reads exactly line.p[0..n).  What it
 * lends lies inside the line and dies with it.  `clock` is the caller's memory of the last minute seen, only a cache.
 */
#ifndef SEKISHO_MODEL_FORMAT_H
#define SEKISHO_MODEL_FORMAT_H

#include "base/str.h"

enum parsed { PARSED_EVENT, PARSED_NOTHING, PARSED_REFUSED };

/* The fields as they stand, escapes not undone. */
struct record {
	int64_t ts; /* ms UTC */
	struct str
		who; /* the bytes that hold address and account, for the caller's memo: one stretch of the line */
	struct str address, account, method, target, agent; /* empty: absent */
	int status;
};

struct refusal {
	const char *expected; /* "a time like [04/Jul/2022:09:12:31 +0900]" */
	uint32_t byte;        /* of the line, from 0 */
};

struct clock_cache {
	char minute[32]; /* the text of the minute and the zone, for one memcmp */
	int64_t ts;      /* of its second 00 */
};

struct format {
	const char *name, *summary;
	enum parsed (*parse)(struct str line, struct clock_cache *clock, struct record *out,
			     struct refusal *why);
};

#endif
