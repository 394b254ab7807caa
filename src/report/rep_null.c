/*
 * rep_null.c - everything but the writing: for timing.
 */
#include "model/report.h"

static void
null_write(const struct report_record *rec, const struct report_options *how, struct out *o)
{
	(void)rec;
	(void)how;
	(void)o;
}

const struct report rep_null = {
	.name = "null",
	.summary = "nothing: for timing",
	.nothing = true,
	.write = null_write,
};
