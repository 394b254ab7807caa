/*
 * led_holidays.c - national holidays, also as the Cabinet Office publishes them.
 * Columns by the English names or by those of the Cabinet Office file.
 */
#include "context/ledgers.h"

#define FIELD(name) offsetof(struct day_row, name)

static const struct column columns[] = {
	{ .name = "date",
	  .alias = "国民の祝日・休日月日|日付",
	  .required = true,
	  .type = CELL_DAY,
	  .at = FIELD(date) },
	{ .name = "name",
	  .alias = "国民の祝日・休日名称|名称",
	  .type = CELL_TEXT,
	  .at = FIELD(name) },
};

const struct ledger_table led_holidays = {
	.name = "holidays",
	.column = columns,
	.column_count = COUNT(columns),
	.row_size = sizeof(struct day_row),
};
