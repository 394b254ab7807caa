/*
 * det_borrowed_terminal.c - TRM-02: a person's account at a terminal that is assigned to somebody else.
 *
 *     QUIET --assignee is not the owner--> EPISODE (account, terminal) --pause > gap--> told; one line is enough
 *
 * Only terminals of kind normal belong to one person.  Who substitutes for the assignee may sit there.  It weighs more
 * when the assignee works elsewhere than where the account is from.
 */
#include "detect/saying.h"

enum { ELSEWHERE_POINTS = 20 };

static enum judged
borrowed_terminal_screen(const struct seen *who, const int64_t *param UNUSED)
{
	if (who->account_kind == KIND_UNKNOWN)
		return JUDGED_UNKNOWN_ACCOUNT;
	if (!who->person)
		return JUDGED_OUTSIDE;
	if (who->terminal_row == 0)
		return JUDGED_UNKNOWN_TERMINAL;
	if (who->terminal_kind != TERMINAL_NORMAL)
		return JUDGED_OUTSIDE;
	switch ((enum assignee)who->standing.assignee) {
	case ASSIGNEE_UNKNOWN:
		return JUDGED_UNKNOWN_OWNER;
	case ASSIGNEE_OWNER:
	case ASSIGNEE_SUBSTITUTED:
		return JUDGED_SILENT;
	case ASSIGNEE_OTHER:
		break;
	}
	return JUDGED_HIT;
}

static enum judged
borrowed_terminal_hit(const struct event *ev, const int64_t *param UNUSED,
		      struct key key[KEYS_MOST], int *count)
{
	const uint32_t *text = ev->who->tuple.text;

	*count = 1;
	key[0] = (struct key){ { text[DICT_ACCOUNT], text[DICT_TERMINAL] } };
	return JUDGED_HIT;
}

static int
borrowed_terminal_points(const struct event *ev, const int64_t *param UNUSED)
{
	return ev->who->standing.assignee_elsewhere ? ELSEWHERE_POINTS : 0;
}

static void
borrowed_terminal_because(const struct event *first, const struct key *key UNUSED,
			  struct because *b)
{
	const struct lookup *l = b->lookup;
	const struct seen *who = first->who;
	int64_t ts = first->fact->ts;
	struct str owner = l->account_column(l->context, who->account_row, "owner");
	struct str assignee =
		l->ledger_cell(l->context, "terminals", who->terminal_row, "assignee", b->arena);

	say(b, STR("account.owner != terminal.assignee"),
	    arena_printf(b->arena, STR_FMT " != " STR_FMT, STR_ARG(say_person(b, owner, ts)),
			 STR_ARG(say_person(b, assignee, ts))),
	    arena_printf(b->arena, "accounts line %u, terminals line %u", who->account_row,
			 who->terminal_row));
	say(b,
	    arena_printf(b->arena, "substitutes(" STR_FMT ", " STR_FMT ")", STR_ARG(assignee),
			 STR_ARG(owner)),
	    STR("no row in force"), STR(""));
	if (who->standing.assignee_elsewhere)
		say(b, arena_printf(b->arena, "people(" STR_FMT ")", STR_ARG(assignee)),
		    arena_printf(b->arena, "no post in " STR_FMT,
				 STR_ARG(say_org(b, who->account_org))),
		    STR(""));
}

const struct detector det_borrowed_terminal = {
	.name = "borrowed_terminal",
	.rule = "TRM-02",
	.summary = "a person's account at a terminal that is assigned to another",
	.kind = FINDING_VIOLATION,
	.key = { { "acct", KEY_ACCOUNT }, { "term", KEY_TERMINAL } },
	.param = { PARAM_GAP("default") },
	.needs = GIVES_TERMINALS,
	.screen = borrowed_terminal_screen,
	.hit = borrowed_terminal_hit,
	.line_points = borrowed_terminal_points,
	.because = borrowed_terminal_because,
};
