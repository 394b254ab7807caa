/*
 * rep_html_affected.c - section 6: whose data was seen, by case type and counting window.  Unions are the survey's.
 */
#include "report/rep_html.h"

enum { BAR_UNITS = 1000 };

static int64_t
most_opened(const struct html *h)
{
	int64_t most = 1;

	JSON_EACH(a, json_member(h->survey, "affected"))
	{
		most = max_i64(most, said_number(a, "opened"));
		JSON_EACH(w, json_member(a, "windows"))
		most = max_i64(most, html_number(w));
	}
	return most;
}

static void
bar(struct html *h, struct str title, const char *class, int64_t n, int64_t most)
{
	html_strip(h, title, html_count(h, (uint64_t)n), BAR_UNITS, "");
	html_rect(h, "bed", 0, 25, BAR_UNITS, 50);
	if (n > 0)
		html_rect(h, class, 0, 25, max_i64(n * BAR_UNITS / most, 2), 50);
	html_strip_end(h, html_count(h, (uint64_t)n));
}

/* The whole review in vermilion, its windows in ink below: they may lie outside of each other. */
static void
picture(struct html *h)
{
	int64_t most = most_opened(h);

	html_figure(h, HT_AFFECTED_FIGURE, false);
	JSON_EACH(a, json_member(h->survey, "affected"))
	{
		struct str type = said_text(a, "case_type");

		html_strip_label(
			h, type,
			arena_printf(&h->arena, STR_FMT " → " STR_FMT,
				     STR_ARG(said_text(a, "viewer_org")),
				     STR_ARG(html_system_name(h, said_text(a, "system")))));
		bar(h, type, "hot", said_number(a, "opened"), most);
		JSON_EACH(w, json_member(a, "windows"))
		{
			out_text(h->o, "<div class=\"strip lane\"><div class=\"what\">");
			out_html(h->o, w->name);
			out_text(h->o, "</div>");
			bar(h, w->name, "f3", html_number(w), most);
		}
	}
	html_figure_end(h);
}

/* The findings that a row counts: by what both say of themselves. */
static void
findings_of(struct html *h, const struct json_value *row)
{
	size_t n = 0;

	out_text(h->o, "<td>");
	for (size_t i = 0; i < h->findings; i++) {
		const struct html_finding *f = &h->finding[i];
		bool here = false;

		if (!f->violation || !f->anchored ||
		    !str_eq(said_text(f->is, "case_type"), said_text(row, "case_type")))
			continue;
		JSON_EACH(s, json_member(f->is, "system"))
		here |= str_eq(json_text_of(s), said_text(row, "system"));
		if (!here || ++n > 5)
			continue;
		if (n > 1)
			out_text(h->o, "<br>");
		html_finding_link(h, f);
	}
	if (n > 5)
		out_printf(h->o, " +%zu", n - 5);
	out_text(h->o, n ? "</td>" : "–</td>");
}

static void
total(struct html *h, const struct json_value *windows)
{
	const struct json_value *t = json_member(h->survey, "affected_total");

	out_text(h->o, "<tr class=\"sum\"><th scope=\"row\">");
	html_say(h, HT_UNION);
	out_text(h->o, "</th><td></td><td></td><td></td>");
	html_cell_amount(h, json_member(t, "opened"));
	html_cell_amount(h, json_member(t, "displayed"));
	out_text(h->o, "<td></td><td></td>");
	JSON_EACH(w, windows)
	html_cell_amount(h, w);
	out_text(h->o, "<td></td>");
	html_row_end(h);
}

static const struct json_value *
same_name(const struct json_value *map, struct str name)
{
	JSON_EACH(v, map)
	{
		if (str_eq(v->name, name))
			return v;
	}
	return NULL;
}

static void
affected_rows(struct html *h)
{
	static const enum html_text columns[] = {
		HT_CASE_TYPE,
		HT_VIEWER_ORG,
		HT_SYSTEM,
		HT_EVENTS | HT_RIGHT,
		HT_OPENED | HT_RIGHT,
		HT_DISPLAYED | HT_RIGHT,
		HT_ACCOUNTS | HT_RIGHT,
		HT_PERSON_DAYS | HT_RIGHT,
	};
	static const char *const counts[] = { "events", "opened", "displayed", "accounts",
					      "person_days" };
	const struct json_value *windows = json_path(h->survey, "affected_total.windows");

	html_table_open(h, str_of(html_word(h, HT_AFFECTED_CAPTION)));
	for (size_t i = 0; i < COUNT(columns); i++)
		html_column_head(h, str_of(html_word(h, columns[i])), (columns[i] & HT_RIGHT) != 0);
	JSON_EACH(w, windows)
	html_column_head(h, w->name, true);
	html_column_head(h, str_of(html_word(h, HT_EVIDENCE)), false);
	html_table_body(h);
	JSON_EACH(a, json_member(h->survey, "affected"))
	{
		html_row(h, said_text(a, "case_type"));
		html_cell(h, said_text(a, "viewer_org"));
		html_cell(h, html_system_name(h, said_text(a, "system")));
		for (size_t i = 0; i < COUNT(counts); i++)
			html_cell_amount(h, json_member(a, counts[i]));
		JSON_EACH(w, windows)
		html_cell_amount(h, same_name(json_member(a, "windows"), w->name));
		findings_of(h, a);
		html_row_end(h);
	}
	total(h, windows);
	html_table_end(h);
}

/* Windows are half-open; people name their last day. */
static struct str
last_day(struct html *h, struct str to)
{
	int64_t ts;

	return civil_parse_jst(to, &ts) ? html_date(h, jst_day(ts - 1)) : to;
}

static void
window_dates(struct html *h)
{
	if (html_size(json_member(h->run, "windows")) == 0)
		return;
	out_text(h->o, "<p class=\"small\">");
	html_say(h, HT_WINDOWS_ARE);
	JSON_EACH(w, json_member(h->run, "windows"))
	{
		out_char(h->o, ' ');
		out_html(h->o, said_text(w, "name"));
		out_text(h->o, " = ");
		out_html(h->o, str_head(said_text(w, "from"), 10));
		out_text(h->o, " – ");
		out_html(h->o, last_day(h, said_text(w, "to")));
		out_text(h->o, w->next ? ";" : "");
	}
	out_text(h->o, "</p>\n");
}

void
html_affected(struct html *h)
{
	if (!h->survey) {
		html_lack(h, HT_LACK_SURVEY);
		return;
	}
	html_p(h, HT_AFFECTED_SAID);
	if (html_size(json_member(h->survey, "affected")) == 0) {
		html_p(h, html_proved(h) ? HT_NOBODY_AFFECTED : HT_NOBODY_PROVED);
		return;
	}
	picture(h);
	window_dates(h);
	affected_rows(h);
}
