/*
 * det_barrier_hole.c - XTN-02: a hole in the barrier: one screen shows several accounts of one organisation what the
 * matrix denies them.  A fault of masking or rights is one finding with the accounts below it, not a thousand.
 *
 *     hits of XTN-01, by (organisation, system, class): EPISODE --pause > 7 d--> told from three accounts on
 */
#include "detect/denied.h"

enum { HOLE_ACCOUNTS = 3 };

static enum judged
hole_hit(const struct event *ev, struct key key[KEYS_MOST], int *count)
{
	const struct tuple *t = &ev->who->tuple;

	*count = 1;
	key[0] = (struct key){ { ev->who->account_org, t->system, t->text[DICT_CLASS] } };
	return denied_view(ev);
}

static bool
hole_fires(const struct episode_sum *e)
{
	return e->accounts >= HOLE_ACCOUNTS;
}

static const char *const hole_seeds[] = { "S001-56", "S001-57", "S001-60", "S002-01", NULL };

const struct detector det_barrier_hole = {
	.rule = "XTN-02",
	.version = "1.0",
	.title_ja = "情報遮断の不備（系統的）",
	.title_en = "hole in the information barrier",
	.summary = "one screen shows several accounts of an organisation what is denied to it",
	.kind = FINDING_VIOLATION,
	.base = 90,
	.key = { { "org", KEY_ORG }, { "sys", KEY_SYSTEM }, { "cls", KEY_CLASS } },
	.seeds = hole_seeds,
	.gap_ms = 7LL * 86400000,
	.switch_discount = true,
	.across = true,
	.children = "XTN-01",
	.screen = denied_screen,
	.hit = hole_hit,
	.fires = hole_fires,
	.because = denied_because,
};
