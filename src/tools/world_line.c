/*
 * world_line.c - one request to one line of a Combined log, as long as real ones are (about 280 bytes).
 * Hides the wording: user agents, referers, and which bits of `deco` choose them.
 */
#include "tools/world_line.h"

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
put_u32(char *p, uint32_t v, int width)
{
	char tmp[10];
	int n = 0;

	do {
		tmp[n++] = (char)('0' + v % 10);
		v /= 10;
	} while (v != 0);
	while (n < width)
		tmp[n++] = '0';
	while (n > 0)
		*p++ = tmp[--n];
	return p;
}

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

static char *
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
	host = n->base + 1 + host % (n->size - 2);
	p = put_u32(p, (uint32_t)(host >> 24), 0);
	for (int shift = 16; shift >= 0; shift -= 8) {
		*p++ = '.';
		p = put_u32(p, (uint32_t)(host >> shift & 255), 0);
	}
	return p;
}

void
stamp_set(struct stamp *st, int64_t at, bool utc)
{
	static const char months[12][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
					    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	int64_t shown = utc ? at - JST_S : at;
	uint32_t s = (uint32_t)(shown % DAY_S);
	int y, m, d;
	char *p = st->text;

	civil_of((int32_t)(shown / DAY_S), &y, &m, &d);
	p = PUT(p, " [");
	p = put_u32(p, (uint32_t)d, 2);
	*p++ = '/';
	p = put(p, months[m - 1], 3);
	*p++ = '/';
	p = put_u32(p, (uint32_t)y, 4);
	*p++ = ':';
	p = put_u32(p, s / 3600, 2);
	*p++ = ':';
	p = put_u32(p, s / 60 % 60, 2);
	*p++ = ':';
	p = put_u32(p, s % 60, 2);
	p = utc ? PUT(p, " +0000] \"") : PUT(p, " +0900] \"");
	st->n = (size_t)(p - st->text);
	st->at = at;
}

static char *
put_terminal(char *p, const struct req *q, char lead)
{
	if (q->term != NOBODY) {
		*p++ = lead;
		p = PUT(p, "t=T-");
		p = put_u32(p, q->term + 1, 5);
		lead = '&';
	}
	if (q->masked >= 0) {
		*p++ = lead;
		p = PUT(p, "m=");
		*p++ = (char)('0' + q->masked);
	}
	return p;
}

static char *
put_request(char *p, const struct world *w, const struct req *q, uint64_t deco)
{
	switch ((enum what)q->what) {
	case DO_VIEW:
	case DO_UPDATE:
		p = q->what == DO_VIEW ? PUT(p, "GET /consumers/") : PUT(p, "POST /consumers/");
		p = put(p, w->consumers[q->obj].id, 22);
		*p++ = '/';
		p = put(p, screen_ids[q->cls], strlen(screen_ids[q->cls]));
		p = put_terminal(p, q, '?');
		break;
	case DO_LOGIN:
		p = put_terminal(PUT(p, "POST /login"), q, '?');
		break;
	case DO_LOGOUT:
		p = put_terminal(PUT(p, "POST /logout"), q, '?');
		break;
	case DO_SEARCH:
		p = PUT(p, "GET /search?q=%E9%9C%9E&area=A");
		p = put_u32(p, 1 + (uint32_t)(deco >> 8) % 10, 2);
		p = PUT(p, "&page=");
		p = put_u32(p, 1 + (uint32_t)(deco >> 16) % 30, 0);
		p = put_terminal(p, q, '&');
		break;
	case DO_STATIC:
		p = PUT(p, "GET /img/icon-");
		p = put_u32(p, (uint32_t)(deco >> 8) % 40, 2);
		p = PUT(p, ".svg?v=20221001");
		break;
	case DO_HEALTH:
		p = PUT(p, "GET /health");
		break;
	}
	return PUT(p, " HTTP/1.1\" ");
}

static char *
put_referer(char *p, const struct req *q, uint64_t deco)
{
	uint32_t u = (uint32_t)(deco >> 24) % 16;

	if (q->what == DO_HEALTH || u < 3)
		return PUT(p, " \"-\" \"");
	p = PUT(p, " \"https://");
	p = put(p, system_ids[q->sys], strlen(system_ids[q->sys]));
	if (q->what != DO_VIEW || u < 5)
		return PUT(p, ".kasumi.example/menu/top?lang=ja\" \"");
	p = PUT(p, ".kasumi.example/search?q=%E4%BE%9B%E7%B5%A6&area=A");
	p = put_u32(p, 1 + (uint32_t)(deco >> 28) % 10, 2);
	p = PUT(p, "&page=");
	p = put_u32(p, 1 + (uint32_t)(deco >> 34) % 30, 0);
	return PUT(p, "\" \"");
}

char *
line_put(char *p, const struct world *w, const struct req *q, const struct stamp *st, uint64_t deco,
	 bool upper)
{
	const struct phrase *agent;
	uint32_t pick = q->acct % 6;

	p = put_ip(p, &w->nets[q->net], q->host);
	p = PUT(p, " - ");
	if (q->acct == NOBODY) {
		*p++ = '-';
	} else {
		const struct account *a = &w->accounts[q->acct];

		p = put(p, a->name, a->name_len);
		for (char *c = p - a->name_len; upper && c < p; c++)
			*c = (char)(*c >= 'a' && *c <= 'z' ? *c - 32 : *c);
		if (a->kind == KIND_SERVICE)
			pick = 6;
	}
	if (q->what == DO_HEALTH)
		pick = 7;
	else if (deco >> 52 == 0)
		pick = 8 + (uint32_t)(deco >> 51 & 1);
	p = put(p, st->text, st->n);
	p = put_request(p, w, q, deco);
	p = put_u32(p, q->status, 3);
	*p++ = ' ';
	p = put_u32(p, q->what == DO_HEALTH ? 2 : 300 + (uint32_t)(deco >> 12) % 60000, 0);
	p = put_referer(p, q, deco);
	agent = &agents[pick];
	p = put(p, agent->p, agent->n);
	*p++ = '"';
	return p;
}
