/*
 * csv_rows_test.c - whole tables, and what becomes of each row.
 */
#include "base/test_wall.h"

#include "format/csv_testing.h"

enum { PICTURE = 4000 };

#define NO_HEADER "a header row with a time and an account in the first 1000 rows"

/*
 * The spec: `name=column` for a raw field, `x=column` for extra[].  Wanted: H header, N nothing, R byte (what was
 * expected), [ms account address status text-of-status|extra...].
 */
static const struct {
	const char *name;
	const struct format *format;
	const char *spec;
	struct str text, want;
} cases[] = {
	/* clang-format off */
	{ "an empty file says nothing", &fmt_csv, "",
	  BYTES(""),
	  BYTES("") },
	{ "the usual names in Japanese", &fmt_csv, "",
	  BYTES("日時,利用者ID,接続元,結果\n2026/4/1 9:05,pg0001,10.1.2.3,200\n"),
	  BYTES("H [1775001900000 pg0001 10.1.2.3 200] ") },
	{ "the usual names in English, in any case", &fmt_csv, "",
	  BYTES("Time,User ID,IP_Address,STATUS\r\n2026-04-01 09:05:01,pg0001,10.1.2.3,403\r\n"),
	  BYTES("H [1775001901000 pg0001 10.1.2.3 403] ") },
	{ "date and time in two columns", &fmt_csv, "",
	  BYTES("日付,時刻,ユーザーID,IPアドレス\n2026/4/1,9:05,pg0001,10.1.2.3\n2026/4/1,25:10,pg0002,10.1.2.3\n"),
	  BYTES("H [1775001900000 pg0001 10.1.2.3 0] [1775059800000 pg0002 10.1.2.3 0] ") },
	{ "date and time with blanks around them, the one quoted", &fmt_csv, "",
	  BYTES(" 日付 ,時刻,user\n 2026/4/1,\" 9:05 \",pg0001\n"),
	  BYTES("H [1775001900000 pg0001  0] ") },
	{ "a column called time may hold both", &fmt_csv, "",
	  BYTES("time,user,ip\n2026/4/1 9:05,pg0001,10.1.2.3\n"),
	  BYTES("H [1775001900000 pg0001 10.1.2.3 0] ") },
	{ "rows before the header, blank ones too", &fmt_csv, "",
	  BYTES("アクセス履歴\n\n出力日,2026/4/2,,\n\"a\"b\n日時,利用者ID\n2026/4/1 9:05,pg0001\n"),
	  BYTES("H N H H H [1775001900000 pg0001  0] ") },
	{ "a byte order mark before the header, and before a quoted cell", &fmt_csv, "",
	  BYTES("\357\273\277\"日時\",利用者ID\n2026/4/1 9:05,pg0001\n"),
	  BYTES("H [1775001900000 pg0001  0] ") },
	{ "the policy names the columns", &fmt_csv, "time=いつ account=だれ",
	  BYTES("いつ,だれ,利用者ID\n2026/4/1 9:05,pg0001,x\n"),
	  BYTES("H [1775001900000 pg0001  0] ") },
	{ "the policy's names are taken as they are", &fmt_csv, "account=だれ",
	  BYTES("日時,だれか\n日時,だれ\n2026/4/1 9:05,pg0001\n"),
	  BYTES("H H [1775001900000 pg0001  0] ") },
	{ "the policy names two columns for a time", &fmt_csv, "time=日+時",
	  BYTES("時,日,user\n9:05,2026/4/1,pg0001\n"),
	  BYTES("H [1775001900000 pg0001  0] ") },
	{ "a name with a plus in it is one column first", &fmt_csv, "time=日+時",
	  BYTES("日+時,日,user\n2026/4/1 9:05,x,pg0001\n"),
	  BYTES("H [1775001900000 pg0001  0] ") },
	{ "fields of its own", &fmt_csv, "x=画面 x=供給地点特定番号",
	  BYTES("日時,供給地点特定番号,利用者ID,画面\n2026/4/1 9:05,0310000000000000000001,pg0001,契約照会\n"),
	  BYTES("H [1775001900000 pg0001  0|契約照会|0310000000000000000001] ") },
	{ "a key of extract stands for its usual names", &fmt_csv, "x=terminal x=object",
	  BYTES("日時,供給地点特定番号,利用者ID,端末番号\n2026/4/1 9:05,0310000000000000000001,pg0001,KPG-T1\n"),
	  BYTES("H [1775001900000 pg0001  0|KPG-T1|0310000000000000000001] ") },
	{ "no header without a field that is asked for", &fmt_csv, "x=画面",
	  BYTES("日時,利用者ID\n2026/4/1 9:05,pg0001\n"),
	  BYTES("H H ") },
	{ "no header without a time", &fmt_csv, "",
	  BYTES("利用者ID,接続元\npg0001,10.1.2.3\n"),
	  BYTES("H H ") },
	{ "no header with neither account nor address", &fmt_csv, "",
	  BYTES("日時,結果\n2026/4/1 9:05,200\n"),
	  BYTES("H H ") },
	{ "an address and no account", &fmt_csv, "",
	  BYTES("日時,接続元\n2026/4/1 9:05,10.1.2.3\n"),
	  BYTES("H [1775001900000  10.1.2.3 0] ") },
	{ "quoted cells with commas, quotes and newlines", &fmt_csv, "x=備考",
	  BYTES("日時,利用者ID,備考\n\"2026/4/1 9:05\",\"pg,0001\",\"a \"\"b\"\"\r\nc\"\r\n2026/4/1 9:05:01,\"p\"\"g\",\n"),
	  BYTES("H [1775001900000 pg,0001  0|a \"b\"\r\nc] [1775001901000 p\"g  0|] ") },
	{ "what Excel was given to keep its zeros", &fmt_csv, "x=備考",
	  BYTES("日時,=\"利用者ID\",備考\n2026/4/1 9:05,=\"0012\",\"=\"\"00 7\"\"\"\n"),
	  BYTES("H [1775001900000 0012  0|00 7] ") },
	{ "and what only looks like it", &fmt_csv, "x=備考",
	  BYTES("日時,利用者ID,備考\n2026/4/1 9:05,=\"01,=02\n2026/4/1 9:05,=\"a\"b\",\"=\"\"\"\n2026/4/1 9:05,= \"1\",=\"\"\n"),
	  BYTES("H [1775001900000 =\"01  0|=02] [1775001900000 =\"a\"b\"  0|=\"] [1775001900000 = \"1\"  0|] ") },
	{ "in tables with tabs too", &fmt_tsv, "",
	  BYTES("日時\t利用者ID\n=\"2026/4/1 9:05\"\t=\"0,1\"\n"),
	  BYTES("H [1775001900000 0,1  0] ") },
	{ "a header again, with other columns", &fmt_csv, "",
	  BYTES("日時,利用者ID,結果\n2026/4/1 9:05,pg0001,200\n日時,利用者ID,結果\n利用者ID,日時\npg0002,2026/4/1 9:05:01\n"),
	  BYTES("H [1775001900000 pg0001  200] H H [1775001901000 pg0002  0] ") },
	{ "a result in words is no status", &fmt_csv, "",
	  BYTES("日時,利用者ID,結果\n2026/4/1 9:05,pg0001,成功\n"),
	  BYTES("H [1775001900000 pg0001  0 成功] ") },
	{ "too few cells", &fmt_csv, "",
	  BYTES("日時,利用者ID,結果\n2026/4/1 9:05,pg0001\n2026/4/1 9:05,pg0001,\n"),
	  BYTES("H R20(as many cells as the header has (3)) [1775001900000 pg0001  0] ") },
	{ "too many cells", &fmt_csv, "",
	  BYTES("日時,利用者ID\n2026/4/1 9:05,pg0001,200\n"),
	  BYTES("H R21(as many cells as the header has (2)) ") },
	{ "a row of empty cells is blank", &fmt_csv, "",
	  BYTES("日時,利用者ID\n,\n , \n,,,\n"),
	  BYTES("H N N N ") },
	{ "text behind a closing quote", &fmt_csv, "",
	  BYTES("日時,利用者ID\n2026/4/1 9:05,\"pg\"0001\n2026/4/1 9:05,pg0001\n"),
	  BYTES("H R18(the end of the cell behind its closing quote) [1775001900000 pg0001  0] ") },
	{ "a quote that never closes costs its first line", &fmt_csv, "",
	  BYTES("日時,利用者ID\n2026/4/1 9:05,\"pg0001\n2026/4/1 9:05:01,pg0002\n"),
	  BYTES("H R14(a closing quote) [1775001901000 pg0002  0] ") },
	{ "a quote in the middle of a cell is a byte", &fmt_csv, "",
	  BYTES("日時,利用者ID\n2026/4/1 9:05,pg\"0001\n"),
	  BYTES("H [1775001900000 pg\"0001  0] ") },
	{ "a CR inside a cell stays, one at the end does not", &fmt_csv, "",
	  BYTES("日時,利用者ID,結果\r\n2026/4/1 9:05,pg\r01,x\r\n"),
	  BYTES("H [1775001900000 pg\r01  0 x] ") },
	{ "NUL and invalid UTF-8 are bytes", &fmt_csv, "",
	  BYTES("日時,利用者ID,結果\n2026/4/1 9:05,p\000g,\377\355\240\200\n"),
	  BYTES("H [1775001900000 p\000g  0 \377\355\240\200] ") },
	{ "tabs between cells, commas in them", &fmt_tsv, "",
	  BYTES("日時\t利用者ID\t接続元\n2026/4/1 9:05\tpg,0001\t10.1.2.3\n\"2026/4/1 9:05:01\"\t\"pg\t2\"\t\n"),
	  BYTES("H [1775001900000 pg,0001 10.1.2.3 0] [1775001901000 pg\t2  0] ") },
	{ "an agent that names columns makes no header", &fmt_csv, "",
	  BYTES("日時,利用者ID,ブラウザ\n2026/4/1 9:05,pg0001,K,日時,接続元,利用者ID\n2026/4/1 9:05:01,pg0002,K\n"),
	  BYTES("H R23(as many cells as the header has (3)) [1775001901000 pg0002  0] ") },
	{ "nor does one beside a time in two columns", &fmt_csv, "",
	  BYTES("user,日付,時刻\n日時,接続元,利用者ID,2026/4/1,9:05\npg0002,2026/4/1,9:05\n"),
	  BYTES("H R29(as many cells as the header has (3)) [1775001900000 pg0002  0] ") },
	{ "nor the first header", &fmt_csv, "",
	  BYTES("2026/4/1 9:05,pg0001,日時,利用者ID\n日時,利用者ID\n2026/4/1 9:05,pg0001\n"),
	  BYTES("R0(" NO_HEADER ") H [1775001900000 pg0001  0] ") },
	{ "rows without a header are told from the first", &fmt_csv, "",
	  BYTES("2026/4/1 9:05,pg0001,10.1.2.3\n2026/4/1,9:05,pg0001\n"),
	  BYTES("R0(" NO_HEADER ") R0(" NO_HEADER ") ") },
	{ "when the table was made is no row", &fmt_csv, "",
	  BYTES("出力日時,2026/4/1 9:05,,\n期間,2026/4/1,2026/4/30\n日時,利用者ID\n2026/4/1 9:05,pg0001\n"),
	  BYTES("H H H [1775001900000 pg0001  0] ") },
	{ "a cell with rows in it is refused: two agents may have made it of them", &fmt_csv, "",
	  BYTES("日時,利用者ID,備考\n2026/4/1 9:05,x,\"K\n2026/4/1 9:05:01,pg0002,K\n2026/4/1 9:05:02,x,K\"\n2026/4/1 9:05,pg0001,\n"),
	  BYTES("H R19(a cell that holds no row of its own) [1775001900000 pg0001  0] ") },
	{ "rows with a time in two columns", &fmt_csv, "",
	  BYTES("利用者ID,備考,日付,時刻\nx,\"K\npg0002,K,2026/4/1,'9:05'\npg0002,K,2026/4/1,9:05\nx,K\",2026/4/1,9:05\n"),
	  BYTES("H R30(a cell that holds no row of its own) ") },
	{ "a remark with a time in it is no row", &fmt_csv, "x=備考",
	  BYTES("日時,利用者ID,備考\n2026/4/1 9:05,pg0001,\"a\n2026/4/1 9:05 b,c,d\"\n"),
	  BYTES("H [1775001900000 pg0001  0|a\n2026/4/1 9:05 b,c,d] ") },
	{ "commas are no tabs", &fmt_csv, "",
	  BYTES("日時\t利用者ID\n2026/4/1 9:05\tpg0001\n"),
	  BYTES("H H ") },
	/* clang-format on */
};

