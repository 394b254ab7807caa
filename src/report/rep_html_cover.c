/*
 * rep_html_cover.c - sections 0 and 1: whether the run was complete, how much was read, what was found, in one look.
 */
#include "report/rep_html.h"

static void
trouble(struct html *h)
{
	static const char *const lists[] = { "trouble", "warnings" };

	for (size_t i = 0; i < COUNT(lists); i++) {
		const struct json_value *list = json_member(h->run, lists[i]);

		if (html_size(list) == 0)
			continue;
		out_text(h->o, "<div class=\"alarm\">");
		html_p(h, i == 0 ? HT_TROUBLE : HT_WARNINGS);
		out_text(h->o, "<ul>");
		JSON_EACH(sentence, list)
		{
			out_text(h->o, "<li>");
			out_html(h->o, json_text_of(sentence));
			out_text(h->o, "</li>");
		}
		out_text(h->o, "</ul></div>\n");
	}
}

static void
figure(struct html *h, enum html_text label, struct str number, const char *to, bool hot)
{
	out_printf(h->o, "<div%s><dt>", hot ? " class=\"hot\"" : "");
	html_say(h, label);
	out_printf(h->o, "</dt><dd><a href=\"#%s\">", to);
	out_bytes(h->o, number);
	out_text(h->o, "</a></dd></div>\n");
}

static struct str
part_of(struct html *h, size_t some, size_t all)
{
	return arena_printf(&h->arena, STR_FMT "<small>/ " STR_FMT "</small>",
			    STR_ARG(html_count(h, some)), STR_ARG(html_count(h, all)));
}

/* Systems of the register that have a line at all. */
static size_t
systems_read(const struct html *h)
{
	size_t n = 0;

	JSON_EACH(s, json_member(h->survey, "systems"))
	{
		bool any = false;

		JSON_EACH(lines, json_member(s, "lines"))
		any |= html_number(lines) > 0;
		n += any;
	}
	return n;
}

/* Findings are a number only where there are some, or where it is proved that there are none. */
static void
found(struct html *h)
{
	size_t all = 0;

	for (int s = SEVERITY_INFO; s <= SEVERITY_CRITICAL; s++)
		all += h->severe[s];
	if (all == 0 && !html_proved(h)) {
		figure(h, HT_FINDINGS, str_of(html_word(h, HT_NOT_PROVED)), "proof", true);
		return;
	}
	figure(h, HT_FINDINGS, html_count(h, all), "findings", false);
	figure(h, HT_OF_THEM_VIOLATIONS, html_count(h, h->violations), "findings",
	       h->violations > 0);
	figure(h, HT_OF_THEM_CRITICAL, html_count(h, h->severe[SEVERITY_CRITICAL]), "findings",
	       h->severe[SEVERITY_CRITICAL] > 0);
}

static void
figures(struct html *h)
{
	const struct json_value *buckets = json_member(h->run, "buckets");

	out_text(h->o, "<dl class=\"figures\">\n");
	if (h->survey)
		figure(h, HT_SYSTEMS_READ,
		       part_of(h, systems_read(h), html_size(json_member(h->survey, "systems"))),
		       "coverage", false);
	figure(h, HT_LINES_ACCEPTED, html_count(h, html_count_at(buckets, "accepted")),
	       "accounting", false);
	found(h);
	if (h->survey)
		figure(h, HT_CONSUMERS_AFFECTED,
		       html_count(h, html_count_at(h->survey, "affected_total.opened")), "affected",
		       false);
	out_text(h->o, "</dl>\n");
}

/* Severity x kind. */
static void
severities(struct html *h)
{
	static const char *const kinds[] = { "violation", "anomaly", "control_gap", "coverage" };

	if (h->findings == 0)
		return;
	HTML_TABLE(h, HT_BY_SEVERITY, HT_SEVERITY, HT_VIOLATION | HT_RIGHT, HT_ANOMALY | HT_RIGHT,
		   HT_CONTROL_GAP | HT_RIGHT, HT_COVERAGE_KIND | HT_RIGHT, HT_SUM | HT_RIGHT);
	for (int s = SEVERITY_CRITICAL; s >= SEVERITY_INFO; s--) {
		size_t count[COUNT(kinds)] = { 0 };

		for (size_t i = 0; i < h->findings; i++) {
			const struct html_finding *f = &h->finding[i];

			for (size_t k = 0; k < COUNT(kinds); k++)
				count[k] += f->severity == (enum severity)s &&
					    str_is(said_text(f->is, "kind"), kinds[k]);
		}
		out_text(h->o, "<tr><th scope=\"row\">");
		html_severity_mark(h, (enum severity)s);
		out_text(h->o, "</th>");
		for (size_t k = 0; k < COUNT(kinds); k++)
			html_cell_number(h, count[k]);
		html_cell_number(h, h->severe[s]);
		html_row_end(h);
	}
	html_table_end(h);
}

void
html_cover(struct html *h)
{
	bool complete = json_is_true(json_member(h->run, "complete"));

	out_printf(h->o, "<p class=\"state%s\">", complete ? "" : " bad");
	html_say(h, complete ? HT_COMPLETE : HT_INCOMPLETE);
	out_text(h->o, "</p>\n");
	trouble(h);
	figures(h);
	severities(h);
	if (h->suppressed)
		html_left_out(h, h->suppressed, HT_OF_THEM_SUPPRESSED);
	if (h->edition != EDITION_SEMIANNUAL)
		return;
	out_text(h->o, "<div class=\"boxes\">");
	html_box(h, HT_BOX_WEEK, html_week(h));
	html_box(h, HT_BOX_HOW_CHOSEN, (struct str){ 0 });
	html_box(h, HT_BOX_APPROVED, (struct str){ 0 });
	out_text(h->o, "</div>\n<p class=\"small\">");
	html_say(h, HT_SIGNATURES_BELOW);
	out_text(h->o, "</p>\n");
}

/* What stands plainly, whence and how much: three sentences a critical finding. */
static void
critical(struct html *h, const struct html_finding *f)
{
	const struct json_value *c = json_member(f->is, "counts");
	const struct json_value *why = json_member(f->is, "because");

	out_text(h->o, "<li><p>");
	html_finding_link(h, f);
	out_text(h->o, ": ");
	out_html(h->o, html_both(h, json_member(f->is, "explain")));
	out_char(h->o, ' ');
	HTML_TELL(h, HT_SENTENCE_MUCH, html_count(h, html_count_at(c, "lines")),
		  html_count(h, html_count_at(c, "consumers_opened")),
		  html_count(h, html_count_at(c, "person_days")));
	if (why && why->first) {
		out_char(h->o, ' ');
		HTML_TELL(h, HT_SENTENCE_WHY, said_text(why->first, "pred"),
			  said_text(why->first, "observed"));
	}
	out_text(h->o, "</p></li>\n");
}

void
html_summary(struct html *h)
{
	size_t told = 0, more = 0;

	html_timeline(h);
	for (size_t i = 0; i < h->findings; i++) {
		const struct html_finding *f = &h->finding[i];

		if (f->severity != SEVERITY_CRITICAL)
			continue;
		if (told == 10) {
			more++;
			continue;
		}
		if (told++ == 0) {
			html_h3(h, HT_CRITICAL_FINDINGS);
			out_text(h->o, "<ol>\n");
		}
		critical(h, f);
	}
	out_text(h->o, told ? "</ol>\n" : "");
	html_left_out(h, more, HT_MORE_CRITICAL);
	html_earlier(h);
}
