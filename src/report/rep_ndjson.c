/*
 * rep_ndjson.c - the record itself, as it was written or read.
 */
#include "model/report.h"

static void
lines_write(const struct report_record *rec, const struct report_options *how, struct out *o)
{
	(void)how;
	out_bytes(o, rec->text);
}

const struct report rep_ndjson = {
	.name = "ndjson",
	.summary = "one JSON object a line: findings, then the run",
	.as_it_is = true,
	.write = lines_write,
};
