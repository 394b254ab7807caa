/*
 * det_denied_view.c - XTN-01: non-public information shown to an account that the barrier matrix denies it.
 *
 *     QUIET --denied view shown--> EPISODE (account, system, class, relation) --pause > gap--> told
 */
#include "detect/denied.h"

static enum judged
denied_view_hit(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST],
		int *count)
{
	const struct tuple *t = &ev->who->tuple;

	*count = 1;
	key[0] = (struct key){ { t->text[DICT_ACCOUNT], t->system, t->text[DICT_CLASS],
				 (uint32_t)ev->view->relation } };
	return denied_view(ev);
}

const struct detector det_denied_view = {
	.name = "denied_view",
	.rule = "XTN-01",
	.summary = "a view the barrier matrix denies was shown",
	.kind = FINDING_VIOLATION,
	.key = { { "acct", KEY_ACCOUNT },
		 { "sys", KEY_SYSTEM },
		 { "cls", KEY_CLASS },
		 { "rel", KEY_RELATION } },
	.param = { PARAM_GAP("default") },
	.switch_discount = true,
	.screen = denied_screen,
	.hit = denied_view_hit,
	.because = denied_because,
};
