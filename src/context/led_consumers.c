/*
 * led_consumers.c - whose customer a supply point is, dated; millions of rows.
 * One row a supply point and stretch of time; ids are text, for Excel ruins them as numbers.
 */
#include "context/ledgers.h"

#define FIELD(name) offsetof(struct consumer_row, name)

static const char *const type_names[CONSUMER_TYPES] = {
	[CONSUMER_UNSAID] = "",
	[CONSUMER_NORMAL] = "normal",
	[CONSUMER_LAST] = "last",
	[CONSUMER_FIT] = "fit",
};

static const char *const type_other[CONSUMER_TYPES] = {
	[CONSUMER_UNSAID] = "",
	[CONSUMER_NORMAL] = "通常|一般",
	[CONSUMER_LAST] = "最終保障",
	[CONSUMER_FIT] = "送配電買取|FIT",
};

static const struct column columns[] = {
	{ .name = "consumer",
	  .alias = "供給地点特定番号",
	  .required = true,
	  .type = CELL_ID,
	  .at = FIELD(consumer) },
	{ .name = "supplier",
	  .alias = "小売事業者",
	  .required = true,
	  .type = CELL_NAME,
	  .pool = POOL_ORG,
	  .at = FIELD(span.supplier) },
	{ .name = "area",
	  .alias = "供給区域",
	  .type = CELL_NAME,
	  .pool = POOL_AREA,
	  .at = FIELD(span.area) },
	{ .name = "type",
	  .alias = "契約種別",
	  .type = CELL_WORD,
	  WORDS(type_names, type_other),
	  .at = FIELD(span.type) },
	{ .name = "valid_from",
	  .alias = "適用開始|有効開始日",
	  .type = CELL_FROM,
	  .at = FIELD(span.from) },
	{ .name = "valid_to",
	  .alias = "適用終了|有効終了日",
	  .type = CELL_TO,
	  .at = FIELD(span.to) },
};

const struct ledger_table led_consumers = {
	.name = "consumers",
	.column = columns,
	.column_count = COUNT(columns),
	.row_size = sizeof(struct consumer_row),
	.key = { "consumer" },
};
