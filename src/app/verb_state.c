/*
 * verb_state.c - a state without its logs: shown, purged, or its facts written as one part.
 */
#include "app/night.h"
#include "app/state_show.h"
#include "base/civil.h"
#include "facts/part.h"
#include "policy/policy_load.h"

#include <unistd.h>

static enum status
open_state(struct state **s, const struct options *o, bool write, struct errors *err)
{
	const struct state_options how = { .folder = o->operand.at[0],
					   .write = write,
					   .wait_seconds = o->wait_seconds,
					   .now = o->now };

	return night_opened(state_open(s, &how, err));
}

static enum status
show(struct options *o, struct errors *err)
{
	struct state *s;
	enum status status = open_state(&s, o, false, err);
	struct out out;

	if (status != STATUS_OK)
		return status;
	out_stream(&out, STDOUT_FILENO, STR("standard output"));
	state_show(s,
		   &(struct state_shown){ .folder = o->operand.at[0],
					  .all = o->all,
					  .now = o->now,
					  .before = o->before_given ? o->before : INT32_MIN },
		   &out);
	state_close(s);
	return out_close(&out, err) == 0 ? STATUS_OK : STATUS_INTERNAL;
}

static size_t
count_going(const struct state *s, int32_t before)
{
	size_t n, going = 0;
	const struct state_part *p = state_parts(s, &n);

	for (size_t i = 0; i < n; i++)
		going += state_part_goes(s, &p[i], before);
	return going;
}

/* Nobody's folder is made a state by asking to purge it: it is opened for reading first. */
static enum status
purge(struct options *o, struct errors *err)
{
	struct state *s;
	enum status status;

	if (!o->before_given) {
		error_add(err, "purge what? give --before DATE; `sekisho state show` with it "
			       "tells what would go");
		return STATUS_USAGE;
	}
	status = open_state(&s, o, false, err);
	state_close(s);
	if (status == STATUS_OK)
		status = open_state(&s, o, true, err);
	if (status != STATUS_OK)
		return status;
	if (count_going(s, o->before) && state_purge(s, o->now, o->before, err) != 0)
		status = STATUS_INTERNAL;
	state_close(s);
	return status;
}

struct exporting {
	struct arena arena;
	struct policy policy;
	struct facts *facts;
	struct state *state;
};

static enum status
load_parts(struct exporting *x, struct errors *err)
{
	struct shelving shelved = { 0 };
	enum status status = STATUS_USAGE;
	size_t n;

	if (state_parts(x->state, &n) && n)
		status = night_parts(x->state, x->facts, &x->policy, &shelved, err);
	else
		error_add(err, "the state holds no facts yet, or all were purged");
	free(shelved.at);
	return status;
}

static enum status
write_part(struct exporting *x, struct str path, struct errors *err)
{
	static const struct part_choice all = { .first_file = 0 };
	struct part_made made;
	struct out out;

	if (out_open(&out, path, err) != 0)
		return STATUS_INTERNAL;
	if (!facts_ok(x->facts) ||
	    part_save(x->facts, &all, x->policy.parse_digest, &out, &made) != 0) {
		out_discard(&out);
		error_add(err, "events could not be spilled to disk; free some space or raise "
			       "--memory");
		return STATUS_INTERNAL;
	}
	return out_close(&out, err) == 0 ? STATUS_OK : STATUS_INTERNAL;
}

static enum status
export_part(struct options *o, struct errors *err)
{
	struct exporting x = { 0 };
	const char *spill = getenv("TMPDIR");
	enum status status = STATUS_USAGE;

	if (policy_choose(&x.policy, o, &x.arena, err) == 0) {
		x.facts = facts_new(&(struct facts_options){ .memory = o->memory,
							     .writers_hint = 1,
							     .systems = x.policy.system_count,
							     .spill_dir = spill ? spill : "/tmp" });
		status = open_state(&x.state, o, false, err);
	}
	if (status == STATUS_OK)
		status = load_parts(&x, err);
	if (status == STATUS_OK)
		status = write_part(&x, o->operand.at[1], err);
	state_close(x.state);
	facts_free(x.facts);
	policy_free(&x.policy);
	arena_free(&x.arena);
	return status;
}

static const struct {
	const char *name, *operands;
	size_t operand_count;
	enum status (*run)(struct options *o, struct errors *err); /* operands behind the name */
} subcommands[] = {
	{ "show", "the folder of a state", 1, show },
	{ "purge", "the folder of a state", 1, purge },
	{ "export", "the folder of a state, and the part to write", 2, export_part },
};

static enum status
state_run(struct options *o, struct errors *err)
{
	for (size_t i = 0; o->operand.n && i < COUNT(subcommands); i++) {
		if (!str_is(o->operand.at[0], subcommands[i].name))
			continue;
		o->operand.n--;
		memmove(o->operand.at, o->operand.at + 1, o->operand.n * sizeof(*o->operand.at));
		if (o->operand.n == subcommands[i].operand_count)
			return subcommands[i].run(o, err);
		error_add(err, "state %s takes %s", subcommands[i].name, subcommands[i].operands);
		return STATUS_USAGE;
	}
	if (o->operand.n)
		error_add(err, "state '" STR_FMT "'; it must be show, purge or export",
			  STR_ARG(o->operand.at[0]));
	else
		error_add(err, "state what? one of show, purge, export");
	return STATUS_USAGE;
}

const struct verb verb_state = {
	.name = "state",
	.usage = "show|purge|export [options] DIR [FILE]",
	.summary = "what nights have left in a folder: shown, purged, or written as one part",
	.bit = IN_STATE,
	.run = state_run,
};
