/*
 * led_closures.c - the days on which the company is closed beside holidays and weekends.
 * They count as holidays (DETECTION B.13.31).
 */
#include "context/ledgers.h"

#define FIELD(name) offsetof(struct day_row, name)

static const struct column columns[] = {
	{ .name = "date", .required = true, .type = CELL_INSTANT, .at = FIELD(date) },
	{ .name = "name", .type = CELL_TEXT, .at = FIELD(name) },
};

const struct ledger_table led_closures = {
	.name = "closures",
	.column = columns,
	.column_count = COUNT(columns),
	.row_size = sizeof(struct day_row),
};
