/*
 * line.c - what the formats of the demo's logs share: addresses, accounts, targets, agents.
 * Hides the wording: which bits of `deco` choose a user agent or a page number.
 */
#include "demo/line.h"

#include "base/civil.h"

static const struct phrase agents[10] = {
	PHRASE("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
	       "Chrome/106.0.0.0 Safari/537.36"),
	PHRASE("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
	       "Chrome/107.0.0.0 Safari/537.36 Edg/107.0.1418.35"),
	PHRASE("Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko "
	       "KasumiLauncher/1.2"),
	PHRASE("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:106.0) Gecko/20100101 Firefox/106.0"),
	PHRASE("KasumiLauncher/1.2 (build 20220901; ja-JP) Mozilla/5.0 (Windows NT 10.0) "
	       "WebView2/106.0"),
	PHRASE("Mozilla/5.0 (iPad; CPU OS 15_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
	       "Gecko) "
	       "Version/15.6.1 Mobile/15E148 Safari/604.1"),
	PHRASE("KasumiBatch/3.0 (libcurl/7.74.0)"),
	PHRASE("KasumiProbe/1.0"),
	PHRASE("Mozilla/5.0 (Windows NT 10.0; Win64; x64) \\\"Kasumi\\\" AppleWebKit/537.36 "
	       "(KHTML, like Gecko)"),
	PHRASE("Mozilla/5.0 (Windows NT 10.0; Win64; x64) \\x22Kasumi \\\\ Portal\\x22 "
	       "Gecko/20100101"),
};

static char *
put_hex(char *p, uint32_t v)
{
	int shift = 12;

	while (shift > 0 && (v >> shift & 15) == 0)
		shift -= 4;
	for (; shift >= 0; shift -= 4)
		*p++ = "0123456789abcdef"[v >> shift & 15];
	return p;
}

char *
put_ip(char *p, const struct net *n, uint64_t host)
{
	if (n->size == 0) {
		p = put(p, n->head, strlen(n->head));
		for (int i = 0; i < 4; i++) {
			*p++ = ':';
			/* no group is 0: the text is canonical without a "::" */
			p = put_hex(p, ((uint32_t)(host >> (48 - 16 * i)) & 0xffff) | 1u);
		}
		return p;
	}
	host = n->base + 1 + (uint32_t)host % (n->size - 2);
	p = put_digits(p, (uint32_t)(host >> 24), 0);
	for (int shift = 16; shift >= 0; shift -= 8) {
		*p++ = '.';
		p = put_digits(p, (uint32_t)(host >> shift & 255), 0);
	}
	return p;
}

/* Full width: U+FF01 and on, three bytes each. */
static char *
put_wide(char *p, const char *name, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint32_t c = (uint32_t)(unsigned char)name[i] + 0xfee0u;

		*p++ = (char)(0xe0u | c >> 12);
		*p++ = (char)(0x80u | (c >> 6 & 63));
		*p++ = (char)(0x80u | (c & 63));
	}
	return p;
}

char *
put_account(char *p, const struct line_in *in, char nobody)
{
	const struct account *a;

	if (in->q->acct == NOBODY) {
		if (nobody != '\0')
			*p++ = nobody;
		return p;
	}
	a = &in->w->accounts[in->q->acct];
	if (in->wide)
		return put_wide(p, a->name, a->name_len);
	p = put_short(p, a->name, a->name_len);
	for (char *c = p - a->name_len; in->upper && c < p; c++)
		*c = (char)(*c >= 'a' && *c <= 'z' ? *c - 32 : *c);
	return p;
}

char *
put_consumer(char *p, const struct line_in *in)
{
	consumer_text(in->w, in->q->obj, p);
	return p + 22;
}

static char *
put_terminal(char *p, const struct line_in *in, char lead)
{
	if (in->q->term != NOBODY) {
		*p++ = lead;
		p = in->renamed ? PUT(p, "tid=T-") : PUT(p, "t=T-");
		p = put_digits(p, in->q->term + 1, 5);
		lead = '&';
	}
	if (in->q->masked >= 0) {
		*p++ = lead;
		p = PUT(p, "m=");
		*p++ = (char)('0' + in->q->masked);
	}
	return p;
}