struct picture {
	char text[PICTURE];
	size_t n;
};

static void
add(struct picture *p, struct str s)
{
	assert_true(s.n < PICTURE - p->n);
	if (s.n)
		memcpy(p->text + p->n, s.p, s.n);
	p->n += s.n;
}

static void
add_number(struct picture *p, const char *before, int64_t n)
{
	char text[40];

	add(p, (struct str){
		       .p = text,
		       .n = (size_t)snprintf(text, sizeof(text), "%s%lld", before, (long long)n) });
}

static void
add_event(struct picture *p, const struct record *r, size_t extras)
{
	struct str status = r->text[RAW_STATUS];

	add_number(p, "[", r->ts);
	add(p, STR(" "));
	add(p, r->text[RAW_ACCOUNT]);
	add(p, STR(" "));
	add(p, r->text[RAW_ADDRESS]);
	add_number(p, " ", r->status);
	if (status.n && !r->status) {
		add(p, STR(" "));
		add(p, status);
	}
	for (size_t i = 0; i < extras; i++) {
		add(p, STR("|"));
		add(p, r->extra[i]);
	}
	add(p, STR("] "));
}

static void
add_row(struct picture *p, enum parsed parsed, const struct record *r, const struct refusal *why,
	size_t extras)
{
	switch (parsed) {
	case PARSED_EVENT:
		add_event(p, r, extras);
		break;
	case PARSED_NOTHING:
		add(p, STR("N "));
		break;
	case PARSED_HEADER:
		add(p, STR("H "));
		break;
	case PARSED_REFUSED:
		add_number(p, "R", why->byte);
		add(p, STR("("));
		add(p, str_of(why->expected));
		add(p, STR(") "));
		break;
	}
}

