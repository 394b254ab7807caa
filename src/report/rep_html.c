/*
 * rep_html.c - one self-contained page, without script and without a request to anywhere, in two editions: what a
 * review of half a year must hold (DETECTION C.4), and what a night's must (C.5).
 */
#include "report/rep_html.h"

struct section {
	const char *id;
	enum html_text title;
	void (*write)(struct html *h);
};

static const struct section semiannual[] = {
	{ "cover", HT_S_COVER, html_cover },
	{ "summary", HT_S_SUMMARY, html_summary },
	{ "scope", HT_S_SCOPE, html_scope },
	{ "coverage", HT_S_COVERAGE, html_coverage },
	{ "method", HT_S_METHOD, html_method },
	{ "findings", HT_S_FINDINGS, html_findings },
	{ "affected", HT_S_AFFECTED, html_affected },
	{ "accounts", HT_S_ACCOUNTS, html_accounts },
	{ "ids", HT_S_IDS, html_ids },
	{ "disasters", HT_S_DISASTERS, html_disasters },
	{ "outside", HT_S_OUTSIDE, html_outside },
	{ "proof", HT_S_PROOF, html_proof },
	{ "power", HT_S_POWER, html_power },
	{ "follow", HT_S_FOLLOW, html_follow },
	{ "sign", HT_S_SIGN, html_sign },
	{ "annex", HT_S_ANNEX, html_annex },
	{ "article33", HT_S_ARTICLE33, html_article33 },
};

static const struct section continuous[] = {
	{ "cover", HT_S_STATUS, html_cover },
	{ "changes", HT_S_CHANGES, html_changes },
	{ "coverage", HT_S_YESTERDAY, html_yesterday },
	{ "expires", HT_S_EXPIRES, html_expires },
	{ "disasters", HT_S_NOW, html_now },
	{ "findings", HT_S_FINDINGS, html_findings },
	{ "affected", HT_S_AFFECTED, html_affected },
	{ "life", HT_S_LIFE, html_life },
	{ "proof", HT_S_PROOF, html_proof },
	{ "trend", HT_S_TREND, html_trend },
	{ "routing", HT_S_ROUTING, html_routing },
};

static void
period(struct html *h)
{
	if (h->days == 0)
		return;
	out_text(h->o, "<p class=\"period\">");
	out_bytes(h->o, html_date(h, h->from));
	out_text(h->o, " – ");
	out_bytes(h->o, html_date(h, h->from + (int32_t)h->days - 1));
	out_char(h->o, ' ');
	out_text(h->o, "<span class=\"small\">");
	out_html(h->o, html_units(h, HT_N_DAYS, h->days));
	out_text(h->o, "</span></p>\n");
}

static void
head(struct html *h, enum html_text title)
{
	out_printf(h->o, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
		   h->ja ? "ja" : "en");
	out_text(h->o, "<meta http-equiv=\"Content-Security-Policy\" content=\"");
	html_policy(h->o);
	out_text(h->o, "\">\n<meta name=\"viewport\" content=\"width=device-width, "
		       "initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
		       "<title>");
	html_say(h, title);
	if (h->days) {
		out_char(h->o, ' ');
		out_bytes(h->o, html_date(h, h->from));
		out_text(h->o, " – ");
		out_bytes(h->o, html_date(h, h->from + (int32_t)h->days - 1));
	}
	out_text(h->o, "</title>\n<style>");
	out_bytes(h->o, html_style());
	out_text(h->o, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">");
	html_say(h, HT_SKIP);
	out_text(h->o, "</a>\n<div class=\"page\">\n<header class=\"top\">\n<p class=\"brand\">");
	html_say(h, HT_BRAND);
	out_text(h->o, "</p>\n<h1>");
	html_say(h, title);
	out_text(h->o, "</h1>\n");
	period(h);
	out_text(h->o, "</header>\n");
}

static void
contents(struct html *h, const struct section *s, size_t n)
{
	out_text(h->o, "<div class=\"body\">\n<nav aria-label=\"");
	html_say(h, HT_CONTENTS);
	out_text(h->o, "\"><ol>\n");
	for (size_t i = 0; i < n; i++) {
		out_printf(h->o, "<li><a href=\"#%s\"><span class=\"no\">%zu</span>", s[i].id, i);
		html_say(h, s[i].title);
		out_text(h->o, "</a></li>\n");
	}
	out_text(h->o, "</ol></nav>\n");
}

static void
footer(struct html *h)
{
	out_text(h->o, "<footer><p>sekisho ");
	out_html(h->o, said_text(h->run, "version"));
	out_text(h->o, " · ");
	HTML_TELL(h, HT_MADE, said_text(h->run, "now"));
	out_text(h->o, "</p><p>");
	html_say(h, HT_FINDINGS_DIGEST);
	out_text(h->o, " <span class=\"hash\">");
	out_html(h->o, said_text(h->run, "findings_digest"));
	out_text(h->o, "</span></p><p>");
	html_say(h, HT_RESTRICTED);
	out_text(h->o, "</p></footer>\n");
}

static void
html_write(const struct report_record *rec, const struct report_options *how, struct out *o)
{
	struct html h = {
		.record = rec,
		.o = o,
		.ja = how->language == LANGUAGE_JA,
		.edition = how->edition,
	};
	bool half = how->edition == EDITION_SEMIANNUAL;
	const struct section *s = half ? semiannual : continuous;
	size_t n = half ? COUNT(semiannual) : COUNT(continuous);

	html_prepare(&h);
	head(&h, half ? HT_TITLE_SEMIANNUAL : HT_TITLE_CONTINUOUS);
	contents(&h, s, n);
	out_text(o, "<main id=\"main\">\n");
	for (size_t i = 0; i < n; i++) {
		out_printf(o,
			   "<section id=\"%s\" aria-labelledby=\"h-%s\">\n<h2 id=\"h-%s\"><span "
			   "class=\"no\">%zu</span>",
			   s[i].id, s[i].id, s[i].id, i);
		html_say(&h, s[i].title);
		out_text(o, "</h2>\n");
		s[i].write(&h);
		out_text(o, "</section>\n");
	}
	footer(&h);
	out_text(o, "</main>\n</div>\n</div>\n</body>\n</html>\n");
	arena_free(&h.arena);
}

const struct report rep_html = {
	.name = "html",
	.summary = "one page for people: pictures, evidence and what is left to sign",
	.survey = true,
	.write = html_write,
};
