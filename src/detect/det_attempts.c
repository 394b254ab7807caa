/*
 * det_attempts.c - XTN-03: an account that tries again and again what it is refused.
 *
 *     QUIET --view or login refused as forbidden--> EPISODE (account, system) --pause > gap--> told from `attempts` lines on,
 *                                                                                       or `attempt_objs` consumers
 */
#include "detect/saying.h"

enum { GAP, ATTEMPTS, ATTEMPT_OBJS };

static enum judged
attempts_screen(const struct seen *who, const int64_t *param UNUSED)
{
	const struct tuple *t = &who->tuple;

	if (t->reason != REASON_FORBIDDEN || !(who->views || t->act == ACT_LOGIN))
		return JUDGED_OUTSIDE;
	return t->text[DICT_ACCOUNT] ? JUDGED_HIT : JUDGED_UNKNOWN_ACCOUNT;
}

static enum judged
attempts_hit(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST],
	     int *count)
{
	const struct tuple *t = &ev->who->tuple;

	*count = 1;
	key[0] = (struct key){ { t->text[DICT_ACCOUNT], t->system } };
	return JUDGED_HIT;
}

static bool
attempts_fire(struct unit_sum *u, const int64_t *param)
{
	return u->lines >= param[ATTEMPTS] || u->objects >= param[ATTEMPT_OBJS];
}

static void
attempts_because(const struct event *first, const struct key *key UNUSED, struct because *b)
{
	say(b, STR("ok = no, reason = forbidden"),
	    arena_printf(b->arena, "the first was a %s", act_names[first->who->tuple.act]),
	    say_line(b, "accounts", first->who->account_row));
}

const struct detector det_attempts = {
	.name = "attempts",
	.rule = "XTN-03",
	.summary = "an account tried many times what it is refused",
	.kind = FINDING_ANOMALY,
	.key = { { "acct", KEY_ACCOUNT }, { "sys", KEY_SYSTEM } },
	.param = { [GAP] = PARAM_GAP("default"),
		   [ATTEMPTS] = { "attempts", "xtn", "attempts", PARAM_NUMBER, 1, 1000000 },
		   [ATTEMPT_OBJS] = { "attempt_objs", "xtn", "attempt_objs", PARAM_NUMBER, 1,
				      1000000 } },
	.lines = LINES_FAILED,
	.screen = attempts_screen,
	.hit = attempts_hit,
	.viewless = true,
	.fires = attempts_fire,
	.because = attempts_because,
};