static struct format_spec
spec_of(const char *text, struct str *extra, struct arena *a)
{
	struct str rest = str_of(text);
	struct format_spec spec = { .extra = extra };

	spec.zone = zone_load(a, STR("JST"), NULL, NULL, (struct place){ 0 });
	while (rest.n) {
		struct str value = str_split(&rest, ' '), name = str_split(&value, '=');
		bool known = str_is(name, "x");

		if (known)
			extra[spec.extra_count++] = value;
		for (int i = 0; i < RAW_COUNT && !known; i++) {
			if (str_is(name, raw_names[i])) {
				spec.field[i] = value;
				known = true;
			}
		}
		assert_true(known);
	}
	return spec;
}

static void
rows_of_tables(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct str extra[EXTRA_MOST], rest = cases[i].text;
		struct arena a = { 0 };
		struct format_spec spec = spec_of(cases[i].spec, extra, &a);
		struct picture p = { .n = 0 };
		struct reading r;

		assert_true(reading_begin(&r, cases[i].format, &spec));
		while (rest.n) {
			struct str line = walled(next_record(cases[i].format, &r.parsing, &rest));
			struct record record;
			struct refusal why;

			memset(&record, 'x', sizeof(record));
			reading_room(&r, line);
			add_row(&p, cases[i].format->parse(&r.parsing, line, &record, &why),
				&record, &why, spec.extra_count);
		}
		want_str(cases[i].name, "rows", cases[i].want,
			 (struct str){ .p = p.text, .n = p.n });
		reading_end(&r);
		arena_free(&a);
	}
}

