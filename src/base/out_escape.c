/*
 * out_escape.c - the escapers: any bytes in, nothing active out.  Markdown's is out_md.c.
 */
#include "base/out_active.h"

static void
json_escape(struct out *o, uint32_t cp)
{
	if (cp >= 0x10000)
		out_printf(o, "\\u%04x\\u%04x", 0xd800 + ((cp - 0x10000) >> 10),
			   0xdc00 + ((cp - 0x10000) & 0x3ff));
	else
		out_printf(o, "\\u%04x", cp);
}

void
out_json(struct out *o, struct str s)
{
	size_t from = 0, at = 0;

	out_char(o, '"');
	while (at < s.n) {
		unsigned char c = (unsigned char)s.p[at];
		uint32_t cp = 0;
		size_t len;

		if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '<') {
			at++;
			continue;
		}
		len = active_utf8(s.p + at, s.n - at, &cp);
		if (len > 1 && !active_steers(cp)) {
			at += len;
			continue;
		}
		out_bytes(o, (struct str){ .p = s.p + from, .n = at - from });
		if (len == 0)
			out_printf(o, "\\\\x%02X", c);
		else if (c == '"' || c == '\\')
			out_printf(o, "\\%c", c);
		else
			json_escape(o, cp);
		at += len ? len : 1;
		from = at;
	}
	out_bytes(o, (struct str){ .p = s.p + from, .n = at - from });
	out_char(o, '"');
}

void
out_csv(struct out *o, struct str s)
{
	bool quote = false;

	for (size_t i = 0; i < s.n; i++)
		quote |= s.p[i] == '"' || s.p[i] == ',' || s.p[i] == '\n' || s.p[i] == '\r';
	if (!quote) {
		out_bytes(o, s);
		return;
	}
	out_char(o, '"');
	while (s.n) {
		size_t n = str_find(s, '"');

		out_bytes(o, str_head(s, n));
		if (n < s.n) {
			out_text(o, "\"\"");
			n++;
		}
		s = str_skip(s, n);
	}
	out_char(o, '"');
}

void
out_tty(struct out *o, struct str s)
{
	size_t from = 0, at = 0;

	while (at < s.n) {
		uint32_t cp = 0;
		size_t len = active_utf8(s.p + at, s.n - at, &cp);

		if (len && cp != '\\' && !active_steers(cp)) {
			at += len;
			continue;
		}
		out_bytes(o, (struct str){ .p = s.p + from, .n = at - from });
		if (cp == '\\' && len == 1) {
			out_text(o, "\\\\");
		} else {
			len = len ? len : 1;
			for (size_t i = 0; i < len; i++)
				out_printf(o, "\\x%02X", (unsigned char)s.p[at + i]);
		}
		at += len;
		from = at;
	}
	out_bytes(o, (struct str){ .p = s.p + from, .n = at - from });
}

/*
 * What steers, what is no UTF-8, and what XML may not hold at all (U+FFFE and its kin) becomes \xNN text; what is
 * active in a language is written as it says.
 */
static void
write_shown(struct out *o, struct str s, const char *active, const char *const *written)
{
	size_t from = 0, at = 0;

	while (at < s.n) {
		char c = s.p[at];
		size_t len = active_plain(str_skip(s, at));
		const char *special = c ? strchr(active, c) : NULL;

		if (len && !special) {
			at += len;
			continue;
		}
		out_bytes(o, (struct str){ .p = s.p + from, .n = at - from });
		if (special) {
			out_text(o, written[special - active]);
			at++;
		} else {
			at += active_bytes(o, str_skip(s, at));
		}
		from = at;
	}
	out_bytes(o, (struct str){ .p = s.p + from, .n = at - from });
}

/* Between tags and in quoted attributes alike. */
static const char *const entities[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&#39;" };

void
out_html(struct out *o, struct str s)
{
	write_shown(o, s, "&<>\"'", entities);
}

void
out_xml(struct out *o, struct str s)
{
	write_shown(o, s, "&<>\"'", entities);
}

void
out_shown(struct out *o, struct str s)
{
	write_shown(o, s, "", NULL);
}
