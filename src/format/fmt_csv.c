/*
 * fmt_csv.c - a table with commas between its cells; see csv_rows.h.
 */
#include "format/csv_rows.h"

static int
csv_compile(const struct format_spec *spec, struct arena *arena, const void **plan,
	    struct errors *err)
{
	return csv_rows_compile(spec, ',', arena, plan, err);
}

static const struct format_sample csv_samples[] = {
	{ "csv",
	  "time,account,address,method,target,status\n"
	  "2026-04-01T09:05:01+09:00,pg0001,10.1.2.3,GET,\"/a?b=1,2\",200",
	  "ts=1775001901000 account=pg0001 address=10.1.2.3 method=GET target=/a?b=1,"
	  "2 status=200" },
	{ "csv",
	  "操作ログ,2026年4月分\n"
	  "\n"
	  "日時,利用者ID,接続元,画面,操作,備考\n"
	  "2026/4/1 9:05:00,ep0002,10.2.0.9,契約,照会,\n"
	  "2026/4/1 9:05:01,\"pg \"\"7\"\"\",10.1.2.3,\"契約\n"
	  "一覧\",印刷,\" x \"",
	  "ts=1775034301000 account='pg \"7\"' address=10.1.2.3 画面='契約\n"
	  "一覧' 操作=印刷 備考=' x '" },
	{ "csv",
	  "日付,時刻,利用者,IPアドレス,ステータス\n"
	  "2026/3/31,25:10,ep 2,2001:db8::7,404",
	  "ts=1775005800000 account='ep 2' address=2001:db8::7 status=404" },
	{ 0 },
};

const struct format fmt_csv = {
	.name = "csv",
	.summary = "a header row, then comma-separated cells; quotes as in RFC 4180",
	.whole = true,
	.names_fields = true,
	.state_size = sizeof(struct csv_state),
	.compile = csv_compile,
	.parse = csv_rows_parse,
	.open = csv_rows_open,
	.sample = csv_samples,
};
