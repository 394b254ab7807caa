/*
 * rep_html_closing.c - sections 13 and 14 and the annexes: what became of earlier findings, who signs, how to do it again.
 */
#include "report/rep_html.h"

static void
boxes(struct html *h, const enum html_text *labels, size_t n, bool tall)
{
	out_text(h->o, tall ? "<div class=\"boxes hand\">" : "<div class=\"boxes\">");
	for (size_t i = 0; i < n; i++)
		html_box(h, labels[i], (struct str){ 0 });
	out_text(h->o, "</div>\n");
}

void
html_follow(struct html *h)
{
	static const enum html_text labels[] = { HT_BOX_ACTIONS, HT_BOX_ACTIONS_DUE };
	static const struct {
		const char *name;
		enum html_text word;
	} rows[] = {
		{ "new", HT_MARK_NEW },
		{ "updated", HT_MARK_UPDATED },
		{ "unchanged", HT_MARK_UNCHANGED },
		{ "absent", HT_MARK_ABSENT },
	};

	if (!h->baseline) {
		html_lack(h, HT_LACK_BASELINE);
	} else {
		HTML_TABLE(h, HT_FOLLOW_CAPTION, HT_STATE, HT_FINDINGS | HT_RIGHT);
		for (size_t i = 0; i < COUNT(rows); i++) {
			html_row(h, str_of(html_word(h, rows[i].word)));
			html_cell_amount(h, json_member(h->baseline, rows[i].name));
			html_row_end(h);
		}
		html_table_end(h);
		html_absences(h);
	}
	boxes(h, labels, COUNT(labels), true);
}

void
html_sign(struct html *h)
{
	static const enum html_text labels[] = { HT_BOX_ANALYST,      HT_BOX_REVIEWER,
						 HT_BOX_INFO,         HT_BOX_COMPLIANCE_1,
						 HT_BOX_COMPLIANCE_2, HT_BOX_AUDIT };

	html_p(h, HT_SIGN_SAID);
	boxes(h, labels, COUNT(labels), true);
	html_p(h, HT_ADDRESSEE);
}

static void
annex_row(struct html *h, const char *letter, enum html_text what, const char *anchor,
	  enum html_text where)
{
	out_printf(h->o, "<tr><th scope=\"row\">%s</th><td>", letter);
	html_say(h, what);
	out_text(h->o, "</td><td>");
	if (anchor)
		out_printf(h->o, "<a href=\"#%s\">", anchor);
	html_say(h, where);
	out_text(h->o, anchor ? "</a></td></tr>\n" : "</td></tr>\n");
}

void
html_annex(struct html *h)
{
	struct str policy = said_text(h->run, "policy");

	HTML_TABLE(h, HT_ANNEX_CAPTION, HT_ANNEX, HT_WHAT, HT_WHERE);
	annex_row(h, "A", HT_ANNEX_CONSUMERS, NULL, HT_ANNEX_CONSUMERS_AT);
	annex_row(h, "B", HT_ANNEX_CASES, NULL, HT_ANNEX_CASES_AT);
	annex_row(h, "C", HT_ANNEX_MANIFEST, "manifest", HT_ANNEX_MANIFEST_AT);
	annex_row(h, "D", HT_ANNEX_RULES, "rules", HT_ANNEX_RULES_AT);
	annex_row(h, "E", HT_ANNEX_AGAIN, "again", HT_ANNEX_AGAIN_AT);
	html_table_end(h);
	html_h3_at(h, HT_ANNEX_AGAIN, "again");
	html_p(h, HT_AGAIN_SAID);
	out_text(h->o, "<pre>sekisho scan --now ");
	out_html(h->o, said_text(h->run, "now"));
	if (policy.n) {
		out_text(h->o, " -c ");
		out_html(h->o, policy);
	}
	out_text(h->o, " -o ndjson --survey</pre>\n<p class=\"small\">");
	html_say(h, HT_FINDINGS_DIGEST);
	out_text(h->o, ": <code>");
	out_html(h->o, said_text(h->run, "findings_digest"));
	out_text(h->o, "</code></p>\n");
}
