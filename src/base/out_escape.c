/*
 * out_escape.c - the three escapers: any bytes in, nothing active out.
 */
#include "base/out.h"

/* Length of the well-formed UTF-8 sequence at p, its code point in *cp; 0 when malformed. */
static size_t
utf8(const char *p, size_t n, uint32_t *cp)
{
	unsigned char c = (unsigned char)p[0];
	size_t len = c < 0x80                ? 1
		     : c >= 0xc2 && c < 0xe0 ? 2
		     : (c & 0xf0) == 0xe0    ? 3
		     : c >= 0xf0 && c < 0xf5 ? 4
					     : 0;

	if (len == 0 || len > n)
		return 0;
	*cp = len == 1 ? c : c & (0x7fU >> len);
	for (size_t i = 1; i < len; i++) {
		if (((unsigned char)p[i] & 0xc0) != 0x80)
			return 0;
		*cp = *cp << 6 | ((unsigned char)p[i] & 0x3fU);
	}
	if ((len == 3 && *cp < 0x800) || (len == 4 && (*cp < 0x10000 || *cp > 0x10ffff)) ||
	    (*cp >= 0xd800 && *cp < 0xe000))
		return 0;
	return len;
}

/* Characters that steer a terminal or hide text: controls, bidi, zero width, tags, separators. */
static bool
steers(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0xad || cp == 0x61c ||
	       cp == 0x180e || (cp >= 0x200b && cp <= 0x200f) || (cp >= 0x2028 && cp <= 0x202e) ||
	       (cp >= 0x2060 && cp <= 0x206f) || cp == 0xfeff || (cp >= 0xfff9 && cp <= 0xfffb) ||
	       (cp >= 0xe0000 && cp <= 0xe007f);
}

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
		len = utf8(s.p + at, s.n - at, &cp);
		if (len > 1 && !steers(cp)) {
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
		size_t len = utf8(s.p + at, s.n - at, &cp);

		if (len && cp != '\\' && !steers(cp)) {
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
