/*
 * verb_scan.c - logs to findings: the verb of cron and CI.
 */
#include "app/judging.h"

static enum status
scan_run(struct options *o, struct errors *err)
{
	struct judging j;
	enum status status = STATUS_USAGE;

	if (judging_open(&j, o, err) == 0 && judging_read_logs(&j, err) == 0)
		status = judging_finish(&j, err);
	judging_close(&j);
	return status;
}

const struct verb verb_scan = {
	.name = "scan",
	.usage = "[options] [FILE|DIR|GLOB]...",
	.summary = "logs to findings",
	.bit = IN_SCAN,
	.run = scan_run,
};
