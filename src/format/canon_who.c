/*
 * canon_who.c - who and whence, in the spelling the ledgers use: declared normalisation, nothing guessed.
 */
#include "format/canon.h"

#include "format/decode.h"

/* ASCII only: no Unicode tables (SPEC, doubts settled). */
static void
lower(char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		p[i] = ascii_lower(p[i]);
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
normalise(struct str s, unsigned how, struct room *room)
{
	char *p = room->p + room->used;

	if (how == 0 || s.n == 0 || s.n > room->size - room->used)
		return s;
	memmove(p, s.p, s.n);
	s.p = p;
	if (how & NORMALISE_FOLD_WIDTH)
		s.n = fold_width(p, s.n);
	room->used += s.n;
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

static bool
is_proxy(const struct policy_system *s, const char address[ADDRESS_SIZE])
{
	for (size_t i = 0; i < s->proxy_count; i++) {
		if (cidr_holds(&s->proxy[i], (const uint8_t *)address))
			return true;
	}
	return false;
}

static bool
is_port(struct str s)
{
	uint64_t port;

	return s.n > 1 && s.n <= 6 && s.p[0] == ':' && str_to_u64(str_skip(s, 1), &port) &&
	       port <= UINT16_MAX;
}

/* An address as proxies write it: some with the port it was asked from, IPv6 then in brackets. */
static bool
parse_hop(struct str s, char address[ADDRESS_SIZE])
{
	size_t colon = str_find(s, ':'), close;

	if (s.n && s.p[0] == '[') {
		close = str_find(s, ']');
		if (close == s.n || colon > close ||
		    !(close + 1 == s.n || is_port(str_skip(s, close + 1))))
			return false;
		s = str_skip(str_head(s, close), 1);
	} else if (is_port(str_skip(s, colon))) {
		/* With one colon it is no IPv6. */
		s = str_head(s, colon);
	}
	return address_parse(s, address);
}

/*
 * Each proxy appends whom it was asked by, so the list is walked from its end for as long as we stand at a proxy of
 * ours; what stands before the first stranger anybody may have written.  A name that is no address ends the walk.
 */
static void
walk_proxies(const struct policy_system *s, struct str forwarded, char address[ADDRESS_SIZE])
{
	while (forwarded.n && is_proxy(s, address)) {
		const char *comma = memrchr(forwarded.p, ',', forwarded.n);
		size_t at = comma ? (size_t)(comma - forwarded.p) + 1 : 0;
		char next[ADDRESS_SIZE];

		if (!parse_hop(str_trim(str_skip(forwarded, at)), next))
			return;
		memcpy(address, next, sizeof(next));
		forwarded = str_head(forwarded, at ? at - 1 : 0);
	}
}

void
canon_who(const struct policy_system *system, const struct record *r, struct str extracted,
	  struct canon_who *out)
{
	struct room room = { .p = out->room, .size = sizeof(out->room) };
	struct str account = unless_dash(extracted.n ? extracted : r->text[RAW_ACCOUNT]);

	out->has_address = address_parse(r->text[RAW_ADDRESS], out->address);
	if (out->has_address && system->proxy_count)
		walk_proxies(system, r->text[RAW_FORWARDED], out->address);
	if (!extracted.n && r->escaped)
		account = decode_escapes(account, &room);
	out->account = normalise(account, system->normalise, &room);
}
