/*
 * duty.c - an hour that neither schedule nor permit nor disaster covers.
 */
#include "detect/duty.h"
#include "detect/saying.h"

enum { CONTRACTOR_POINTS = 10, MANY_POINTS = 15, MANY = 50 };

enum judged
duty_screen(const struct seen *who, const int64_t *param UNUSED)
{
	if (who->account_kind == KIND_UNKNOWN)
		return JUDGED_UNKNOWN_ACCOUNT;
	return who->person ? JUDGED_ASK : JUDGED_OUTSIDE;
}

enum judged
duty_judge(const struct event *ev, struct key key[KEYS_MOST], int *count)
{
	const struct lookup *l = ev->lookup;

	*count = 1;
	key[0] = (struct key){ { ev->who->tuple.text[DICT_ACCOUNT] } };
	switch (l->duty(l->context, ev->who, ev->fact->ts)) {
	case HOURS_OFF:
		return JUDGED_HIT;
	case HOURS_SCHEDULE:
	case HOURS_PERMIT:
	case HOURS_DISASTER:
		return JUDGED_SILENT;
	case HOURS_UNKNOWN:
		break;
	}
	return JUDGED_UNKNOWN_HOURS;
}

bool
duty_fires(struct unit_sum *u, const int64_t *param)
{
	return u->views >= param[DUTY_MIN_VIEWS];
}

int
duty_line_points(const struct event *ev, const int64_t *param UNUSED)
{
	return ev->who->account_class == ORG_CONTRACTOR ? CONTRACTOR_POINTS : 0;
}

int
duty_consumer_points(uint64_t consumers)
{
	return consumers >= MANY ? MANY_POINTS : 0;
}

void
duty_because(const struct event *first, const struct key *key UNUSED, struct because *b)
{
	static const char *const days[DAYTYPE_COUNT] = { "biz", "sat", "sun", "hol" };
	const struct lookup *l = b->lookup;
	const struct seen *who = first->who;
	struct str own = l->account_column(l->context, who->account_row, "schedule");
	struct str org = l->org_name(l->context, who->account_org);
	enum day_type day = l->day_type(l->context, jst_day(first->fact->ts));
	char buf[CIVIL_TEXT];

	say(b, arena_printf(b->arena, "hours of the schedule " STR_FMT, STR_ARG(own.n ? own : org)),
	    arena_printf(b->arena, STR_FMT ", a day of type %s, lies outside them",
			 STR_ARG(civil_print_jst(buf, first->fact->ts)), days[day]),
	    say_line(b, "accounts", who->account_row));
	say(b,
	    arena_printf(b->arena, "overtime or on-call permit, disaster window of " STR_FMT,
			 STR_ARG(org)),
	    STR("no row in force"), STR(""));
}
