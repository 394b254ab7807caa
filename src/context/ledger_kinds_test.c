/*
 * ledger_kinds_test.c - every ledger in English and in Japanese, and which of its rows may stand side by side.
 */
#include "context/context_testing.h"

/* As in ledger_test.c: `want` is "line:column: part of the message", '|' between mistakes; empty = loads. */
static const struct {
	const char *name, *ledger, *text, *want;
} cases[] = {
	{ "a book of shared IDs", "shared_ids",
	  "account,person,terminal,out,in\nS,p1,T,2022-04-01 9:00,2022-04-01 "
	  "17:00\nS,,,2022-04-02,\n",
	  "" },
	{ "the same in Japanese", "shared_ids",
	  "利用者ID,従業員番号,端末番号,使用開始,使用終了\nS,p1,T,令和4年4月1日 9:00,\n", "" },
	{ "entries of one shared ID may overlap", "shared_ids",
	  "account,out,in\nS,2022-04-01,2022-04-03\nS,2022-04-02,2022-04-04\n", "" },
	{ "an entry that is never begun", "shared_ids", "account,out\nS,\n",
	  "2:2: 'out' must not be empty" },
	{ "loans", "terminal_loans", "端末番号,組織,貸与,返却,承認者\nT,KEP,R4.4.1,R4.4.3,x\n",
	  "" },
	{ "a terminal lent to two at once", "terminal_loans",
	  "terminal,out,in\nT,2022-04-01,2022-04-10\nT,2022-04-09,\n",
	  "3: this row and line 2 hold for the same 'terminal' at the same time" },
	{ "a terminal lent again on the day it came back", "terminal_loans",
	  "terminal,out,in\nT,2022-04-01,2022-04-10\nT,2022-04-10,\n", "" },
	{ "a loan that never came back, and the next one", "terminal_loans",
	  "terminal,out,in\nT,2022-04-01,\nT,2022-04-09,\n", "3: this row and line 2" },
	{ "hours", "schedules",
	  "schedule,daytype,start,end\nday,biz,9:00,12:00\nday,biz,13:00,17:30\nnight,sat,22:00,30:"
	  "00\n",
	  "" },
	{ "hours in Japanese", "schedules",
	  "勤務区分,曜日区分,開始,終了\n日勤,平日,9:00,17:30\n日勤,土曜,9:00,12:00\n"
	  "夜勤,祝日,22:00,30:00\n",
	  "" },
	{ "hours of no day", "schedules", "schedule,daytype,start,end\nday,mon,9:00,12:00\n",
	  "2:2: 'daytype' cannot be 'mon'; it must be one of biz, sat, sun, hol (平日, 土, 日, "
	  "祝)" },
	{ "both a bad cell and a bad row are told", "schedules",
	  "schedule,daytype,start,end\nday,mon,9:00,12:00\nday,biz,22:00,6:00\n",
	  "2:2: 'daytype'|3: 'end' must lie behind 'start'" },
	{ "permits", "permits",
	  "account,kind,from,to,approver\na,overtime,2022-04-01 18:00,2022-04-01 22:00,x\n"
	  "a,待機,2022-04-01 20:00,2022-04-02 6:00,x\n",
	  "" },
	{ "two permits of one kind at once", "permits",
	  "account,kind,from,to\na,overtime,2022-04-01 18:00,2022-04-01 22:00\n"
	  "a,残業,2022-04-01 21:00,2022-04-01 23:00\n",
	  "3: this row and line 2 hold for the same 'account'" },
	{ "a permit must end", "permits", "account,from,to\na,2022-04-01,\n",
	  "2:3: 'to' must not be empty" },
	{ "substitutes", "substitutes",
	  "不在者,代理者,開始日,終了日\np1,p2,2022/4/1,2022/4/8\np1,p3,2022/4/1,2022/4/8\n", "" },
	{ "one substitute twice at once", "substitutes",
	  "person,substitute,from,to\np1,p2,2022-04-01,2022-04-08\np1,p2,2022-04-07,2022-04-09\n",
	  "3: this row and line 2 hold for the same 'person'" },
	{ "clients", "clients", "組織,システム,クライアント\nKPG,takuso,A\nKPG,takuso,B\n", "" },
	{ "one client twice", "clients", "org,system,client\nKPG,takuso,A\nKPG,takuso,A\n",
	  "3: this row and line 2 are of the same 'org'" },
	{ "contracts", "contractors",
	  "org,parent,systems,classes,sites,from,to,approver\n"
	  "KCC,KPG,takuso;denwa,contract,HQ,2020-04-01,2025-04-01,x\n",
	  "" },
	{ "contracts side by side", "contractors",
	  "委託先,委託元,システム,契約開始,契約終了\nKCC,KPG,takuso,2020/4/1,2025/4/1\n"
	  "KCC,KPG,denwa,2021/4/1,2025/4/1\n",
	  "" },
	{ "a contract ends", "contractors", "org,from,to\nKCC,2020-04-01,\n",
	  "2:3: 'to' must not be empty" },
	{ "work orders", "work_orders",
	  "order,account,system,from,to,entered_at,approver\n"
	  "W1,a,takuso,2022-04-01,2022-04-02,2022-04-01 8:00,x\n"
	  "W2,a,takuso,2022-04-01,2022-04-02,,x\nW3,,takuso,2022-04-01,2022-04-02,,\n",
	  "" },
	{ "one order twice at once", "work_orders",
	  "作業番号,システム,開始,終了\nW1,takuso,2022/4/1,2022/4/3\nW1,takuso,2022/4/2,2022/4/4\n",
	  "3: this row and line 2 hold for the same 'account'" },
	{ "records", "records",
	  "kind,id,consumer,account,org,at,effective\ncall,1,0310,a,KPG,2022-04-01 9:00,\n"
	  "申込,2,0310,,KEP,2022-04-01,2022-05-01\ncall,1,,,,2022-04-01,\n",
	  "" },
	{ "a record whose consumer Excel rounded", "records",
	  "種別,番号,供給地点特定番号,日時\n電話,1,3.1E+20,2022/4/1\n",
	  "2:3: '供給地点特定番号' cannot be '3.1E+20'; Excel has rounded this id" },
	{ "auth events", "auth_events",
	  "at,account,kind,device,ok\n2022-04-01 9:00,a,mfa,D1,yes\n2022-04-01 9:00,a,同意,,\n"
	  "2022-04-01 9:00,a,password,,失敗\n",
	  "" },
	{ "an event of no kind", "auth_events", "日時,利用者ID,種別\n2022/4/1,a,login\n",
	  "2:3: '種別' cannot be 'login'; it must be one of mfa, consent, password, issue, reset, "
	  "revoke, reinstate (" },
	{ "an archive", "archive",
	  "system,day,file,sha256,bytes,lines\ntakuso,2022-04-01,a.gz,"
	  "7a063eceb4cdf071c18d7de0bb94ae609be188dfb1862c281f964ffc3290da5a,10,2\n"
	  "takuso,2022-04-01,b.gz,,,\n",
	  "" },
	{ "a file of one day twice", "archive",
	  "system,day,file\ntakuso,2022-04-01,a\ntakuso,2022/4/1,a\n",
	  "3: this row and line 2 are of the same 'system'" },
	{ "approvals", "approvals",
	  "ファイル,ハッシュ値,作成者,確認者,承認日\nrules.yaml,"
	  "7A063ECEB4CDF071C18D7DE0BB94AE609BE188DFB1862C281F964FFC3290DA5A,p1,p2,R4.4.1\n",
	  "" },
	{ "two missing columns in one message, with what there is", "approvals",
	  "file,sha,prepared_by,when\n",
	  "1: the columns 'sha256' (ハッシュ値), 'reviewed_by' (確認者), 'date' (日付) are "
	  "missing; "
	  "the header has 'file', 'sha', 'prepared_by', 'when'" },
	{ "a header of full width, with blanks around", "orgs", "　ｏｒｇ　,区分\nKPG,grid\n", "" },
	{ "a header that another program wrote as a formula", "orgs", "=\"org\",class\nKPG,grid\n",
	  "" },
	{ "a slip in a Japanese header", "people", "従業員番合,組織\np1,KPG\n",
	  "1:1: unknown column '従業員番合'; did you mean '従業員番号'?" },
	{ "a column of one's own that only begins alike", "accounts",
	  "account,org,kind,使用者名\na,KPG,person,x\n", "" },
	{ "rows of nothing but full width blanks", "orgs", "org,class\nKPG,grid\n　,　\n", "" },
	{ "a byte order mark before a quoted header", "orgs",
	  "\xEF\xBB\xBF\"org\",\"class\"\nKPG,grid\n", "" },
};

static void
check_messages(size_t i, const struct bench *b)
{
	struct str rest = str_of(cases[i].want);
	size_t n = 0;

	while (rest.n) {
		struct str part = str_split(&rest, '|');

		if (n >= b->err.list.n)
			fail_msg("%s: wanted '" STR_FMT "', got no more", cases[i].name,
				 STR_ARG(part));
		if (!str_contains(b->err.list.at[n], part))
			fail_msg("%s: wanted '" STR_FMT "', got '" STR_FMT "'", cases[i].name,
				 STR_ARG(part), STR_ARG(b->err.list.at[n]));
		n++;
	}
	if (n < b->err.list.n)
		fail_msg("%s: one too many: " STR_FMT, cases[i].name, STR_ARG(b->err.list.at[n]));
}

static void
every_kind(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct bench *b = bench_new();
		int failed;

		bench_ledger(b, cases[i].ledger, str_of(cases[i].text));
		failed = bench_load(b);
		check_messages(i, b);
		assert_int_equal(failed, cases[i].want[0] ? -1 : 0);
		bench_free(b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(every_kind) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
