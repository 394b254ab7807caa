/*
 * det_nonpersonal.c - SHR-01: an account of no one person in a system whose accounts must be personal.
 *
 *     QUIET --line of a shared or group account--> EPISODE (account) --pause > gap--> told; one line is enough
 *
 * Systems that do not say `nonpersonal: forbidden` are not its business: there the ledger of shared IDs has to say
 * whose hand it was (SHR-05).
 */
#include "detect/saying.h"
#include "model/policy.h"

static enum judged
nonpersonal_screen(const struct seen *who, const int64_t *param UNUSED)
{
	if (!who->nonpersonal_forbidden)
		return JUDGED_OUTSIDE;
	if (who->account_kind == KIND_UNKNOWN)
		return JUDGED_UNKNOWN_ACCOUNT;
	return who->account_kind == KIND_SHARED || who->account_kind == KIND_GROUP ? JUDGED_HIT
										   : JUDGED_SILENT;
}

static enum judged
nonpersonal_hit(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST],
		int *count)
{
	*count = 1;
	key[0] = (struct key){ { ev->who->tuple.text[DICT_ACCOUNT] } };
	return JUDGED_HIT;
}

static void
nonpersonal_because(const struct event *first, const struct key *key UNUSED, struct because *b)
{
	const struct seen *who = first->who;

	say(b, STR("account.kind"), str_of(account_kind_names[who->account_kind]),
	    say_line(b, "accounts", who->account_row));
	say(b,
	    arena_printf(b->arena, "nonpersonal of " STR_FMT,
			 STR_ARG(b->policy->system[who->tuple.system].id)),
	    STR("forbidden"), STR(""));
}

const struct detector det_nonpersonal = {
	.name = "nonpersonal",
	.rule = "SHR-01",
	.summary = "an account of no one person where accounts must be personal",
	.kind = FINDING_VIOLATION,
	.key = { { "acct", KEY_ACCOUNT } },
	.param = { PARAM_GAP("default") },
	.screen = nonpersonal_screen,
	.hit = nonpersonal_hit,
	.because = nonpersonal_because,
};
