/*
 * det_leaver.c - ACC-02: an account used while its owner holds no post in the organisation it was issued to.
 *
 *     QUIET --line without a post of the owner--> EPISODE (account) --pause > gap--> told; one line is enough
 *
 * Of several posts at once one is enough.  Rows that have all ended say that he retired; no row at all says nothing.
 */
#include "detect/saying.h"

static enum judged
leaver_screen(const struct seen *who, const int64_t *param UNUSED)
{
	if (who->account_row == 0)
		return JUDGED_UNKNOWN_ACCOUNT;
	switch ((enum staff)who->standing.staff) {
	case STAFF_UNKNOWN:
		return JUDGED_UNKNOWN_OWNER;
	case STAFF_ENTITLED:
		return JUDGED_SILENT;
	case STAFF_ELSEWHERE:
	case STAFF_RETIRED:
		break;
	}
	return JUDGED_HIT;
}

static enum judged
leaver_hit(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST],
	   int *count)
{
	*count = 1;
	key[0] = (struct key){ { ev->who->tuple.text[DICT_ACCOUNT] } };
	return JUDGED_HIT;
}

static struct str
since_when(const struct standing *st, int64_t ts, struct because *b)
{
	if (st->staff_left == INT64_MIN)
		return STR("none, then or before");
	return arena_printf(b->arena, "none since " STR_FMT ", %lld hours before the first line",
			    STR_ARG(say_instant(b, st->staff_left)),
			    (long long)((ts - st->staff_left) / 3600000));
}

static void
leaver_because(const struct event *first, const struct key *key UNUSED, struct because *b)
{
	const struct lookup *l = b->lookup;
	const struct seen *who = first->who;
	struct str owner = l->account_column(l->context, who->account_row, "owner");

	say(b,
	    arena_printf(b->arena, "post of " STR_FMT " in " STR_FMT, STR_ARG(owner),
			 STR_ARG(say_org(b, who->account_org))),
	    since_when(&who->standing, first->fact->ts, b),
	    arena_printf(b->arena, "accounts line %u%s" STR_FMT, who->account_row,
			 who->standing.staff_row ? ", " : "",
			 STR_ARG(say_line(b, "people", who->standing.staff_row))));
	say(b, STR("posts elsewhere"),
	    who->standing.staff == STAFF_ELSEWHERE ? STR("yes") : STR("none"), STR(""));
}

const struct detector det_leaver = {
	.name = "leaver",
	.rule = "ACC-02",
	.summary = "an account used after its owner has left its organisation",
	.kind = FINDING_VIOLATION,
	.key = { { "acct", KEY_ACCOUNT } },
	.param = { PARAM_GAP("default") },
	.needs = GIVES_PEOPLE,
	.origin_foreign = true,
	.screen = leaver_screen,
	.hit = leaver_hit,
	.because = leaver_because,
};
