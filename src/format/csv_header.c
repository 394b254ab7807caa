/*
 * csv_header.c - which row of a table is its header, and which of its columns is what.
 *
 * A name that the policy gives is that name, byte for byte, without blanks around it.  The usual names are taken in any
 * case, with or without blanks, `_` and `-`.  Of two columns of one name the first counts.
 */
#include "format/csv_rows.h"

enum { WORDS = 14 };

/* The first found counts, so the more telling come first. */
static const struct {
	const char *key; /* of `extract:`, for what only extra[] holds */
	int slot;        /* -1: of extra[] */
	const char *word[WORDS];
} usual[] = {
	{ "time",
	  RAW_TIME,
	  { "日時", "アクセス日時", "操作日時", "利用日時", "処理日時", "発生日時", "記録日時",
	    "ログ日時", "timestamp", "datetime", "@timestamp" } },
	{ "date",
	  SLOT_DATE,
	  { "日付", "年月日", "操作日", "アクセス日", "利用日", "処理日", "date" } },
	{ "clock",
	  SLOT_CLOCK,
	  { "時刻", "時間", "操作時刻", "アクセス時刻", "利用時刻", "処理時刻", "time",
	    "timeofday" } },
	{ "account",
	  RAW_ACCOUNT,
	  { "利用者ID", "利用者ＩＤ", "ユーザーID", "ユーザID", "ユーザーＩＤ", "ユーザＩＤ",
	    "ログインID", "アカウント", "利用者", "userid", "username", "user", "account",
	    "loginid" } },
	{ "address",
	  RAW_ADDRESS,
	  { "接続元", "接続元IPアドレス", "接続元IP", "IPアドレス", "ＩＰアドレス",
	    "クライアントIP", "送信元IP", "ipaddress", "clientip", "remoteaddr", "sourceip",
	    "srcip", "ip", "address" } },
	{ "method", RAW_METHOD, { "メソッド", "method", "httpmethod" } },
	{ "target", RAW_TARGET, { "URL", "URI", "パス", "path", "target", "requesturi" } },
	{ "agent", RAW_AGENT, { "ユーザーエージェント", "ブラウザ", "useragent", "agent" } },
	{ "forwarded", RAW_FORWARDED, { "xforwardedfor", "forwardedfor", "forwarded" } },
	{ "status",
	  RAW_STATUS,
	  { "結果", "結果コード", "処理結果", "ステータス", "状態コード", "status", "statuscode",
	    "result" } },
	{ "ident", RAW_IDENT, { "ident" } },
	{ "protocol", RAW_PROTOCOL, { "プロトコル", "protocol" } },
	{ "host", RAW_HOST, { "ホスト", "host" } },
	{ "bytes", RAW_BYTES, { "バイト数", "転送量", "bytes" } },
	{ "referer", RAW_REFERER, { "参照元", "referer", "referrer" } },
	{ "duration",
	  RAW_DURATION,
	  { "処理時間", "応答時間", "所要時間", "duration", "responsetime" } },
	{ "terminal",
	  -1,
	  { "端末番号", "端末ID", "端末ＩＤ", "端末名", "端末", "terminalid", "terminal" } },
	{ "object", -1, { "供給地点特定番号", "供給地点番号", "対象", "object" } },
	{ "class", -1, { "画面", "画面名", "画面ID", "画面ＩＤ", "screen", "class" } },
	{ "act",
	  -1,
	  { "操作", "操作内容", "操作種別", "処理", "処理区分", "action", "operation", "act" } },
	{ "outcome", -1, { "結果", "処理結果", "結果コード", "outcome", "result", "status" } },
};

struct cells {
	const struct str *at;
	size_t count;
};

static bool
skipped(char c)
{
	return c == ' ' || c == '_' || c == '-';
}

static bool
usual_is(struct str cell, struct str word)
{
	size_t i = 0;

	for (size_t at = 0; at < cell.n; at++) {
		if (skipped(cell.p[at]))
			continue;
		if (i == word.n || ascii_lower(cell.p[at]) != ascii_lower(word.p[i++]))
			return false;
	}
	return i == word.n && cell.n > 0;
}

