/*
 * led_orgs.c - the organisations and what they are to the barrier.
 * Undated: one row an organisation.
 */
#include "context/ledgers.h"

#define FIELD(name) offsetof(struct org_row, name)

static const char *const class_other[ORG_CLASS_COUNT] = ORG_CLASS_OTHER;

static const struct column columns[] = {
	{ .name = "org",
	  .alias = "組織",
	  .required = true,
	  .type = CELL_NAME,
	  .pool = POOL_ORG,
	  .at = FIELD(org) },
	{ .name = "name", .alias = "名称", .type = CELL_TEXT, .at = FIELD(name) },
	{ .name = "class",
	  .alias = "区分",
	  .required = true,
	  .type = CELL_WORD,
	  WORDS(org_class_names, class_other),
	  .at = FIELD(class) },
	{ .name = "parent",
	  .alias = "親組織",
	  .type = CELL_NAME,
	  .pool = POOL_ORG,
	  .at = FIELD(parent) },
	{ .name = "areas",
	  .alias = "供給区域",
	  .type = CELL_NAMES,
	  .pool = POOL_AREA,
	  .at = FIELD(areas) },
	{ .name = "responsible", .alias = "責任者", .type = CELL_TEXT, .at = FIELD(responsible) },
};

const struct ledger_table led_orgs = {
	.name = "orgs",
	.column = columns,
	.column_count = COUNT(columns),
	.row_size = sizeof(struct org_row),
	.key = { "org" },
};
