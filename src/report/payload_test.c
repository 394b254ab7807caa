/*
 * payload_test.c - what strangers may write, in every field, through every writer: nothing active comes out, the output
 * is whole in its language, and what went in can be read back.
 *
 * The payloads lie in testdata/payloads, a JSON text a line; with SEKISHO_CORPUS=FOLDER all lines of
 * FOLDER/text/blns.txt are asked, too.  Run from the root of the tree, as make does.
 */
#include "base/test_wall.h"

#include "base/csv.h"
#include "base/out.h"
#include "model/report.h"

extern const struct report rep_csv, rep_csv_excel, rep_junit, rep_md, rep_ocsf, rep_sarif, rep_text;

enum { FILE_MOST = 1 << 20 };

static const struct report_options how = { .language = LANGUAGE_EN };

/* One payload everywhere; `shown` is what of it can be shown, by out_shown(). */
struct trial {
	struct arena arena;
	struct report_record rec;
	struct str text, shown; /* as records have it */
	struct out o;
};

static void
line_of(struct out *o, struct str payload)
{
	static const char template[] =
		"{'schema':'sekisho/finding/"
		"1','rule':'ORG-01','rule_version':'1.0','title':{'ja':@,'en':@},"
		"'kind':'violation','severity':'high','points':75,'fp_case':@,'fp_occ':@,'parent':@"
		","
		"'baseline':'new','disposition':{'decision':@},'subject':{'acct':@,'realm':@,'"
		"owner':@,"
		"'org':@,'dept':@,'role':@,'kind':@},'key':{'acct':@,'origin_org':@},'system':[@,@]"
		","
		"'case_type':@,'first':@,'last':@,'open':true,'counts':{'lines':1},"
		"'cases':[{'first':@,'last':@,'incident':@,'counts':{'lines':1}}],"
		"'origins':[{'net':@,'org':@,'site':@,'lines':1}],'evidence':{'first_line':{'time':"
		"@,"
		"'at':{'file':@,'line':1,'raw':@}}},'because':[{'pred':@,'observed':@,'ref':@}],"
		"'explain':{'ja':@,'en':@},'seeds':[@],'route':@}\n"
		"{'schema':'sekisho/run/1','version':@,'now':@,'complete':false,'trouble':[@],"
		"'warnings':[@],'findings':1,'incidents':[{'id':@,'subject':@,'first':@,'last':@,"
		"'findings':2}],'rules':[{'rule':@,'version':@,'title':{'en':@},'lacks':[@]}],"
		"'lines':1,'files':[{}]}\n";

	for (const char *p = template; *p; p++) {
		if (*p == '@')
			out_json(o, payload);
		else
			out_char(o, *p == '\'' ? '"' : *p);
	}
}

static void
payload_begin(struct trial *t, struct str payload)
{
	struct errors err = { 0 };
	struct json_wrong wrong;
	struct out o;

	*t = (struct trial){ .text = { 0 } };
	out_memory(&t->o);
	out_memory(&o);
	out_json(&o, payload);
	t->text = json_text_of(json_tree(&t->arena, arena_str(&t->arena, out_taken(&o)), &wrong));
	o.n = 0;
	out_shown(&o, t->text);
	t->shown = arena_str(&t->arena, out_taken(&o));
	o.n = 0;
	line_of(&o, payload);
	assert_int_equal(
		record_read(&t->rec, STR("payload"), arena_str(&t->arena, out_taken(&o)), &err), 0);
	out_discard(&o);
}

static void
payload_end(struct trial *t)
{
	out_discard(&t->o);
	record_free(&t->rec);
	arena_free(&t->arena);
}

static struct str
written(struct trial *t, const struct report *report)
{
	t->o.n = 0;
	report->write(&t->rec, &how, &t->o);
	return out_taken(&t->o);
}

/* --- every language --------------------------------------------------------------------------------- */

