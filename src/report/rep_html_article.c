/*
 * rep_html_article.c - one finding in full: what happened, whose, how much, why it is one, which lines show it, and
 * what was decided about it.
 */
#include "report/rep_html.h"

static void
fact(struct html *h, enum html_text name)
{
	out_text(h->o, "<dt>");
	html_say(h, name);
	out_text(h->o, "</dt><dd>");
}

static void
fact_end(struct html *h)
{
	out_text(h->o, "</dd>\n");
}

static void
who(struct html *h, const struct json_value *f)
{
	static const char *const parts[] = { "acct", "owner", "dept", "org", "role", "kind" };
	const struct json_value *s = json_member(f, "subject");
	bool any = false;

	fact(h, HT_WHO);
	for (size_t i = 0; i < COUNT(parts); i++) {
		struct str said = said_text(s, parts[i]);

		if (said.n == 0)
			continue;
		if (any)
			out_text(h->o, " · ");
		out_html(h->o, said);
		any = true;
	}
	if (!any)
		out_html(h->o, html_about(h, f));
	fact_end(h);
	fact(h, HT_SYSTEM);
	JSON_EACH(v, json_member(f, "system"))
	{
		if (v != json_member(f, "system")->first)
			out_text(h->o, ", ");
		out_html(h->o, html_system_name(h, json_text_of(v)));
	}
	fact_end(h);
}

static void
when(struct html *h, const struct json_value *f)
{
	fact(h, HT_WHEN);
	html_moment(h, said_text(f, "first"));
	out_text(h->o, " – ");
	html_moment(h, said_text(f, "last"));
	if (json_is_true(json_member(f, "open"))) {
		out_text(h->o, " <span class=\"tag\">");
		html_say(h, HT_OPEN);
		out_text(h->o, "</span>");
	}
	if (json_is_true(json_member(f, "left_censored"))) {
		out_text(h->o, " <span class=\"tag\">");
		html_say(h, HT_LEFT_CENSORED);
		out_text(h->o, "</span>");
	}
	fact_end(h);
}

static void
much(struct html *h, const struct json_value *f)
{
	static const struct {
		const char *name;
		enum html_text text;
	} parts[] = {
		{ "lines", HT_N_LINES },
		{ "views", HT_N_VIEWS },
		{ "consumers_opened", HT_N_CONSUMERS },
		{ "consumers_displayed", HT_N_DISPLAYED },
		{ "person_days", HT_N_PERSON_DAYS },
		{ "accounts", HT_N_ACCOUNTS },
		{ "terminals", HT_N_TERMINALS },
		{ "networks", HT_N_NETWORKS },
		{ "episodes", HT_N_EPISODES },
	};
	const struct json_value *c = json_member(f, "counts");
	bool any = false;

	fact(h, HT_MUCH);
	for (size_t i = 0; i < COUNT(parts); i++) {
		int64_t n = said_number(c, parts[i].name);

		if (n <= 0)
			continue;
		out_text(h->o, any ? ", " : "");
		out_html(h->o, html_units(h, parts[i].text, (uint64_t)n));
		any = true;
	}
	JSON_EACH(w, json_member(f, "by_window"))
	{
		out_text(h->o, "<br>");
		HTML_TELL(h, HT_IN_WINDOW, w->name, html_count(h, html_count_at(w, "consumers")));
	}
	fact_end(h);
}

static void
whence(struct html *h, const struct json_value *f)
{
	size_t n = 0, all = html_size(json_member(f, "origins"));

	if (all == 0)
		return;
	fact(h, HT_WHENCE);
	out_text(h->o, "<ul>");
	JSON_EACH(v, json_member(f, "origins"))
	{
		if (n++ == 8)
			break;
		out_text(h->o, "<li>");
		out_html(h->o, said_text(v, "net"));
		out_text(h->o, " · ");
		out_html(h->o, said_text(v, "org"));
		if (said_text(v, "site").n) {
			out_text(h->o, " · ");
			out_html(h->o, said_text(v, "site"));
		}
		out_text(h->o, " · ");
		out_html(h->o, html_units(h, HT_N_LINES, html_count_at(v, "lines")));
		out_text(h->o, "</li>");
	}
	out_text(h->o, "</ul>");
	html_left_out(h, all > 8 ? all - 8 : 0, HT_MORE_ORIGINS);
	fact_end(h);
}

static void
why(struct html *h, const struct json_value *f)
{
	fact(h, HT_WHY);
	out_text(h->o, "<ul>");
	JSON_EACH(b, json_member(f, "because"))
	{
		out_text(h->o, "<li>");
		out_html(h->o, said_text(b, "pred"));
		out_text(h->o, ": <strong>");
		out_html(h->o, said_text(b, "observed"));
		out_text(h->o, "</strong>");
		if (said_text(b, "ref").n) {
			out_text(h->o, " <small>");
			out_html(h->o, said_text(b, "ref"));
			out_text(h->o, "</small>");
		}
		out_text(h->o, "</li>");
	}
	out_text(h->o, "</ul>");
	fact_end(h);
}

