/*
 * verb_explain.c - the same inputs judged again: then the account of one finding replayed line by line, or one line, or
 * one day of an account, told rule by rule.
 */
#include "app/explain_find.h"
#include "app/night.h"
#include "app/policy_place.h"

#include "base/civil.h"
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

/* What stands first on the command line: a finding, or a place. */
struct asked {
	struct str name, path;
	uint64_t line; /* 0: no place */
};

static enum status
explain_lines(struct judging *j, const struct asked *a, struct errors *err)
{
	const struct options *options = j->options;
	struct found_lines found;
	struct out o;
	int rc = a->line ? explain_find_line(j, a->path, a->line, &found, err)
			 : explain_find_day(j, options->account, jst_day(options->on), &found, err);

	if (rc != 0)
		return STATUS_USAGE;
	out_stream(&o, STDOUT_FILENO, STR("standard output"));
	if (found.n) {
		engine_explain_lines(&j->input, &j->verdicts, found.at, found.n, &o);
	} else {
		out_tty(&o, a->path);
		out_printf(&o, ":%llu, ", (unsigned long long)a->line);
		out_bytes(&o, found.no_event);
		out_text(&o, "; no rule sees it\n");
	}
	return out_close(&o, err) == 0 ? STATUS_OK : STATUS_INTERNAL;
}

static bool
policy_there(const struct options *o)
{
	struct arena a = { 0 };
	bool there = policy_path(o, &a).n != 0;

	arena_free(&a);
	return there;
}

/* Takes it off the operands; the file of a line stays one when others are named, or no policy says which there are. */
static int
take_asked(struct options *o, struct asked *a, struct errors *err)
{
	if (o->account.n || o->on_given) {
		if (o->account.n && o->on_given)
			return 0;
		return error_add(err, o->account.n ? "which day? give --on DATE beside --account"
						   : "whose day? give --account ID beside --on");
	}
	if (o->operand.n == 0)
		return error_add(err, "which finding? give its fp_case (sk1c:...), a line "
				      "(FILE:N) or --account and --on, then the logs or parts");
	a->name = o->operand.at[0];
	if (!explain_place(a->name, &a->path, &a->line) && a->name.n < NAME_LEAST)
		return error_add(err,
				 "'" STR_FMT "' is too short for a finding; at least eight "
				 "characters of its fp_case are needed",
				 STR_ARG(a->name));
	if (a->line && o->files_from.n == 0 &&
	    (o->operand.n > 1 ? !part_is(o->operand.at[1]) : !policy_there(o))) {
		o->operand.at[0] = a->path;
		return 0;
	}
	o->operand.n--;
	memmove(o->operand.at, o->operand.at + 1, o->operand.n * sizeof(*o->operand.at));
	return 0;
}

/* Those of a state are there already; logs may stand beside them. */
static enum status
read_inputs(struct judging *j, const struct options *o, struct errors *err)
{
	if (o->operand.n && part_is(o->operand.at[0]))
		return judging_load_parts(j, err);
	if (o->state.n && o->operand.n == 0)
		return STATUS_OK;
	return judging_read_logs(j, err);
}

static enum status
explain_run(struct options *o, struct errors *err)
{
	struct judging j = { 0 };
	enum status status = STATUS_USAGE;
	struct asked asked = { .line = 0 };

	if (take_asked(o, &asked, err) != 0)
		return STATUS_USAGE;
	if (judging_open(&j, o, err) != 0)
		goto out;
	status = o->state.n ? night_open(&j, false, err) : STATUS_OK;
	if (status == STATUS_OK)
		status = read_inputs(&j, o, err);
	if (status != STATUS_OK)
		goto out;
	if (judging_judge(&j, err) != 0)
		status = STATUS_INTERNAL;
	else if (asked.name.n && !asked.line)
		status = explain_all(&j, asked.name, err);
	else
		status = explain_lines(&j, &asked, err);
	judging_tell_trouble(&j, err);
	if (status == STATUS_OK && j.trouble.list.n)
		status = STATUS_INCOMPLETE;
out:
	judging_close(&j);
	return status;
}

const struct verb verb_explain = {
	.name = "explain",
	.usage = "[options] FP_CASE|FILE:N [FILE|DIR|GLOB|PART]...",
	.summary = "one finding line by line, or one line or day of an account rule by rule, with "
		   "the ledger rows",
	.bit = IN_EXPLAIN,
	.run = explain_run,
};
