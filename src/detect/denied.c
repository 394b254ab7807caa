/*
 * denied.c - the barrier's verdict on one view, as a rule's verdict.
 */
#include "detect/denied.h"
#include "detect/saying.h"

enum judged
denied_screen(const struct seen *who, const int64_t *param UNUSED)
{
	unsigned any = BARRED_NO;

	if (!who->views)
		return JUDGED_OUTSIDE;
	if (who->account_org == ORG_NONE)
		return JUDGED_UNKNOWN_ACCOUNT;
	/* Without a question in between: 125 to 48 instructions a line, both rules, 2026-11. */
	for (int r = 0; r < REL_COUNT; r++) {
		for (int d = 0; d < DSTATE_COUNT; d++)
			any |= who->verdict[r][d].barred;
	}
	return any == BARRED_NO ? JUDGED_SILENT : JUDGED_ASK;
}

enum judged
denied_view(const struct event *ev)
{
	const struct verdict *v = &ev->view->verdict;

	switch ((enum barred)v->barred) {
	case BARRED_NO:
		return JUDGED_SILENT;
	case BARRED_YES:
		return JUDGED_HIT;
	case BARRED_UNKNOWN:
		break;
	}
	if (v->prio == 0)
		return JUDGED_NO_BARRIER;
	return v->last && ev->view->relation == REL_UNKNOWN ? JUDGED_UNKNOWN_CONSUMER
							    : JUDGED_UNKNOWN_MASKING;
}

void
denied_because(const struct event *first, const struct key *key, struct because *b)
{
	const struct lookup *l = b->lookup;
	struct str org = l->org_name(l->context, first->who->account_org);
	const char *masked = first->who->tuple.masked == MASKED_YES  ? "yes"
			     : first->who->tuple.masked == MASKED_NO ? "no"
								     : "not said";

	(void)key;
	say(b, STR("barrier verdict"),
	    arena_printf(b->arena, "denied to " STR_FMT ", relation %s, disaster %s, masked %s",
			 STR_ARG(org), relation_names[first->view->relation],
			 dstate_names[first->view->dstate], masked),
	    arena_printf(b->arena, "barrier line %u, accounts line %u, consumers line %u",
			 first->view->verdict.prio, first->who->account_row,
			 first->view->consumer_row));
}
