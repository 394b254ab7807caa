/*
 * led_disasters.c - disaster windows.  They may overlap: that is for a rule to tell, not for the loader.
 * from is the first instant of a window, to the first behind it; an empty to is open.
 */
#include "context/ledgers.h"

#define FIELD(name) offsetof(struct disaster_row, name)

static const char *const kind_words[] = { "", "real", "drill" };
static const char *const kind_other[] = { "", "実災害|災害", "訓練" };

static const struct column columns[] = {
	{ .name = "id", .alias = "災害番号", .required = true, .type = CELL_TEXT, .at = FIELD(id) },
	{ .name = "name", .alias = "災害名", .type = CELL_TEXT, .at = FIELD(name) },
	{ .name = "org", .alias = "組織", .type = CELL_NAME, .pool = POOL_ORG, .at = FIELD(org) },
	{ .name = "areas",
	  .alias = "供給区域|対象区域",
	  .type = CELL_NAMES,
	  .pool = POOL_AREA,
	  .at = FIELD(areas) },
	{ .name = "from", .alias = "発動", .required = true, .type = CELL_FROM, .at = FIELD(from) },
	{ .name = "to", .alias = "終了", .type = CELL_TO, .at = FIELD(to) },
	{ .name = "coordination",
	  .alias = "連携要否",
	  .type = CELL_YES_NO,
	  .at = FIELD(coordination) },
	{ .name = "shared_classes",
	  .alias = "共有情報",
	  .type = CELL_NAMES,
	  .pool = POOL_CLASS,
	  .at = FIELD(shared_classes) },
	{ .name = "approver", .alias = "承認者", .type = CELL_TEXT, .at = FIELD(approver) },
	{ .name = "registered_at",
	  .alias = "登録日時",
	  .type = CELL_INSTANT,
	  .at = FIELD(registered_at) },
	{ .name = "kind",
	  .alias = "種別",
	  .type = CELL_WORD,
	  WORDS(kind_words, kind_other),
	  .at = FIELD(kind) },
};

const struct ledger_table led_disasters = {
	.name = "disasters",
	.column = columns,
	.column_count = COUNT(columns),
	.row_size = sizeof(struct disaster_row),
};
