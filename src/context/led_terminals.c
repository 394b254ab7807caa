/*
 * led_terminals.c - the terminals and whose they are.
 * One row a terminal and stretch of time.
 */
#include "context/ledgers.h"

#define FIELD(name) offsetof(struct terminal_row, name)

static const char *const kind_other[TERMINAL_KIND_COUNT] = {
	[TERMINAL_UNKNOWN] = "",
	[TERMINAL_NORMAL] = "通常",
	[TERMINAL_KIOSK] = "共用",
	[TERMINAL_LOAN] = "貸出|貸与",
	[TERMINAL_DISASTER] = "災害|災害用",
};

static const struct column columns[] = {
	{ .name = "terminal",
	  .alias = "端末番号",
	  .required = true,
	  .type = CELL_ID,
	  .at = FIELD(terminal) },
	{ .name = "org",
	  .alias = "組織",
	  .required = true,
	  .type = CELL_NAME,
	  .pool = POOL_ORG,
	  .at = FIELD(org) },
	{ .name = "kind",
	  .alias = "種別",
	  .type = CELL_WORD,
	  WORDS(terminal_kind_names, kind_other),
	  .at = FIELD(kind) },
	{ .name = "assignee",
	  .alias = "使用者",
	  .type = CELL_ID,
	  .refers = REFERS_PERSON,
	  .at = FIELD(assignee) },
	{ .name = "valid_from",
	  .alias = "適用開始|有効開始日",
	  .type = CELL_FROM,
	  .at = FIELD(from) },
	{ .name = "valid_to", .alias = "適用終了|有効終了日", .type = CELL_TO, .at = FIELD(to) },
};

const struct ledger_table led_terminals = {
	.name = "terminals",
	.column = columns,
	.column_count = COUNT(columns),
	.row_size = sizeof(struct terminal_row),
	.key = { "terminal" },
};
