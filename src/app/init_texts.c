/*
 * init_texts.c - the starter policy and the README of its ledgers, in Japanese and English.
 */
#include "app/init_texts.h"

#include <stddef.h>

const char init_policy_head[] =
	"# sekisho.yaml - 点検の方針 / the policy\n"
	"# 書き方は sekisho-policy(5)。直したら `sekisho check` で確かめる。\n"
	"# How to write it: sekisho-policy(5).  After a change, `sekisho check` tells every "
	"mistake.\n"
	"\n"
	"sekisho: 1\n"
	"timezone: Asia/Tokyo            # 日の区切り / where a day begins\n"
	"language: ja                    # 報告の言語 / of reports: ja, en\n"
	"\n"
	"# システム台帳：記録が途絶えても、ここにある限り点検の対象になる。\n"
	"# The register: what must be read, also when it is silent.\n"
	"systems:\n"
	"  - id: takuso\n"
	"    name: {ja: 託送業務システム, en: wheeling service system}\n"
	"    logs: [logs/takuso/*]       # このファイルからの相対パス / paths from this file\n"
	"    format: combined            # `sekisho parse --detect FILE` が提案する / proposes "
	"one\n"
	"    # 対象（供給地点など）と画面がどこに書かれているか / where the object and the screen "
	"stand\n"
	"    extract: {object: 'path:/consumers/{object}/{class}'}\n"
	"    normalise: [trim, lower]    # 利用者IDの揺れをそろえる / of accounts\n"
	"    # owner: GRID               # 所管する組織 / an organisation of ledgers/orgs.csv\n"
	"    # permitted_orgs: [GRID]    # 利用を認める組織 / who may use it\n"
	"    # expect: {weekday: \"08:00-20:00\", max_gap: 2h}   # 沈黙しないはずの時間 / never "
	"silent\n"
	"    # sharing: logical          # shared（共用）, logical（論理分割）, "
	"physical（物理分割）\n"
	"    # split_since: 2024-04-01   # 分割した日 / since when it is split\n"
	"    # nonpersonal: forbidden    # 個人でないIDの利用 / use of shared IDs\n"
	"    # 読み方の見本：check が毎回確かめる / a sample, which `check` reads every time\n"
	"    samples:\n"
	"      - line: '192.0.2.7 - gp0001 [01/Apr/2026:09:05:01 +0900] \"GET "
	"/consumers/1/contract "
	"HTTP/1.1\" 200 512 \"-\" \"-\"'\n"
	"        expect: {account: gp0001, object: '1', class: contract, time: 2026-04-01 "
	"09:05:01}\n"
	"\n"
	"# 画面の区分と操作 / screens, and what a request does there\n"
	"resources:\n"
	"  - {class: contract, sensitivity: non-public}\n"
	"  - {match: {path: /login}, act: login}\n"
	"  - {match: {path: /logout}, act: logout}\n"
	"\n"
	"# 台帳：列は ledgers/README にある / ledgers; ledgers/README lists their columns\n"
	"ledgers:\n";

const char init_policy_tail[] =
	"\n"
	"# 整理表・判定表 / the matrix: who may see which screen of whose customer\n"
	"barrier: ledgers/barrier.csv\n"
	"\n"
	"# 使うときは行頭の # を取る / take the # away to use them\n"
	"# include: [systems.yaml]               # 方針を分けて書く / more files of the policy\n"
	"# rules: ['rules/*.yaml']               # 規則 / rules\n"
	"# dispositions: dispositions.yaml       # 判断済みの検知 / judged findings\n"
	"# geoip: {city: city.mmdb, asn: asn.mmdb}\n"
	"# secrets: [token, password, session, code]  # 報告に値を出さない項目 / never printed\n";

const char init_readme_head[] =
	"台帳 / Ledgers\n"
	"==============\n"
	"\n"
	"CSV（UTF-8 または CP932）。見出しは英語名でも日本語名でもよい。* は必須の列。\n"
	"CSV in UTF-8 or CP932; a heading is the English or the Japanese name.  * must be there.\n"
	"\n"
	"例 / for example, ledgers/accounts.csv:\n"
	"\n"
	"    account,owner,org,kind,valid_from,valid_to\n"
	"    gp0001,1001,GRID,person,2026-04-01,\n"
	"\n"
	"valid_from はその行が有効になる日、valid_to は有効でなくなる最初の日。空欄は期限なし。\n"
	"valid_from is the first day a row holds, valid_to the first on which it no longer does; "
	"empty is\n"
	"open.  Several values in a cell are parted by ';'.  yes and no are yes and no.\n"
	"\n"
	"holidays.csv には、内閣府が「国民の祝日」のページで公開している祝日一覧の "
	"CSV（1955年から翌年まで、\n"
	"Shift_JIS）を、手を加えずにそのまま置く。毎年2月ごろに翌年分が加わる。\n"
	"In place of holidays.csv put the list of holidays that the Cabinet Office of Japan "
	"publishes as CSV on its\n"
	"page on national holidays, as downloaded.  The next year is added about every February.\n"
	"\n"
	"barrier.csv "
	"は上の行から順に当てはめ、最初に合った行で決まる。最後の行は残り全部（拒否）。\n"
	"Of barrier.csv the first row that fits decides; the last one is for all the rest, and "
	"denies.\n"
	"\n"
	"列 / Columns\n"
	"------------\n";

const struct init_ledger init_ledgers[] = {
	{ "accounts", "利用者IDの名簿", "the roster of accounts" },
	{ "allow_pairs", "認められた組織と接続元の組合せ",
	  "whose accounts may be used from whose places" },
	{ "barrier", "整理表・判定表", "who may see which screen of whose customer" },
	{ "closures", "会社の休業日", "days on which the company is closed" },
	{ "consumers", "供給地点と小売事業者", "supply points, and whose customers they are" },
	{ "disasters", "災害対応の発動と終了", "when a disaster response began and ended" },
	{ "grants", "一時的な許可", "what was allowed for a time" },
	{ "holidays", "国民の祝日", "national holidays" },
	{ "networks", "接続元の網と組織", "networks, and whose they are" },
	{ "orgs", "組織", "organisations" },
	{ "people", "従業員の所属と発令日", "people, and where they belong since when" },
	{ "terminals", "端末台帳", "terminals" },
	{ NULL, NULL, NULL },
};
