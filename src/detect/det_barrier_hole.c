/*
 * det_barrier_hole.c - XTN-02: a hole in the barrier: one screen shows several accounts of one organisation what the
 * matrix denies them.  A fault of masking or rights is one finding with the accounts below it, not a thousand.
 *
 *     hits of XTN-01, by (organisation, system, class): EPISODE --pause > gap--> told from hole_accounts on
 */
#include "detect/denied.h"

enum { GAP, HOLE_ACCOUNTS };

static enum judged
hole_hit(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST], int *count)
{
	const struct tuple *t = &ev->who->tuple;

	*count = 1;
	key[0] = (struct key){ { ev->who->account_org, t->system, t->text[DICT_CLASS] } };
	return denied_view(ev);
}

static bool
hole_fires(struct unit_sum *u, const int64_t *param)
{
	return u->accounts >= param[HOLE_ACCOUNTS];
}

const struct detector det_barrier_hole = {
	.name = "barrier_hole",
	.rule = "XTN-02",
	.summary = "one screen shows several accounts of an organisation what is denied to it",
	.kind = FINDING_VIOLATION,
	.key = { { "org", KEY_ORG }, { "sys", KEY_SYSTEM }, { "cls", KEY_CLASS } },
	.param = { [GAP] = PARAM_GAP("hole"),
		   [HOLE_ACCOUNTS] = { "hole_accounts", "xtn", "hole_accounts", PARAM_NUMBER, 1,
				       1000000 } },
	.switch_discount = true,
	.across = true,
	.children = "denied_view",
	.screen = denied_screen,
	.hit = hole_hit,
	.fires = hole_fires,
	.because = denied_because,
};
