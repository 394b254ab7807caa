/*
 * line_csv.c - what a business package exports: CSV in CP932 with Japanese columns, times without an offset.
 * Hides the encoding: the few words it prints stand here as the bytes they are.
 */
#include "demo/line.h"

static const struct phrase csv_acts[] = {
	[DO_VIEW] = PHRASE("\x8f\xc6\x89\xef"), /* 照会 */
	[DO_UPDATE] = PHRASE("\x8dX\x90V"),     /* 更新 */
	[DO_LOGIN] = PHRASE("\x83\x8d\x83O\x83"
			    "C\x83\x93"), /* ログイン */
	[DO_LOGOUT] = PHRASE("\x83\x8d\x83O\x83"
			     "A\x83"
			     "E\x83g"),           /* ログアウト */
	[DO_SEARCH] = PHRASE("\x8c\x9f\x8d\xf5"), /* 検索 */
	[DO_STATIC] = PHRASE("\x95\x5c\x8e\xa6"), /* 表示 */
	[DO_HEALTH] = PHRASE("\x8a\xc4\x8e\x8b"), /* 監視 */
};

static const struct phrase csv_ok = PHRASE("\x90\xac\x8c\xf7"); /* 成功 */
static const struct phrase csv_auth = PHRASE("\x94"
					     "F\x8f\xd8\x8e\xb8\x94s"); /* 認証失敗 */
static const struct phrase csv_forbidden =
	PHRASE("\x8c\xa0\x8c\xc0\x82\xc8\x82\xb5"); /* 権限なし */
static const struct phrase csv_not_found = PHRASE("\x8aY\x93\x96\x82\xc8\x82\xb5"); /* 該当なし */
static const struct phrase csv_error = PHRASE("\x83G\x83\x89\x81[");                /* エラー */

/* 2022/11/01 9:05:01: the hour as people write it */
static void
stamp_csv(struct stamp *st)
{
	uint32_t s = (uint32_t)(st->at % DAY_S);
	char *p = put_date(st->text, st->at, '/');

	*p++ = ' ';
	p = put_digits(p, s / 3600, 0);
	*p++ = ':';
	p = put_digits(p, s / 60 % 60, 2);
	*p++ = ':';
	p = put_digits(p, s % 60, 2);
	st->n = (size_t)(p - st->text);
}

static const struct phrase *
csv_outcome(uint16_t status)
{
	if (status < 400)
		return &csv_ok;
	return status == 401   ? &csv_auth
	       : status == 403 ? &csv_forbidden
	       : status == 404 ? &csv_not_found
			       : &csv_error;
}

static char *
csv_line(char *p, const struct line_in *in)
{
	const struct req *q = in->q;
	const struct phrase *outcome = csv_outcome(q->status);
	bool screen = q->what == DO_VIEW || q->what == DO_UPDATE;

	p = put_short(p, in->stamp->text, in->stamp->n);
	*p++ = ',';
	p = put_account(p, in, '\0');
	*p++ = ',';
	p = put_ip(p, &in->w->nets[q->net], q->host);
	*p++ = ',';
	if (q->term != NOBODY)
		p = put_digits(PUT(p, "T-"), q->term + 1, 5);
	*p++ = ',';
	p = put(p, csv_acts[q->what].p, csv_acts[q->what].n);
	*p++ = ',';
	if (screen) {
		p = put(p, screen_ids[q->cls], strlen(screen_ids[q->cls]));
		*p++ = ',';
		p = put_consumer(p, in);
	} else {
		*p++ = ',';
	}
	*p++ = ',';
	if (q->masked >= 0)
		*p++ = (char)('0' + q->masked);
	*p++ = ',';
	return put(p, outcome->p, outcome->n);
}

const struct line_format line_csv = {
	.name = "csv",
	.file = "export.csv",
	.head = "\x93\xfa\x8e\x9e,\x97\x98\x97p\x8e\xd2ID,\x90\xda\x91\xb1\x8c\xb3,\x92["
		"\x96\x96\x94\xd4\x8d\x86,\x91\x80\x8d\xec,\x89\xe6\x96\xca,"
		"\x8b\x9f\x8b\x8b\x92n\x93_\x93\xc1\x92\xe8\x94\xd4\x8d\x86,\x83}\x83X\x83N,"
		"\x8c\x8b\x89\xca"
		"\n",
	.head_lines = 1,
	.policy = "    encoding: cp932\n    timezone: Asia/Tokyo\n"
		  "    fields: {time: 日時, account: 利用者ID, address: 接続元}\n"
		  "    extract: {object: 'field:供給地点特定番号', class: 'field:画面', act: "
		  "'field:操作',\n"
		  "              terminal: 'field:端末番号', masked: 'field:マスク', outcome: "
		  "'field:結果'}\n"
		  "    acts: {照会: view, 更新: update, ログイン: login, ログアウト: logout, 検索: "
		  "list, "
		  "表示: other, 監視: health}\n"
		  "    outcomes: {成功: ok, 認証失敗: auth, 権限なし: forbidden, 該当なし: "
		  "not_found, "
		  "エラー: error}\n",
	.stamp = stamp_csv,
	.line = csv_line,
};
