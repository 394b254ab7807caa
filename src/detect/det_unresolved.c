/*
 * det_unresolved.c - LOG-07: accounts, networks, terminals, consumers and screens that lines name and no ledger knows.
 *
 * As of each line, in ok lines that are no health checks, and where the policy has the ledger: what these lines did is
 * undetermined for the rules that ask it.  One finding a system and kind of name, with the names most lines have.
 */
#include "model/detector.h"
#include "model/policy.h"

enum { NAMES };

static const char *const words[] = {
	[UNRESOLVED_ACCOUNT] = "account",   [UNRESOLVED_NETWORK] = "network",
	[UNRESOLVED_TERMINAL] = "terminal", [UNRESOLVED_CONSUMER] = "consumer",
	[UNRESOLVED_CLASS] = "class",       [UNRESOLVED_COUNT] = NULL,
};

static const char *const preds[] = {
	[UNRESOLVED_ACCOUNT] = "no row of accounts in force",
	[UNRESOLVED_NETWORK] = "no row of networks",
	[UNRESOLVED_TERMINAL] = "no row of terminals in force",
	[UNRESOLVED_CONSUMER] = "no row of consumers in force",
	[UNRESOLVED_CLASS] = "neither in the barrier matrix nor in resources",
};

static struct because_line
why(struct roster *r, const struct unresolved *u)
{
	return (struct because_line){
		.pred = str_of(preds[u->what]),
		.observed = arena_printf(r->arena, STR_FMT ", lines %llu", STR_ARG(u->name),
					 (unsigned long long)u->lines),
		.ref = STR(""),
	};
}

/* The names of one system and kind, most lines first. */
static void
tell_names(struct roster *r, const struct unresolved *u, size_t n)
{
	size_t most = (size_t)r->param[NAMES], shown = n < most ? n : most;
	struct because_line *also = arena_alloc(r->arena, shown * sizeof(*also));
	struct told t = { .key = { { u->system, (uint32_t)u->what } },
			  .first = u->first,
			  .last = u->last,
			  .also = also,
			  .also_count = shown };

	for (size_t i = 0; i < n; i++) {
		t.first = u[i].first < t.first ? u[i].first : t.first;
		t.last = u[i].last > t.last ? u[i].last : t.last;
		t.lines += u[i].lines;
		if (i < shown)
			also[i] = why(r, &u[i]);
	}
	*VEC_PUSH(&r->told) = t;
}

static void
unresolved_roster(struct roster *r)
{
	static const enum gives gives[UNRESOLVED_COUNT] = {
		[UNRESOLVED_ACCOUNT] = GIVES_ACCOUNTS,   [UNRESOLVED_NETWORK] = GIVES_NETWORKS,
		[UNRESOLVED_TERMINAL] = GIVES_TERMINALS, [UNRESOLVED_CONSUMER] = GIVES_CONSUMERS,
		[UNRESOLVED_CLASS] = GIVES_BARRIER,
	};
	uint64_t asked = 0, hits = 0;

	for (int what = 0; what < UNRESOLVED_COUNT; what++)
		asked += (r->lookup->gives & gives[what]) != 0;
	asked *= r->policy->system_count;
	for (size_t from = 0, to; from < r->unresolved_count; from = to) {
		const struct unresolved *u = &r->unresolved[from];

		for (to = from; to < r->unresolved_count && r->unresolved[to].what == u->what &&
				r->unresolved[to].system == u->system;
		     to++)
			;
		tell_names(r, u, to - from);
		hits++;
	}
	r->judged[JUDGED_HIT] += hits;
	r->judged[JUDGED_SILENT] += asked - hits;
}

const struct detector det_unresolved = {
	.name = "unresolved",
	.rule = "LOG-07",
	.summary = "names in lines that no ledger knows",
	.kind = FINDING_COVERAGE,
	.key = { { "sys", KEY_SYSTEM }, { "what", KEY_WORD } },
	.words = words,
	.param = { [NAMES] = { "names", "log", "names", PARAM_NUMBER, 1, 1000 } },
	.across = true,
	.roster = unresolved_roster,
	.resolves = true,
	.clears = "rows of these names that are in force when the lines were written",
};
