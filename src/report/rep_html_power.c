/*
 * rep_html_power.c - section 12: what a week of a half-year would have seen, and what could not be decided.
 */
#include "report/rep_html.h"

/* 1-(1-7/182)^k: a week drawn out of 26 meets one of k days; worked out once, in tenths of a percent. */
static const struct {
	unsigned days, per_mille;
} odds[] = { { 1, 38 }, { 2, 75 }, { 5, 178 }, { 10, 324 }, { 26, 639 }, { 60, 905 } };

/* Weeks begin on Monday; day 0 was a Thursday. */
static int64_t
week_of(int32_t day)
{
	return floor_div((int64_t)day + 3, 7);
}

/* Does all of it lie in one calendar week? */
static bool
within_a_week(const struct html_finding *f)
{
	return week_of(f->first) == week_of(f->last);
}

static void
weeks(struct html *h)
{
	size_t narrow = 0;
	int64_t all = h->days ? week_of(h->from + (int32_t)h->days - 1) - week_of(h->from) + 1 : 0;

	for (size_t i = 0; i < h->findings; i++) {
		const struct html_finding *f = &h->finding[i];

		narrow += f->violation && within_a_week(f);
	}
	if (h->violations == 0)
		return;
	out_text(h->o, "<p>");
	HTML_TELL(h, HT_ONE_WEEK, html_count(h, h->violations), html_count(h, narrow),
		  html_count(h, (uint64_t)all));
	out_text(h->o, "</p>\n");
}

struct str
html_week(struct html *h)
{
	const struct json_value *review = json_member(h->run, "review");
	struct str week = said_text(review, "week");
	int64_t to;

	if (week.n == 0 || !civil_parse_jst(said_text(review, "to"), &to))
		return (struct str){ 0 };
	return arena_printf(&h->arena, STR_FMT " (" STR_FMT " – " STR_FMT ")", STR_ARG(week),
			    STR_ARG(str_head(said_text(review, "from"), 10)),
			    STR_ARG(html_date(h, jst_day(to) - 1)));
}

/* Does any episode of it have a moment in the week? */
static bool
touches(const struct json_value *finding, int64_t from, int64_t to)
{
	JSON_EACH(c, json_member(finding, "cases"))
	{
		JSON_EACH(e, json_member(c, "episodes"))
		{
			int64_t first, last;

			if (civil_parse_jst(said_text(e, "first"), &first) &&
			    civil_parse_jst(said_text(e, "last"), &last) && first < to &&
			    last >= from)
				return true;
		}
	}
	return false;
}

static void
missed_table(struct html *h, int64_t from, int64_t to)
{
	size_t n = 0, all = 0;

	HTML_TABLE(h, HT_MISSED_CAPTION, HT_FINDING, HT_SEVERITY, HT_FIRST, HT_LAST,
		   HT_LINES | HT_RIGHT);
	for (size_t i = 0; i < h->findings; i++) {
		const struct html_finding *f = &h->finding[i];

		if (touches(f->is, from, to) || all++ >= TABLE_ROWS_MOST)
			continue;
		n++;
		out_text(h->o, "<tr><th scope=\"row\">");
		html_finding_link(h, f);
		out_text(h->o, "</th><td>");
		html_severity_mark(h, f->severity);
		out_text(h->o, "</td>");
		html_cell_date(h, html_date(h, f->first));
		html_cell_date(h, html_date(h, f->last));
		html_cell_amount(h, json_path(f->is, "counts.lines"));
		html_row_end(h);
	}
	html_table_end(h);
	html_left_out(h, all - n, HT_MORE_ROWS);
}

/* The half-year against the week that was prescribed or drawn (DETECTION C.8). */
static void
week_alone(struct html *h)
{
	const struct json_value *review = json_member(h->run, "review");
	struct str week = said_text(review, "week"), first, last;
	int64_t from, to;
	size_t seen = 0;

	if (week.n == 0 || !civil_parse_jst(said_text(review, "from"), &from) ||
	    !civil_parse_jst(said_text(review, "to"), &to))
		return;
	first = html_date(h, jst_day(from));
	last = html_date(h, jst_day(to) - 1);
	for (size_t i = 0; i < h->findings; i++)
		seen += touches(h->finding[i].is, from, to);
	out_text(h->o, "<p>");
	if (said_text(review, "half").n == 0)
		HTML_TELL(h, HT_WEEK_ALONE, week);
	else if (seen == h->findings)
		HTML_TELL(h, HT_WEEK_SAW_ALL, week, first, last, html_count(h, seen));
	else
		HTML_TELL(h, HT_WEEK_SAID, week, first, last, html_count(h, seen),
			  html_count(h, h->findings), html_count(h, h->findings - seen));
	out_text(h->o, "</p>\n");
	if (said_text(review, "half").n && seen < h->findings)
		missed_table(h, from, to);
}

static void
undetermined_rules(struct html *h)
{
	bool any = false;

	JSON_EACH(r, json_member(h->run, "rules"))
	{
		JSON_EACH(v, json_member(r, "undetermined"))
		{
			if (html_number(v) <= 0)
				continue;
			if (!any)
				HTML_TABLE(h, HT_UNDETERMINED_CAPTION, HT_RULE, HT_REASON,
					   HT_LINES | HT_RIGHT);
			any = true;
			html_row(h, said_text(r, "rule"));
			html_cell(h, v->name);
			html_cell_amount(h, v);
			html_row_end(h);
		}
	}
	if (any)
		html_table_end(h);
	else
		html_p(h, HT_NONE_UNDETERMINED);
}

void
html_power(struct html *h)
{
	html_p(h, HT_POWER_SAID);
	HTML_TABLE(h, HT_POWER_CAPTION, HT_DAYS_TOUCHED | HT_RIGHT, HT_SEEN | HT_RIGHT);
	for (size_t i = 0; i < COUNT(odds); i++) {
		out_printf(h->o, "<tr><td class=\"n\">%u</td><td class=\"n\">%u.%u%%</td></tr>\n",
			   odds[i].days, odds[i].per_mille / 10, odds[i].per_mille % 10);
	}
	html_table_end(h);
	week_alone(h);
	weeks(h);
	html_h3_at(h, HT_UNDETERMINED, "undetermined");
	html_p(h, HT_UNDETERMINED_SAID);
	undetermined_rules(h);
}
