/*
 * det_unlent_terminal.c - TRM-03: a terminal for loans or disasters, used while it is lent to nobody.
 *
 *     QUIET --line outside every loan--> EPISODE (account, terminal) --pause > gap--> told; one line is enough
 *
 * Terminals of other kinds, and those that nobody listed (TRM-01), are not its business.  It weighs more when the
 * terminal had been lent and is back: then it should lie in a cupboard.
 */
#include "detect/saying.h"

enum { RETURNED_POINTS = 20 };

static enum judged
unlent_terminal_screen(const struct seen *who, const int64_t *param UNUSED)
{
	if (who->terminal_kind != TERMINAL_LOAN && who->terminal_kind != TERMINAL_DISASTER)
		return JUDGED_OUTSIDE;
	if (who->tuple.text[DICT_ACCOUNT] == 0)
		return JUDGED_UNKNOWN_ACCOUNT;
	switch ((enum loan)who->standing.loan) {
	case LOAN_UNKNOWN:
		return JUDGED_UNKNOWN_LOAN;
	case LOAN_OUT:
		return JUDGED_SILENT;
	case LOAN_NEVER:
	case LOAN_RETURNED:
		break;
	}
	return JUDGED_HIT;
}

static enum judged
unlent_terminal_hit(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST],
		    int *count)
{
	const uint32_t *text = ev->who->tuple.text;

	*count = 1;
	key[0] = (struct key){ { text[DICT_ACCOUNT], text[DICT_TERMINAL] } };
	return JUDGED_HIT;
}

static int
unlent_terminal_points(const struct event *ev, const int64_t *param UNUSED)
{
	return ev->who->standing.loan == LOAN_RETURNED ? RETURNED_POINTS : 0;
}

static void
unlent_terminal_because(const struct event *first, const struct key *key UNUSED, struct because *b)
{
	const struct lookup *l = b->lookup;
	const struct seen *who = first->who;
	uint32_t row = who->standing.loan_row;
	struct str back = l->ledger_cell(l->context, "terminal_loans", row, "in", b->arena);

	say(b, STR("terminal.kind"), str_of(terminal_kind_names[who->terminal_kind]),
	    say_line(b, "terminals", who->terminal_row));
	say(b, STR("row of terminal_loans in force"),
	    who->standing.loan == LOAN_RETURNED
		    ? arena_printf(b->arena, "none; given back " STR_FMT, STR_ARG(back))
		    : STR("none; never lent before then"),
	    say_line(b, "terminal_loans", row));
}

const struct detector det_unlent_terminal = {
	.name = "unlent_terminal",
	.rule = "TRM-03",
	.summary = "a terminal for loans or disasters used while it is lent to nobody",
	.kind = FINDING_VIOLATION,
	.key = { { "acct", KEY_ACCOUNT }, { "term", KEY_TERMINAL } },
	.param = { PARAM_GAP("default") },
	.needs = GIVES_LOANS,
	.screen = unlent_terminal_screen,
	.hit = unlent_terminal_hit,
	.line_points = unlent_terminal_points,
	.because = unlent_terminal_because,
};
