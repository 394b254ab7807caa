/*
 * rep_html_parts.c - paragraphs, tables, boxes and links of the HTML report.
 */
#include "report/rep_html.h"

void
html_p(struct html *h, enum html_text text)
{
	out_text(h->o, "<p>");
	html_say(h, text);
	out_text(h->o, "</p>\n");
}

void
html_h3(struct html *h, enum html_text text)
{
	out_text(h->o, "<h3>");
	html_say(h, text);
	out_text(h->o, "</h3>\n");
}

void
html_h3_at(struct html *h, enum html_text text, const char *anchor)
{
	out_printf(h->o, "<h3 id=\"%s\">", anchor);
	html_say(h, text);
	out_text(h->o, "</h3>\n");
}

void
html_lack(struct html *h, enum html_text text)
{
	out_text(h->o, "<p class=\"lack\">");
	html_say(h, text);
	out_text(h->o, "</p>\n");
}

void
html_box(struct html *h, enum html_text label, struct str filled)
{
	out_text(h->o, "<div class=\"box\"><span class=\"label\">");
	html_say(h, label);
	out_text(h->o, "</span>");
	if (filled.n) {
		out_text(h->o, "<span class=\"filled\">");
		out_html(h->o, filled);
		out_text(h->o, "</span>");
	}
	out_text(h->o, "</div>\n");
}

void
html_fold(struct html *h, enum html_text summary)
{
	out_text(h->o, "<details><summary>");
	html_say(h, summary);
	out_text(h->o, "</summary>\n");
}

/* It scrolls by itself where it is too wide, by keyboard, too: hence a name and a place in the tab order. */
static void
table_begin(struct html *h, struct str caption, bool tight)
{
	h->tables++;
	out_printf(h->o,
		   "<div class=\"wide%s\" role=\"group\" tabindex=\"0\" aria-labelledby=\"t%u\">"
		   "<table><caption id=\"t%u\">",
		   tight ? " tight" : "", h->tables, h->tables);
	out_html(h->o, caption);
	out_text(h->o, "</caption><thead><tr>");
}

void
html_table_open(struct html *h, struct str caption)
{
	table_begin(h, caption, false);
}

/* Numbers beside a name read badly when they are far from it. */
static bool
is_tight(const enum html_text *columns, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		if (!(columns[i] & HT_RIGHT))
			return n <= 2;
	}
	return true;
}

void
html_column_head(struct html *h, struct str name, bool right)
{
	out_text(h->o, right ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">");
	out_html(h->o, name);
	out_text(h->o, "</th>");
}

void
html_table_body(struct html *h)
{
	out_text(h->o, "</tr></thead><tbody>\n");
}

void
html_table(struct html *h, enum html_text caption, const enum html_text *columns, size_t n)
{
	table_begin(h, str_of(html_word(h, caption)), is_tight(columns, n));
	for (size_t i = 0; i < n; i++)
		html_column_head(h, str_of(html_word(h, columns[i])), (columns[i] & HT_RIGHT) != 0);
	html_table_body(h);
}

void
html_table_end(struct html *h)
{
	out_text(h->o, "</tbody></table></div>\n");
}

void
html_row(struct html *h, struct str head)
{
	out_text(h->o, "<tr><th scope=\"row\">");
	out_html(h->o, head);
	out_text(h->o, "</th>");
}

void
html_row_end(struct html *h)
{
	out_text(h->o, "</tr>\n");
}

void
html_cell(struct html *h, struct str text)
{
	out_text(h->o, "<td>");
	if (text.n)
		out_html(h->o, text);
	else
		out_text(h->o, "–");
	out_text(h->o, "</td>");
}

void
html_cell_date(struct html *h, struct str date)
{
	out_text(h->o, "<td class=\"d\">");
	out_html(h->o, date.n ? date : STR("–"));
	out_text(h->o, "</td>");
}

void
html_cell_word(struct html *h, enum html_text text)
{
	out_text(h->o, "<td>");
	html_say(h, text);
	out_text(h->o, "</td>");
}

void
html_cell_number(struct html *h, uint64_t n)
{
	out_text(h->o, "<td class=\"n\">");
	out_bytes(h->o, html_count(h, n));
	out_text(h->o, "</td>");
}

void
html_cell_amount(struct html *h, const struct json_value *v)
{
	int64_t n = json_integer(v, -1);

	if (n >= 0) {
		html_cell_number(h, (uint64_t)n);
		return;
	}
	out_text(h->o, "<td class=\"n\">");
	if (v && (v->kind == JSON_NUMBER || v->kind == JSON_TEXT) && v->text.n)
		out_html(h->o, v->text);
	else
		out_text(h->o, "–");
	out_text(h->o, "</td>");
}

void
html_cell_list(struct html *h, const struct json_value *list)
{
	bool any = false;

	out_text(h->o, "<td>");
	JSON_EACH(v, list)
	{
		if (any)
			out_text(h->o, ", ");
		out_html(h->o, json_text_of(v));
		any = true;
	}
	out_text(h->o, any ? "</td>" : "–</td>");
}

void
html_left_out(struct html *h, size_t n, enum html_text where)
{
	if (n == 0)
		return;
	out_text(h->o, "<p class=\"lack\">");
	HTML_TELL(h, where, html_count(h, n));
	out_text(h->o, "</p>\n");
}

/* Four bars, filled up to the severity: to be told apart without colour. */
void
html_severity_mark(struct html *h, enum severity s)
{
	out_printf(h->o, "<span class=\"sev s%d\"><svg viewBox=\"0 0 22 12\" aria-hidden=\"true\">",
		   (int)s);
	for (int i = 0; i < SEVERITY_CRITICAL; i++)
		out_printf(h->o, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"4\" height=\"%d\"/>",
			   i < (int)s ? "on" : "off", 6 * i, 9 - 3 * i, 3 + 3 * i);
	out_text(h->o, "</svg>");
	html_say(h, html_severity(s));
	out_text(h->o, "</span>");
}

void
html_moment(struct html *h, struct str iso)
{
	if (iso.n < 19) {
		out_html(h->o, iso);
		return;
	}
	out_html(h->o, str_head(iso, 10));
	out_char(h->o, ' ');
	out_html(h->o, str_head(str_skip(iso, 11), 5));
}

/* The account, or what else the finding is about. */
struct str
html_about(struct html *h, const struct json_value *finding)
{
	struct str s = said_text(finding, "subject.acct");

	if (s.n)
		return s;
	JSON_EACH(part, json_member(finding, "key"))
	{
		struct str text = json_text_of(part);

		if (text.n)
			s = s.n ? arena_printf(&h->arena, STR_FMT " / " STR_FMT, STR_ARG(s),
					       STR_ARG(text))
				: text;
	}
	return s;
}

void
html_finding_link(struct html *h, const struct html_finding *f)
{
	if (f->anchored) {
		out_text(h->o, "<a href=\"#");
		out_html(h->o, said_text(f->is, "fp_case"));
		out_text(h->o, "\">");
	}
	out_html(h->o, said_text(f->is, "rule"));
	out_char(h->o, ' ');
	out_html(h->o, html_about(h, f->is));
	if (f->anchored)
		out_text(h->o, "</a>");
}