static void
line(struct html *h, const struct json_value *e, enum html_text label)
{
	const struct json_value *at = json_member(e, "at");

	if (!e || e->kind != JSON_MAP)
		return;
	out_text(h->o, "<h4>");
	html_say(h, label);
	out_text(h->o, " ");
	html_moment(h, said_text(e, "time"));
	out_text(h->o, "</h4><p class=\"small\">");
	out_html(h->o, said_text(at, "file"));
	if (html_number(json_member(at, "line")) > 0)
		out_printf(h->o, ":%lld", (long long)said_number(at, "line"));
	out_printf(h->o, " · byte %lld · SHA-256 ", (long long)said_number(at, "offset"));
	out_html(h->o, str_head(said_text(at, "sha256"), 16));
	if (json_is_true(json_member(at, "unverified"))) {
		out_text(h->o, " <span class=\"tag hot\">");
		html_say(h, HT_UNVERIFIED);
		out_text(h->o, "</span>");
	}
	out_text(h->o, "</p>");
	if (said_text(at, "raw").n) {
		out_text(h->o, "<pre>");
		out_html(h->o, said_text(at, "raw"));
		out_text(h->o, "</pre>\n");
	}
}

static void
pointer(struct html *h, const struct json_value *at)
{
	if (said_text(at, "file").n == 0)
		return;
	out_text(h->o, "<li><code>");
	out_html(h->o, said_text(at, "file"));
	if (said_number(at, "line") > 0)
		out_printf(h->o, ":%lld", (long long)said_number(at, "line"));
	out_text(h->o, "</code></li>");
}

/* Where to look, also on paper: what is folded is not printed. */
static void
pointers(struct html *h, const struct json_value *f)
{
	fact(h, HT_EVIDENCE);
	out_text(h->o, "<ul>");
	pointer(h, json_path(f, "evidence.first_line.at"));
	pointer(h, json_path(f, "evidence.last_line.at"));
	out_text(h->o, "</ul>");
	fact_end(h);
}

static void
evidence(struct html *h, const struct json_value *f)
{
	const struct json_value *e = json_member(f, "evidence");

	html_fold(h, HT_EVIDENCE_LINES);
	line(h, json_member(e, "first_line"), HT_FIRST_LINE);
	line(h, json_member(e, "last_line"), HT_LAST_LINE);
	JSON_EACH(v, json_member(e, "sample"))
	line(h, v, HT_SAMPLE_LINE);
	out_text(h->o, "</details>\n");
}

static void
decision(struct html *h, const struct json_value *f)
{
	const struct json_value *d = json_member(f, "disposition");
	struct str action = said_text(d, "action");

	out_text(h->o, "<div class=\"boxes\">");
	html_box(h, HT_BOX_DECISION, said_text(d, "decision"));
	html_box(h, HT_BOX_ACTION, action.n ? action : said_text(d, "reason_no_action"));
	html_box(h, HT_BOX_OWNER, said_text(f, "route"));
	html_box(h, HT_BOX_DUE, said_text(d, "ticket"));
	out_text(h->o, "</div>\n");
}

void
html_article(struct html *h, const struct html_finding *f)
{
	struct str fp = said_text(f->is, "fp_case");

	out_text(h->o, f->anchored ? "<article id=\"" : "<article>");
	if (f->anchored) {
		out_html(h->o, fp);
		out_text(h->o, "\">");
	}
	out_text(h->o, "<header>");
	html_severity_mark(h, f->severity);
	out_text(h->o, "<h3>");
	out_html(h->o, said_text(f->is, "rule"));
	out_char(h->o, ' ');
	out_html(h->o, html_both(h, json_member(f->is, "title")));
	out_text(h->o, "</h3>");
	if (f->mark != STANDS_NONE) {
		out_printf(h->o, "<span class=\"tag%s\">",
			   f->mark == STANDS_NEW || f->mark == STANDS_UPDATED ? " hot" : "");
		html_say(h, html_mark_word(f->mark));
		out_text(h->o, "</span>");
	}
	out_text(h->o, "<span class=\"tag\">");
	html_say(h, html_kind(said_text(f->is, "kind")));
	out_text(h->o, "</span></header>\n<p class=\"explain\">");
	out_html(h->o, html_both(h, json_member(f->is, "explain")));
	out_text(h->o, "</p>\n<dl class=\"facts\">\n");
	who(h, f->is);
	when(h, f->is);
	much(h, f->is);
	whence(h, f->is);
	why(h, f->is);
	pointers(h, f->is);
	fact(h, HT_NUMBER);
	out_text(h->o, "<code>");
	out_html(h->o, fp);
	out_text(h->o, "</code>");
	fact_end(h);
	out_text(h->o, "</dl>\n");
	evidence(h, f->is);
	decision(h, f->is);
	out_text(h->o, "</article>\n");
}
