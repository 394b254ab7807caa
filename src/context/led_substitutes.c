/*
 * led_substitutes.c - who may sit at an absent colleague's terminal.
 * person is the absent assignee, substitute the owner of the account (DETECTION B.13.12).
 */
#include "context/ledgers.h"

#define FIELD(name) offsetof(struct substitute_row, name)

static const struct column columns[] = {
	{ .name = "person",
	  .alias = "不在者|従業員番号",
	  .required = true,
	  .type = CELL_ID,
	  .refers = REFERS_PERSON,
	  .at = FIELD(person) },
	{ .name = "substitute",
	  .alias = "代理者|代行者",
	  .required = true,
	  .type = CELL_ID,
	  .refers = REFERS_PERSON,
	  .at = FIELD(substitute) },
	{ .name = "from",
	  .alias = "開始|開始日",
	  .required = true,
	  .type = CELL_FROM,
	  .at = FIELD(from) },
	{ .name = "to",
	  .alias = "終了|終了日",
	  .required = true,
	  .type = CELL_TO,
	  .at = FIELD(to) },
};

const struct ledger_table led_substitutes = {
	.name = "substitutes",
	.column = columns,
	.column_count = COUNT(columns),
	.row_size = sizeof(struct substitute_row),
	.key = { "person" },
	.within = "substitute",
};
