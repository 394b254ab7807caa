/*
 * rep_html_article33.c - the numbers that the annual report on organisation takes from this one (施行規則33条の16, by its
 * items), each with the place it comes from; the words are a human's.
 */
#include "report/rep_html.h"

static void
item(struct html *h, const char *number, enum html_text what)
{
	out_printf(h->o, "<tr><th scope=\"row\">%s</th><td>", number);
	html_say(h, what);
	out_text(h->o, "</td><td class=\"long\">");
}

static void
item_end(struct html *h, enum html_text human)
{
	out_text(h->o, "</td>");
	html_cell_word(h, human);
	html_row_end(h);
}

static uint64_t
retail_lines(const struct html *h)
{
	uint64_t n = 0;

	JSON_EACH(v, json_member(h->survey, "retailers"))
	n += html_count_at(v, "lines");
	return n;
}

/* Violations that say neither what was done nor why nothing was. */
static size_t
undecided_violations(const struct html *h)
{
	size_t n = 0;

	for (size_t i = 0; i < h->findings; i++) {
		const struct html_finding *f = &h->finding[i];

		n += f->violation && said_text(f->is, "disposition.action").n == 0 &&
		     said_text(f->is, "disposition.reason_no_action").n == 0;
	}
	return n;
}

void
html_article33(struct html *h)
{
	size_t open = undecided_violations(h), all = 0;
	uint64_t lines = html_count_at(h->run, "buckets.accepted");

	for (int s = SEVERITY_INFO; s <= SEVERITY_CRITICAL; s++)
		all += h->severe[s];
	if (open) {
		out_text(h->o, "<div class=\"alarm\"><p>");
		HTML_TELL(h, HT_33_REFUSED, html_count(h, open));
		out_text(h->o, "</p></div>\n");
		return;
	}
	HTML_TABLE(h, HT_33_CAPTION, HT_33_ITEM, HT_WHAT, HT_33_NUMBERS, HT_33_HUMAN);
	item(h, "②", HT_33_SYSTEMS);
	HTML_TELL(h, HT_33_SYSTEMS_SAID,
		  html_count(h, html_size(json_member(h->survey, "systems"))), html_count(h, lines),
		  html_count(h, h->days));
	item_end(h, HT_33_WORDING);
	item(h, "⑥", HT_33_OFFICER);
	HTML_TELL(h, HT_33_OFFICER_SAID, html_count(h, h->suppressed));
	item_end(h, HT_33_NARRATIVE);
	item(h, "⑧⑨", HT_33_COMPLIANCE);
	HTML_TELL(h, HT_33_COMPLIANCE_SAID, html_count(h, h->violations));
	item_end(h, HT_33_APPROVE);
	item(h, "⑩⑪", HT_33_MONITOR);
	HTML_TELL(h, HT_33_MONITOR_SAID, html_count(h, all), html_count(h, lines));
	item_end(h, HT_33_APPROVE);
	item(h, "⑫", HT_33_TRADE);
	HTML_TELL(h, HT_33_TRADE_SAID, html_count(h, retail_lines(h)),
		  html_count(h, html_size(json_member(h->survey, "disasters"))));
	item_end(h, HT_33_NARRATIVE);
	item(h, "⑬", HT_33_OTHER);
	HTML_TELL(h, HT_33_OTHER_SAID, said_text(h->run, "version"),
		  said_text(h->run, "findings_digest"));
	item_end(h, HT_33_NOTHING);
	html_table_end(h);
}
