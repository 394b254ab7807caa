/*
 * rep_html_method.c - section 4: by which rules, ledgers and digests; counters that show that each rule was alive.
 */
#include "report/rep_html.h"

static uint64_t
undetermined(const struct json_value *rule, bool learning)
{
	uint64_t n = 0;

	JSON_EACH(v, json_member(rule, "undetermined"))
	{
		if (str_is(v->name, "learning") == learning && !str_is(v->name, "left_out"))
			n += (uint64_t)html_number(v);
	}
	return learning ? n + html_count_at(rule, "learning") : n;
}

static bool
switched_off(const struct json_value *rule)
{
	const struct json_value *v = json_member(rule, "enabled");

	return v && v->kind == JSON_FALSE;
}

static void
rule_row(struct html *h, const struct json_value *r)
{
	const struct json_value *lacks = json_member(r, "lacks");

	html_row(h, said_text(r, "rule"));
	html_cell(h, said_text(r, "version"));
	out_text(h->o, "<td class=\"long\">");
	out_html(h->o, html_both(h, json_member(r, "title")));
	if (switched_off(r)) {
		out_text(h->o, " <span class=\"tag\">");
		html_say(h, HT_SWITCHED_OFF);
		out_text(h->o, "</span>");
	}
	if (html_size(lacks)) {
		out_text(h->o, " <span class=\"tag hot\">");
		html_say(h, HT_NOT_EVALUABLE);
		JSON_EACH(v, lacks)
		{
			out_char(h->o, ' ');
			out_html(h->o, json_text_of(v));
		}
		out_text(h->o, "</span>");
	}
	out_text(h->o, "</td>");
	html_cell_amount(h, json_member(r, "evaluated"));
	html_cell_amount(h, json_member(r, "hits"));
	html_cell_number(h, undetermined(r, false));
	html_cell_number(h, undetermined(r, true));
	out_text(h->o, "<td>");
	JSON_EACH(v, json_member(r, "params"))
	{
		out_html(h->o, v->name);
		out_char(h->o, '=');
		out_html(h->o, json_text_of(v).n ? json_text_of(v) : v->text);
		out_char(h->o, ' ');
	}
	out_text(h->o, "</td>");
	html_row_end(h);
}

static void
rules(struct html *h)
{
	html_h3_at(h, HT_RULES, "rules");
	HTML_TABLE(h, HT_RULES_CAPTION, HT_RULE, HT_VERSION, HT_TITLE, HT_EVALUATED | HT_RIGHT,
		   HT_HITS | HT_RIGHT, HT_UNDETERMINED | HT_RIGHT, HT_LEARNING | HT_RIGHT,
		   HT_PARAMS);
	JSON_EACH(r, json_member(h->run, "rules"))
	rule_row(h, r);
	html_table_end(h);
}

static void
ledgers(struct html *h)
{
	if (html_size(json_member(h->run, "ledgers")) == 0) {
		html_lack(h, HT_LACK_LEDGERS);
		return;
	}
	HTML_TABLE(h, HT_LEDGERS_CAPTION, HT_LEDGER, HT_FILE, HT_ROWS | HT_RIGHT, HT_SHA256);
	JSON_EACH(l, json_member(h->run, "ledgers"))
	{
		html_row(h, said_text(l, "ledger"));
		html_cell(h, said_text(l, "path"));
		html_cell_amount(h, json_member(l, "rows"));
		out_text(h->o, "<td class=\"hash\">");
		out_html(h->o, said_text(l, "sha256"));
		out_text(h->o, "</td>");
		html_row_end(h);
	}
	html_table_end(h);
}

static void
digests(struct html *h)
{
	static const struct {
		const char *name;
		enum html_text word;
	} rows[] = {
		{ "version", HT_TOOL_VERSION },        { "policy", HT_POLICY },
		{ "policy_digest", HT_POLICY_DIGEST }, { "parse_digest", HT_PARSE_DIGEST },
		{ "rules_digest", HT_RULES_DIGEST },   { "findings_digest", HT_FINDINGS_DIGEST },
	};

	HTML_TABLE(h, HT_DIGESTS_CAPTION, HT_WHAT, HT_VALUE);
	for (size_t i = 0; i < COUNT(rows); i++) {
		html_row(h, str_of(html_word(h, rows[i].word)));
		out_text(h->o, "<td class=\"hash\">");
		out_html(h->o, said_text(h->run, rows[i].name));
		out_text(h->o, "</td>");
		html_row_end(h);
	}
	html_table_end(h);
}

void
html_method(struct html *h)
{
	html_p(h, HT_METHOD);
	rules(h);
	html_h3(h, HT_REFERENCE);
	ledgers(h);
	digests(h);
	html_lack(h, HT_LACK_CHANGES);
	out_text(h->o, "<div class=\"boxes\">");
	html_box(h, HT_BOX_CHANGES, (struct str){ 0 });
	html_box(h, HT_BOX_CHANGES_PREPARED, (struct str){ 0 });
	html_box(h, HT_BOX_CHANGES_REVIEWED, (struct str){ 0 });
	out_text(h->o, "</div>\n");
}

/* For the nightly edition: counters that prove life. */
void
html_life(struct html *h)
{
	html_p(h, HT_LIFE);
	rules(h);
	digests(h);
}