static int16_t
find_name(struct cells cells, struct str name)
{
	for (size_t i = 0; i < cells.count; i++) {
		if (str_eq(str_trim(cells.at[i]), name))
			return (int16_t)i;
	}
	return -1;
}

static int16_t
find_usual(struct cells cells, const char *const *word)
{
	for (size_t w = 0; w < WORDS && word[w]; w++) {
		for (size_t i = 0; i < cells.count; i++) {
			if (usual_is(cells.at[i], str_of(word[w])))
				return (int16_t)i;
		}
	}
	return -1;
}

/* What the policy names must be there.  A key of `extract:` (terminal, act ...) may stand for its usual names. */
static bool
find_named(const struct csv_plan *plan, struct cells cells, int16_t *column)
{
	for (size_t slot = 0; slot < SLOT_COUNT; slot++) {
		column[slot] = plan->name[slot].n ? find_name(cells, plan->name[slot]) : -1;
		for (size_t u = 0; slot >= SLOT_EXTRA && column[slot] < 0 && u < COUNT(usual);
		     u++) {
			if (plan->name[slot].n && str_is(plan->name[slot], usual[u].key))
				column[slot] = find_usual(cells, usual[u].word);
		}
		if (slot != RAW_TIME && plan->name[slot].n && column[slot] < 0)
			return false;
	}
	return true;
}

static void
find_rest(const struct csv_plan *plan, struct cells cells, int16_t *column)
{
	for (size_t u = 0; u < COUNT(usual); u++) {
		int slot = usual[u].slot;

		if (slot >= 0 && !plan->name[slot].n)
			column[slot] = find_usual(cells, usual[u].word);
	}
}

/* One column; else those of date and time of day, named or usual; else one that is called as if it were the latter. */
static bool
settle_time(const struct csv_plan *plan, struct cells cells, int16_t *column)
{
	struct str both = plan->name[RAW_TIME];

	if (both.n && column[RAW_TIME] < 0) {
		struct str date = str_split(&both, '+');

		column[SLOT_DATE] = find_name(cells, str_trim(date));
		column[SLOT_CLOCK] = find_name(cells, str_trim(both));
		return column[SLOT_DATE] >= 0 && column[SLOT_CLOCK] >= 0;
	}
	if (column[RAW_TIME] < 0 && column[SLOT_DATE] >= 0 && column[SLOT_CLOCK] >= 0)
		return true;
	if (column[RAW_TIME] < 0)
		column[RAW_TIME] = column[SLOT_CLOCK];
	column[SLOT_DATE] = column[SLOT_CLOCK] = -1;
	return column[RAW_TIME] >= 0;
}

static void
keep(const int16_t *column, size_t count, struct csv_state *st)
{
	int apart = column[RAW_ACCOUNT] - column[RAW_ADDRESS];

	st->cells = count;
	st->halves = column[RAW_TIME] < 0;
	st->who = CSV_APART;
	if (column[RAW_ACCOUNT] >= 0 && column[RAW_ADDRESS] >= 0 && (apart == 1 || apart == -1))
		st->who = apart == 1 ? CSV_ADDRESS_FIRST : CSV_ACCOUNT_FIRST;
	for (size_t slot = 0; slot < SLOT_COUNT; slot++)
		st->column[slot] = column[slot] < 0 ? (uint16_t)CSV_CELLS : (uint16_t)column[slot];
}

bool
csv_header_is(const struct csv_plan *plan, const struct str *cell, size_t count,
	      struct csv_state *state)
{
	struct cells cells = { .at = cell, .count = count };
	int16_t column[SLOT_COUNT];

	if (!find_named(plan, cells, column))
		return false;
	find_rest(plan, cells, column);
	if (!settle_time(plan, cells, column))
		return false;
	if (column[RAW_ACCOUNT] < 0 && column[RAW_ADDRESS] < 0)
		return false;
	keep(column, count, state);
	return true;
}
