/*
 * rep_html_ids.c - section 8: accounts that are no person's, those that sleep, those that nobody has listed.
 */
#include "report/rep_html.h"

/* "98.7%", in integers. */
static struct str
share(struct html *h, uint64_t part, uint64_t whole)
{
	uint64_t per_mille;

	if (whole == 0)
		return (struct str){ 0 };
	per_mille = part * 1000 / whole;
	return arena_printf(&h->arena, "%llu.%llu%%", (unsigned long long)(per_mille / 10),
			    (unsigned long long)(per_mille % 10));
}

static void
nonpersonal(struct html *h, const struct json_value *list)
{
	html_h3(h, HT_NONPERSONAL);
	if (html_size(list) == 0) {
		html_p(h, HT_NO_NONPERSONAL);
		return;
	}
	HTML_TABLE(h, HT_NONPERSONAL_CAPTION, HT_ACCOUNT, HT_ACCOUNT_KIND, HT_ORG,
		   HT_LINES | HT_RIGHT, HT_SHARED_LINES | HT_RIGHT, HT_ATTRIBUTED | HT_RIGHT,
		   HT_RATE | HT_RIGHT);
	JSON_EACH(v, list)
	{
		html_row(h, said_text(v, "acct"));
		html_cell(h, said_text(v, "kind"));
		html_cell(h, said_text(v, "org"));
		html_cell_amount(h, json_member(v, "lines"));
		html_cell_amount(h, json_member(v, "shared_lines"));
		html_cell_amount(h, json_member(v, "attributed"));
		out_text(h->o, "<td class=\"n\">");
		out_html(h->o, share(h, html_count_at(v, "attributed"),
				     html_count_at(v, "shared_lines")));
		out_text(h->o, "</td>");
		html_row_end(h);
	}
	html_table_end(h);
}

static void
dormant(struct html *h, const struct json_value *list)
{
	size_t n = 0;

	html_h3(h, HT_DORMANT);
	if (html_size(list) == 0) {
		html_p(h, HT_NO_DORMANT);
		return;
	}
	HTML_TABLE(h, HT_DORMANT_CAPTION, HT_ACCOUNT, HT_LAST_USE);
	JSON_EACH(v, list)
	{
		struct str last = said_text(v, "last");

		if (n++ == TABLE_ROWS_MOST)
			break;
		html_row(h, said_text(v, "acct"));
		html_cell(h, last.n ? last : str_of(html_word(h, HT_NEVER_SEEN)));
		html_row_end(h);
	}
	html_table_end(h);
	html_left_out(h, html_size(list) > TABLE_ROWS_MOST ? html_size(list) - TABLE_ROWS_MOST : 0,
		      HT_MORE_ROWS);
}

static void
unknown(struct html *h, const struct json_value *list)
{
	size_t n = 0;

	html_h3(h, HT_UNKNOWN_IDS);
	if (html_size(list) == 0) {
		html_p(h, HT_NO_UNKNOWN);
		return;
	}
	HTML_TABLE(h, HT_UNKNOWN_CAPTION, HT_ACCOUNT, HT_SYSTEM, HT_LINES | HT_RIGHT);
	JSON_EACH(v, list)
	{
		if (n++ == TABLE_ROWS_MOST)
			break;
		html_row(h, said_text(v, "acct"));
		html_cell(h, html_system_name(h, said_text(v, "system")));
		html_cell_amount(h, json_member(v, "lines"));
		html_row_end(h);
	}
	html_table_end(h);
	html_left_out(h, html_size(list) > TABLE_ROWS_MOST ? html_size(list) - TABLE_ROWS_MOST : 0,
		      HT_MORE_ROWS);
}

void
html_ids(struct html *h)
{
	const struct json_value *ids = json_member(h->survey, "ids");

	if (!h->survey) {
		html_lack(h, HT_LACK_SURVEY);
		return;
	}
	nonpersonal(h, json_member(ids, "nonpersonal"));
	dormant(h, json_member(ids, "dormant"));
	unknown(h, json_member(ids, "unknown"));
	html_lack(h, HT_LACK_KPI);
	out_text(h->o, "<div class=\"boxes\">");
	html_box(h, HT_BOX_TRANSFERS, (struct str){ 0 });
	html_box(h, HT_BOX_MFA, (struct str){ 0 });
	html_box(h, HT_BOX_PASSWORDS, (struct str){ 0 });
	out_text(h->o, "</div>\n");
}
