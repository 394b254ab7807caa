/*
 * led_terminal_loans.c - which terminal was lent, when it came back, and who allowed it.
 * One row a terminal and loan; a terminal is lent to one at a time.
 */
#include "context/ledgers.h"

#define FIELD(name) offsetof(struct loan_row, name)

static const struct column columns[] = {
	{ .name = "terminal",
	  .alias = "端末番号",
	  .required = true,
	  .type = CELL_ID,
	  .refers = REFERS_TERMINAL,
	  .at = FIELD(terminal) },
	{ .name = "org",
	  .alias = "組織|貸与先",
	  .type = CELL_NAME,
	  .pool = POOL_ORG,
	  .at = FIELD(org) },
	{ .name = "out",
	  .alias = "貸与|貸与日時",
	  .required = true,
	  .type = CELL_FROM,
	  .at = FIELD(out) },
	{ .name = "in", .alias = "返却|返却日時", .type = CELL_TO, .at = FIELD(in) },
	{ .name = "approver", .alias = "承認者", .type = CELL_TEXT, .at = FIELD(approver) },
};

const struct ledger_table led_terminal_loans = {
	.name = "terminal_loans",
	.column = columns,
	.column_count = COUNT(columns),
	.row_size = sizeof(struct loan_row),
	.key = { "terminal" },
};
