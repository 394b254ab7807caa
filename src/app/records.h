/*
 * records.h - every record of one file in the order it stands, as the policy understands it: for those who want lines,
 * and not facts.
 */
#ifndef SEKISHO_APP_RECORDS_H
#define SEKISHO_APP_RECORDS_H

#include "app/parse_rows.h"

struct records {
	const struct policy *policy;
	const struct source *source; /* one a system */
	const struct reader_options *reader;
	struct canon_matcher *matcher;
	char *room; /* of ROOM_LEAST bytes */
	int64_t since, until;
	int64_t future; /* lines from this on are counted as such */
	bool rows; /* accepted ones are wanted; without, canon is asked only where it could refuse a line */

	/* `why` of a refused one.  The row's file has counted it: up to its `lines`.  False: no more are wanted. */
	bool (*take)(void *arg, const struct row *row, enum bucket bucket,
		     const struct refusal *why);
	void *arg;
};

/* Counts in `f` what it reads; what keeps it from reading it whole goes to `trouble`. */
void records_read(const struct records *r, struct logfile *f, struct errors *trouble);

#endif
