/*
 * rep_csv.c - a table with one row a case: for programs (`csv`, RFC 4180, as it is), and for spreadsheets (`csv-excel`).
 *
 * A spreadsheet takes cells for formulas, numbers and dates, and a 22-digit supply point for 3E+20.  Such cells get a
 * ' before them, and the last column names them.  What cannot be shown at all is written as \xNN in both.
 */
#include "report/said.h"

enum of { OF_FINDING, OF_CASE };

struct row {
	const struct report_options *how;
	const struct json_value *finding, *one; /* one case of it */
	size_t number;                          /* of the case, from 1 */
};

static void
put_number(const struct row *r, struct out *cell)
{
	out_u64(cell, r->number);
}

static void
put_title(const struct row *r, struct out *cell)
{
	out_bytes(cell, said_in(r->finding, "title", r->how->language));
}

static void
put_explain(const struct row *r, struct out *cell)
{
	out_bytes(cell, said_in(r->finding, "explain", r->how->language));
}

static void
put_key(const struct row *r, struct out *cell)
{
	said_key(cell, r->finding);
}

static void
put_systems(const struct row *r, struct out *cell)
{
	said_list(cell, json_member(r->finding, "system"));
}

static void
put_origins(const struct row *r, struct out *cell)
{
	said_origins(cell, r->finding);
}

static void
put_seeds(const struct row *r, struct out *cell)
{
	said_list(cell, json_member(r->finding, "seeds"));
}

/* Fixed: more may come behind the last, none will move. */
static const struct column {
	const char *name, *path; /* a text, a number or a word of the record */
	enum of of;
	void (*put)(const struct row *r, struct out *cell); /* or this */
} columns[] = {
	{ "fp_case", "fp_case", OF_FINDING, NULL },
	{ "case", NULL, OF_CASE, put_number },
	{ "incident", "incident", OF_CASE, NULL },
	{ "rule", "rule", OF_FINDING, NULL },
	{ "rule_version", "rule_version", OF_FINDING, NULL },
	{ "title", NULL, OF_FINDING, put_title },
	{ "kind", "kind", OF_FINDING, NULL },
	{ "severity", "severity", OF_FINDING, NULL },
	{ "points", "points", OF_FINDING, NULL },
	{ "parent", "parent", OF_FINDING, NULL },
	{ "baseline", "baseline", OF_FINDING, NULL },
	{ "disposition", "disposition.decision", OF_FINDING, NULL },
	{ "acct", "subject.acct", OF_FINDING, NULL },
	{ "owner", "subject.owner", OF_FINDING, NULL },
	{ "org", "subject.org", OF_FINDING, NULL },
	{ "dept", "subject.dept", OF_FINDING, NULL },
	{ "role", "subject.role", OF_FINDING, NULL },
	{ "account_kind", "subject.kind", OF_FINDING, NULL },
	{ "key", NULL, OF_FINDING, put_key },
	{ "system", NULL, OF_FINDING, put_systems },
	{ "case_type", "case_type", OF_FINDING, NULL },
	{ "first", "first", OF_CASE, NULL },
	{ "last", "last", OF_CASE, NULL },
	{ "open", "open", OF_FINDING, NULL },
	{ "lines", "counts.lines", OF_CASE, NULL },
	{ "views", "counts.views", OF_CASE, NULL },
	{ "consumers_opened", "counts.consumers_opened", OF_CASE, NULL },
	{ "episodes", "counts.episodes", OF_CASE, NULL },
	{ "origins", NULL, OF_FINDING, put_origins },
	{ "explain", NULL, OF_FINDING, put_explain },
	{ "file", "evidence.first_line.at.file", OF_FINDING, NULL },
	{ "line", "evidence.first_line.at.line", OF_FINDING, NULL },
	{ "raw", "evidence.first_line.at.raw", OF_FINDING, NULL },
	{ "seeds", NULL, OF_FINDING, put_seeds },
	{ "route", "route", OF_FINDING, NULL },
	{ "time_to_detect_h", "time_to_detect_h", OF_FINDING, NULL },
};

/* True: it is a text; numbers and words of ours are what they are. */
static bool
fill(const struct column *c, const struct row *r, struct out *cell)
{
	const struct json_value *v;

	cell->n = 0;
	if (c->put) {
		c->put(r, cell);
		return c->put != put_number;
	}
	v = json_path(c->of == OF_CASE ? r->one : r->finding, c->path);
	if (v && (v->kind == JSON_TRUE || v->kind == JSON_FALSE))
		out_text(cell, v->kind == JSON_TRUE ? "true" : "false");
	else if (v && (v->kind == JSON_TEXT || v->kind == JSON_NUMBER))
		out_bytes(cell, v->text);
	return v && v->kind == JSON_TEXT;
}

struct table {
	const struct report_options *how;
	struct out *o;
	struct out cell, shown;
	bool excel;
};

static void
plain_row(struct table *t, const struct row *r)
{
	for (size_t i = 0; i < COUNT(columns); i++) {
		if (i)
			out_char(t->o, ',');
		fill(&columns[i], r, &t->cell);
		t->shown.n = 0;
		out_shown(&t->shown, out_taken(&t->cell));
		out_csv(t->o, out_taken(&t->shown));
	}
	out_text(t->o, "\r\n");
}

static void
excel_row(struct table *t, const struct row *r)
{
	struct out named;

	out_memory(&named);
	for (size_t i = 0; i < COUNT(columns); i++) {
		bool text = fill(&columns[i], r, &t->cell);

		if (out_csv_sheet(t->o, out_taken(&t->cell), text))
			out_printf(&named, "%s%s", named.n ? " " : "", columns[i].name);
		out_char(t->o, ',');
	}
	out_csv_sheet(t->o, out_taken(&named), true);
	out_text(t->o, "\r\n");
	out_discard(&named);
}

static void
rows(struct table *t, const struct json_value *finding)
{
	struct row r = { .how = t->how, .finding = finding };

	JSON_EACH(one, json_member(finding, "cases"))
	{
		r.one = one;
		r.number++;
		if (t->excel)
			excel_row(t, &r);
		else
			plain_row(t, &r);
	}
}

static void
table(const struct report_record *rec, const struct report_options *how, struct out *o, bool excel)
{
	struct table t = { .how = how, .o = o, .excel = excel };

	out_memory(&t.cell);
	out_memory(&t.shown);
	if (excel)
		out_text(o, "\xEF\xBB\xBF");
	for (size_t i = 0; i < COUNT(columns); i++)
		out_printf(o, "%s%s", i ? "," : "", columns[i].name);
	out_text(o, excel ? ",made_safe\r\n" : "\r\n");
	for (size_t i = 0; i < rec->finding.n; i++)
		rows(&t, rec->finding.at[i]);
	out_discard(&t.shown);
	out_discard(&t.cell);
}

static void
csv_write(const struct report_record *rec, const struct report_options *how, struct out *o)
{
	table(rec, how, o, false);
}

static void
csv_excel_write(const struct report_record *rec, const struct report_options *how, struct out *o)
{
	table(rec, how, o, true);
}

const struct report rep_csv = {
	.name = "csv",
	.summary = "one row a case, for programs",
	.write = csv_write,
};

const struct report rep_csv_excel = {
	.name = "csv-excel",
	.summary = "the same for spreadsheets: no cell is a formula, no id a number",
	.write = csv_excel_write,
};
