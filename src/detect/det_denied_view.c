/*
 * det_denied_view.c - XTN-01: non-public information shown to an account that the barrier matrix denies it.
 *
 *     QUIET --denied view shown--> EPISODE (account, system, class, relation) --pause > 30 min--> told
 */
#include "detect/denied.h"

static enum judged
denied_view_hit(const struct event *ev, struct key key[KEYS_MOST], int *count)
{
	const struct tuple *t = &ev->who->tuple;

	*count = 1;
	key[0] = (struct key){ { t->text[DICT_ACCOUNT], t->system, t->text[DICT_CLASS],
				 (uint32_t)ev->view->relation } };
	return denied_view(ev);
}

static const char *const denied_view_seeds[] = { "S000-02", "S001-50", "S002-01",
						 "S002-04", "S002-06", NULL };

const struct detector det_denied_view = {
	.rule = "XTN-01",
	.version = "1.0",
	.title_ja = "非公開情報の権限外閲覧",
	.title_en = "view of non-public information the barrier denies",
	.summary = "a view the barrier matrix denies was shown",
	.kind = FINDING_VIOLATION,
	.base = 75,
	.key = { { "acct", KEY_ACCOUNT },
		 { "sys", KEY_SYSTEM },
		 { "cls", KEY_CLASS },
		 { "rel", KEY_RELATION } },
	.seeds = denied_view_seeds,
	.gap_ms = 30LL * 60000,
	.switch_discount = true,
	.screen = denied_screen,
	.hit = denied_view_hit,
	.because = denied_because,
};
