/*
 * vary_asked.c - other answers of what is asked for a line: its area, hours, hand, permits, orders, the disaster, the
 * kind of day.  A trial's hooks are exchanged for ones that always say the same.
 */
#include "engine/vary_asked.h"

#include "base/civil.h"
#include "model/answers.h"

static enum area_held
area_is_held(const void *c UNUSED, uint16_t org UNUSED, uint16_t area UNUSED)
{
	return AREA_HELD;
}

static enum area_held
area_is_foreign(const void *c UNUSED, uint16_t org UNUSED, uint16_t area UNUSED)
{
	return AREA_FOREIGN;
}

enum varied
vary_area(struct trial *t, unsigned n)
{
	if (n == 3)
		return VARIED_ALL;
	if (!t->look.seen.views)
		return VARIED_NOT;
	if (n == 2)
		t->regard.area = 0;
	else
		t->lookup.area_held = n ? area_is_foreign : area_is_held;
	return VARIED;
}

void
say_area(const struct event *ev, const struct names *names UNUSED, struct out *o)
{
	const struct lookup *l = ev->lookup;
	struct str area = { 0 };

	if (ev->view)
		area = l->area_name(l->context, ev->view->area);
	out_char(o, ' ');
	out_tty(o, area.n ? area : STR("unknown"));
	if (area.n)
		out_printf(
			o, ", %s",
			area_words[l->area_held(l->context, ev->who->account_org, ev->view->area)]);
}

#define DISASTER_IS(name, said)                                                                    \
	static struct disaster_said name(const void *c UNUSED, uint16_t org UNUSED,                \
					 uint16_t area UNUSED, int64_t ts UNUSED)                  \
	{                                                                                          \
		return (struct disaster_said){ .state = (said),                                    \
					       .from = INT64_MIN,                                  \
					       .to = INT64_MAX };                                  \
	}

DISASTER_IS(disaster_is_peace, DSTATE_PEACE)
DISASTER_IS(disaster_is_early, DSTATE_EARLY)
DISASTER_IS(disaster_is_tail, DSTATE_TAIL)
DISASTER_IS(disaster_is_in, DSTATE_IN)

static bool
disaster_is_whole(const void *c UNUSED, uint16_t org UNUSED, uint32_t class UNUSED,
		  int64_t ts UNUSED)
{
	return true;
}

static bool
disaster_is_everywhere(const void *c UNUSED, uint16_t org UNUSED, uint16_t area UNUSED,
		       int64_t ts UNUSED)
{
	return true;
}

/* The answer, and the same without its row. */
#define HOURS_ARE(name, said, line)                                                                \
	static enum duty name##_duty(const void *c UNUSED, const struct seen *s UNUSED,            \
				     int64_t ts UNUSED)                                            \
	{                                                                                          \
		return (said);                                                                     \
	}                                                                                          \
	static struct hours_said name(const void *c UNUSED, const struct seen *s UNUSED,           \
				      int64_t ts UNUSED)                                           \
	{                                                                                          \
		return (struct hours_said){ said, line };                                          \
	}

HOURS_ARE(hours_in_disaster, HOURS_DISASTER, NEW_ROW)
HOURS_ARE(hours_by_permit, HOURS_PERMIT, NEW_ROW)
HOURS_ARE(hours_off, HOURS_OFF, 0)
HOURS_ARE(hours_unknown, HOURS_UNKNOWN, 0)

/* A window shares all and reaches everywhere; hours are permitted in it. */
enum varied
vary_disaster(struct trial *t, unsigned n)
{
	static struct disaster_said (*const is[DSTATE_COUNT])(const void *, uint16_t, uint16_t,
							      int64_t) = {
		[DSTATE_PEACE] = disaster_is_peace,
		[DSTATE_EARLY] = disaster_is_early,
		[DSTATE_TAIL] = disaster_is_tail,
		[DSTATE_IN] = disaster_is_in,
	};
	static const enum dstate order[DSTATE_COUNT] = { DSTATE_IN, DSTATE_PEACE, DSTATE_EARLY,
							 DSTATE_TAIL };

	if (n == DSTATE_COUNT)
		return VARIED_ALL;
	t->look.seen.windowed = true;
	t->lookup.disaster = is[order[n]];
	t->regard.dstate = order[n];
	t->regard.verdict = t->look.seen.verdict[t->regard.relation][order[n]];
	if (order[n] == DSTATE_IN) {
		t->lookup.disaster_shares = disaster_is_whole;
		t->lookup.disaster_reaches = disaster_is_everywhere;
		t->lookup.hours = hours_in_disaster;
		t->lookup.duty = hours_in_disaster_duty;
	}
	return VARIED;
}

void
say_disaster(const struct event *ev, const struct names *names UNUSED, struct out *o)
{
	const struct lookup *l = ev->lookup;
	struct disaster_said d = l->disaster(l->context, ev->who->account_org, 0, ev->fact->ts);

	out_printf(o, " %s", dstate_words[d.state]);
	if (d.row)
		out_printf(o, " (disasters line %u)", d.row);
}

