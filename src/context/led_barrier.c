/*
 * led_barrier.c - the matrix: who may see which screen of whose customer.
 * First match by prio decides; the last row must be the default (barrier.c).
 */
#include "context/ledgers.h"

#define FIELD(name) offsetof(struct barrier_row, name)

/* One behind the names of the enums: here 0 is any, and an unknown relation can be asked for. */
static const char *const relation_words[] = {
	"",
	[1 + REL_UNKNOWN] = "unknown",
	[1 + REL_OWN] = "own",
	[1 + REL_OTHER] = "other",
	[1 + REL_LAST] = "last",
	[1 + REL_FIT] = "fit",
};
static const char *const disaster_words[] = {
	"",
	[1 + DSTATE_PEACE] = "peace",
	[1 + DSTATE_EARLY] = "early",
	[1 + DSTATE_TAIL] = "tail",
	[1 + DSTATE_IN] = "in",
};
static const char *const verdict_words[SAYS_COUNT] = {
	[SAYS_NOTHING] = "",
	[SAYS_ALLOW] = "allow",
	[SAYS_ALLOW_MASKED] = "allow_masked",
	[SAYS_DENY] = "deny",
	[SAYS_ALLOW_DISASTER] = "allow_disaster",
};

static const struct column columns[] = {
	{ .name = "prio", .required = true, .type = CELL_INTEGER, .at = FIELD(prio) },
	{ .name = "viewer_class",
	  .type = CELL_WORD,
	  WORDS(org_class_names),
	  .at = FIELD(viewer_class) },
	{ .name = "role", .type = CELL_NAME, .pool = POOL_ROLE, .at = FIELD(role) },
	{ .name = "purpose", .type = CELL_TEXT, .at = FIELD(purpose) },
	{ .name = "system", .type = CELL_NAME, .pool = POOL_SYSTEM, .at = FIELD(system) },
	{ .name = "class", .type = CELL_NAME, .pool = POOL_CLASS, .at = FIELD(class) },
	{ .name = "relation", .type = CELL_WORD, WORDS(relation_words), .at = FIELD(relation) },
	{ .name = "disaster", .type = CELL_WORD, WORDS(disaster_words), .at = FIELD(disaster) },
	{ .name = "verdict",
	  .required = true,
	  .type = CELL_WORD,
	  WORDS(verdict_words),
	  .at = FIELD(verdict) },
};

const struct ledger_table led_barrier = {
	.name = "barrier",
	.column = columns,
	.column_count = COUNT(columns),
	.row_size = sizeof(struct barrier_row),
	.key = { "prio" },
};
