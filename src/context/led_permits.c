/*
 * led_permits.c - leave to work outside the schedule, or abroad, for a time.
 * One row an account, kind and stretch of time.
 */
#include "context/ledgers.h"

#define FIELD(name) offsetof(struct permit_row, name)

static const char *const kind_words[PERMIT_KINDS] = {
	[PERMIT_UNSAID] = "",
	[PERMIT_OVERTIME] = "overtime",
	[PERMIT_ONCALL] = "oncall",
	[PERMIT_TRAVEL] = "travel",
};
static const char *const kind_other[PERMIT_KINDS] = {
	[PERMIT_UNSAID] = "",
	[PERMIT_OVERTIME] = "時間外|残業",
	[PERMIT_ONCALL] = "待機|当番|宿直",
	[PERMIT_TRAVEL] = "出張",
};

static const struct column columns[] = {
	{ .name = "account",
	  .alias = "利用者ID",
	  .required = true,
	  .type = CELL_ID,
	  .refers = REFERS_ACCOUNT,
	  .at = FIELD(account) },
	{ .name = "kind",
	  .alias = "種別",
	  .type = CELL_WORD,
	  WORDS(kind_words, kind_other),
	  .at = FIELD(kind) },
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
	{ .name = "approver", .alias = "承認者", .type = CELL_TEXT, .at = FIELD(approver) },
};

const struct ledger_table led_permits = {
	.name = "permits",
	.column = columns,
	.column_count = COUNT(columns),
	.row_size = sizeof(struct permit_row),
	.key = { "account", "kind" },
};
