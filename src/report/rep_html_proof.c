/*
 * rep_html_proof.c - section 11: "none" may be said of a rule only if everything was read, the rule had lines to decide,
 * and a planted line made this very program and rule set fire (DETECTION C.7).
 */
#include "report/rep_html.h"

enum may_say {
	VERDICT_PROVED,
	VERDICT_HITS,
	VERDICT_EMPTY,
	VERDICT_LACKS,
	VERDICT_OFF,
	VERDICT_INCOMPLETE,
	VERDICT_NO_CANARY,
	VERDICT_DEAD_CANARY
};

static enum html_text
verdict_word(enum may_say v)
{
	static const enum html_text words[] = {
		[VERDICT_PROVED] = HT_PROVED,          [VERDICT_HITS] = HT_HAS_HITS,
		[VERDICT_EMPTY] = HT_NOTHING_TO_JUDGE, [VERDICT_LACKS] = HT_NOT_EVALUABLE,
		[VERDICT_OFF] = HT_SWITCHED_OFF,       [VERDICT_INCOMPLETE] = HT_RUN_INCOMPLETE,
		[VERDICT_NO_CANARY] = HT_NO_CANARY,    [VERDICT_DEAD_CANARY] = HT_DEAD_CANARY,
	};

	return words[v];
}

static enum may_say
verdict_of(const struct html *h, const struct json_value *rule)
{
	const struct json_value *enabled = json_member(rule, "enabled");
	struct str canary = said_text(rule, "canary");

	if (enabled && enabled->kind == JSON_FALSE)
		return VERDICT_OFF;
	if (html_size(json_member(rule, "lacks")))
		return VERDICT_LACKS;
	if (said_number(rule, "hits") > 0)
		return VERDICT_HITS;
	if (said_number(rule, "evaluated") == 0)
		return VERDICT_EMPTY;
	if (!json_is_true(json_member(h->run, "complete")))
		return VERDICT_INCOMPLETE;
	if (canary.n == 0)
		return VERDICT_NO_CANARY;
	return str_is(canary, "fired") ? VERDICT_PROVED : VERDICT_DEAD_CANARY;
}

bool
html_proved(struct html *h)
{
	size_t proved = 0;

	JSON_EACH(r, json_member(h->run, "rules"))
	{
		enum may_say v = verdict_of(h, r);

		if (v == VERDICT_PROVED)
			proved++;
		else if (v != VERDICT_EMPTY && v != VERDICT_OFF)
			return false;
	}
	return proved > 0 && json_is_true(json_member(h->run, "complete"));
}

static uint64_t
undecided(const struct json_value *rule)
{
	uint64_t n = 0;

	JSON_EACH(v, json_member(rule, "undetermined"))
	{
		if (!str_is(v->name, "learning") && !str_is(v->name, "left_out"))
			n += (uint64_t)html_number(v);
	}
	return n;
}

/* The sentence of C.7, with the numbers of this record. */
static void
sentence(struct html *h, size_t proved)
{
	size_t systems = html_size(json_member(h->survey, "systems")), read = 0;

	JSON_EACH(s, json_member(h->survey, "systems"))
	{
		bool any = false;

		JSON_EACH(n, json_member(s, "lines"))
		any |= html_number(n) > 0;
		read += any;
	}
	out_text(h->o, "<p>");
	HTML_TELL(h, HT_PROOF_SAID, html_count(h, systems), html_count(h, read),
		  html_count(h, html_count_at(h->run, "buckets.accepted")), html_count(h, h->days),
		  html_count(h, html_size(json_member(h->survey, "accounts"))),
		  said_text(h->run, "rules_digest"), html_count(h, proved));
	out_text(h->o, "</p>\n");
}

static void
proof_row(struct html *h, const struct json_value *r, enum may_say v)
{
	html_row(h, said_text(r, "rule"));
	out_text(h->o, "<td class=\"long\">");
	out_html(h->o, html_both(h, json_member(r, "title")));
	out_text(h->o, "</td>");
	html_cell_amount(h, json_member(r, "evaluated"));
	html_cell_amount(h, json_member(r, "hits"));
	html_cell_number(h, undecided(r));
	out_text(h->o, v == VERDICT_PROVED ? "<td>" : "<td><span class=\"small\">");
	html_say(h, verdict_word(v));
	out_text(h->o, v == VERDICT_PROVED ? "</td>" : "</span></td>");
	html_row_end(h);
}

void
html_proof(struct html *h)
{
	size_t proved = 0;

	JSON_EACH(r, json_member(h->run, "rules"))
	proved += verdict_of(h, r) == VERDICT_PROVED;
	if (proved && h->survey)
		sentence(h, proved);
	else
		html_lack(h, HT_LACK_PROOF);
	HTML_TABLE(h, HT_PROOF_CAPTION, HT_RULE, HT_TITLE, HT_EVALUATED | HT_RIGHT,
		   HT_HITS | HT_RIGHT, HT_UNDETERMINED | HT_RIGHT, HT_STATEMENT);
	JSON_EACH(r, json_member(h->run, "rules"))
	proof_row(h, r, verdict_of(h, r));
	html_table_end(h);
	html_p(h, HT_PROOF_CONDITIONS);
	html_lack(h, HT_LACK_BY_SYSTEM);
	out_text(h->o, "<div class=\"boxes\">");
	html_box(h, HT_BOX_ANALYST, (struct str){ 0 });
	html_box(h, HT_BOX_REVIEWER, (struct str){ 0 });
	out_text(h->o, "</div>\n");
}