/* No control but the newline (and the return of CSV), none of C1, nothing that turns or hides text. */
static void
want_calm(const struct trial *t, const char *name, struct str s)
{
	char buf[400];

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i],
			      d = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;
		unsigned char e = i + 2 < s.n ? (unsigned char)s.p[i + 2] : 0;
		bool active = (c < 0x20 && c != '\n' && c != '\r') || c == 0x7f ||
			      (c == 0xc2 && d < 0xa0) ||
			      (c == 0xe2 && d == 0x80 && e >= 0xa8 && e <= 0xae) ||
			      (c == 0xe2 && d == 0x80 && e >= 0x8b && e <= 0x8f) ||
			      (c == 0xe2 && d == 0x81 && e >= 0xa0 && e <= 0xaf) ||
			      (c == 0xf3 && d == 0xa0) || c == 0xff;

		if (active && !(i == 0 && c == 0xef))
			fail_msg("%s: byte %02x of [%s] came through", name, c,
				 shown(t->text, buf, sizeof(buf)));
	}
}

/* --- CSV -------------------------------------------------------------------------------------------- */

/* An own reading of what a spreadsheet would run; the reader of numbers is the sheet's business. */
static bool
runs(struct str cell)
{
	size_t i = 0;

	while (i < cell.n && strchr(" \",;'", cell.p[i]) && cell.p[i] &&
	       !(i == 0 && cell.p[0] == '\''))
		i++;
	return i < cell.n && strchr("=+-@\t\r\n", cell.p[i]);
}

static void
csv_comes_back(struct trial *t, const struct report *report, bool excel)
{
	static const char *const asked[] = { "acct", "owner", "raw", "explain", "file", "route" };
	struct csv c;
	VEC(struct str) names = { 0 };
	size_t found = 0;

	csv_open(&c, written(t, report));
	want_calm(t, report->name, out_taken(&t->o));
	assert_int_equal(csv_next(&c), CSV_ROW);
	for (size_t i = 0; i < c.cell.n; i++)
		*VEC_PUSH(&names) = arena_str(&t->arena, c.cell.at[i]);
	assert_int_equal(csv_next(&c), CSV_ROW);
	want_i64(report->name, "cells", (int64_t)names.n, (int64_t)c.cell.n);
	for (size_t i = 0; i < names.n; i++) {
		struct str cell = c.cell.at[i];
		bool made_safe = excel && str_contains(c.cell.at[names.n - 1], names.at[i]) &&
				 str_starts(cell, STR("'"));

		if (excel && !made_safe)
			want_bool("a cell", "run", false, runs(cell));
		for (size_t k = 0; k < COUNT(asked); k++) {
			if (!str_is(names.at[i], asked[k]))
				continue;
			want_str(report->name, asked[k], t->shown, str_skip(cell, made_safe));
			found++;
		}
	}
	assert_int_equal(found, COUNT(asked));
	assert_int_equal(csv_next(&c), CSV_END);
	csv_close(&c);
	VEC_FREE(&names);
}

/* --- JSON ------------------------------------------------------------------------------------------- */

static void
json_comes_back(struct trial *t, const struct report *report, const char *const *paths)
{
	struct json_wrong wrong;
	const struct json_value *v = json_tree(&t->arena, written(t, report), &wrong);

	want_calm(t, report->name, out_taken(&t->o));
	if (!v)
		fail_msg("%s: no JSON at byte %zu: %s", report->name, wrong.byte, wrong.expected);
	if (str_contains(out_taken(&t->o), STR("<")))
		fail_msg("%s: a < came through", report->name);
	for (; *paths; paths++) {
		const struct json_value *at = v;
		struct str rest = str_of(*paths);

		while (rest.n && at) {
			struct str name = str_split(&rest, '.');

			at = str_is(name, "0") ? at->first
					       : json_member(at, arena_str(&t->arena, name).p);
		}
		want_str(report->name, *paths, t->text, json_text_of(at));
	}
}

/* --- XML -------------------------------------------------------------------------------------------- */

