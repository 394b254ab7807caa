/*
 * led_allow_pairs.c - whose accounts may be used from whose networks and terminals.
 * An empty system is every system.
 */
#include "context/ledgers.h"

#define FIELD(name) offsetof(struct allow_pair_row, name)

static const struct column columns[] = {
	{ .name = "account_org",
	  .alias = "ID側組織",
	  .required = true,
	  .type = CELL_NAME,
	  .pool = POOL_ORG,
	  .at = FIELD(account_org) },
	{ .name = "origin_org",
	  .alias = "接続元組織",
	  .required = true,
	  .type = CELL_NAME,
	  .pool = POOL_ORG,
	  .at = FIELD(origin_org) },
	{ .name = "system",
	  .alias = "システム",
	  .type = CELL_NAME,
	  .pool = POOL_SYSTEM,
	  .at = FIELD(system) },
	{ .name = "valid_from",
	  .alias = "適用開始|有効開始日",
	  .type = CELL_FROM,
	  .at = FIELD(from) },
	{ .name = "valid_to", .alias = "適用終了|有効終了日", .type = CELL_TO, .at = FIELD(to) },
	{ .name = "approver", .alias = "承認者", .type = CELL_TEXT, .at = FIELD(approver) },
};

const struct ledger_table led_allow_pairs = {
	.name = "allow_pairs",
	.column = columns,
	.column_count = COUNT(columns),
	.row_size = sizeof(struct allow_pair_row),
	.key = { "account_org", "origin_org", "system" },
};
