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

static const struct column columns[] = {
	{ .name = "grant", .required = true, .type = CELL_TEXT, .at = FIELD(grant) },
	{ .name = "kind",
	  .required = true,
	  .type = CELL_WORD,
	  WORDS(kind_words),
	  .at = FIELD(kind) },
	{ .name = "subject", .required = true, .type = CELL_TEXT, .at = FIELD(subject) },
	{ .name = "system",
	  .required = true,
	  .type = CELL_NAME,
	  .pool = POOL_SYSTEM,
	  .at = FIELD(system) },
	{ .name = "from", .required = true, .type = CELL_FROM, .at = FIELD(from) },
	{ .name = "to", .type = CELL_TO, .at = FIELD(to) },
	{ .name = "reason", .type = CELL_TEXT, .at = FIELD(reason) },
	{ .name = "approver", .type = CELL_TEXT, .at = FIELD(approver) },
};

const struct ledger_table led_grants = {
	.name = "grants",
	.column = columns,
	.column_count = COUNT(columns),
	.row_size = sizeof(struct grant_row),
	.key = { "kind", "subject", "system" },
	.may_overlap = true,
};
