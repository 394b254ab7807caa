/*
 * led_people.c - who works where, and since when; one person may be in two organisations.
 * The key is (person, org).
 */
#include "context/ledgers.h"

#define FIELD(name) offsetof(struct person_row, name)

static const struct column columns[] = {
	{ .name = "person",
	  .alias = "従業員番号|社員番号",
	  .required = true,
	  .type = CELL_ID,
	  .at = FIELD(person) },
	{ .name = "org",
	  .alias = "組織",
	  .required = true,
	  .type = CELL_NAME,
	  .pool = POOL_ORG,
	  .at = FIELD(org) },
	{ .name = "dept", .alias = "部署", .type = CELL_TEXT, .at = FIELD(dept) },
	{ .name = "valid_from", .alias = "発令日|適用開始", .type = CELL_FROM, .at = FIELD(from) },
	{ .name = "valid_to", .alias = "解除日|適用終了", .type = CELL_TO, .at = FIELD(to) },
};

const struct ledger_table led_people = {
	.name = "people",
	.column = columns,
	.column_count = COUNT(columns),
	.row_size = sizeof(struct person_row),
	.key = { "person" },
	.within = "org",
};
