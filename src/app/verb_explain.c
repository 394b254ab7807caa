/*
 * verb_explain.c - one finding, told line by line: the same inputs judged again, then its account replayed.
 */
#include "app/judging.h"

#include "facts/part.h"

#include <unistd.h>

enum { NAME_LEAST = 8 };

static bool
meant(const struct finding *f, struct str name)
{
	return str_starts(str_of(f->fp_case), name) || str_starts(str_of(f->fp_occ), name);
}

static enum status
explain_all(struct judging *j, struct str name, struct errors *err)
{
	struct out o;
	size_t found = 0;

	out_stream(&o, STDOUT_FILENO, STR("standard output"));
	for (size_t i = 0; i < j->verdicts.finding.n; i++) {
		if (!meant(j->verdicts.finding.at[i], name))
			continue;
		engine_explain(&j->input, j->verdicts.finding.at[i], &o);
		found++;
	}
	if (out_close(&o, err) != 0)
		return STATUS_INTERNAL;
	if (found)
		return STATUS_OK;
	error_add(err,
		  "no finding '" STR_FMT
		  "' in these inputs; `sekisho scan -o ndjson` prints them as fp_case",
		  STR_ARG(name));
	return STATUS_USAGE;
}

static enum status
explain_run(struct options *o, struct errors *err)
{
	struct judging j = { 0 };
	enum status status = STATUS_USAGE;
	struct str name;

	if (o->operand.n == 0) {
		error_add(err,
			  "which finding? give its fp_case (sk1c:...), then the logs or parts");
		return STATUS_USAGE;
	}
	name = o->operand.at[0];
	if (name.n < NAME_LEAST) {
		error_add(err,
			  "'" STR_FMT "' is too short for a finding; at least eight characters of "
			  "its fp_case are needed",
			  STR_ARG(name));
		return STATUS_USAGE;
	}
	o->operand.n--;
	memmove(o->operand.at, o->operand.at + 1, o->operand.n * sizeof(*o->operand.at));
	if (judging_open(&j, o, err) != 0 ||
	    (o->operand.n && part_is(o->operand.at[0]) ? judging_load_parts(&j, err)
						       : judging_read_logs(&j, err)) != 0)
		goto out;
	status = judging_judge(&j, err) == 0 ? explain_all(&j, name, err) : STATUS_INTERNAL;
	judging_tell_trouble(&j, err);
	if (status == STATUS_OK && j.trouble.list.n)
		status = STATUS_INCOMPLETE;
out:
	judging_close(&j);
	return status;
}

const struct verb verb_explain = {
	.name = "explain",
	.usage = "[options] FP_CASE [FILE|DIR|GLOB|PART]...",
	.summary = "one finding, line by line: what its rule saw, which ledger rows decided",
	.bit = IN_EXPLAIN,
	.run = explain_run,
};
