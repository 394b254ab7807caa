/*
 * rep_html_nightly.c - the continuous edition's own sections: what changed since the last run, what lapses soon, the
 * last thirty nights and days, and whose desk each finding lies on.
 */
#include "report/rep_html.h"

#include "model/nights.h"

enum { TREND_DAYS = 30, EXPIRES_WITHIN_DAYS = 14, ROUTES_MOST = 64 };

static void
change_table(struct html *h, enum html_mark mark, enum html_text caption)
{
	size_t n = 0, all = 0;

	for (size_t i = 0; i < h->findings; i++)
		all += h->finding[i].mark == mark;
	html_h3(h, caption);
	if (all == 0) {
		html_p(h, HT_NONE_OF_THESE);
		return;
	}
	HTML_TABLE(h, HT_FOLLOW_CAPTION, HT_FINDING, HT_SEVERITY, HT_FIRST, HT_LAST,
		   HT_DETECTED | HT_RIGHT, HT_WHAT);
	for (size_t i = 0; i < h->findings && n < TABLE_ROWS_MOST; i++) {
		const struct html_finding *f = &h->finding[i];

		if (f->mark != mark)
			continue;
		n++;
		out_text(h->o, "<tr><th scope=\"row\">");
		html_finding_link(h, f);
		out_text(h->o, "</th><td>");
		html_severity_mark(h, f->severity);
		out_text(h->o, "</td>");
		html_cell_date(h, html_date(h, f->first));
		html_cell_date(h, html_date(h, f->last));
		html_cell_amount(h, json_member(f->is, "time_to_detect_h"));
		out_text(h->o, "<td class=\"long\">");
		out_html(h->o, html_both(h, json_member(f->is, "explain")));
		out_text(h->o, "</td>");
		html_row_end(h);
	}
	html_table_end(h);
	html_left_out(h, all - n, HT_MORE_ROWS);
}

static enum html_text
reason_word(struct str reason)
{
	static const struct {
		const char *name;
		enum html_text word;
	} reasons[] = {
		{ "no_lines", HT_GONE_NO_LINES },     { "fixed", HT_GONE_FIXED },
		{ "rule_changed", HT_GONE_RULE },     { "reference_changed", HT_GONE_REFERENCE },
		{ "not_covered", HT_GONE_UNCOVERED },
	};

	for (size_t i = 0; i < COUNT(reasons); i++) {
		if (str_is(reason, reasons[i].name))
			return reasons[i].word;
	}
	return HT_NOT_SAID;
}

/* What was found then and is not now, and why; "we could not look" is among the reasons. */
void
html_absences(struct html *h)
{
	const struct json_value *list = json_member(h->baseline, "absences");
	size_t n = 0;

	html_h3(h, HT_CLOSED_FINDINGS);
	if (html_size(list) == 0) {
		html_p(h, HT_NONE_OF_THESE);
		return;
	}
	HTML_TABLE(h, HT_FOLLOW_CAPTION, HT_RULE, HT_SEVERITY, HT_WHO, HT_FIRST, HT_LAST,
		   HT_REASON);
	JSON_EACH(v, list)
	{
		enum severity s;

		if (n++ == TABLE_ROWS_MOST)
			break;
		html_row(h, said_text(v, "rule"));
		out_text(h->o, "<td>");
		if (severity_named(said_text(v, "severity"), &s))
			html_severity_mark(h, s);
		out_text(h->o, "</td>");
		html_cell(h, html_about(h, v));
		html_cell_date(h, str_head(said_text(v, "first"), 10));
		html_cell_date(h, str_head(said_text(v, "last"), 10));
		html_cell_word(h, reason_word(said_text(v, "reason")));
		html_row_end(h);
	}
	html_table_end(h);
	html_left_out(h, html_size(list) > TABLE_ROWS_MOST ? html_size(list) - TABLE_ROWS_MOST : 0,
		      HT_MORE_ROWS);
}

void
html_changes(struct html *h)
{
	if (!h->baseline) {
		html_lack(h, HT_LACK_BASELINE);
		html_timeline(h);
		return;
	}
	html_timeline(h);
	change_table(h, STANDS_NEW, HT_NEW_FINDINGS);
	change_table(h, STANDS_UPDATED, HT_UPDATED_FINDINGS);
	html_absences(h);
	change_table(h, STANDS_UNCHANGED, HT_STILL_OPEN);
}

