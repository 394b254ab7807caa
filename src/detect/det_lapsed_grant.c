/*
 * det_lapsed_grant.c - TMP-01: what was opened for a time is used after that time, and nothing else allows it.
 *
 *     QUIET --line behind a grant's end--> EPISODE (subject, system) --pause > gap--> told; one line is enough
 *
 * Subjects are the account, the terminal and the network of the line, each by its own grants: up to three keys.  Any
 * grant in force for the line is enough, whichever of the three has it; and a subject whose organisation the system
 * permits needs none.
 */
#include "detect/saying.h"
#include "model/policy.h"

static const char *const subject_names[SUBJECT_KINDS] = {
	[SUBJECT_ACCOUNT] = "account",
	[SUBJECT_TERMINAL] = "terminal",
	[SUBJECT_NETWORK] = "network",
};

static bool
lapsed(const struct seen *who, enum subject subject)
{
	return who->standing.lapsed[subject] && !(who->standing.org_permitted >> subject & 1);
}

static enum judged
lapsed_grant_screen(const struct seen *who, const int64_t *param UNUSED)
{
	if (who->granted)
		return JUDGED_SILENT;
	for (int subject = 0; subject < SUBJECT_KINDS; subject++) {
		if (lapsed(who, (enum subject)subject))
			return JUDGED_HIT;
	}
	return JUDGED_SILENT;
}

static enum judged
lapsed_grant_hit(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST],
		 int *count)
{
	const struct tuple *t = &ev->who->tuple;
	const uint32_t number[SUBJECT_KINDS] = {
		[SUBJECT_ACCOUNT] = t->text[DICT_ACCOUNT],
		[SUBJECT_TERMINAL] = t->text[DICT_TERMINAL],
		[SUBJECT_NETWORK] = ev->who->net,
	};

	*count = 0;
	for (int s = 0; s < SUBJECT_KINDS; s++) {
		enum subject subject = (enum subject)s;

		if (lapsed(ev->who, subject))
			key[(*count)++] = (struct key){ { key_subject(subject, number[subject]),
							  t->system } };
	}
	return JUDGED_HIT;
}

static void
say_grant(const struct seen *who, enum subject subject, struct str system, struct because *b)
{
	const struct lookup *l = b->lookup;
	uint32_t row = who->standing.lapsed[subject];
	struct str name = l->ledger_cell(l->context, "grants", row, "grant", b->arena);
	struct str to = l->ledger_cell(l->context, "grants", row, "to", b->arena);
	struct str reason = l->ledger_cell(l->context, "grants", row, "reason", b->arena);

	say(b,
	    arena_printf(b->arena, "grant " STR_FMT " of the %s for " STR_FMT, STR_ARG(name),
			 subject_names[subject], STR_ARG(system)),
	    arena_printf(b->arena, "ended " STR_FMT "%s" STR_FMT, STR_ARG(to),
			 reason.n ? ", was for: " : "", STR_ARG(reason)),
	    say_line(b, "grants", row));
}

static void
lapsed_grant_because(const struct event *first, const struct key *key, struct because *b)
{
	const struct seen *who = first->who;
	const uint16_t org[SUBJECT_KINDS] = { [SUBJECT_ACCOUNT] = who->account_org,
					      [SUBJECT_TERMINAL] = who->terminal_org,
					      [SUBJECT_NETWORK] = who->net_org };
	enum subject subject = (enum subject)(key->part[0] >> SUBJECT_SHIFT);
	struct str system = b->policy->system[key->part[1]].id;

	say_grant(who, subject, system, b);
	say(b, STR("grants of account, terminal, network"), STR("none in force"), STR(""));
	say(b, arena_printf(b->arena, "permitted_orgs of " STR_FMT, STR_ARG(system)),
	    who->standing.permits_listed
		    ? arena_printf(b->arena, "does not have " STR_FMT " in force",
				   STR_ARG(say_org(b, org[subject])))
		    : STR("not stated"),
	    STR(""));
}

const struct detector det_lapsed_grant = {
	.name = "lapsed_grant",
	.rule = "TMP-01",
	.summary = "an account, terminal or network used after its grant ended",
	.kind = FINDING_VIOLATION,
	.key = { { "subject", KEY_SUBJECT }, { "sys", KEY_SYSTEM } },
	.param = { PARAM_GAP("default") },
	.needs = GIVES_GRANTS,
	.origin_foreign = true,
	.across = true,
	.screen = lapsed_grant_screen,
	.hit = lapsed_grant_hit,
	.because = lapsed_grant_because,
};
