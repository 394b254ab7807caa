/*
 * verb_ledger.c - what is done with ledgers alone, without logs; each by a word of its own.
 */
#include "app/ledger_index_cmd.h"
#include "app/ledger_show.h"

static const struct {
	const char *name;
	enum status (*run)(struct options *o, struct errors *err); /* operands behind the name */
} subcommands[] = {
	{ "index", ledger_index_build },
	{ "show", ledger_show },
};

static void
take_first_operand(struct options *o)
{
	o->operand.n--;
	memmove(o->operand.at, o->operand.at + 1, o->operand.n * sizeof(*o->operand.at));
}

static enum status
unknown_subcommand(const struct options *o, struct errors *err)
{
	struct out names;

	out_memory(&names);
	for (size_t i = 0; i < COUNT(subcommands); i++)
		out_printf(&names, "%s%s", i ? ", " : "", subcommands[i].name);
	if (o->operand.n == 0)
		error_add(err, "ledger what? one of " STR_FMT, STR_ARG(out_taken(&names)));
	else
		error_add(err, "ledger '" STR_FMT "'; it must be one of " STR_FMT,
			  STR_ARG(o->operand.at[0]), STR_ARG(out_taken(&names)));
	out_discard(&names);
	return STATUS_USAGE;
}

static enum status
ledger_run(struct options *o, struct errors *err)
{
	for (size_t i = 0; o->operand.n && i < COUNT(subcommands); i++) {
		if (!str_is(o->operand.at[0], subcommands[i].name))
			continue;
		take_first_operand(o);
		return subcommands[i].run(o, err);
	}
	return unknown_subcommand(o, err);
}

const struct verb verb_ledger = {
	.name = "ledger",
	.usage = "index|show [options] [KIND NAME]",
	.summary = "what ledgers know of a thing at an instant; an index of one too large to load",
	.bit = IN_LEDGER,
	.run = ledger_run,
};