static struct str
expiry(const struct json_value *finding)
{
	struct str s = said_text(finding, "disposition.expires");

	return s.n ? s : said_text(finding, "disposition.to");
}

void
html_expires(struct html *h)
{
	int32_t now = 0, day;
	bool any = false;

	if (!html_day(said_text(h->run, "now"), &now))
		return;
	for (size_t i = 0; i < h->findings; i++) {
		const struct html_finding *f = &h->finding[i];

		if (!html_day(expiry(f->is), &day) || day > now + EXPIRES_WITHIN_DAYS)
			continue;
		if (!any)
			HTML_TABLE(h, HT_EXPIRES_CAPTION, HT_FINDING, HT_DECISION, HT_EXPIRES,
				   HT_DAYS_LEFT | HT_RIGHT);
		any = true;
		out_text(h->o, "<tr><th scope=\"row\">");
		html_finding_link(h, f);
		out_text(h->o, "</th>");
		html_cell(h, said_text(f->is, "disposition.decision"));
		html_cell_date(h, html_date(h, day));
		if (day >= now)
			html_cell_number(h, (uint64_t)(day - now));
		else
			html_cell_word(h, HT_EXPIRED);
		html_row_end(h);
	}
	if (any)
		html_table_end(h);
	else
		html_p(h, HT_NOTHING_EXPIRES);
}

static int64_t
lines_on(const struct html *h, size_t day)
{
	int64_t n = 0;

	JSON_EACH(s, json_member(h->survey, "systems"))
	{
		const struct json_value *lines = json_member(s, "lines");
		const struct json_value *v = lines ? lines->first : NULL;

		for (size_t i = 0; v && i < day; i++)
			v = v->next;
		n += html_number(v);
	}
	return n;
}

/* Cases that begin on a day: the gravest, and all. */
static void
begun_on(const struct html *h, int32_t day, uint64_t *grave, uint64_t *all)
{
	*grave = *all = 0;
	for (size_t i = 0; i < h->findings; i++) {
		const struct html_finding *f = &h->finding[i];

		JSON_EACH(c, json_member(f->is, "cases"))
		{
			int32_t first;

			if (!html_day(said_text(c, "first"), &first) || first != day)
				continue;
			(*all)++;
			*grave += f->severity >= SEVERITY_HIGH;
		}
	}
}

static bool
is_missed(const struct json_value *missed, int32_t day)
{
	JSON_EACH(pair, missed)
	{
		int32_t first, last;

		if (pair->count == 2 && html_day(json_text_of(pair->first), &first) &&
		    html_day(json_text_of(pair->first->next), &last) && first <= day && day <= last)
			return true;
	}
	return false;
}

static uint64_t
missed_count(const struct json_value *missed)
{
	uint64_t n = 0;

	JSON_EACH(pair, missed)
	{
		int32_t first, last;

		if (pair->count == 2 && html_day(json_text_of(pair->first), &first) &&
		    html_day(json_text_of(pair->first->next), &last) && first <= last)
			n += (uint64_t)(last - first + 1);
	}
	return n;
}

static void
night_row(struct html *h, const struct json_value *row)
{
	static const char *const numbers[] = { "runs", "status", "lines", "events" };
	const struct json_value *found = json_member(row, "findings");

	for (size_t i = 0; i < COUNT(numbers); i++)
		html_cell_number(h, html_count_at(row, numbers[i]));
	for (int s = SEVERITY_CRITICAL; s >= 0; s--)
		html_cell_number(h, html_count_at(found, severity_names[s]));
	html_cell_number(h, html_count_at(row, "new"));
}

static void
missed_row(struct html *h, int32_t day)
{
	html_row(h, html_date(h, day));
	out_text(h->o, "<td colspan=\"10\">");
	html_say(h, HT_NIGHT_MISSED);
	out_text(h->o, "</td>");
	html_row_end(h);
}

