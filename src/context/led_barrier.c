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

static const char *const class_other[ORG_CLASS_COUNT] = ORG_CLASS_OTHER;
static const char *const relation_other[] = {
	"",
	[1 + REL_UNKNOWN] = "不明",
	[1 + REL_OWN] = "自社",
	[1 + REL_OTHER] = "他社|新電力",
	[1 + REL_LAST] = "最終保障",
	[1 + REL_FIT] = "送配電買取|FIT",
};
static const char *const disaster_other[] = {
	"",
	[1 + DSTATE_PEACE] = "平常時",
	[1 + DSTATE_EARLY] = "発動前",
	[1 + DSTATE_TAIL] = "終了後",
	[1 + DSTATE_IN] = "災害時|発動中",
};
static const char *const verdict_other[SAYS_COUNT] = {
	[SAYS_NOTHING] = "",
	[SAYS_ALLOW] = "可|○|〇|◯",
	[SAYS_ALLOW_MASKED] = "マスク|マスク可|マスキング",
	[SAYS_DENY] = "否|不可|×",
	[SAYS_ALLOW_DISASTER] = "災害時可|災害時のみ可",
};

static const struct column columns[] = {
	{ .name = "prio",
	  .alias = "優先順位|順位",
	  .required = true,
	  .type = CELL_INTEGER,
	  .at = FIELD(prio) },
	{ .name = "viewer_class",
	  .alias = "閲覧者区分",
	  .type = CELL_WORD,
	  WORDS(org_class_names, class_other),
	  .at = FIELD(viewer_class) },
	{ .name = "role",
	  .alias = "役割",
	  .type = CELL_NAME,
	  .pool = POOL_ROLE,
	  .at = FIELD(role) },
	{ .name = "purpose", .alias = "目的|利用目的", .type = CELL_TEXT, .at = FIELD(purpose) },
	{ .name = "system",
	  .alias = "システム",
	  .type = CELL_NAME,
	  .pool = POOL_SYSTEM,
	  .at = FIELD(system) },
	{ .name = "class",
	  .alias = "情報区分|画面区分",
	  .type = CELL_NAME,
	  .pool = POOL_CLASS,
	  .at = FIELD(class) },
	{ .name = "relation",
	  .alias = "契約関係",
	  .type = CELL_WORD,
	  WORDS(relation_words, relation_other),
	  .at = FIELD(relation) },
	{ .name = "disaster",
	  .alias = "災害状態",
	  .type = CELL_WORD,
	  WORDS(disaster_words, disaster_other),
	  .at = FIELD(disaster) },
	{ .name = "verdict",
	  .alias = "判定|可否",
	  .required = true,
	  .type = CELL_WORD,
	  WORDS(verdict_words, verdict_other),
	  .at = FIELD(verdict) },
};

const struct ledger_table led_barrier = {
	.name = "barrier",
	.column = columns,
	.column_count = COUNT(columns),
	.row_size = sizeof(struct barrier_row),
	.key = { "prio" },
};
