/*
 * rep_html_outside.c - section 10: retailers' accounts at the grid's systems, and contractors.  A table without rows is
 * a statement, too.
 */
#include "report/rep_html.h"

static void
none(struct html *h, unsigned columns)
{
	out_printf(h->o, "<tr><td colspan=\"%u\">", columns);
	html_say(h, HT_ZERO_ROWS);
	out_text(h->o, "</td></tr>\n");
}

static void
retailers(struct html *h)
{
	const struct json_value *list = json_member(h->survey, "retailers");

	html_h3_at(h, HT_RETAILERS, "retailers");
	HTML_TABLE(h, HT_RETAILERS_CAPTION, HT_ORG, HT_SYSTEM, HT_LINES | HT_RIGHT,
		   HT_ACCOUNTS | HT_RIGHT, HT_FIRST, HT_LAST);
	JSON_EACH(v, list)
	{
		html_row(h, said_text(v, "org"));
		html_cell(h, html_system_name(h, said_text(v, "system")));
		html_cell_amount(h, json_member(v, "lines"));
		html_cell_amount(h, json_member(v, "accounts"));
		html_cell_date(h, str_head(said_text(v, "first"), 10));
		html_cell_date(h, str_head(said_text(v, "last"), 10));
		html_row_end(h);
	}
	if (html_size(list) == 0)
		none(h, 6);
	html_table_end(h);
}

void
html_outside(struct html *h)
{
	const struct json_value *list = json_member(h->survey, "contractors");

	if (!h->survey) {
		html_lack(h, HT_LACK_SURVEY);
		return;
	}
	retailers(h);
	html_h3_at(h, HT_CONTRACTORS, "contractors");
	HTML_TABLE(h, HT_CONTRACTORS_CAPTION, HT_ORG, HT_PARENT, HT_ACCOUNTS | HT_RIGHT,
		   HT_LINES | HT_RIGHT, HT_VIEWS | HT_RIGHT, HT_CONSUMERS | HT_RIGHT,
		   HT_OFF_LINES | HT_RIGHT);
	JSON_EACH(v, list)
	{
		static const char *const counts[] = { "accounts", "lines", "views", "consumers",
						      "off_hours_lines" };

		html_row(h, said_text(v, "org"));
		html_cell(h, said_text(v, "parent"));
		for (size_t i = 0; i < COUNT(counts); i++)
			html_cell_amount(h, json_member(v, counts[i]));
		html_row_end(h);
	}
	if (html_size(list) == 0)
		none(h, 7);
	html_table_end(h);
}
