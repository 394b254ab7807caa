/*
 * led_terminals.c - the terminals and whose they are.
 * One row a terminal and stretch of time.
 */
#include "context/ledgers.h"

#define FIELD(name) offsetof(struct terminal_row, name)

static const struct column columns[] = {
	{ .name = "terminal",
	  .alias = "端末番号",
	  .required = true,
	  .type = CELL_TEXT,
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
	  WORDS(terminal_kind_names),
	  .at = FIELD(kind) },
	{ .name = "assignee", .alias = "使用者", .type = CELL_TEXT, .at = FIELD(assignee) },
	{ .name = "valid_from", .type = CELL_FROM, .at = FIELD(from) },
	{ .name = "valid_to", .type = CELL_TO, .at = FIELD(to) },
};

const struct ledger_table led_terminals = {
	.name = "terminals",
	.column = columns,
	.column_count = COUNT(columns),
	.row_size = sizeof(struct terminal_row),
	.key = { "terminal" },
};
