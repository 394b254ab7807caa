/*
 * led_shared_ids.c - who had a shared ID in hand, and when.
 * Rows of one ID may overlap: which of them used it is then for a rule to tell (DETECTION B.13.11).
 */
#include "context/ledgers.h"

#define FIELD(name) offsetof(struct shared_id_row, name)

static const struct column columns[] = {
	{ .name = "account",
	  .alias = "利用者ID|共用ID",
	  .required = true,
	  .type = CELL_ID,
	  .refers = REFERS_ACCOUNT,
	  .at = FIELD(account) },
	{ .name = "person",
	  .alias = "従業員番号|使用者",
	  .type = CELL_ID,
	  .refers = REFERS_PERSON,
	  .at = FIELD(person) },
	{ .name = "terminal",
	  .alias = "端末番号",
	  .type = CELL_ID,
	  .refers = REFERS_TERMINAL,
	  .at = FIELD(terminal) },
	{ .name = "out",
	  .alias = "使用開始",
	  .required = true,
	  .type = CELL_FROM,
	  .at = FIELD(out) },
	{ .name = "in", .alias = "使用終了", .type = CELL_TO, .at = FIELD(in) },
};

const struct ledger_table led_shared_ids = {
	.name = "shared_ids",
	.column = columns,
	.column_count = COUNT(columns),
	.row_size = sizeof(struct shared_id_row),
	.key = { "account" },
	.may_overlap = true,
};