enum varied
vary_hours(struct trial *t, unsigned n)
{
	static const struct {
		struct hours_said (*hours)(const void *, const struct seen *, int64_t);
		enum duty (*duty)(const void *, const struct seen *, int64_t);
	} are[] = {
		{ hours_by_permit, hours_by_permit_duty },
		{ hours_off, hours_off_duty },
		{ hours_unknown, hours_unknown_duty },
	};

	if (n == COUNT(are))
		return VARIED_ALL;
	t->lookup.hours = are[n].hours;
	t->lookup.duty = are[n].duty;
	return VARIED;
}

void
say_hours(const struct event *ev, const struct names *names UNUSED, struct out *o)
{
	const struct lookup *l = ev->lookup;
	struct hours_said h = l->hours(l->context, ev->who, ev->fact->ts);

	out_printf(o, " %s", hours_words[h.duty]);
	if (h.row)
		out_printf(o, " (%s line %u)", hours_ledgers[h.duty], h.row);
}

#define HAND_IS(name, said)                                                                        \
	static struct attributed name(const void *c UNUSED, const struct seen *s UNUSED,           \
				      int64_t ts UNUSED)                                           \
	{                                                                                          \
		return (struct attributed){ .attribution = (said) };                               \
	}

HAND_IS(hand_is_known, ATTRIBUTION_PERSON)
HAND_IS(hand_is_nobodys, ATTRIBUTION_NO_ENTRY)
HAND_IS(hand_is_unknown, ATTRIBUTION_UNKNOWN)

enum varied
vary_hand(struct trial *t, unsigned n)
{
	static struct attributed (*const is[])(const void *, const struct seen *,
					       int64_t) = { hand_is_known, hand_is_nobodys,
							    hand_is_unknown };

	if (n == COUNT(is))
		return VARIED_ALL;
	t->lookup.attribution = is[n];
	return VARIED;
}

void
say_hand(const struct event *ev, const struct names *names UNUSED, struct out *o)
{
	const struct lookup *l = ev->lookup;
	struct attributed h = l->attribution(l->context, ev->who, ev->fact->ts);

	out_printf(o, " %s", attribution_words[h.attribution]);
	if (h.row)
		out_printf(o, " (shared_ids line %u)", h.row);
}

static uint32_t
travel_is_permitted(const void *c UNUSED, const struct seen *s UNUSED, int64_t ts UNUSED)
{
	return NEW_ROW;
}

static uint32_t
travel_is_not(const void *c UNUSED, const struct seen *s UNUSED, int64_t ts UNUSED)
{
	return 0;
}

enum varied
vary_travel(struct trial *t, unsigned n)
{
	t->lookup.travel = n ? travel_is_not : travel_is_permitted;
	return n > 1 ? VARIED_ALL : VARIED;
}

void
say_travel(const struct event *ev, const struct names *names UNUSED, struct out *o)
{
	const struct lookup *l = ev->lookup;
	uint32_t row = l->travel(l->context, ev->who, ev->fact->ts);

	out_text(o, row ? " permitted" : " not permitted");
	if (row)
		out_printf(o, " (permits line %u)", row);
}

static struct ordered
order_is_in_force(const void *c UNUSED, const struct seen *s UNUSED, int64_t ts)
{
	return (struct ordered){ NEW_ROW, ts, ts };
}

static struct ordered
order_is_none(const void *c UNUSED, const struct seen *s UNUSED, int64_t ts UNUSED)
{
	return (struct ordered){ 0 };
}

enum varied
vary_order(struct trial *t, unsigned n)
{
	t->lookup.work_order = n ? order_is_none : order_is_in_force;
	return n > 1 ? VARIED_ALL : VARIED;
}

void
say_order(const struct event *ev, const struct names *names UNUSED, struct out *o)
{
	const struct lookup *l = ev->lookup;
	struct ordered order = l->work_order(l->context, ev->who, ev->fact->ts);

	out_text(o, order.row ? " in force" : " none in force");
	if (order.row)
		out_printf(o, " (work_orders line %u)", order.row);
}

#define DAY_IS(name, said)                                                                         \
	static enum day_type name(const void *c UNUSED, int32_t day UNUSED)                        \
	{                                                                                          \
		return said;                                                                       \
	}

DAY_IS(day_is_biz, DAYTYPE_BIZ)
DAY_IS(day_is_sat, DAYTYPE_SAT)
DAY_IS(day_is_sun, DAYTYPE_SUN)
DAY_IS(day_is_hol, DAYTYPE_HOL)

enum varied
vary_day(struct trial *t, unsigned n)
{
	static enum day_type (*const is[])(const void *, int32_t) = { day_is_biz, day_is_sat,
								      day_is_sun, day_is_hol };

	if (n == COUNT(is))
		return VARIED_ALL;
	t->lookup.day_type = is[n];
	return VARIED;
}

void
say_day(const struct event *ev, const struct names *names UNUSED, struct out *o)
{
	const struct lookup *l = ev->lookup;

	out_printf(o, " %s", day_type_names[l->day_type(l->context, jst_day(ev->fact->ts))]);
}
