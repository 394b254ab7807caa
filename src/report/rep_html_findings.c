/*
 * rep_html_findings.c - section 5: the gravest in full, the rest as rows, what is beyond those as counts by rule.
 */
#include "report/rep_html.h"

enum { LINKS_MOST = 4, INCIDENTS_MOST = 500 };

static bool
in_full(const struct html_finding *f)
{
	return f->anchored && f->severity >= SEVERITY_HIGH && !f->suppressed;
}

static void
row(struct html *h, const struct html_finding *f)
{
	out_text(h->o, f->anchored ? "<tr id=\"" : "<tr>");
	if (f->anchored) {
		out_html(h->o, said_text(f->is, "fp_case"));
		out_text(h->o, "\">");
	}
	out_text(h->o, "<th scope=\"row\">");
	out_html(h->o, said_text(f->is, "rule"));
	out_text(h->o, "</th><td>");
	html_severity_mark(h, f->severity);
	out_text(h->o, "</td>");
	html_cell(h, html_about(h, f->is));
	html_cell_date(h, html_date(h, f->first));
	html_cell_date(h, html_date(h, f->last));
	html_cell_amount(h, json_path(f->is, "counts.lines"));
	html_cell_amount(h, json_path(f->is, "counts.consumers_opened"));
	out_text(h->o, "<td class=\"long\">");
	out_html(h->o, html_both(h, json_member(f->is, "explain")));
	if (said_text(f->is, "evidence.first_line.at.file").n) {
		out_text(h->o, "<br><small>");
		out_html(h->o, said_text(f->is, "evidence.first_line.at.file"));
		out_printf(h->o, ":%lld</small>",
			   (long long)said_number(f->is, "evidence.first_line.at.line"));
	}
	out_text(h->o, "</td>");
	if (f->mark != STANDS_NONE)
		html_cell_word(h, html_mark_word(f->mark));
	else
		html_cell(h, said_text(f->is, "disposition.decision"));
	html_row_end(h);
}

static void
head(struct html *h, enum html_text caption)
{
	HTML_TABLE(h, caption, HT_RULE, HT_SEVERITY, HT_WHO, HT_FIRST, HT_LAST, HT_LINES | HT_RIGHT,
		   HT_CONSUMERS | HT_RIGHT, HT_WHAT, HT_STATE);
}

/* Rows of those that are not told in full; `suppressed` have a heading of their own. */
static void
rows(struct html *h, enum html_text caption, bool suppressed)
{
	bool open = false;

	for (size_t i = 0; i < h->findings; i++) {
		const struct html_finding *f = &h->finding[i];

		if (!f->anchored || in_full(f) || f->suppressed != suppressed)
			continue;
		if (!open)
			head(h, caption);
		open = true;
		row(h, f);
	}
	if (open)
		html_table_end(h);
}

/* How many have no place on the page, by rule and severity: records come sorted so that these are runs. */
static void
rest(struct html *h)
{
	size_t left = 0;
	bool open = false;

	for (size_t i = 0; i < h->findings; i++)
		left += !h->finding[i].anchored;
	html_left_out(h, left, HT_FOLDED_AWAY);
	for (size_t i = 0; i < h->findings;) {
		const struct html_finding *f = &h->finding[i];
		struct str rule = said_text(f->is, "rule");
		size_t n = 0;

		for (; i < h->findings && h->finding[i].severity == f->severity &&
		       str_eq(said_text(h->finding[i].is, "rule"), rule);
		     i++)
			n += !h->finding[i].anchored;
		if (n == 0)
			continue;
		if (!open)
			HTML_TABLE(h, HT_FOLDED_CAPTION, HT_RULE, HT_SEVERITY,
				   HT_FINDINGS | HT_RIGHT);
		open = true;
		html_row(h, rule);
		out_text(h->o, "<td>");
		html_severity_mark(h, f->severity);
		out_text(h->o, "</td>");
		html_cell_number(h, n);
		html_row_end(h);
	}
	if (open)
		html_table_end(h);
}

/* The findings of an incident that have a place on the page; the first few by link. */
static void
incident_findings(struct html *h, struct str id)
{
	size_t n = 0;

	out_text(h->o, "<td>");
	for (size_t i = 0; i < h->findings; i++) {
		const struct html_finding *f = &h->finding[i];
		bool here = false;

		if (!f->anchored)
			continue;
		JSON_EACH(c, json_member(f->is, "cases"))
		here |= str_eq(said_text(c, "incident"), id);
		if (!here || ++n > LINKS_MOST)
			continue;
		out_text(h->o, n > 1 ? "<br>" : "");
		html_finding_link(h, f);
	}
	if (n > LINKS_MOST)
		out_printf(h->o, " +%zu", n - LINKS_MOST);
	out_text(h->o, n ? "</td>" : "–</td>");
}

/* Incidents bring together what rules say apart. */
static void
incidents(struct html *h)
{
	const struct json_value *list = json_member(h->run, "incidents");
	size_t n = 0;

	if (html_size(list) == 0)
		return;
	html_h3(h, HT_INCIDENTS);
	HTML_TABLE(h, HT_INCIDENTS_CAPTION, HT_WHO, HT_SEVERITY, HT_FIRST, HT_LAST,
		   HT_FINDINGS | HT_RIGHT, HT_CASES | HT_RIGHT, HT_EVIDENCE);
	JSON_EACH(v, list)
	{
		enum severity s;

		if (n++ == INCIDENTS_MOST)
			break;
		html_row(h, said_text(v, "subject").n ? said_text(v, "subject")
						      : str_of(html_word(h, HT_NOBODY)));
		out_text(h->o, "<td>");
		if (severity_named(said_text(v, "severity"), &s))
			html_severity_mark(h, s);
		out_text(h->o, "</td>");
		html_cell_date(h, str_head(said_text(v, "first"), 10));
		html_cell_date(h, str_head(said_text(v, "last"), 10));
		html_cell_amount(h, json_member(v, "findings"));
		html_cell_amount(h, json_member(v, "cases"));
		incident_findings(h, said_text(v, "id"));
		html_row_end(h);
	}
	html_table_end(h);
	html_left_out(h, html_size(list) > INCIDENTS_MOST ? html_size(list) - INCIDENTS_MOST : 0,
		      HT_MORE_ROWS);
}

void
html_findings(struct html *h)
{
	if (h->findings == 0) {
		html_p(h, html_proved(h) ? HT_NOTHING_FOUND : HT_NOTHING_PROVED);
		return;
	}
	incidents(h);
	html_h3(h, HT_IN_FULL);
	for (size_t i = 0; i < h->findings; i++) {
		if (in_full(&h->finding[i]))
			html_article(h, &h->finding[i]);
	}
	html_h3(h, HT_OTHERS);
	rows(h, HT_OTHERS_CAPTION, false);
	rest(h);
	if (h->suppressed) {
		html_h3(h, HT_SUPPRESSED);
		html_p(h, HT_SUPPRESSED_SAID);
		rows(h, HT_SUPPRESSED_CAPTION, true);
	}
}
