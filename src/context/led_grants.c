/*
 * led_grants.c - leave given for a time; a subject may hold several, so they may overlap.
 * A row silences lines of (kind, subject, system) for a time (DETECTION B.13.20).
 */
#include "context/ledgers.h"

#define FIELD(name) offsetof(struct grant_row, name)

static const char *const kind_words[GRANT_KINDS] = {
	[GRANT_UNSAID] = "",
	[GRANT_ACCOUNT] = "account",
	[GRANT_TERMINAL] = "terminal",
	[GRANT_NETWORK] = "network",
};

static const char *const kind_other[GRANT_KINDS] = {
	[GRANT_UNSAID] = "",
	[GRANT_ACCOUNT] = "利用者ID|ID",
	[GRANT_TERMINAL] = "端末",
	[GRANT_NETWORK] = "接続元|ネットワーク",
};

static const struct column columns[] = {
	{ .name = "grant",
	  .alias = "許可番号",
	  .required = true,
	  .type = CELL_TEXT,
	  .at = FIELD(grant) },
	{ .name = "kind",
	  .alias = "種別",
	  .required = true,
	  .type = CELL_WORD,
	  WORDS(kind_words, kind_other),
	  .at = FIELD(kind) },
	{ .name = "subject",
	  .alias = "対象",
	  .required = true,
	  .type = CELL_ID,
	  .refers = REFERS_SUBJECT,
	  .at = FIELD(subject) },
	{ .name = "system",
	  .alias = "システム",
	  .required = true,
	  .type = CELL_NAME,
	  .pool = POOL_SYSTEM,
	  .at = FIELD(system) },
	{ .name = "from",
	  .alias = "開始|開始日時",
	  .required = true,
	  .type = CELL_FROM,
	  .at = FIELD(from) },
	{ .name = "to", .alias = "終了|終了日時", .type = CELL_TO, .at = FIELD(to) },
	{ .name = "reason", .alias = "理由", .type = CELL_TEXT, .at = FIELD(reason) },
	{ .name = "approver", .alias = "承認者", .type = CELL_TEXT, .at = FIELD(approver) },
};

const struct ledger_table led_grants = {
	.name = "grants",
	.column = columns,
	.column_count = COUNT(columns),
	.row_size = sizeof(struct grant_row),
	.key = { "kind", "subject", "system" },
	.may_overlap = true,
};
