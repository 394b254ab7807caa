/*
 * rep_html_accounts.c - section 7: a row an account, for those who check themselves.  Whose accounts reach over the
 * barrier come first, then those with findings, then everybody else.
 */
#include "report/rep_html.h"

static bool
is_among(struct str s, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (str_is(s, words[i]))
			return true;
	}
	return false;
}

static int
rank(const struct json_value *account)
{
	static const char *const classes[] = { "retailer", "contractor", "supplier" };
	static const char *const kinds[] = { "shared", "group", "disaster" };

	if (is_among(said_text(account, "class"), classes, COUNT(classes)) ||
	    is_among(said_text(account, "kind"), kinds, COUNT(kinds)))
		return 0;
	return html_size(json_member(account, "flags")) ? 1 : 2;
}

static const struct html_finding *
flagged(const struct html *h, struct str acct, struct str rule)
{
	for (size_t i = 0, seen = 0; i < h->findings && seen < ARTICLES_MOST + FINDING_ROWS_MOST;
	     i++) {
		const struct html_finding *f = &h->finding[i];

		seen += f->anchored;
		if (f->anchored && str_eq(said_text(f->is, "rule"), rule) &&
		    str_eq(said_text(f->is, "subject.acct"), acct))
			return f;
	}
	return NULL;
}

static void
flags(struct html *h, const struct json_value *account)
{
	bool any = false;

	out_text(h->o, "<td>");
	JSON_EACH(v, json_member(account, "flags"))
	{
		const struct html_finding *f =
			flagged(h, said_text(account, "acct"), json_text_of(v));

		out_text(h->o, any ? " " : "");
		if (f) {
			out_text(h->o, "<a href=\"#");
			out_html(h->o, said_text(f->is, "fp_case"));
			out_text(h->o, "\">");
		}
		out_html(h->o, json_text_of(v));
		out_text(h->o, f ? "</a>" : "");
		any = true;
	}
	out_text(h->o, any ? "</td>" : "–</td>");
}

/* "12 (9)": now, and in the time before. */
static void
against(struct html *h, const struct json_value *account, const char *now, const char *before)
{
	const struct json_value *then = json_path(account, before);

	out_text(h->o, "<td class=\"n\">");
	out_bytes(h->o, html_count(h, html_count_at(account, now)));
	if (then && then->kind == JSON_NUMBER) {
		out_text(h->o, " (");
		out_bytes(h->o, html_count(h, (uint64_t)html_number(then)));
		out_char(h->o, ')');
	}
	out_text(h->o, "</td>");
}

/* A cell of two lines: what it is, and below in small what belongs to it. */
static void
below(struct html *h, struct str what, const char *const *members, size_t n,
      const struct json_value *a)
{
	bool any = false;

	out_text(h->o, "<td>");
	out_html(h->o, what.n ? what : STR("–"));
	out_text(h->o, "<br><small>");
	for (size_t i = 0; i < n; i++) {
		struct str said = said_text(a, members[i]);

		if (said.n == 0)
			continue;
		out_text(h->o, any ? " · " : "");
		out_html(h->o, said);
		any = true;
	}
	out_text(h->o, "</small></td>");
}

static void
account_row(struct html *h, const struct json_value *a)
{
	html_row(h, said_text(a, "acct"));
	below(h, said_text(a, "owner"), (const char *const[]){ "org", "kind", "status" }, 3, a);
	below(h, said_text(a, "schedule"), (const char *const[]){ "hour_first", "hour_last" }, 2,
	      a);
	flags(h, a);
	against(h, a, "days", "before.days");
	html_cell_amount(h, json_member(a, "views"));
	html_cell_amount(h, json_member(a, "consumers"));
	against(h, a, "views_median", "before.views_median");
	html_cell_amount(h, json_member(a, "views_max"));
	html_cell_amount(h, json_member(a, "off_hours_lines"));
	against(h, a, "networks", "before.networks");
	against(h, a, "terminals", "before.terminals");
	html_cell_amount(h, json_member(a, "outside_lines"));
	html_row_end(h);
}

void
html_accounts(struct html *h)
{
	const struct json_value *accounts = json_member(h->survey, "accounts");
	size_t shown = 0;

	if (!h->survey) {
		html_lack(h, HT_LACK_SURVEY);
		return;
	}
	html_hours(h);
	html_origins(h);
	html_h3_at(h, HT_SELF_CHECK, "accounts-table");
	html_p(h, HT_SELF_CHECK_SAID);
	HTML_TABLE(h, HT_SELF_CHECK_CAPTION, HT_ACCOUNT, HT_OWNER, HT_SCHEDULE, HT_FINDINGS,
		   HT_DAYS_ACTIVE | HT_RIGHT, HT_VIEWS | HT_RIGHT, HT_CONSUMERS | HT_RIGHT,
		   HT_MEDIAN | HT_RIGHT, HT_MOST | HT_RIGHT, HT_OFF_LINES | HT_RIGHT,
		   HT_NETWORKS | HT_RIGHT, HT_TERMINALS | HT_RIGHT, HT_OUTSIDE_LINES | HT_RIGHT);
	for (int r = 0; r < 3; r++) {
		JSON_EACH(a, accounts)
		{
			if (rank(a) != r || shown == TABLE_ROWS_MOST)
				continue;
			account_row(h, a);
			shown++;
		}
	}
	html_table_end(h);
	html_left_out(h, html_size(accounts) - shown, HT_MORE_ACCOUNTS);
}
