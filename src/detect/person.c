/*
 * person.c - see person.h.
 */
#include "detect/person.h"
#include "detect/saying.h"

#include "base/order.h"

enum judged
person_screen(const struct seen *who, const int64_t *param UNUSED)
{
	return who->account_kind == KIND_UNKNOWN ? JUDGED_UNKNOWN_ACCOUNT : JUDGED_OUTSIDE;
}

enum judged
person_net_screen(const struct seen *who, const int64_t *param)
{
	return who->person && who->net == NET_NONE ? JUDGED_UNKNOWN_ORIGIN
						   : person_screen(who, param);
}

/* Most days have fewer uses than would matter, and are not looked at. */
uint32_t
day_distinct(const struct account_day *day, int64_t least,
	     uint32_t (*number)(const struct day_use *use))
{
	uint32_t *v, different;

	if (day->use_count < least)
		return day->use_count;
	v = xalloc(day->use_count, sizeof(*v));
	for (uint32_t i = 0; i < day->use_count; i++)
		v[i] = number(&day->use[i]);
	different = (uint32_t)order_distinct(v, day->use_count);
	free(v);
	return different;
}

void
met_because(const struct account_day_sum *sum, const int64_t *param UNUSED, struct because *b)
{
	say(b, arena_printf(b->arena, "not met in the %u days before", sum->days),
	    arena_printf(b->arena, "%u lines on the first such day", sum->x), STR(""));
}
