/*
 * det_disaster_person.c - DIS-05: in a disaster, a retailer's person in the grid company's system with the everyday ID.
 *
 *     QUIET --ok line while the organisation is in a window--> EPISODE (account, in) --pause > gap--> told
 *
 * Neither the account nor the terminal is one for disasters; whom the system permits at all times is left alone.
 */
#include "detect/disaster_use.h"
#include "detect/saying.h"

static enum judged
disaster_person_screen(const struct seen *who, const int64_t *param UNUSED)
{
	const struct standing *st = &who->standing;

	if (!who->system_of_grid)
		return JUDGED_OUTSIDE;
	if (who->account_kind == KIND_UNKNOWN && st->disaster_subject == SUBJECT_KINDS)
		return JUDGED_UNKNOWN_ACCOUNT;
	if (!who->person || st->disaster_subject != SUBJECT_KINDS ||
	    who->account_class != ORG_RETAILER || st->org_permitted >> SUBJECT_ACCOUNT & 1)
		return JUDGED_SILENT;
	return who->windowed ? JUDGED_ASK : JUDGED_SILENT;
}

/* "Reached, wherever" is "in", and does not ask every window. */
static enum judged
disaster_person_hit(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST],
		    int *count)
{
	const struct lookup *l = ev->lookup;

	*count = 1;
	key[0] = (struct key){ { ev->who->tuple.text[DICT_ACCOUNT], DSTATE_IN } };
	return l->disaster_reaches(l->context, ev->who->account_org, 0, ev->fact->ts)
		       ? JUDGED_HIT
		       : JUDGED_SILENT;
}

static void
disaster_person_because(const struct event *first, const struct key *key UNUSED, struct because *b)
{
	const struct lookup *l = b->lookup;
	const struct seen *who = first->who;
	struct disaster_said said = l->disaster(l->context, who->account_org, 0, first->fact->ts);
	struct str org = l->org_name(l->context, who->account_org);

	say(b, STR("account.kind, account.org"),
	    arena_printf(b->arena, "person of the retailer " STR_FMT, STR_ARG(org)),
	    say_line(b, "accounts", who->account_row));
	say(b, arena_printf(b->arena, "coordinated window of " STR_FMT " in force", STR_ARG(org)),
	    l->window_name(l->context, said.row), say_line(b, "disasters", said.row));
	say(b, arena_printf(b->arena, "permitted_orgs names " STR_FMT, STR_ARG(org)),
	    STR("no entry in force"), STR(""));
}

const struct detector det_disaster_person = {
	.name = "disaster_person",
	.rule = "DIS-05",
	.summary =
		"in a disaster, a retailer's everyday account was used in a grid company's system",
	.kind = FINDING_VIOLATION,
	.key = { { "subject", KEY_ACCOUNT }, { "state", KEY_WORD } },
	.words = dstate_names,
	.param = { PARAM_GAP("default") },
	.needs = GIVES_DISASTERS,
	.origin_foreign = true,
	.screen = disaster_person_screen,
	.hit = disaster_person_hit,
	.because = disaster_person_because,
};
