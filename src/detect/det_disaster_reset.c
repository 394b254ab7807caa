/*
 * det_disaster_reset.c - DIS-06: an ID kept for disasters, used in a window with the secret of the one before.
 *
 *     WINDOW w1 --ok line in another window--> WINDOW w2: told unless reset or issued at or behind the end of w1
 *
 * A unit is a run of its lines in one window: of those in force, the one that began last.  Of an ID without any such event
 * nobody can say; one whose events are all later was not reset.
 */
#include "detect/disaster_use.h"
#include "detect/saying.h"

static enum judged
disaster_reset_screen(const struct seen *who, const int64_t *param UNUSED)
{
	if (who->account_kind == KIND_UNKNOWN)
		return JUDGED_UNKNOWN_ACCOUNT;
	return who->account_kind == KIND_DISASTER ? JUDGED_ASK : JUDGED_SILENT;
}

static enum judged
disaster_reset_hit(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST],
		   int *count)
{
	const struct lookup *l = ev->lookup;
	uint32_t account = ev->who->tuple.text[DICT_ACCOUNT];

	*count = 1;
	key[0] = (struct key){ { account, DSTATE_IN } };
	if (disaster_use_state(ev).state != DSTATE_IN)
		return JUDGED_SILENT;
	return l->reset(l->context, account, ev->fact->ts).any ? JUDGED_HIT : JUDGED_UNKNOWN_RESET;
}

static uint32_t
disaster_reset_unit(const struct event *ev)
{
	return disaster_use_state(ev).row;
}

static bool
disaster_reset_fires(struct unit_sum *u, const int64_t *param UNUSED)
{
	const struct lookup *l = u->lookup;
	struct window_row w;

	for (size_t i = 0; u->before && l->window_at(l->context, i, &w); i++) {
		if (w.row == u->before)
			return l->reset(l->context, u->first->account, u->first->ts).at < w.to;
	}
	return false;
}

static void
disaster_reset_because(const struct event *first, const struct key *key, struct because *b)
{
	const struct lookup *l = b->lookup;
	struct reset_said reset = l->reset(l->context, key->part[0], first->fact->ts);
	char buf[CIVIL_TEXT];

	disaster_use_because(first, key, b);
	say(b,
	    STR("last reset or issue, at or behind the end of the window it was used "
		"in before"),
	    reset.row ? arena_str(b->arena, civil_print_jst(buf, reset.at))
		      : STR("none until then"),
	    say_line(b, "auth_events", reset.row));
}

const struct detector det_disaster_reset = {
	.name = "disaster_reset",
	.rule = "DIS-06",
	.summary = "an ID kept for disasters was used in another window without a reset between",
	.kind = FINDING_VIOLATION,
	.key = { { "subject", KEY_ACCOUNT }, { "state", KEY_WORD } },
	.words = dstate_names,
	.needs = GIVES_DISASTERS | GIVES_AUTH_EVENTS,
	.screen = disaster_reset_screen,
	.hit = disaster_reset_hit,
	.viewless = true,
	.ends = ENDS_CHANGE,
	.unit = disaster_reset_unit,
	.fires = disaster_reset_fires,
	.because = disaster_reset_because,
};
