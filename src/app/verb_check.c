/*
 * verb_check.c - everything that is wrong with a policy and what it names, in one run; nothing is read but them.
 */
#include "app/check_samples.h"
#include "app/judging.h"
#include "app/policy_place.h"
#include "app/tables.h"
#include "policy/dispositions_load.h"
#include "policy/policy_load.h"
#include "policy/rules_load.h"

#include <unistd.h>

struct check {
	struct policy policy;
	struct rules rules;
	struct dispositions dispositions;
	struct context *context;
	struct source *sources;
	struct arena arena;
	size_t ledgers, rows, samples;
};

/* What may be meant, but is more often a slip of the pen. */
static void
warn(const struct check *c, struct errors *err)
{
	const struct errors *missing = context_notes(c->context);
	struct errors found = { 0 };

	context_check(c->context, &found);
	for (size_t i = 0; i < missing->list.n; i++)
		error_add(err, "warning: " STR_FMT, STR_ARG(missing->list.at[i]));
	for (size_t i = 0; i < found.list.n; i++)
		error_add(err, "warning: " STR_FMT, STR_ARG(found.list.at[i]));
	errors_free(&found);
}

static void
count_ledgers(struct check *c)
{
	const struct ledger_info *info = context_ledgers(c->context, &c->ledgers);

	for (size_t i = 0; i < c->ledgers; i++)
		c->rows += info[i].rows;
}

static enum status
tell_summary(const struct check *c, struct errors *err)
{
	const struct policy *p = &c->policy;
	struct out o;

	out_stream(&o, STDOUT_FILENO, STR("standard output"));
	out_tty(&o, p->path);
	out_printf(&o,
		   ": no mistakes in policy files %zu, systems %zu, resources %zu, ledgers %zu, "
		   "rows %zu, rules %zu, samples %zu",
		   1 + p->include_count, p->system_count, p->resource_count, c->ledgers, c->rows,
		   c->rules.count, c->samples);
	if (c->dispositions.path.n)
		out_printf(&o, ", dispositions %zu", c->dispositions.count);
	out_char(&o, '\n');
	return out_close(&o, err) == 0 ? STATUS_OK : STATUS_INTERNAL;
}

/* One wrong thing hides no other, so nothing here returns early. */
static int
check_all(struct check *c, const struct options *o, struct errors *err)
{
	int rc = policy_choose(&c->policy, o, &c->arena, err);

	rc |= rules_load(&c->rules, &c->policy, detectors, detector_count, err);
	rc |= dispositions_load(&c->dispositions, &c->policy, &c->rules, err);
	rc |= context_load(&c->context, &c->policy, false, err);
	rc |= sources_read(&c->policy, &c->arena, &c->sources, err);
	rc |= check_samples(&c->policy, c->sources, &c->samples, err);
	return rc;
}

static enum status
check_run(struct options *o, struct errors *err)
{
	struct check c = { 0 };
	enum status status = STATUS_USAGE;

	if (o->operand.n) {
		error_add(err,
			  "check reads what the policy names, so '" STR_FMT
			  "' is too much; -c names the policy",
			  STR_ARG(o->operand.at[0]));
	} else if (policy_path(o, &c.arena).n == 0) {
		error_add(err, "no policy; name one with -c FILE, or let `sekisho init` write one");
	} else if (check_all(&c, o, err) == 0) {
		warn(&c, err);
		count_ledgers(&c);
		status = tell_summary(&c, err);
	}
	context_free(c.context);
	dispositions_free(&c.dispositions);
	rules_free(&c.rules);
	policy_free(&c.policy);
	arena_free(&c.arena);
	return status;
}

const struct verb verb_check = {
	.name = "check",
	.usage = "[options]",
	.summary = "policy, ledgers, calendars and samples: every mistake in one run",
	.bit = IN_CHECK,
	.run = check_run,
};
