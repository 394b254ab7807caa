/*
 * rep_html_hours.c - at what hour of which weekday, a picture a schedule and a system; what is permitted is a line below
 * the cells, what was outside of it a block at their top.
 */
#include "report/rep_html.h"

enum { HOURS = 24, HOUR_PICTURES_MOST = 36, DAY_MINUTES = 1440 };

static int64_t
most_of(const struct json_value *week)
{
	int64_t most = 1;

	JSON_EACH(day, week)
	{
		JSON_EACH(n, day)
		most = max_i64(most, html_number(n));
	}
	return most;
}

/* Four shades: up to a tenth, a third, two thirds of the most, and beyond. */
static const char *
shade(int64_t n, int64_t most)
{
	if (n * 10 <= most)
		return "f1";
	if (n * 3 <= most)
		return "f2";
	return n * 3 <= most * 2 ? "f3" : "f4";
}

static void
cells(struct html *h, const struct json_value *day, const struct json_value *off, int64_t most)
{
	const struct json_value *o = off ? off->first : NULL;
	int64_t x = 0;

	JSON_EACH(n, day)
	{
		int64_t lines = html_number(n);

		if (x == (int64_t)HOURS * COLUMN_UNITS)
			break;
		if (lines > 0)
			html_rect(h, shade(lines, most), x, 0, COLUMN_UNITS, STRIP_HEIGHT - 20);
		if (html_number(o) > 0)
			html_rect(h, "hot", x + 2, 0, COLUMN_UNITS - 4, 40);
		o = o ? o->next : NULL;
		x += COLUMN_UNITS;
	}
}

/* Minutes from..to of a day, as far as they lie in the day that begins at `shift`. */
static void
permit(struct html *h, const struct json_value *spans, int64_t shift)
{
	JSON_EACH(span, spans)
	{
		int64_t from = html_number(span->first) - shift;
		int64_t to = html_number(span->first ? span->first->next : NULL) - shift;

		from = max_i64(from, 0);
		to = min_i64(to, DAY_MINUTES);
		if (from < to)
			html_rect(h, "permit", from * COLUMN_UNITS / 60, STRIP_HEIGHT - 12,
				  (to - from) * COLUMN_UNITS / 60, 12);
	}
}

static const struct json_value *
permitted_on(const struct json_value *permitted, int weekday)
{
	return json_member(permitted, weekday < 5 ? "biz" : weekday == 5 ? "sat" : "sun");
}

static struct str
weekday_name(const struct html *h, int weekday)
{
	struct str names = str_of(html_word(h, HT_WEEKDAYS)), name = { 0 };

	for (int i = 0; i <= weekday; i++)
		name = str_split(&names, ' ');
	return name;
}

static void
hour_axis(struct html *h)
{
	out_text(h->o,
		 "<div class=\"strip axis\" aria-hidden=\"true\"><div class=\"what\"></div><svg>");
	for (int hour = 0; hour < HOURS; hour += 6)
		out_printf(h->o, "<text x=\"%d%%\" y=\"11\">%d</text>", hour * 100 / HOURS, hour);
	out_text(h->o, "</svg></div>\n");
}

static void
picture_of(struct html *h, struct str name, struct str small, const struct json_value *week,
	   const struct json_value *off, const struct json_value *permitted)
{
	const struct json_value *o = off ? off->first : NULL;
	int64_t most = most_of(week);
	int weekday = 0;

	out_text(h->o, "<figure><figcaption>");
	out_html(h->o, name);
	out_text(h->o, " <small>");
	out_html(h->o, small);
	out_text(h->o, "</small></figcaption>\n");
	hour_axis(h);
	JSON_EACH(day, week)
	{
		struct str label = weekday_name(h, weekday);

		out_text(h->o, "<div class=\"strip\"><div class=\"what\">");
		out_html(h->o, label);
		out_text(h->o, "</div>");
		html_strip(
			h,
			arena_printf(&h->arena, STR_FMT " " STR_FMT, STR_ARG(name), STR_ARG(label)),
			str_of(html_word(h, HT_DESC_HOURS)), (size_t)HOURS * COLUMN_UNITS, "");
		html_rect(h, "bed", 0, 0, (int64_t)HOURS * COLUMN_UNITS, STRIP_HEIGHT - 20);
		cells(h, day, o, most);
		permit(h, permitted_on(permitted, weekday), 0);
		permit(h, permitted_on(permitted, (weekday + 6) % 7), DAY_MINUTES);
		out_text(h->o, "</svg></div>\n");
		o = o ? o->next : NULL;
		if (++weekday == 7)
			break;
	}
	html_figure_end(h);
}

