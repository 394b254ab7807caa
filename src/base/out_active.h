/*
 * out_active.h - which characters do something of their own when they are shown; for the escapers alone.
 */
#ifndef SEKISHO_BASE_OUT_ACTIVE_H
#define SEKISHO_BASE_OUT_ACTIVE_H

#include "base/out.h"

/* Length of the well-formed UTF-8 sequence at p, its code point in *cp; 0 when malformed. */
static inline size_t
active_utf8(const char *p, size_t n, uint32_t *cp)
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
static inline bool
active_steers(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0xad || cp == 0x61c ||
	       cp == 0x180e || (cp >= 0x200b && cp <= 0x200f) || (cp >= 0x2028 && cp <= 0x202e) ||
	       (cp >= 0x2060 && cp <= 0x206f) || cp == 0xfeff || (cp >= 0xfff9 && cp <= 0xfffb) ||
	       (cp >= 0xe0000 && cp <= 0xe007f);
}

/* Length of the character that begins s and may be shown as it is; 0: it may not. */
static inline size_t
active_plain(struct str s)
{
	uint32_t cp = 0;
	size_t len = active_utf8(s.p, s.n, &cp);

	return len && !active_steers(cp) && (cp & 0xfffe) != 0xfffe ? len : 0;
}

/* The character (or the byte, when it is none) that begins s as \xNN text; how long it was. */
static inline size_t
active_bytes(struct out *o, struct str s)
{
	uint32_t cp;
	size_t len = active_utf8(s.p, s.n, &cp);

	len = len ? len : 1;
	for (size_t i = 0; i < len; i++)
		out_printf(o, "\\x%02X", (unsigned char)s.p[i]);
	return len;
}

#endif
