/*
 * led_closures.c - the days on which the company is closed beside holidays and weekends.
 * They count as holidays (DETECTION B.13.31).
 */
#include "context/ledgers.h"

#define FIELD(name) offsetof(struct day_row, name)

static const struct column columns[] = {
	{ .name = "date",
	  .alias = "休業日|日付",
	  .required = true,
	  .type = CELL_DAY,
	  .at = FIELD(date) },
	{ .name = "name", .alias = "名称", .type = CELL_TEXT, .at = FIELD(name) },
};

const struct ledger_table led_closures = {
	.name = "closures",
	.column = columns,
	.column_count = COUNT(columns),
	.row_size = sizeof(struct day_row),
};
