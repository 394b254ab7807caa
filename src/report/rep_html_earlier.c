/*
 * rep_html_earlier.c - section 1: how this review stands to those before it, as their own records say.
 */
#include "report/rep_html.h"

static const enum severity shown[] = { SEVERITY_CRITICAL, SEVERITY_HIGH, SEVERITY_MEDIUM,
				       SEVERITY_LOW, SEVERITY_INFO };

/* "2022H2 2022-W46", or the day on which it was made. */
static struct str
name_of(struct html *h, struct str half, struct str week, struct str now)
{
	if (half.n == 0 && week.n == 0)
		return str_head(now, 10);
	return arena_printf(&h->arena, STR_FMT "%s" STR_FMT, STR_ARG(half),
			    half.n && week.n ? " " : "", STR_ARG(week));
}

static void
earlier_row(struct html *h, const struct json_value *e)
{
	html_row(h, name_of(h, said_text(e, "half"), said_text(e, "week"), said_text(e, "now")));
	html_cell_word(h, said_true(e, "complete") ? HT_COMPLETE : HT_INCOMPLETE);
	html_cell_amount(h, json_member(e, "accepted"));
	html_cell_amount(h, json_member(e, "violations"));
	for (size_t i = 0; i < COUNT(shown); i++)
		html_cell_amount(h, json_member(e, severity_names[shown[i]]));
	html_cell(h, said_text(e, "path"));
	html_row_end(h);
}

static void
this_row(struct html *h)
{
	html_row(h, name_of(h, said_text(h->run, "review.half"), said_text(h->run, "review.week"),
			    said_text(h->run, "now")));
	html_cell_word(h, said_true(h->run, "complete") ? HT_COMPLETE : HT_INCOMPLETE);
	html_cell_amount(h, json_path(h->run, "buckets.accepted"));
	html_cell_number(h, h->violations);
	for (size_t i = 0; i < COUNT(shown); i++)
		html_cell_number(h, h->severe[shown[i]]);
	html_cell_word(h, HT_THIS_REVIEW);
	html_row_end(h);
}

void
html_earlier(struct html *h)
{
	const struct json_value *earlier = json_member(h->run, "earlier");

	if (html_size(earlier) == 0) {
		html_lack(h, HT_LACK_TREND);
		return;
	}
	HTML_TABLE(h, HT_EARLIER_CAPTION, HT_REVIEW, HT_STATE, HT_LINES | HT_RIGHT,
		   HT_VIOLATIONS | HT_RIGHT, HT_CRITICAL | HT_RIGHT, HT_HIGH | HT_RIGHT,
		   HT_MEDIUM | HT_RIGHT, HT_LOW | HT_RIGHT, HT_INFO | HT_RIGHT, HT_RECORD);
	JSON_EACH(e, earlier)
	earlier_row(h, e);
	this_row(h);
	html_table_end(h);
}
