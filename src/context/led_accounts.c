/*
 * led_accounts.c - the roster of accounts; a row that names a system wins over one that does not.
 * One row an account, system and stretch of time.
 */
#include "context/ledgers.h"

#define FIELD(name) offsetof(struct account_row, name)

static const struct column columns[] = {
	{ .name = "account",
	  .alias = "利用者ID",
	  .required = true,
	  .type = CELL_TEXT,
	  .at = FIELD(account) },
	{ .name = "system", .type = CELL_NAME, .pool = POOL_SYSTEM, .at = FIELD(system) },
	{ .name = "owner", .alias = "使用者", .type = CELL_TEXT, .at = FIELD(owner) },
	{ .name = "org",
	  .alias = "組織",
	  .required = true,
	  .type = CELL_NAME,
	  .pool = POOL_ORG,
	  .at = FIELD(org) },
	{ .name = "kind",
	  .alias = "種別",
	  .required = true,
	  .type = CELL_WORD,
	  WORDS(account_kind_names),
	  .at = FIELD(kind) },
	{ .name = "privileged", .alias = "特権", .type = CELL_YES_NO, .at = FIELD(privileged) },
	{ .name = "role",
	  .alias = "役割",
	  .type = CELL_NAME,
	  .pool = POOL_ROLE,
	  .at = FIELD(role) },
	{ .name = "schedule", .alias = "勤務区分", .type = CELL_TEXT, .at = FIELD(schedule) },
	{ .name = "status", .alias = "状態", .type = CELL_TEXT, .at = FIELD(status) },
	{ .name = "created",
	  .alias = "登録日",
	  .type = CELL_INSTANT,
	  .at = FIELD(created),
	  .text_at = FIELD(created_text) },
	{ .name = "email", .type = CELL_TEXT, .at = FIELD(email) },
	{ .name = "valid_from", .type = CELL_FROM, .at = FIELD(from), .text_at = FIELD(from_text) },
	{ .name = "valid_to", .type = CELL_TO, .at = FIELD(to), .text_at = FIELD(to_text) },
};

const struct ledger_table led_accounts = {
	.name = "accounts",
	.column = columns,
	.column_count = COUNT(columns),
	.row_size = sizeof(struct account_row),
	.key = { "account", "system" },
};
