/*
 * led_archive.c - which logs of which day are kept where, and what their bytes were.
 * One row a system, day and file.
 */
#include "context/ledgers.h"

#define FIELD(name) offsetof(struct archive_row, name)

static const struct column columns[] = {
	{ .name = "system",
	  .alias = "システム",
	  .required = true,
	  .type = CELL_NAME,
	  .pool = POOL_SYSTEM,
	  .at = FIELD(system) },
	{ .name = "day",
	  .alias = "日付|対象日",
	  .required = true,
	  .type = CELL_DAY,
	  .at = FIELD(day) },
	{ .name = "file", .alias = "ファイル|ファイル名", .type = CELL_TEXT, .at = FIELD(file) },
	{ .name = "sha256", .alias = "ハッシュ値", .type = CELL_SHA256, .at = FIELD(sha256) },
	{ .name = "bytes", .alias = "バイト数|サイズ", .type = CELL_INTEGER, .at = FIELD(bytes) },
	{ .name = "lines", .alias = "行数", .type = CELL_INTEGER, .at = FIELD(lines) },
};

const struct ledger_table led_archive = {
	.name = "archive",
	.column = columns,
	.column_count = COUNT(columns),
	.row_size = sizeof(struct archive_row),
	.key = { "system", "day" },
	.within = "file",
};
