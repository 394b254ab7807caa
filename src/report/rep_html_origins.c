/*
 * rep_html_origins.c - whence the accounts with findings were used, a lane a network, day by day; what is not of the
 * account's own organisation stands lower, and in vermilion.
 */
#include "report/rep_html.h"

enum { NETS_MOST = 64, STRIPS_MOST = 50 };

struct lane {
	struct str net, org;
	uint64_t lines;
};

struct lanes {
	struct lane at[NETS_MOST];
	size_t n;
};

static struct lane *
lane_of(struct lanes *l, struct str net, struct str org)
{
	for (size_t i = 0; i < l->n; i++) {
		if (str_eq(l->at[i].net, net) && str_eq(l->at[i].org, org))
			return &l->at[i];
	}
	if (l->n == NETS_MOST)
		return NULL;
	l->at[l->n] = (struct lane){ .net = net, .org = org };
	return &l->at[l->n++];
}

static int
lane_order(const void *a, const void *b)
{
	const struct lane *x = a, *y = b;
	int c;

	if (x->lines != y->lines)
		return x->lines < y->lines ? 1 : -1;
	c = str_cmp(x->org, y->org);
	return c ? c : str_cmp(x->net, y->net);
}

static void
lanes_read(struct lanes *l, const struct json_value *strip)
{
	l->n = 0;
	JSON_EACH(day, json_member(strip, "days"))
	{
		JSON_EACH(o, json_member(day, "origins"))
		{
			struct lane *at = lane_of(l, said_text(o, "net"), said_text(o, "org"));

			if (at)
				at->lines += html_count_at(o, "lines");
		}
	}
	qsort(l->at, l->n, sizeof(l->at[0]), lane_order);
}

/* One path of the days, so that half a year of fifty accounts stays small. */
static void
lane_draw(struct html *h, const struct json_value *strip, const struct lane *lane, bool foreign)
{
	size_t last = SIZE_MAX;
	bool any = false;

	JSON_EACH(day, json_member(strip, "days"))
	{
		int32_t number;
		size_t column;
		bool here = false;

		JSON_EACH(o, json_member(day, "origins"))
		here |= str_eq(said_text(o, "net"), lane->net) &&
			str_eq(said_text(o, "org"), lane->org) && said_number(o, "lines") > 0;
		if (!here || !html_day(said_text(day, "day"), &number) ||
		    !html_column(h, number, &column) || column == last)
			continue;
		if (!any)
			out_printf(h->o, "<path class=\"%s\" d=\"", foreign ? "hot" : "f3");
		out_printf(h->o, "M%zu %dh%dv%dh-%dz", column * COLUMN_UNITS + 1, foreign ? 42 : 20,
			   COLUMN_UNITS - 2, 44, COLUMN_UNITS - 2);
		any = true;
		last = column;
	}
	out_text(h->o, any ? "\"/>" : "");
}

static const struct json_value *
account_of(const struct html *h, struct str acct)
{
	JSON_EACH(a, json_member(h->survey, "accounts"))
	{
		if (str_eq(said_text(a, "acct"), acct))
			return a;
	}
	return NULL;
}

static const struct html_finding *
gravest(const struct html *h, struct str acct)
{
	for (size_t i = 0; i < h->findings; i++) {
		if (h->finding[i].anchored &&
		    str_eq(said_text(h->finding[i].is, "subject.acct"), acct))
			return &h->finding[i];
	}
	return NULL;
}

static void
strip_head(struct html *h, struct str acct, const struct json_value *account)
{
	const struct html_finding *f = gravest(h, acct);

	out_text(h->o, "<div class=\"strip head\"><div class=\"what\">");
	out_html(h->o, acct);
	out_text(h->o, "<small>");
	out_html(h->o, said_text(account, "org"));
	out_text(h->o, "</small></div><div class=\"what\">");
	if (f)
		html_finding_link(h, f);
	out_text(h->o, "</div><div class=\"sum\"></div></div>\n");
}

static void
strip_of(struct html *h, struct lanes *l, const struct json_value *strip)
{
	struct str acct = said_text(strip, "acct");
	const struct json_value *account = account_of(h, acct);
	struct str own = said_text(account, "org");

	lanes_read(l, strip);
	strip_head(h, acct, account);
	for (size_t i = 0; i < l->n && i < LANES_MOST; i++) {
		const struct lane *lane = &l->at[i];
		bool foreign = lane->org.n && own.n && !str_eq(lane->org, own);

		out_text(h->o, "<div class=\"strip lane\"><div class=\"what\">");
		out_html(h->o, lane->net);
		out_text(h->o, " <small>");
		out_html(h->o, lane->org.n ? lane->org : str_of(html_word(h, HT_NOBODYS)));
		out_text(h->o, "</small></div>");
		html_strip(h,
			   arena_printf(&h->arena, STR_FMT ", " STR_FMT, STR_ARG(acct),
					STR_ARG(lane->net)),
			   str_of(html_word(h, foreign ? HT_DESC_FOREIGN : HT_DESC_OWN)),
			   h->columns * COLUMN_UNITS, "");
		html_windows(h);
		html_months(h);
		lane_draw(h, strip, lane, foreign);
		html_strip_end(h, html_count(h, lane->lines));
	}
	html_left_out(h, l->n > LANES_MOST ? l->n - LANES_MOST : 0, HT_MORE_LANES);
}

static void
as_rows(struct html *h, struct lanes *l)
{
	html_fold(h, HT_AS_TABLE);
	HTML_TABLE(h, HT_ORIGINS, HT_ACCOUNT, HT_NETWORK, HT_ORG, HT_LINES | HT_RIGHT);
	JSON_EACH(strip, json_member(h->survey, "strips"))
	{
		lanes_read(l, strip);
		for (size_t i = 0; i < l->n && i < LANES_MOST; i++) {
			html_row(h, said_text(strip, "acct"));
			html_cell(h, l->at[i].net);
			html_cell(h, l->at[i].org);
			html_cell_number(h, l->at[i].lines);
			html_row_end(h);
		}
	}
	html_table_end(h);
	out_text(h->o, "</details>\n");
}

void
html_origins(struct html *h)
{
	struct lanes *l;
	size_t n = 0;

	if (html_size(json_member(h->survey, "strips")) == 0 || h->days == 0)
		return;
	l = arena_alloc(&h->arena, sizeof(*l));
	html_h3_at(h, HT_ORIGINS, "origins");
	html_figure(h, HT_ORIGINS_CAPTION, true);
	JSON_EACH(strip, json_member(h->survey, "strips"))
	{
		if (n++ < STRIPS_MOST)
			strip_of(h, l, strip);
	}
	html_figure_end(h);
	as_rows(h, l);
}
