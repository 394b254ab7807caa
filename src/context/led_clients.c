/*
 * led_clients.c - the programs an organisation may use with a system.
 * Undated; an organisation without a row for a system may use any.
 */
#include "context/ledgers.h"

#define FIELD(name) offsetof(struct client_row, name)

static const struct column columns[] = {
	{ .name = "org",
	  .alias = "組織",
	  .required = true,
	  .type = CELL_NAME,
	  .pool = POOL_ORG,
	  .at = FIELD(org) },
	{ .name = "system",
	  .alias = "システム",
	  .required = true,
	  .type = CELL_NAME,
	  .pool = POOL_SYSTEM,
	  .at = FIELD(system) },
	{ .name = "client",
	  .alias = "クライアント|専用アプリ",
	  .required = true,
	  .type = CELL_TEXT,
	  .at = FIELD(client) },
};

const struct ledger_table led_clients = {
	.name = "clients",
	.column = columns,
	.column_count = COUNT(columns),
	.row_size = sizeof(struct client_row),
	.key = { "org", "system" },
	.within = "client",
};