static struct str
unescaped(struct arena *a, struct str s)
{
	static const char *const entities[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&#39;" };
	char *to = arena_alloc(a, s.n + 1);
	size_t n = 0;

	while (s.n) {
		size_t i = 0, length = 1;

		while (i < COUNT(entities) && !str_starts(s, str_of(entities[i])))
			i++;
		if (i < COUNT(entities))
			length = strlen(entities[i]);
		else if (strchr("&<>\"'", s.p[0]))
			fail_msg("a bare %c in a text or an attribute", s.p[0]);
		to[n++] = i < COUNT(entities) ? "&<>\"'"[i] : s.p[0];
		s = str_skip(s, length);
	}
	return (struct str){ .p = to, .n = n };
}

static void
xml_comes_back(struct trial *t)
{
	static const char *const tags[] = { "<?xml ",      "<testsuites>",
					    "<testsuite ", "<testcase ",
					    "<failure ",   "<skipped ",
					    "<error ",     "</" };
	struct str s = written(t, &rep_junit);

	want_calm(t, "junit", s);
	for (size_t i = 0; i < s.n; i++) {
		bool known = s.p[i] != '<';

		for (size_t k = 0; k < COUNT(tags); k++)
			known |= str_starts(str_skip(s, i), str_of(tags[k]));
		want_bool("junit", "a tag of ours", true, known);
	}
	for (size_t i = 0; i + 9 < s.n; i++) {
		if (str_starts(str_skip(s, i), STR("<failure "))) {
			size_t open = i + str_find(str_skip(s, i), '>') + 1;
			struct str inner = str_skip(s, open);

			want_str("junit", "explanation", t->shown,
				 unescaped(&t->arena, str_head(inner, str_find(inner, '<'))));
			return;
		}
	}
	fail_msg("no failure");
}

/* --- Markdown --------------------------------------------------------------------------------------- */

/* What may stand outside of code: letters, digits, other scripts, and what ends words of a sentence. */
static bool
harmless(char c)
{
	return (c >= '0' && c <= '9') || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') ||
	       (c & 0x80) || (c && strchr(" ,.;:()'-", c));
}

/* The cell as it is read: code spans and entities undone; `out` has room for it. */
static struct str
rendered(struct str cell, char *out)
{
	static const struct {
		const char *entity;
		char means;
	} entities[] = { { "&#96;", '`' }, { "&#124;", '|' } };
	bool code = false;
	size_t n = 0;

	for (size_t i = 0; i < cell.n; i++) {
		char c = cell.p[i];

		if (c == '`') {
			code = !code;
			continue;
		}
		for (size_t k = 0; !code && k < COUNT(entities); k++) {
			if (str_starts(str_skip(cell, i), str_of(entities[k].entity))) {
				c = entities[k].means;
				i += strlen(entities[k].entity) - 1;
			}
		}
		if (!code && c == cell.p[i] && !harmless(c))
			fail_msg("%c stands outside of code", c);
		out[n++] = c;
	}
	want_bool("a code span", "open at the end of its cell", false, code);
	return (struct str){ .p = out, .n = n };
}

/* The doubled # of commands is written #\x23. */
static struct str
broken_up(struct arena *a, struct str s)
{
	struct out o;
	struct str all;

	out_memory(&o);
	for (size_t i = 0; i < s.n; i++) {
		out_char(&o, s.p[i]);
		if (s.p[i] == '#' && i + 1 < s.n && s.p[i + 1] == '#') {
			out_text(&o, "\\x23");
			i++;
		}
	}
	all = arena_str(a, out_taken(&o));
	out_discard(&o);
	return all;
}

static void
md_comes_back(struct trial *t)
{
	struct str all = written(t, &rep_md);
	size_t rows = 0;
	struct out cell;

	want_calm(t, "md", all);
	assert_false(str_contains(all, STR("##[")));
	assert_false(str_contains(all, STR("##vso")));
	while (all.n) {
		struct str line = str_split(&all, '\n');

		if (line.n && line.p[0] != '|' && line.p[0] != '#' &&
		    !str_starts(line, STR("Findings: 1,")))
			fail_msg("a line begins with data: %.*s", STR_ARG(line));
		rows += str_starts(line, STR("| ")) != 0;
	}
	assert_int_equal(rows, 10); /* five tables, a heading and a row each */
	out_memory(&cell);
	out_md(&cell, t->text);
	want_str("out_md", "text", broken_up(&t->arena, t->shown),
		 rendered(out_taken(&cell), arena_alloc(&t->arena, cell.n + 1)));
	cell.n = 0;
	out_md_code(&cell, t->text);
	want_str("out_md_code", "text", broken_up(&t->arena, t->shown),
		 rendered(out_taken(&cell), arena_alloc(&t->arena, cell.n + 1)));
	out_discard(&cell);
}

/* ---------------------------------------------------------------------------------------------------- */

static void
try_payload(struct str payload)
{
	static const char *const ocsf[] = { "message",
					    "finding_info.title",
					    "evidences.0.data.raw",
					    "evidences.0.actor.user.name",
					    "unmapped.key.acct",
					    NULL };
	static const char *const sarif[] = { "runs.0.results.0.ruleId", NULL };
	struct trial t;

	payload_begin(&t, payload);
	want_calm(&t, "text", written(&t, &rep_text));
	csv_comes_back(&t, &rep_csv, false);
	csv_comes_back(&t, &rep_csv_excel, true);
	if (payload.n)
		json_comes_back(&t, &rep_ocsf, ocsf);
	json_comes_back(&t, &rep_sarif, sarif + 1);
	xml_comes_back(&t);
	md_comes_back(&t);
	payload_end(&t);
}

/* Alone, and with something before it, behind it, and both. */
static size_t
try_all_ways(struct str payload)
{
	static const struct {
		const char *before, *behind;
	} ways[] = { { "", "" }, { "a", "" }, { " ", "z" }, { "=", "|`" } };
	struct arena a = { 0 };

	for (size_t i = 0; i < COUNT(ways); i++) {
		struct out o;

		out_memory(&o);
		out_text(&o, ways[i].before);
		out_bytes(&o, payload);
		out_text(&o, ways[i].behind);
		try_payload(arena_str(&a, out_taken(&o)));
		out_discard(&o);
	}
	arena_free(&a);
	return COUNT(ways);
}

static struct str
file_text(struct arena *a, const char *path)
{
	char *p = arena_alloc(a, FILE_MOST);
	FILE *f = fopen(path, "rb");
	size_t n = f ? fread(p, 1, FILE_MOST, f) : 0;

	if (!f)
		fail_msg("%s is not there", path);
	else
		fclose(f);
	return (struct str){ .p = p, .n = n };
}

static void
payloads_do_nothing(void **state UNUSED)
{
	static const char *const bytes[] = {
		"\xff", "a\xc0\xaf", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\xe3\x81", "=\xff", "\x80"
	};
	struct arena a = { 0 };
	struct str rest = file_text(&a, "testdata/payloads");
	size_t tried = 0;

	while (rest.n) {
		struct json_wrong wrong;
		const struct json_value *v = json_tree(&a, str_split(&rest, '\n'), &wrong);

		assert_non_null(v);
		tried += try_all_ways(json_text_of(v));
	}
	for (size_t i = 0; i < COUNT(bytes); i++)
		tried += try_all_ways(str_of(bytes[i]));
	assert_true(tried >= 500);
	arena_free(&a);
}

static void
naughty_strings_do_nothing(void **state UNUSED)
{
	const char *corpus = getenv("SEKISHO_CORPUS");
	struct arena a = { 0 };
	struct str rest;
	size_t tried = 0;

	if (!corpus)
		skip();
	rest = file_text(&a, arena_printf(&a, "%s/text/blns.txt", corpus).p);
	while (rest.n) {
		struct str line = str_split(&rest, '\n');

		if (line.n && line.p[0] != '#')
			tried += try_all_ways(line);
	}
	print_message("# %zu payloads\n", tried);
	assert_true(tried >= 500);
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(payloads_do_nothing),
		cmocka_unit_test(naughty_strings_do_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
