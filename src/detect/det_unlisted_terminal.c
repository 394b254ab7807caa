/*
 * det_unlisted_terminal.c - TRM-01: a terminal that is not in the ledger of terminals at the time.
 *
 *     QUIET --line without a row in force--> EPISODE (account, terminal) --pause > gap--> told; one line is enough
 *
 * A row that has ended counts as none.  Any kind of account, of whatever organisation.
 */
#include "detect/unlisted.h"

static enum judged
unlisted_terminal_screen(const struct seen *who, const int64_t *param UNUSED)
{
	if (who->tuple.text[DICT_ACCOUNT] == 0)
		return JUDGED_UNKNOWN_ACCOUNT;
	if (who->tuple.text[DICT_TERMINAL] == 0)
		return JUDGED_UNKNOWN_TERMINAL;
	return who->terminal_row == 0 ? JUDGED_HIT : JUDGED_SILENT;
}

static enum judged
unlisted_terminal_hit(const struct event *ev, const int64_t *param UNUSED,
		      struct key key[KEYS_MOST], int *count)
{
	const uint32_t *text = ev->who->tuple.text;

	*count = 1;
	key[0] = (struct key){ { text[DICT_ACCOUNT], text[DICT_TERMINAL] } };
	return JUDGED_HIT;
}

static void
unlisted_terminal_because(const struct event *first, const struct key *key UNUSED,
			  struct because *b)
{
	unlisted_because(first, DICT_TERMINAL, b);
}

const struct detector det_unlisted_terminal = {
	.name = "unlisted_terminal",
	.rule = "TRM-01",
	.summary = "a terminal that the ledger of terminals does not have",
	.kind = FINDING_VIOLATION,
	.key = { { "acct", KEY_ACCOUNT }, { "term", KEY_TERMINAL } },
	.param = { PARAM_GAP("default") },
	.needs = GIVES_TERMINALS,
	.screen = unlisted_terminal_screen,
	.hit = unlisted_terminal_hit,
	.because = unlisted_terminal_because,
};
