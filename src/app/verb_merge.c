/*
 * verb_merge.c - parts to findings, or to one part: what several machines or nights have read, united.
 */
#include "app/judging.h"

static enum status
merge_run(struct options *o, struct errors *err)
{
	struct judging j;
	enum status status = STATUS_USAGE;

	if (judging_open(&j, o, err) == 0 && judging_load_parts(&j, err) == 0)
		status = judging_finish(&j, err);
	judging_close(&j);
	return status;
}

const struct verb verb_merge = {
	.name = "merge",
	.usage = "[options] PART...",
	.summary = "parts of several machines or nights to findings, or to one part",
	.bit = IN_MERGE,
	.run = merge_run,
};

/* judge is merge that never writes a part: the same facts under another policy or corrected ledgers. */
const struct verb verb_judge = {
	.name = "judge",
	.usage = "[options] PART...",
	.summary = "facts kept in parts, judged again without the logs",
	.bit = IN_JUDGE,
	.run = merge_run,
};
