/*
 * led_records.c - what the business wrote down: calls, tickets, applications, deletions, outages.
 * Rows of one consumer lie together, earliest first.
 */
#include "context/ledgers.h"

#define FIELD(name) offsetof(struct record_row, name)

const char *const record_kind_words[RECORD_KINDS] = {
	[RECORD_UNSAID] = "",           [RECORD_CALL] = "call",
	[RECORD_TICKET] = "ticket",     [RECORD_APPLICATION] = "application",
	[RECORD_DELETION] = "deletion", [RECORD_OUTAGE] = "outage",
};
static const char *const kind_other[RECORD_KINDS] = {
	[RECORD_UNSAID] = "",
	[RECORD_CALL] = "電話|入電",
	[RECORD_TICKET] = "案件|問合せ|問い合わせ",
	[RECORD_APPLICATION] = "申込|申込み|申請",
	[RECORD_DELETION] = "消去|削除|廃棄",
	[RECORD_OUTAGE] = "停電|障害",
};

static const struct column columns[] = {
	{ .name = "kind",
	  .alias = "種別",
	  .required = true,
	  .type = CELL_WORD,
	  WORDS(record_kind_words, kind_other),
	  .at = FIELD(kind) },
	{ .name = "id",
	  .alias = "番号|受付番号",
	  .required = true,
	  .type = CELL_TEXT,
	  .at = FIELD(id) },
	{ .name = "consumer", .alias = "供給地点特定番号", .type = CELL_ID, .at = FIELD(consumer) },
	{ .name = "account",
	  .alias = "利用者ID",
	  .type = CELL_ID,
	  .refers = REFERS_ACCOUNT,
	  .at = FIELD(account) },
	{ .name = "org", .alias = "組織", .type = CELL_NAME, .pool = POOL_ORG, .at = FIELD(org) },
	{ .name = "at",
	  .alias = "日時|受付日時",
	  .required = true,
	  .type = CELL_FROM,
	  .at = FIELD(at) },
	{ .name = "effective",
	  .alias = "適用日|切替日",
	  .type = CELL_INSTANT,
	  .at = FIELD(effective) },
};

const struct ledger_table led_records = {
	.name = "records",
	.column = columns,
	.column_count = COUNT(columns),
	.row_size = sizeof(struct record_row),
	.key = { "consumer" },
	.may_overlap = true,
};
