/*
 * led_contractors.c - contracts: for whom, for how long, for which systems, classes and sites.
 * Contracts of one company run side by side, each with its own scope, so rows may overlap.
 */
#include "context/ledgers.h"

#define FIELD(name) offsetof(struct contractor_row, name)

static const struct column columns[] = {
	{ .name = "org",
	  .alias = "委託先|組織",
	  .required = true,
	  .type = CELL_NAME,
	  .pool = POOL_ORG,
	  .at = FIELD(org) },
	{ .name = "parent",
	  .alias = "委託元|親組織",
	  .type = CELL_NAME,
	  .pool = POOL_ORG,
	  .at = FIELD(parent) },
	{ .name = "systems",
	  .alias = "システム|対象システム",
	  .type = CELL_NAMES,
	  .pool = POOL_SYSTEM,
	  .at = FIELD(systems) },
	{ .name = "classes",
	  .alias = "情報区分|対象情報",
	  .type = CELL_NAMES,
	  .pool = POOL_CLASS,
	  .at = FIELD(classes) },
	{ .name = "sites",
	  .alias = "拠点",
	  .type = CELL_NAMES,
	  .pool = POOL_SITE,
	  .at = FIELD(sites) },
	{ .name = "from",
	  .alias = "契約開始|開始",
	  .required = true,
	  .type = CELL_FROM,
	  .at = FIELD(from) },
	{ .name = "to",
	  .alias = "契約終了|終了",
	  .required = true,
	  .type = CELL_TO,
	  .at = FIELD(to) },
	{ .name = "approver", .alias = "承認者", .type = CELL_TEXT, .at = FIELD(approver) },
};

const struct ledger_table led_contractors = {
	.name = "contractors",
	.column = columns,
	.column_count = COUNT(columns),
	.row_size = sizeof(struct contractor_row),
	.key = { "org" },
	.may_overlap = true,
};