/* Backwards, with the nights between them that had none. */
static void
night_rows(struct html *h, const struct json_value *nights)
{
	const struct json_value *missed = json_member(nights, "missed"),
				*row[NIGHTS_SHOWN] = { NULL };
	int32_t day[NIGHTS_SHOWN];
	size_t n = 0, shown = 0;

	JSON_EACH(v, json_member(nights, "last"))
	{
		if (n < NIGHTS_SHOWN && html_day(said_text(v, "night"), &day[n]))
			row[n++] = v;
	}
	if (n == 0)
		return;
	HTML_TABLE(h, HT_NIGHTS_CAPTION, HT_NIGHT, HT_RUNS | HT_RIGHT, HT_RUN_STATUS | HT_RIGHT,
		   HT_LINES | HT_RIGHT, HT_EVENTS_KEPT | HT_RIGHT, HT_CRITICAL | HT_RIGHT,
		   HT_HIGH | HT_RIGHT, HT_MEDIUM | HT_RIGHT, HT_LOW | HT_RIGHT, HT_INFO | HT_RIGHT,
		   HT_NEW_TOLD | HT_RIGHT);
	for (size_t i = n; i > 0 && shown < TREND_DAYS; i--) {
		html_row(h, html_date(h, day[i - 1]));
		night_row(h, row[i - 1]);
		html_row_end(h);
		shown++;
		for (int32_t d = day[i - 1] - 1;
		     i > 1 && d > day[i - 2] && d > day[i - 1] - TREND_DAYS && shown < TREND_DAYS;
		     d--) {
			if (!is_missed(missed, d))
				continue;
			missed_row(h, d);
			shown++;
		}
	}
	html_table_end(h);
}

static void
html_nights(struct html *h)
{
	const struct json_value *nights = json_member(h->run, "nights");
	struct str due = said_text(nights, "due");
	int32_t since = 0;

	if (!nights || !html_day(said_text(nights, "since"), &since)) {
		html_lack(h, HT_LACK_RUNS);
		return;
	}
	out_text(h->o, "<p>");
	HTML_TELL(h,
		  str_is(due, "none")      ? HT_NIGHTS_NONE
		  : str_is(due, "weekday") ? HT_NIGHTS_WEEKDAY
					   : HT_NIGHTS_DAILY,
		  html_date(h, since), html_count(h, html_count_at(nights, "runs")),
		  html_count(h, missed_count(json_member(nights, "missed"))));
	out_text(h->o, "</p>\n");
	night_rows(h, nights);
}

void
html_trend(struct html *h)
{
	size_t from = h->days > TREND_DAYS ? h->days - TREND_DAYS : 0;

	html_nights(h);
	HTML_TABLE(h, HT_TREND_CAPTION, HT_DAY, HT_LINES | HT_RIGHT, HT_CASES_BEGUN | HT_RIGHT,
		   HT_GRAVE_BEGUN | HT_RIGHT);
	for (size_t i = h->days; i > from; i--) {
		int32_t day = h->from + (int32_t)i - 1;
		uint64_t grave, all;

		begun_on(h, day, &grave, &all);
		html_row(h, html_date(h, day));
		html_cell_number(h, (uint64_t)lines_on(h, i - 1));
		html_cell_number(h, all);
		html_cell_number(h, grave);
		html_row_end(h);
	}
	html_table_end(h);
}

struct route {
	struct str to;
	size_t findings, grave;
};

void
html_routing(struct html *h)
{
	struct route *r = arena_alloc(&h->arena, ROUTES_MOST * sizeof(*r));
	size_t n = 0, other = 0;

	for (size_t i = 0; i < h->findings; i++) {
		const struct html_finding *f = &h->finding[i];
		struct str to = said_text(f->is, "route");
		size_t k = 0;

		while (k < n && !str_eq(r[k].to, to))
			k++;
		if (k == ROUTES_MOST) {
			other++;
			continue;
		}
		if (k == n)
			r[n++].to = to;
		r[k].findings++;
		r[k].grave += f->severity >= SEVERITY_HIGH;
	}
	if (n == 0) {
		html_p(h, HT_NONE_OF_THESE);
		return;
	}
	HTML_TABLE(h, HT_ROUTING_CAPTION, HT_ROUTE, HT_FINDINGS | HT_RIGHT, HT_GRAVE | HT_RIGHT);
	for (size_t k = 0; k < n; k++) {
		html_row(h, r[k].to.n ? r[k].to : str_of(html_word(h, HT_NO_ROUTE)));
		html_cell_number(h, r[k].findings);
		html_cell_number(h, r[k].grave);
		html_row_end(h);
	}
	html_table_end(h);
	html_left_out(h, other, HT_MORE_ROWS);
}
