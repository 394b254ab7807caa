/*
 * rep_html_proof.c - section 11: "none" may be said of a rule only if everything was read, the rule had lines to decide,
 * and a planted line made this very program and rule set fire (DETECTION C.7).
 */
#include "report/proof.h"
#include "report/rep_html.h"

bool
html_proved(struct html *h)
{
	struct proof p;
	size_t proved = 0;

	proof_of(&p, h->record, &h->arena);
	for (size_t i = 0; i < p.rules; i++) {
		enum proof_says v = p.rule[i].says;

		if (v == PROOF_NONE)
			proved++;
		else if (v != PROOF_EMPTY && v != PROOF_OFF)
			return false;
	}
	return proved > 0 && json_is_true(json_member(h->run, "complete"));
}

/* The sentence of C.7, with the numbers of this record. */
static void
proof_said(struct html *h, const struct proof *p)
{
	out_text(h->o, "<p>");
	HTML_TELL(h, HT_PROOF_SAID, html_count(h, p->systems), html_count(h, p->systems_read),
		  html_count(h, p->lines), html_count(h, p->days), html_count(h, p->accounts),
		  said_text(h->run, "rules_digest"), html_count(h, p->proved));
	out_text(h->o, "</p>\n");
}

static void
proof_cells(struct html *h, const struct proof_row *r)
{
	bool none = r->says == PROOF_NONE;

	html_cell_amount(h, json_member(r->counts, "evaluated"));
	html_cell_amount(h, json_member(r->counts, "hits"));
	html_cell_number(h, r->undetermined);
	out_text(h->o, none ? "<td>" : "<td><span class=\"small\">");
	out_text(h->o, proof_word(r->says, h->ja ? LANGUAGE_JA : LANGUAGE_EN));
	out_text(h->o, none ? "</td>" : "</span></td>");
	html_row_end(h);
}

static void
proof_rules(struct html *h, const struct proof *p)
{
	HTML_TABLE(h, HT_PROOF_CAPTION, HT_RULE, HT_TITLE, HT_EVALUATED | HT_RIGHT,
		   HT_HITS | HT_RIGHT, HT_UNDETERMINED | HT_RIGHT, HT_STATEMENT);
	for (size_t i = 0; i < p->rules; i++) {
		const struct proof_row *r = &p->rule[i];

		html_row(h, said_text(r->rule, "rule"));
		out_text(h->o, "<td class=\"long\">");
		out_html(h->o, html_both(h, json_member(r->rule, "title")));
		out_text(h->o, "</td>");
		proof_cells(h, r);
	}
	html_table_end(h);
}

/* Rule by system, of rules that judge line by line; the others are in the table above already. */
static void
proof_systems(struct html *h, const struct proof *p)
{
	size_t n = 0, all = 0;

	for (size_t i = 0; i < p->rows; i++)
		all += p->row[i].lines;
	if (all == 0) {
		html_lack(h, HT_LACK_BY_SYSTEM);
		return;
	}
	html_p(h, HT_BY_SYSTEM_SAID);
	html_fold(h, HT_BY_SYSTEM);
	HTML_TABLE(h, HT_BY_SYSTEM_CAPTION, HT_RULE, HT_SYSTEM, HT_EVALUATED | HT_RIGHT,
		   HT_HITS | HT_RIGHT, HT_UNDETERMINED | HT_RIGHT, HT_STATEMENT);
	for (size_t i = 0; i < p->rows && n < TABLE_ROWS_MOST; i++) {
		const struct proof_row *r = &p->row[i];

		if (!r->lines)
			continue;
		n++;
		html_row(h, said_text(r->rule, "rule"));
		html_cell(h, html_system_name(h, r->system));
		proof_cells(h, r);
	}
	html_table_end(h);
	html_left_out(h, all - n, HT_MORE_ROWS);
	out_text(h->o, "</details>\n");
}

void
html_proof(struct html *h)
{
	struct proof p;

	proof_of(&p, h->record, &h->arena);
	if (p.proved && h->survey)
		proof_said(h, &p);
	else
		html_lack(h, HT_LACK_PROOF);
	proof_rules(h, &p);
	html_p(h, HT_PROOF_CONDITIONS);
	proof_systems(h, &p);
	out_text(h->o, "<div class=\"boxes\">");
	html_box(h, HT_BOX_ANALYST, (struct str){ 0 });
	html_box(h, HT_BOX_REVIEWER, (struct str){ 0 });
	out_text(h->o, "</div>\n");
}
