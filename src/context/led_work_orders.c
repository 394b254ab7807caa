/*
 * led_work_orders.c - orders to work with privileges, or in what is not used every day.
 * One row an order, account and stretch of time; without an account it is anybody's.
 */
#include "context/ledgers.h"

#define FIELD(name) offsetof(struct work_order_row, name)

static const struct column columns[] = {
	{ .name = "order",
	  .alias = "作業番号|作業指示番号",
	  .required = true,
	  .type = CELL_TEXT,
	  .at = FIELD(order) },
	{ .name = "account",
	  .alias = "利用者ID",
	  .type = CELL_ID,
	  .refers = REFERS_ACCOUNT,
	  .at = FIELD(account) },
	{ .name = "system",
	  .alias = "システム",
	  .required = true,
	  .type = CELL_NAME,
	  .pool = POOL_SYSTEM,
	  .at = FIELD(system) },
	{ .name = "from",
	  .alias = "開始|開始日時",
	  .required = true,
	  .type = CELL_FROM,
	  .at = FIELD(from) },
	{ .name = "to",
	  .alias = "終了|終了日時",
	  .required = true,
	  .type = CELL_TO,
	  .at = FIELD(to) },
	{ .name = "entered_at",
	  .alias = "登録日時|起票日時",
	  .type = CELL_INSTANT,
	  .at = FIELD(entered_at) },
	{ .name = "approver", .alias = "承認者", .type = CELL_TEXT, .at = FIELD(approver) },
};

const struct ledger_table led_work_orders = {
	.name = "work_orders",
	.column = columns,
	.column_count = COUNT(columns),
	.row_size = sizeof(struct work_order_row),
	.key = { "account", "system" },
	.within = "order",
};
