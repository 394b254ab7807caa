/*
 * det_unlisted_account.c - ACC-01: a line that went well under an account that the roster does not have at the time.
 *
 *     QUIET --line without a row in force--> EPISODE (system, account) --pause > gap--> told; one line is enough
 *
 * A row of the system counts, and one of every system; one that has ended is none.
 */
#include "detect/unlisted.h"

static enum judged
unlisted_account_screen(const struct seen *who, const int64_t *param UNUSED)
{
	if (who->tuple.text[DICT_ACCOUNT] == 0)
		return JUDGED_UNKNOWN_ACCOUNT;
	return who->account_row == 0 ? JUDGED_HIT : JUDGED_SILENT;
}

static enum judged
unlisted_account_hit(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST],
		     int *count)
{
	const struct tuple *t = &ev->who->tuple;

	*count = 1;
	key[0] = (struct key){ { t->system, t->text[DICT_ACCOUNT] } };
	return JUDGED_HIT;
}

static void
unlisted_account_because(const struct event *first, const struct key *key UNUSED, struct because *b)
{
	unlisted_because(first, DICT_ACCOUNT, b);
}

const struct detector det_unlisted_account = {
	.name = "unlisted_account",
	.rule = "ACC-01",
	.summary = "an account that the roster does not have",
	.kind = FINDING_VIOLATION,
	.key = { { "sys", KEY_SYSTEM }, { "acct", KEY_ACCOUNT } },
	.param = { PARAM_GAP("default") },
	.needs = GIVES_ACCOUNTS,
	.screen = unlisted_account_screen,
	.hit = unlisted_account_hit,
	.because = unlisted_account_because,
};
