/*
 * lines.h - one line of a log as the policy understands it; shared by `parse`, which prints it, and ingest, which
 * keeps it.
 */
#ifndef SEKISHO_APP_LINES_H
#define SEKISHO_APP_LINES_H

#include "format/canon.h"
#include "model/logfile.h"

/* The bytes of the next line of *rest, without newline and the CR before it; *rest moves on. */
static inline struct str
lines_next(struct str *rest, size_t *taken)
{
	const char *nl = memchr(rest->p, '\n', rest->n);
	struct str line = { .p = rest->p, .n = nl ? (size_t)(nl - rest->p) : rest->n };

	*taken = line.n + (nl != NULL);
	rest->p += *taken;
	rest->n -= *taken;
	if (line.n && line.p[line.n - 1] == '\r')
		line.n--;
	return line;
}

/* How a line is read: the parser, the policy's extraction, and their memories. */
struct line_reader {
	const struct format *format;
	unsigned system;
	struct canon_matcher *matcher;
	struct clock_cache clock;
	int64_t since, until;
};

/* The bucket a line falls in; BUCKET_ACCEPTED fills record and canon, BUCKET_REFUSED `why`. */
enum bucket line_read(struct line_reader *lr, struct str line, struct record *record,
		      struct canon *canon, struct refusal *why);

#endif
