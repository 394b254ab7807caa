/*
 * rep_html_disasters.c - section 9: a row a window, also of windows that nobody used, and what was found about them;
 * for the nightly edition, what is open now.
 */
#include "report/rep_html.h"

static void
window_cells(struct html *h, const struct json_value *w)
{
	static const char *const counts[] = { "ids_held",  "ids",        "terminals",      "views",
					      "consumers", "tail_lines", "overscope_lines" };
	struct str to = said_text(w, "to");

	html_cell(h, said_text(w, "id"));
	html_cell(h, said_text(w, "org"));
	html_cell_list(h, json_member(w, "areas"));
	out_text(h->o, "<td>");
	html_moment(h, said_text(w, "from"));
	out_text(h->o, " – ");
	if (to.n)
		html_moment(h, to);
	else
		html_say(h, HT_NOT_ENDED);
	out_text(h->o, "</td>");
	html_cell_word(h, str_is(said_text(w, "kind"), "drill") ? HT_DRILL : HT_REAL);
	for (size_t i = 0; i < COUNT(counts); i++)
		html_cell_amount(h, json_member(w, counts[i]));
	out_text(h->o, "<td>");
	html_moment(h, said_text(w, "last"));
	out_text(h->o, "</td>");
	html_row_end(h);
}

static void
window_head(struct html *h)
{
	HTML_TABLE(h, HT_DISASTERS_CAPTION, HT_DISASTER_NAME, HT_ID, HT_ORG, HT_AREAS, HT_WHEN,
		   HT_SORT, HT_IDS_HELD | HT_RIGHT, HT_IDS_USED | HT_RIGHT, HT_TERMINALS | HT_RIGHT,
		   HT_VIEWS | HT_RIGHT, HT_CONSUMERS | HT_RIGHT, HT_TAIL_LINES | HT_RIGHT,
		   HT_OVERSCOPE | HT_RIGHT, HT_LAST_USE);
}

/* Findings of the families that judge disaster use, by link. */
static void
about_disasters(struct html *h)
{
	bool any = false;

	for (size_t i = 0; i < h->findings; i++) {
		const struct html_finding *f = &h->finding[i];
		struct str rule = said_text(f->is, "rule");

		if (!f->anchored || !(str_starts(rule, STR("DIS-")) || str_is(rule, "TRM-03") ||
				      str_is(rule, "TMP-01")))
			continue;
		if (!any) {
			html_h3(h, HT_DISASTER_FINDINGS);
			out_text(h->o, "<ul>");
		}
		any = true;
		out_text(h->o, "<li>");
		html_finding_link(h, f);
		out_text(h->o, ": ");
		out_html(h->o, html_both(h, json_member(f->is, "explain")));
		out_text(h->o, "</li>\n");
	}
	out_text(h->o, any ? "</ul>\n" : "");
}

void
html_disasters(struct html *h)
{
	const struct json_value *list = json_member(h->survey, "disasters");

	if (!h->survey) {
		html_lack(h, HT_LACK_SURVEY);
		return;
	}
	if (html_size(list) == 0) {
		html_p(h, HT_NO_DISASTERS);
	} else {
		window_head(h);
		JSON_EACH(w, list)
		{
			struct str name = said_text(w, "name");

			html_row(h, name.n ? name : said_text(w, "id"));
			window_cells(h, w);
		}
		html_table_end(h);
	}
	about_disasters(h);
	html_lack(h, HT_LACK_REVOKED);
}

/* Open at the run's own moment. */
static bool
is_open(const struct html *h, const struct json_value *w)
{
	int64_t now, from, to;

	if (!civil_parse_jst(said_text(h->run, "now"), &now) ||
	    !civil_parse_jst(said_text(w, "from"), &from))
		return false;
	if (!civil_parse_jst(said_text(w, "to"), &to))
		return from <= now;
	return from <= now && now < to;
}

void
html_now(struct html *h)
{
	bool any = false;

	if (!h->survey) {
		html_lack(h, HT_LACK_SURVEY);
		return;
	}
	JSON_EACH(w, json_member(h->survey, "disasters"))
	{
		if (!is_open(h, w))
			continue;
		if (!any)
			window_head(h);
		any = true;
		html_row(h, said_text(w, "name"));
		window_cells(h, w);
	}
	if (any)
		html_table_end(h);
	else
		html_p(h, HT_NO_OPEN_WINDOW);
	about_disasters(h);
}
