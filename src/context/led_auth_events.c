/*
 * led_auth_events.c - second factors, consents, passwords, and what was issued and taken back.
 * Rows of one account lie together, earliest first.
 */
#include "context/ledgers.h"

#define FIELD(name) offsetof(struct auth_event_row, name)

static const char *const kind_words[AUTH_KINDS] = {
	[AUTH_UNSAID] = "",         [AUTH_MFA] = "mfa",
	[AUTH_CONSENT] = "consent", [AUTH_PASSWORD] = "password",
	[AUTH_ISSUE] = "issue",     [AUTH_RESET] = "reset",
	[AUTH_REVOKE] = "revoke",   [AUTH_REINSTATE] = "reinstate",
};
static const char *const kind_other[AUTH_KINDS] = {
	[AUTH_UNSAID] = "",          [AUTH_MFA] = "多要素認証|多要素",
	[AUTH_CONSENT] = "同意",     [AUTH_PASSWORD] = "パスワード変更|PW変更",
	[AUTH_ISSUE] = "発行|付与",  [AUTH_RESET] = "リセット|初期化",
	[AUTH_REVOKE] = "失効|停止", [AUTH_REINSTATE] = "停止解除|再開",
};
static const char *const ok_words[EVENT_OK_COUNT] = {
	[EVENT_OK_UNSAID] = "",
	[EVENT_OK] = "yes",
	[EVENT_FAILED] = "no",
};
static const char *const ok_other[EVENT_OK_COUNT] = {
	[EVENT_OK_UNSAID] = "",
	[EVENT_OK] = "成功|1|true|はい|○|〇|◯",
	[EVENT_FAILED] = "失敗|0|false|いいえ|×",
};

static const struct column columns[] = {
	{ .name = "at",
	  .alias = "日時|発生日時",
	  .required = true,
	  .type = CELL_FROM,
	  .at = FIELD(at) },
	{ .name = "account",
	  .alias = "利用者ID",
	  .required = true,
	  .type = CELL_ID,
	  .refers = REFERS_ACCOUNT,
	  .at = FIELD(account) },
	{ .name = "kind",
	  .alias = "種別",
	  .required = true,
	  .type = CELL_WORD,
	  WORDS(kind_words, kind_other),
	  .at = FIELD(kind) },
	{ .name = "device", .alias = "認証機器|機器", .type = CELL_ID, .at = FIELD(device) },
	{ .name = "ok",
	  .alias = "結果|成否",
	  .type = CELL_WORD,
	  WORDS(ok_words, ok_other),
	  .at = FIELD(ok) },
};

const struct ledger_table led_auth_events = {
	.name = "auth_events",
	.column = columns,
	.column_count = COUNT(columns),
	.row_size = sizeof(struct auth_event_row),
	.key = { "account" },
	.may_overlap = true,
};
