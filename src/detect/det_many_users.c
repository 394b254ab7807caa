/*
 * det_many_users.c - SHR-06: one terminal used with fan_in persons' accounts or more on one day.
 *
 * Kiosks are there for everybody; a terminal that no ledger knows is none.
 */
#include "detect/person.h"
#include "detect/saying.h"

enum { FAN_IN };
enum { SEVERAL_ORGS_POINTS = 20 };

static enum judged
many_users_screen(const struct seen *who, const int64_t *param)
{
	if (!who->person)
		return person_screen(who, param);
	if (who->tuple.text[DICT_TERMINAL] == 0)
		return JUDGED_UNKNOWN_TERMINAL;
	return who->terminal_kind == TERMINAL_KIOSK ? JUDGED_OUTSIDE : JUDGED_HIT;
}

static enum judged
many_users_hit(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST],
	       int *count)
{
	key[0] = (struct key){ { ev->who->tuple.text[DICT_TERMINAL] } };
	*count = 1;
	return JUDGED_HIT;
}

static bool
many_users_fires(struct unit_sum *u, const int64_t *param)
{
	u->points = u->orgs >= 2 ? SEVERAL_ORGS_POINTS : 0;
	return u->accounts >= param[FAN_IN];
}

static void
many_users_because(const struct event *first, const struct key *key UNUSED, struct because *b)
{
	const struct seen *who = first->who;

	say(b, STR("several persons' accounts on one terminal and day"),
	    who->terminal_row ? arena_printf(b->arena, "the terminal is no kiosk, but '%s'",
					     terminal_kind_names[who->terminal_kind])
			      : STR("the terminal is in no ledger"),
	    say_line(b, "terminals", who->terminal_row));
}

const struct detector det_many_users = {
	.name = "many_users",
	.rule = "SHR-06",
	.summary = "one terminal used with many persons' accounts on one day",
	.kind = FINDING_ANOMALY,
	.key = { { "term", KEY_TERMINAL } },
	.param = { [FAN_IN] = { "fan_in", "shr", "fan_in", PARAM_NUMBER, 2, 1000000 } },
	.screen = many_users_screen,
	.hit = many_users_hit,
	.ends = ENDS_DAY,
	.fires = many_users_fires,
	.across = true,
	.shared_terminals = true,
	.because = many_users_because,
};