char *
put_target(char *p, const struct line_in *in)
{
	switch ((enum what)in->q->what) {
	case DO_VIEW:
	case DO_UPDATE:
		p = put_consumer(PUT(p, "/consumers/"), in);
		*p++ = '/';
		p = put(p, screen_ids[in->q->cls], strlen(screen_ids[in->q->cls]));
		return put_terminal(p, in, '?');
	case DO_LOGIN:
		return put_terminal(PUT(p, "/login"), in, '?');
	case DO_LOGOUT:
		return put_terminal(PUT(p, "/logout"), in, '?');
	case DO_SEARCH:
		p = PUT(p, "/search?q=%E9%9C%9E&area=A");
		p = put_digits(p, 1 + (uint32_t)(in->deco >> 8) % 10, 2);
		p = PUT(p, "&page=");
		p = put_digits(p, 1 + (uint32_t)(in->deco >> 16) % 30, 0);
		return put_terminal(p, in, '&');
	case DO_STATIC:
		p = PUT(p, "/img/icon-");
		p = put_digits(p, (uint32_t)(in->deco >> 8) % 40, 2);
		return PUT(p, ".svg?v=20221001");
	case DO_HEALTH:
		return PUT(p, "/health");
	}
	return p;
}

char *
put_date(char *p, int64_t at, char sep)
{
	struct civil c = civil_from_day((int32_t)(at / DAY_S));

	p = put_digits(p, (uint32_t)c.year, 4);
	*p++ = sep;
	p = put_digits(p, (uint32_t)c.month, 2);
	*p++ = sep;
	return put_digits(p, (uint32_t)c.day, 2);
}

char *
put_clock(char *p, int64_t at)
{
	uint32_t s = (uint32_t)(at % DAY_S);

	p = put_digits(p, s / 3600, 2);
	*p++ = ':';
	p = put_digits(p, s / 60 % 60, 2);
	*p++ = ':';
	return put_digits(p, s % 60, 2);
}

const struct phrase *
agent_of(const struct line_in *in)
{
	const struct req *q = in->q;

	if (q->what == DO_HEALTH)
		return &agents[7];
	if (in->deco >> 52 == 0)
		return &agents[8 + (in->deco >> 51 & 1)];
	if (q->acct != NOBODY && in->w->accounts[q->acct].kind == KIND_SERVICE)
		return &agents[6];
	return &agents[q->acct % 6];
}

uint32_t
bytes_of(const struct line_in *in)
{
	return in->q->what == DO_HEALTH ? 2 : 300 + (uint32_t)(in->deco >> 12) % 60000;
}

const char *
method_of(const struct req *q)
{
	return q->what == DO_UPDATE || q->what == DO_LOGIN || q->what == DO_LOGOUT ? "POST" : "GET";
}

void
stamp_clf(struct stamp *st)
{
	static const char months[12][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
					    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	int64_t shown = st->utc ? st->at - JST_S : st->at;
	struct civil c = civil_from_day((int32_t)(shown / DAY_S));
	char *p = st->text;

	*p++ = '[';
	p = put_digits(p, (uint32_t)c.day, 2);
	*p++ = '/';
	p = put(p, months[c.month - 1], 3);
	*p++ = '/';
	p = put_digits(p, (uint32_t)c.year, 4);
	*p++ = ':';
	p = put_clock(p, shown);
	p = st->utc ? PUT(p, " +0000]") : PUT(p, " +0900]");
	st->n = (size_t)(p - st->text);
}

#define LINE_FORMAT(name) extern const struct line_format line_##name;
#include "demo/line_formats.def"
#undef LINE_FORMAT

static const struct line_format *const line_formats[] = {
#define LINE_FORMAT(name) &line_##name,
#include "demo/line_formats.def"
#undef LINE_FORMAT
};

const struct line_format *
line_format_named(const char *name)
{
	for (size_t i = 0; i < COUNT(line_formats); i++) {
		if (strcmp(line_formats[i]->name, name) == 0)
			return line_formats[i];
	}
	BUG("no log format '%s'", name);
}
