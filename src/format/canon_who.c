/*
 * canon_who.c - who and whence, in the spelling the ledgers use: declared normalisation, nothing guessed.
 */
#include "format/canon.h"

#include "format/decode.h"

/* ASCII only: no Unicode tables (SPEC, doubts settled). */
static size_t
lower(char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] = (char)(p[i] + 32);
	}
	return n;
}

/* U+FF01..U+FF5E to ASCII, U+3000 to a blank; both are three bytes in UTF-8. */
static size_t
fold_width(char *p, size_t n)
{
	size_t out = 0;

	for (size_t i = 0; i < n;) {
		unsigned char a = (unsigned char)p[i];
		unsigned char b = i + 2 < n ? (unsigned char)p[i + 1] : 0;
		unsigned char c = i + 2 < n ? (unsigned char)p[i + 2] : 0;
		unsigned code = (unsigned)(b & 0x3f) << 6 | (c & 0x3fU); /* below U+F000 */

		if (a == 0xef && (b & 0xc0) == 0x80 && (c & 0xc0) == 0x80 && code >= 0xf01 &&
		    code <= 0xf5e) {
			p[out++] = (char)(code - 0xf01 + 0x21);
			i += 3;
		} else if (a == 0xe3 && b == 0x80 && c == 0x80) {
			p[out++] = ' ';
			i += 3;
		} else {
			p[out++] = p[i++];
		}
	}
	return out;
}

/* DOMAIN\user and user@domain to user. */
static struct str
strip_domain(struct str s)
{
	const char *back = s.n ? memrchr(s.p, '\\', s.n) : NULL;

	if (back)
		s = str_skip(s, (size_t)(back - s.p) + 1);
	return str_head(s, str_find(s, '@'));
}

static struct str
normalise(struct str s, unsigned how, char *room, size_t *used, size_t most)
{
	char *p = room + *used;

	if (how == 0 || s.n == 0 || s.n > most - *used)
		return s;
	memmove(p, s.p, s.n);
	s.p = p;
	if (how & NORMALISE_FOLD_WIDTH)
		s.n = fold_width(p, s.n);
	*used += s.n;
	if (how & NORMALISE_TRIM)
		s = str_trim(s);
	if (how & NORMALISE_STRIP_DOMAIN)
		s = strip_domain(s);
	if (how & NORMALISE_LOWER)
		lower(p + (s.p - p), s.n);
	return s;
}

static struct str
unless_dash(struct str s)
{
	if (s.n == 1 && s.p[0] == '-')
		s.n = 0;
	return s;
}

void
canon_who(const struct policy *policy, unsigned system, struct str address, struct str account,
	  struct canon_who *out)
{
	out->used = 0;
	out->has_address = address_parse(address, out->address);
	account = decode_escapes(unless_dash(account), out->room, &out->used, sizeof(out->room));
	out->account = normalise(account, policy->system[system].normalise, out->room, &out->used,
				 sizeof(out->room));
}
