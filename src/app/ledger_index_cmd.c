/*
 * ledger_index_cmd.c - see ledger_index_cmd.h.
 */
#include "app/ledger_index_cmd.h"

#include "app/judging.h"
#include "context/consumer_build.h"
#include "context/consumer_index.h"
#include "policy/policy_load.h"

#include <unistd.h>

static const struct policy_ledger *
consumers_of(const struct policy *p, struct errors *err)
{
	for (size_t i = 0; i < p->ledger_count; i++) {
		if (str_is(p->ledger[i].name, "consumers"))
			return &p->ledger[i];
	}
	error_add(err, "the policy names no ledger 'consumers'");
	return NULL;
}

static int
tell_built(struct str path, const struct consumer_built *built, struct errors *err)
{
	struct out o;

	out_stream(&o, STDOUT_FILENO, STR("standard output"));
	out_tty(&o, path);
	out_printf(&o, ": %llu rows of %llu consumers, %llu bytes\n",
		   (unsigned long long)built->rows, (unsigned long long)built->ids,
		   (unsigned long long)built->bytes);
	return out_close(&o, err);
}

static enum status
build(const struct options *o, const struct policy_ledger *l, struct arena *a, struct errors *err)
{
	const char *dir = getenv("TMPDIR");
	struct consumer_build b = {
		.csv = arena_str(a, l->path),
		.named_at = l->at,
		.memory = o->memory / 2,
		.window = BUILD_WINDOW,
		.folder = dir ? dir : "/tmp",
	};
	struct consumer_built built;

	b.index = o->index.n ? arena_str(a, o->index) : consumer_index_path(a, b.csv);
	if (consumer_build(&b, &built, err) != 0)
		return STATUS_USAGE;
	return tell_built(b.index, &built, err) != 0 ? STATUS_INTERNAL : STATUS_OK;
}

enum status
ledger_index_build(struct options *o, struct errors *err)
{
	const struct str *names = o->operand.at;
	size_t n = o->operand.n;
	enum status status = STATUS_USAGE;
	const struct policy_ledger *l;
	struct arena arena = { 0 };
	struct policy policy = { 0 };

	if (n > 1 || (n == 1 && !str_is(names[0], "consumers"))) {
		error_add(err,
			  "`ledger index` of '" STR_FMT "'; only 'consumers' can have an index",
			  STR_ARG(names[n - 1]));
		return STATUS_USAGE;
	}
	o->operand.n = 0; /* they are no logs */
	if (policy_choose(&policy, o, &arena, err) == 0) {
		l = consumers_of(&policy, err);
		if (l)
			status = build(o, l, &arena, err);
	}
	policy_free(&policy);
	arena_free(&arena);
	return status;
}
