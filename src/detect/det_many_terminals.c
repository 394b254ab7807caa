/*
 * det_many_terminals.c - SHR-03: a person's account used from fan_terms terminals or more on one day.
 *
 * Kiosks are there for everybody and do not count; terminals that no ledger knows do.
 */
#include "detect/person.h"
#include "detect/saying.h"

enum { FAN_TERMS };

static uint32_t
own_terminal(const struct day_use *use)
{
	return use->terminal_kind == TERMINAL_KIOSK ? 0 : use->terminal;
}

static enum judged
many_terminals_day(const struct account_day *days, size_t at, const int64_t *param,
		   struct account_day_sum *sum)
{
	if (days[at].use_count == 0)
		return JUDGED_OUTSIDE;
	sum->x = day_distinct(&days[at], param[FAN_TERMS], own_terminal);
	return sum->x >= param[FAN_TERMS] ? JUDGED_HIT : JUDGED_SILENT;
}

static void
many_terminals_because(const struct account_day_sum *sum, const int64_t *param, struct because *b)
{
	say(b,
	    arena_printf(b->arena, "%lld terminals or more on one day, kiosks aside",
			 (long long)param[FAN_TERMS]),
	    arena_printf(b->arena, "%u terminals on the first such day", sum->x), STR(""));
}

const struct detector det_many_terminals = {
	.name = "many_terminals",
	.rule = "SHR-03",
	.summary = "a person's account used from many terminals on one day",
	.kind = FINDING_ANOMALY,
	.key = { { "acct", KEY_ACCOUNT } },
	.param = { [FAN_TERMS] = { "fan_terms", "shr", "fan_terms", PARAM_NUMBER, 2, 1000000 } },
	.screen = person_screen,
	.day = many_terminals_day,
	.because_sum = many_terminals_because,
};
