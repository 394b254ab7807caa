/*
 * led_approvals.c - who prepared and who checked a file, by its SHA-256.
 * A file may be approved again, and again as something else.
 */
#include "context/ledgers.h"

#define FIELD(name) offsetof(struct approval_row, name)

static const struct column columns[] = {
	{ .name = "file",
	  .alias = "ファイル|ファイル名",
	  .required = true,
	  .type = CELL_TEXT,
	  .at = FIELD(file) },
	{ .name = "sha256",
	  .alias = "ハッシュ値",
	  .required = true,
	  .type = CELL_SHA256,
	  .at = FIELD(sha256) },
	{ .name = "prepared_by",
	  .alias = "作成者",
	  .required = true,
	  .type = CELL_ID,
	  .refers = REFERS_PERSON,
	  .at = FIELD(prepared_by) },
	{ .name = "reviewed_by",
	  .alias = "確認者|承認者",
	  .required = true,
	  .type = CELL_ID,
	  .refers = REFERS_PERSON,
	  .at = FIELD(reviewed_by) },
	{ .name = "date",
	  .alias = "日付|承認日",
	  .required = true,
	  .type = CELL_DAY,
	  .at = FIELD(date) },
};

const struct ledger_table led_approvals = {
	.name = "approvals",
	.column = columns,
	.column_count = COUNT(columns),
	.row_size = sizeof(struct approval_row),
	.key = { "file" },
	.may_overlap = true,
};