/* One line after another, in a reading of its own; the last one's answer. */
static enum parsed
parse_lines(struct reading *r, const char *head, const char *row, unsigned heads,
	    struct refusal *why)
{
	struct record record;
	enum parsed got = PARSED_NOTHING;

	for (unsigned i = 0; i <= heads; i++) {
		struct str line = walled(str_of(i < heads ? head : row));

		reading_room(r, line);
		got = fmt_csv.parse(&r->parsing, line, &record, why);
	}
	return got;
}

static void
no_header_is_no_silence(void **state UNUSED)
{
	struct str extra[] = { STR("画面") };
	struct format_spec spec = { .extra = extra, .extra_count = 1 };
	struct refusal why;
	struct reading r;

	assert_true(reading_begin(&r, &fmt_csv, &spec));
	assert_int_equal(parse_lines(&r, "a,b", "a,b", CSV_BEFORE - 1, &why), PARSED_HEADER);
	assert_int_equal(parse_lines(&r, "a,b", "a,b", 0, &why), PARSED_REFUSED);
	want_str("no header", "expected",
		 STR("a header row with the columns '画面' in the first 1000 rows"),
		 str_of(why.expected));
	reading_end(&r);
}

static void
rows_of_too_many_cells(void **state UNUSED)
{
	struct format_spec spec = { 0 };
	char row[2 * CSV_CELLS + 64];
	struct refusal why;
	struct reading r;

	assert_true(reading_begin(&r, &fmt_csv, &spec));
	for (size_t cells = CSV_CELLS - 1; cells <= CSV_CELLS + 1; cells++) {
		int n = snprintf(row, sizeof(row), "time,user");

		memset(row + n, ',', cells - 2);
		row[(size_t)n + cells - 2] = '\0';
		parse_lines(&r, row, row, 0, &why);
		n = snprintf(row, sizeof(row), "2026-04-01T09:05:00Z,pg0001");
		memset(row + n, ',', cells - 2);
		row[(size_t)n + cells - 2] = '\0';
		assert_int_equal(parse_lines(&r, row, row, 0, &why),
				 cells <= CSV_CELLS ? PARSED_EVENT : PARSED_REFUSED);
	}
	want_str("513 cells", "expected", STR("at most 512 cells"), str_of(why.expected));
	reading_end(&r);
}

