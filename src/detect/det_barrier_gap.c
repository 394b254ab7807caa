/*
 * det_barrier_gap.c - XTN-04: what was viewed and the barrier matrix has no answer for.
 *
 *     every view that no row matches, or that the default row catches while the relation is unknown,
 *     by (organisation, system, class, relation): one unit, told at the end
 *
 * Where a row allows only masked views and the line does not say whether this one was, the matrix did answer.
 */
#include "detect/saying.h"

static bool
gap_in(const struct verdict *v, enum relation rel)
{
	return v->barred == BARRED_UNKNOWN && (v->prio == 0 || (v->last && rel == REL_UNKNOWN));
}

static enum judged
barrier_gap_screen(const struct seen *who, const int64_t *param UNUSED)
{
	bool any = false;

	if (!who->views)
		return JUDGED_OUTSIDE;
	if (who->account_org == ORG_NONE)
		return JUDGED_UNKNOWN_ACCOUNT;
	for (int r = 0; r < REL_COUNT; r++) {
		for (int d = 0; d < DSTATE_COUNT; d++)
			any |= gap_in(&who->verdict[r][d], (enum relation)r);
	}
	return any ? JUDGED_ASK : JUDGED_SILENT;
}

static enum judged
barrier_gap_hit(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST],
		int *count)
{
	const struct tuple *t = &ev->who->tuple;
	enum relation rel = ev->view->relation;

	*count = 1;
	key[0] = (struct key){ { ev->who->account_org, t->system, t->text[DICT_CLASS],
				 (uint32_t)rel } };
	return gap_in(&ev->view->verdict, rel) ? JUDGED_HIT : JUDGED_SILENT;
}

static void
barrier_gap_because(const struct event *first, const struct key *key UNUSED, struct because *b)
{
	const struct verdict *v = &first->view->verdict;

	say(b, STR("row of the barrier for this organisation, screen and relation"),
	    v->prio ? STR("the default row alone, and nobody knows the relation") : STR("no row"),
	    v->prio ? arena_printf(b->arena, "barrier line %u, accounts line %u", v->prio,
				   first->who->account_row)
		    : arena_printf(b->arena, "accounts line %u", first->who->account_row));
	say(b, STR("consumer of the first line in consumers"),
	    first->view->consumer_row ? STR("yes")
	    : first->fact->object     ? STR("no row in force")
				      : STR("the line names none"),
	    say_line(b, "consumers", first->view->consumer_row));
}

const struct detector det_barrier_gap = {
	.name = "barrier_gap",
	.rule = "XTN-04",
	.summary = "views for which the barrier matrix has no answer",
	.kind = FINDING_CONTROL_GAP,
	.key = { { "org", KEY_ORG },
		 { "sys", KEY_SYSTEM },
		 { "cls", KEY_CLASS },
		 { "rel", KEY_RELATION } },
	.needs = GIVES_BARRIER,
	.ends = ENDS_NEVER,
	.across = true,
	.screen = barrier_gap_screen,
	.hit = barrier_gap_hit,
	.because = barrier_gap_because,
};
