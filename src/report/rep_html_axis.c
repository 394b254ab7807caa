/*
 * rep_html_axis.c - pictures of one time axis: rows of label, drawing and number, one below the other.
 */
#include "report/rep_html.h"

bool
html_column(const struct html *h, int32_t day, size_t *column)
{
	if (day < h->from || (size_t)(day - h->from) >= h->days)
		return false;
	*column = (size_t)(day - h->from) / h->step;
	return true;
}

void
html_rect(struct html *h, const char *class, int64_t x, int64_t y, int64_t w, int64_t hi)
{
	out_printf(h->o,
		   "<rect class=\"%s\" x=\"%lld\" y=\"%lld\" width=\"%lld\" height=\"%lld\"/>",
		   class, (long long)x, (long long)y, (long long)w, (long long)hi);
}

static struct str
month_name(const struct html *h, int month)
{
	struct str names = str_of(html_word(h, HT_MONTHS)), name = { 0 };

	for (int i = 0; i < month; i++)
		name = str_split(&names, ' ');
	return name;
}

/* A label at `per_mille` of the width: text is not stretched, so its picture has no viewBox. */
static void
axis_label(struct html *h, size_t day, struct str text)
{
	size_t per_mille = day * 1000 / h->days;

	out_printf(h->o, "<text x=\"%zu.%zu%%\" y=\"11\">", per_mille / 10, per_mille % 10);
	out_html(h->o, text);
	out_text(h->o, "</text>");
}

/* Beginnings of months, at most twelve of them; within six weeks, Mondays. */
static void
axis_labels(struct html *h)
{
	bool weeks = h->days <= 45;
	size_t months = h->days / 30 + 1, every = (months + 11) / 12, room = h->days / 14 + 1,
	       next = 0;

	for (size_t i = 0; i < h->days; i++) {
		int32_t day = h->from + (int32_t)i;
		struct civil c = civil_from_day(day);
		bool here = weeks ? day_of_week(day) == 0 || i == 0
				  : c.day == 1 && (size_t)(c.month - 1) % every == 0;

		if ((!here && i > 0) || i < next)
			continue;
		next = i + room;
		if (weeks)
			axis_label(h, i, arena_printf(&h->arena, "%d/%d", c.month, c.day));
		else if (c.month == 1 || i == 0)
			axis_label(h, i,
				   arena_printf(&h->arena, "%d " STR_FMT, c.year,
						STR_ARG(month_name(h, c.month))));
		else
			axis_label(h, i, month_name(h, c.month));
	}
}

void
html_figure(struct html *h, enum html_text caption, bool axis)
{
	out_text(h->o, "<figure><figcaption>");
	html_say(h, caption);
	out_text(h->o, "</figcaption>\n");
	if (!axis || h->days == 0)
		return;
	out_text(h->o,
		 "<div class=\"strip axis\" aria-hidden=\"true\"><div class=\"what\"></div><svg>");
	axis_labels(h);
	out_text(h->o, "</svg><div class=\"sum\"></div></div>\n");
}

void
html_figure_end(struct html *h)
{
	out_text(h->o, "</figure>\n");
}

void
html_strip_label(struct html *h, struct str label, struct str small)
{
	out_text(h->o, "<div class=\"strip\"><div class=\"what\">");
	out_html(h->o, label);
	if (small.n) {
		out_text(h->o, "<small>");
		out_html(h->o, small);
		out_text(h->o, "</small>");
	}
	out_text(h->o, "</div>");
}

void
html_strip(struct html *h, struct str title, struct str description, size_t units,
	   const char *class)
{
	out_printf(h->o,
		   "<svg role=\"img\" class=\"%s\" viewBox=\"0 0 %zu %d\" "
		   "preserveAspectRatio=\"none\"><title>",
		   class, units, STRIP_HEIGHT);
	out_html(h->o, title);
	out_text(h->o, "</title>");
	if (description.n) {
		out_text(h->o, "<desc>");
		out_html(h->o, description);
		out_text(h->o, "</desc>");
	}
}

void
html_strip_end(struct html *h, struct str number)
{
	out_text(h->o, "</svg><div class=\"sum\">");
	out_html(h->o, number);
	out_text(h->o, "</div></div>\n");
}

/* A path of hair lines, so that half a year of rows stays small. */
void
html_months(struct html *h)
{
	bool any = false;

	for (size_t i = 1; i < h->days; i++) {
		size_t column = i / h->step;

		if (civil_from_day(h->from + (int32_t)i).day != 1)
			continue;
		out_text(h->o, any ? "" : "<path class=\"tick\" d=\"");
		out_printf(h->o, "M%zu 0h1v%dh-1z", column * COLUMN_UNITS, STRIP_HEIGHT);
		any = true;
	}
	out_text(h->o, any ? "\"/>" : "");
}

void
html_windows(struct html *h)
{
	JSON_EACH(w, json_member(h->survey, "disasters"))
	{
		int32_t from, to, end = h->from + (int32_t)h->days - 1;

		if (!html_day(said_text(w, "from"), &from))
			continue;
		if (!html_day(said_text(w, "to"), &to) || to > end)
			to = end;
		from = from < h->from ? h->from : from;
		if (from > to)
			continue;
		html_rect(h, "shade", (int64_t)((from - h->from) / (int32_t)h->step) * COLUMN_UNITS,
			  0, ((int64_t)((to - from) / (int32_t)h->step) + 1) * COLUMN_UNITS,
			  STRIP_HEIGHT);
	}
}
