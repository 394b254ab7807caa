/*
 * verb_merge.c - parts to findings, or to one part: what several machines or nights have read, united.
 */
#include "app/night.h"

static enum status
merge_run(struct options *o, struct errors *err)
{
	struct judging j;
	enum status status = judging_open(&j, o, err) == 0 ? STATUS_OK : STATUS_USAGE;

	if (status == STATUS_OK && o->state.n)
		status = night_open(&j, false, err);
	if (status == STATUS_OK && (o->operand.n || !o->state.n))
		status = judging_load_parts(&j, err);
	if (status == STATUS_OK)
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
