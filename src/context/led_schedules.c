/*
 * led_schedules.c - the hours of a shift by type of day; several rows are several slots.
 * Hours behind midnight go on (30:00 is six in the morning) and belong to the day the shift began.
 */
#include "context/ledgers.h"

#define FIELD(name) offsetof(struct schedule_row, name)

/* One behind enum day_type. */
static const char *const day_words[] = {
	"",
	[1 + DAYTYPE_BIZ] = "biz",
	[1 + DAYTYPE_SAT] = "sat",
	[1 + DAYTYPE_SUN] = "sun",
	[1 + DAYTYPE_HOL] = "hol",
};
static const char *const day_other[] = {
	"",
	[1 + DAYTYPE_BIZ] = "平日",
	[1 + DAYTYPE_SAT] = "土|土曜|土曜日",
	[1 + DAYTYPE_SUN] = "日|日曜|日曜日",
	[1 + DAYTYPE_HOL] = "祝|祝日|休日",
};

/* Read as "till six next morning" it would allow what another reader takes for nothing at all. */
static const char *
hours_wrong(const void *row)
{
	const struct schedule_row *r = row;

	if (r->start >= (int64_t)24 * 3600 * 1000)
		return "'start' must lie before 24:00; a shift belongs to the day on which it "
		       "begins";
	return r->end > r->start ? NULL
				 : "'end' must lie behind 'start'; a shift over midnight ends at "
				   "hours from 24:00 on, 6:00 next morning is 30:00";
}

static const struct column columns[] = {
	{ .name = "schedule",
	  .alias = "勤務区分",
	  .required = true,
	  .type = CELL_NAME,
	  .pool = POOL_SCHEDULE,
	  .at = FIELD(schedule) },
	{ .name = "daytype",
	  .alias = "曜日区分|日区分",
	  .required = true,
	  .type = CELL_WORD,
	  WORDS(day_words, day_other),
	  .at = FIELD(day_type) },
	{ .name = "start",
	  .alias = "開始|始業",
	  .required = true,
	  .type = CELL_CLOCK,
	  .at = FIELD(start) },
	{ .name = "end",
	  .alias = "終了|終業",
	  .required = true,
	  .type = CELL_CLOCK,
	  .at = FIELD(end) },
};

const struct ledger_table led_schedules = {
	.name = "schedules",
	.column = columns,
	.column_count = COUNT(columns),
	.row_size = sizeof(struct schedule_row),
	.key = { "schedule", "daytype" },
	.may_overlap = true,
	.wrong = hours_wrong,
};
