/*
 * rep_html_scope.c - section 2: which systems were the object of the review, how they keep retailers out, and what was
 * read of them.
 */
#include "report/rep_html.h"

static uint64_t
lines_of(const struct json_value *system)
{
	uint64_t n = 0;

	JSON_EACH(v, json_member(system, "lines"))
	n += (uint64_t)html_number(v);
	return n;
}

static enum html_text
sharing(struct str said)
{
	if (str_is(said, "shared"))
		return HT_SHARED;
	if (str_is(said, "logical"))
		return HT_LOGICAL;
	return str_is(said, "physical") ? HT_PHYSICAL : HT_NOT_SAID;
}

static void
systems(struct html *h)
{
	HTML_TABLE(h, HT_SCOPE_CAPTION, HT_SYSTEM, HT_ID, HT_OWNER, HT_SHARING, HT_SPLIT_SINCE,
		   HT_MASKED_SINCE, HT_LINES | HT_RIGHT, HT_REFUSED | HT_RIGHT, HT_IN_SCOPE);
	JSON_EACH(s, json_member(h->survey, "systems"))
	{
		struct str id = said_text(s, "system");
		uint64_t n = lines_of(s);

		html_row(h, html_system_name(h, id));
		html_cell(h, id);
		html_cell(h, said_text(s, "owner"));
		html_cell_word(h, sharing(said_text(s, "sharing")));
		html_cell_date(h, str_head(said_text(s, "split_since"), 10));
		html_cell_date(h, str_head(said_text(s, "masked_since"), 10));
		html_cell_number(h, n);
		html_cell_amount(h, json_member(s, "refused"));
		html_cell_word(h, n ? HT_READ : HT_NOT_READ);
		html_row_end(h);
	}
	html_table_end(h);
}

static void
screens(struct html *h)
{
	if (html_size(json_member(h->survey, "screens")) == 0)
		return;
	html_fold(h, HT_SCREENS);
	HTML_TABLE(h, HT_SCREENS, HT_SYSTEM, HT_SCREEN, HT_VIEWS | HT_RIGHT,
		   HT_CONSUMERS | HT_RIGHT);
	JSON_EACH(s, json_member(h->survey, "screens"))
	{
		html_row(h, html_system_name(h, said_text(s, "system")));
		html_cell(h, said_text(s, "class"));
		html_cell_amount(h, json_member(s, "views"));
		html_cell_amount(h, json_member(s, "consumers"));
		html_row_end(h);
	}
	html_table_end(h);
	out_text(h->o, "</details>\n");
}

void
html_scope(struct html *h)
{
	if (h->survey) {
		systems(h);
		screens(h);
	} else {
		html_lack(h, HT_LACK_SURVEY);
	}
	out_text(h->o, "<div class=\"boxes\">");
	html_box(h, HT_BOX_OUT_OF_SCOPE, (struct str){ 0 });
	html_box(h, HT_BOX_WHY_SCOPE, (struct str){ 0 });
	out_text(h->o, "</div>\n");
}