/* The numbers of a picture; what was out of hours stands behind a plus. */
static void
numbers(struct html *h, struct str name, const struct json_value *week,
	const struct json_value *off)
{
	const struct json_value *o = off ? off->first : NULL;
	int weekday = 0;

	html_table_open(h, name);
	html_column_head(h, str_of(html_word(h, HT_DAY)), false);
	for (uint64_t i = 0; i < HOURS; i++)
		html_column_head(h, html_count(h, i), true);
	html_table_body(h);
	JSON_EACH(day, week)
	{
		const struct json_value *m = o ? o->first : NULL;

		html_row(h, weekday_name(h, weekday));
		JSON_EACH(n, day)
		{
			out_text(h->o, "<td class=\"n\">");
			out_bytes(h->o, html_count(h, (uint64_t)html_number(n)));
			if (html_number(m) > 0) {
				out_text(h->o, " (");
				out_bytes(h->o, html_count(h, (uint64_t)html_number(m)));
				out_char(h->o, ')');
			}
			out_text(h->o, "</td>");
			m = m ? m->next : NULL;
		}
		html_row_end(h);
		o = o ? o->next : NULL;
		if (++weekday == 7)
			break;
	}
	html_table_end(h);
}

static void
key(struct html *h)
{
	out_text(h->o, "<ul class=\"key\"><li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\">"
		       "<rect class=\"f1\" x=\"0\" y=\"2\" width=\"3\" height=\"6\"/>"
		       "<rect class=\"f2\" x=\"3\" y=\"2\" width=\"3\" height=\"6\"/>"
		       "<rect class=\"f4\" x=\"6\" y=\"2\" width=\"3\" height=\"6\"/></svg>");
	html_say(h, HT_KEY_MUCH);
	out_text(h->o, "</li><li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\">"
		       "<rect class=\"permit\" x=\"0\" y=\"7\" width=\"10\" height=\"2\"/></svg>");
	html_say(h, HT_KEY_PERMITTED);
	out_text(h->o, "</li><li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\">"
		       "<rect class=\"hot\" x=\"2\" y=\"1\" width=\"6\" height=\"5\"/></svg>");
	html_say(h, HT_KEY_OFF);
	out_text(h->o, "</li></ul>\n");
}

void
html_hours(struct html *h)
{
	size_t shown = 0;

	if (!h->survey)
		return;
	html_h3_at(h, HT_HOURS, "hours");
	out_text(h->o, "<div class=\"hours\">\n");
	JSON_EACH(s, json_member(h->survey, "schedules"))
	{
		if (shown++ < HOUR_PICTURES_MOST)
			picture_of(h, said_text(s, "schedule"),
				   arena_printf(&h->arena, "%lld %s",
						(long long)said_number(s, "accounts"),
						html_word(h, HT_ACCOUNTS)),
				   json_member(s, "hours"), NULL, json_member(s, "permitted"));
	}
	JSON_EACH(s, json_member(h->survey, "systems"))
	{
		if (shown++ < HOUR_PICTURES_MOST)
			picture_of(h, html_system_name(h, said_text(s, "system")),
				   str_of(html_word(h, HT_ALL_ACCOUNTS)), json_member(s, "hours"),
				   json_member(s, "off_hours"), NULL);
	}
	out_text(h->o, "</div>\n");
	key(h);
	html_left_out(h, shown > HOUR_PICTURES_MOST ? shown - HOUR_PICTURES_MOST : 0,
		      HT_MORE_PICTURES);
	html_fold(h, HT_HOURS_AS_TABLE);
	JSON_EACH(s, json_member(h->survey, "schedules"))
	numbers(h, said_text(s, "schedule"), json_member(s, "hours"), NULL);
	JSON_EACH(s, json_member(h->survey, "systems"))
	numbers(h, html_system_name(h, said_text(s, "system")), json_member(s, "hours"),
		json_member(s, "off_hours"));
	out_text(h->o, "</details>\n");
}
