/*
 * rep_html_timeline.c - when things were found: a strip a severity, then the gravest findings one by one, with the
 * windows of disasters shaded behind all of them.
 */
#include "report/rep_html.h"

enum { SINGLES_MOST = 24 };

/* The rows of windows have names; the shade behind the findings is theirs. */
static void
window_rows(struct html *h)
{
	JSON_EACH(w, json_member(h->survey, "disasters"))
	{
		struct str from = said_text(w, "from"), to = said_text(w, "to");
		struct str name = said_text(w, "name");
		int32_t first, last, end = h->from + (int32_t)h->days - 1;

		if (!html_day(from, &first))
			continue;
		if (!html_day(to, &last) || last > end)
			last = end;
		first = first < h->from ? h->from : first;
		html_strip_label(h, name.n ? name : said_text(w, "id"),
				 str_of(html_word(h, HT_DISASTER)));
		html_strip(h, name, (struct str){ 0 }, h->columns * COLUMN_UNITS, "");
		html_months(h);
		if (first <= last)
			html_rect(h, "f3",
				  (int64_t)((size_t)(first - h->from) / h->step) * COLUMN_UNITS, 30,
				  ((int64_t)((size_t)(last - first) / h->step) + 1) * COLUMN_UNITS,
				  40);
		html_strip_end(h, (struct str){ 0 });
	}
}

static void
days_of(const struct html *h, const struct html_finding *f, uint64_t *count)
{
	JSON_EACH(c, json_member(f->is, "cases"))
	{
		int32_t first, last, end = h->from + (int32_t)h->days - 1;

		if (!html_day(said_text(c, "first"), &first) ||
		    !html_day(said_text(c, "last"), &last))
			continue;
		first = first < h->from ? h->from : first;
		last = last > end ? end : last;
		if (first > last)
			continue;
		for (size_t x = (size_t)(first - h->from) / h->step;
		     x <= (size_t)(last - h->from) / h->step; x++)
			count[x]++;
	}
}

/* A bar a column, as high as the column's cases against the most of any column. */
static void
bars(struct html *h, const char *class, const uint64_t *count)
{
	uint64_t most = 1;

	for (size_t x = 0; x < h->columns; x++)
		most = max_u64(most, count[x]);
	for (size_t x = 0; x < h->columns; x++) {
		int64_t high = (int64_t)(count[x] * (STRIP_HEIGHT - 16) / most) + 16;

		if (count[x])
			html_rect(h, class, (int64_t)x * COLUMN_UNITS + 1, STRIP_HEIGHT - high,
				  COLUMN_UNITS - 2, high);
	}
}

static void
severity_rows(struct html *h)
{
	uint64_t *count = arena_alloc(&h->arena, (h->columns + 1) * sizeof(*count));

	for (int s = SEVERITY_CRITICAL; s >= SEVERITY_INFO; s--) {
		struct str name = str_of(html_word(h, html_severity((enum severity)s)));

		memset(count, 0, h->columns * sizeof(*count));
		if (h->severe[s] == 0)
			continue;
		for (size_t i = 0; i < h->findings; i++) {
			if (h->finding[i].severity == (enum severity)s)
				days_of(h, &h->finding[i], count);
		}
		out_text(h->o, "<div class=\"strip\"><div class=\"what\">");
		html_severity_mark(h, (enum severity)s);
		out_text(h->o, "</div>");
		html_strip(h, name, str_of(html_word(h, HT_DESC_SEVERITY)),
			   h->columns * COLUMN_UNITS, "");
		html_windows(h);
		html_months(h);
		bars(h, s >= SEVERITY_HIGH ? "hot" : "f4", count);
		html_strip_end(h, html_units(h, HT_N_FINDINGS, h->severe[s]));
	}
}

/* From its first line to its last a thin line; its cases are bars upon it. */
static void
single(struct html *h, const struct html_finding *f)
{
	uint64_t *count = arena_alloc(&h->arena, (h->columns + 1) * sizeof(*count));
	size_t a, b;
	struct str title =
		arena_printf(&h->arena, STR_FMT " " STR_FMT, STR_ARG(said_text(f->is, "rule")),
			     STR_ARG(html_about(h, f->is)));

	out_text(h->o, "<div class=\"strip\"><div class=\"what\">");
	html_finding_link(h, f);
	out_text(h->o, "</div>");
	html_strip(h, title,
		   arena_printf(&h->arena, STR_FMT " – " STR_FMT, STR_ARG(html_date(h, f->first)),
				STR_ARG(html_date(h, f->last))),
		   h->columns * COLUMN_UNITS, "");
	html_windows(h);
	html_months(h);
	if (html_column(h, f->first, &a) && html_column(h, f->last, &b))
		html_rect(h, "span", (int64_t)a * COLUMN_UNITS, 47,
			  (int64_t)(b - a + 1) * COLUMN_UNITS, 6);
	days_of(h, f, count);
	for (size_t x = 0; x < h->columns; x++) {
		size_t from = x;

		while (x < h->columns && count[x])
			x++;
		if (x > from)
			html_rect(h, f->severity >= SEVERITY_HIGH ? "hot" : "f4",
				  (int64_t)from * COLUMN_UNITS + 1, 30,
				  (int64_t)(x - from) * COLUMN_UNITS - 2, 40);
	}
	html_strip_end(h, html_units(h, HT_N_LINES, html_count_at(f->is, "counts.lines")));
}

static void
as_table(struct html *h)
{
	html_fold(h, HT_AS_TABLE);
	HTML_TABLE(h, HT_TIMELINE, HT_FINDING, HT_SEVERITY, HT_FIRST, HT_LAST, HT_CASES | HT_RIGHT,
		   HT_LINES | HT_RIGHT);
	for (size_t i = 0; i < h->findings && i < SINGLES_MOST; i++) {
		const struct html_finding *f = &h->finding[i];

		out_text(h->o, "<tr><th scope=\"row\">");
		html_finding_link(h, f);
		out_text(h->o, "</th>");
		html_cell_word(h, html_severity(f->severity));
		html_cell_date(h, html_date(h, f->first));
		html_cell_date(h, html_date(h, f->last));
		html_cell_number(h, html_size(json_member(f->is, "cases")));
		html_cell_amount(h, json_path(f->is, "counts.lines"));
		html_row_end(h);
	}
	html_table_end(h);
	out_text(h->o, "</details>\n");
}

void
html_timeline(struct html *h)
{
	size_t shown = 0;

	if (h->findings == 0 || h->days == 0)
		return;
	html_figure(h, HT_TIMELINE, true);
	window_rows(h);
	severity_rows(h);
	for (; shown < h->findings && shown < SINGLES_MOST; shown++)
		single(h, &h->finding[shown]);
	html_figure_end(h);
	html_left_out(h, h->findings - shown, HT_MORE_IN_TIMELINE);
	as_table(h);
}
