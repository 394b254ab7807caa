/*
 * decode.c - see decode.h.  A value without anything to undo is lent as it lies.
 */
#include "format/decode.h"

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

int
decode_hex(struct str s, size_t at)
{
	int hi, lo;

	if (at + 2 > s.n)
		return -1;
	hi = hex_digit(s.p[at]);
	lo = hex_digit(s.p[at + 1]);
	return hi < 0 || lo < 0 ? -1 : hi * 16 + lo;
}

struct str
decode_escapes(struct str s, struct room *room)
{
	static const char from[] = "ntrbv", to[] = "\n\t\r\b\v";
	char *out = room->p + room->used;
	size_t n = 0;

	if (s.n == 0 || s.n > room->size - room->used || !memchr(s.p, '\\', s.n))
		return s;
	for (size_t i = 0; i < s.n; i++) {
		int byte = -1;
		const char *named;

		if (s.p[i] != '\\' || i + 1 == s.n) {
			out[n++] = s.p[i];
			continue;
		}
		i++;
		if (s.p[i] == 'x' && (byte = decode_hex(s, i + 1)) >= 0) {
			out[n++] = (char)byte;
			i += 2;
			continue;
		}
		named = memchr(from, s.p[i], sizeof(from) - 1);
		out[n++] = named ? to[named - from] : s.p[i];
	}
	room->used += n;
	return (struct str){ .p = out, .n = n };
}

struct str
decode_url(struct str s, bool query, struct room *room)
{
	char *out = room->p + room->used;
	size_t n = 0;

	if (s.n == 0 || s.n > room->size - room->used ||
	    (!memchr(s.p, '%', s.n) && !(query && memchr(s.p, '+', s.n))))
		return s;
	for (size_t i = 0; i < s.n; i++) {
		int byte = s.p[i] == '%' ? decode_hex(s, i + 1) : -1;

		if (byte >= 0) {
			out[n++] = (char)byte;
			i += 2;
		} else {
			out[n++] = query && s.p[i] == '+' ? ' ' : s.p[i];
		}
	}
	room->used += n;
	return (struct str){ .p = out, .n = n };
}
