/*
 * verb_scan.c - logs to findings: the verb of cron and CI.
 */
#include "app/night.h"

static enum status
scan_run(struct options *o, struct errors *err)
{
	struct judging j;
	enum status status = judging_open(&j, o, err) == 0 ? STATUS_OK : STATUS_USAGE;

	o->folds = o->state.n > 0;
	if (status == STATUS_OK && o->folds)
		status = night_open(&j, true, err);
	if (status == STATUS_OK)
		status = judging_read_logs(&j, err);
	if (status == STATUS_OK)
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
