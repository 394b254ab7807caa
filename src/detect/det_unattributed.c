/*
 * det_unattributed.c - SHR-05: a shared ID used, and its ledger does not say by whom.
 *
 *     QUIET --line without exactly one person--> EPISODE (account, reason) --pause > gap--> told; one line is enough
 *
 * An entry holds from `out` to just before `in`, for 24 hours at most.  None holds: no_entry, or never_closed where an
 * open one is older; several: ambiguous; one without a person: no_person.  Systems that forbid such accounts are
 * SHR-01's business, and an account that the roster does not have is ACC-01's.
 */
#include "detect/saying.h"

static enum judged
unattributed_screen(const struct seen *who, const int64_t *param UNUSED)
{
	bool nobody = who->account_kind == KIND_SHARED || who->account_kind == KIND_GROUP;

	return nobody && !who->nonpersonal_forbidden ? JUDGED_ASK : JUDGED_OUTSIDE;
}

static enum judged
unattributed_hit(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST],
		 int *count)
{
	const struct lookup *l = ev->lookup;
	struct attributed a = l->attribution(l->context, ev->who, ev->fact->ts);

	*count = 0;
	if (a.attribution == ATTRIBUTION_UNKNOWN)
		return JUDGED_UNKNOWN_HAND;
	if (a.attribution == ATTRIBUTION_PERSON)
		return JUDGED_SILENT;
	*count = 1;
	key[0] = (struct key){ { ev->who->tuple.text[DICT_ACCOUNT], (uint32_t)a.attribution } };
	return JUDGED_HIT;
}

static struct str
hands(const struct attributed *a, struct because *b)
{
	switch (a->attribution) {
	case ATTRIBUTION_NO_ENTRY:
		return STR("none");
	case ATTRIBUTION_NEVER_CLOSED:
		return STR("none; one was never closed, and holds for 24 hours");
	case ATTRIBUTION_AMBIGUOUS:
		return arena_printf(b->arena, "%u at once", a->entries);
	case ATTRIBUTION_NO_PERSON:
		return STR("one, without a person");
	case ATTRIBUTION_UNKNOWN:
	case ATTRIBUTION_PERSON:
	case ATTRIBUTION_COUNT:
		break;
	}
	BUG("a hand that is known");
}

static void
unattributed_because(const struct event *first, const struct key *key UNUSED, struct because *b)
{
	const struct lookup *l = b->lookup;
	const struct seen *who = first->who;
	struct attributed a = l->attribution(l->context, who, first->fact->ts);

	say(b, STR("account.kind"), str_of(account_kind_names[who->account_kind]),
	    say_line(b, "accounts", who->account_row));
	say(b, STR("entry of shared_ids in force"), hands(&a, b), say_line(b, "shared_ids", a.row));
}

const struct detector det_unattributed = {
	.name = "unattributed",
	.rule = "SHR-05",
	.summary = "a shared ID used by a hand that its ledger does not name",
	.kind = FINDING_VIOLATION,
	.key = { { "acct", KEY_ACCOUNT }, { "reason", KEY_WORD } },
	.param = { PARAM_GAP("default") },
	.needs = GIVES_SHARED_IDS,
	.words = attribution_names,
	.screen = unattributed_screen,
	.hit = unattributed_hit,
	.because = unattributed_because,
};