/* Equal bytes of `who` must mean equal address and account, whatever the header and the quotes. */
static const struct {
	const char *header, *row;
	const char *who;
} whos[] = {
	{ "time,ip,user", "2026-04-01T09:05:00Z,A,B", "A,B" },
	{ "time,ip,user", "2026-04-01T09:05:00Z,\"A\",\"B\"", "\"A\",\"B" },
	{ "time,ip,user", "2026-04-01T09:05:00Z,A\",\"B\"", "A\",\"B" },
	{ "time,user,ip", "2026-04-01T09:05:00Z,A,B", ",A,B" },
	{ "time,user,ip", "2026-04-01T09:05:00Z,\"A\",B", ",\"A\",B" },
	{ "user,ip,time", "A,B,2026-04-01T09:05:00Z", "A,B," },
	{ "user,ip,time", "A,\"B\",2026-04-01T09:05:00Z", "" },
	{ "ip,user,time", "A,B,2026-04-01T09:05:00Z", "A,B" },
	{ "time,user,x,ip", "2026-04-01T09:05:00Z,A,,B", "" },
	{ "time,user", "2026-04-01T09:05:00Z,A", "" },
	{ "time,ip,user", "2026-04-01T09:05:00Z,A,\"B\"\"\"", "" },
};

static void
who_is_one_stretch(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(whos); i++) {
		struct format_spec spec = { 0 };
		struct record record = { 0 };
		struct refusal why;
		struct reading r;
		struct str line;

		assert_true(reading_begin(&r, &fmt_csv, &spec));
		parse_lines(&r, whos[i].header, whos[i].header, 0, &why);
		line = walled(str_of(whos[i].row));
		reading_room(&r, line);
		assert_int_equal(fmt_csv.parse(&r.parsing, line, &record, &why), PARSED_EVENT);
		want_str(whos[i].row, "who", str_of(whos[i].who), record.who);
		reading_end(&r);
	}
}

static void
a_time_that_cannot_be_compiled(void **state UNUSED)
{
	struct format_spec spec = { .time = STR("%Q") };
	struct reading r;

	assert_false(reading_begin(&r, &fmt_csv, &spec));
	assert_int_equal(r.err.list.n, 1);
	reading_end(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_of_tables),
		cmocka_unit_test(no_header_is_no_silence),
		cmocka_unit_test(rows_of_too_many_cells),
		cmocka_unit_test(who_is_one_stretch),
		cmocka_unit_test(a_time_that_cannot_be_compiled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
