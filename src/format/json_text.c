/*
 * json_text.c - unescaping JSON strings, a unit at a time.  Hides surrogate pairs and UTF-8.
 */
#include "format/json_text.h"

static uint32_t
hex4(const char *p)
{
	return json_hex(p[0]) << 12 | json_hex(p[1]) << 8 | json_hex(p[2]) << 4 | json_hex(p[3]);
}

static unsigned
put_utf8(uint32_t c, char *out)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

/* \uXXXX at p, and the \uXXXX that makes a pair with it. */
static uint32_t
code_point(const char **p, const char *end)
{
	uint32_t c = hex4(*p + 2), low;

	*p += 6;
	if (c < 0xd800 || c > 0xdfff)
		return c;
	if (c < 0xdc00 && end - *p >= 6 && (*p)[0] == '\\' && (*p)[1] == 'u') {
		low = hex4(*p + 2);
		if (low >= 0xdc00 && low <= 0xdfff) {
			*p += 6;
			return 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
		}
	}
	return 0xfffd;
}

static char
short_escape(char c)
{
	switch (c) {
	case 'b':
		return '\b';
	case 'f':
		return '\f';
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case 't':
		return '\t';
	default:
		return c; /* quote, backslash, slash */
	}
}

unsigned
json_unit(const char **p, const char *end, char *out)
{
	const char *s = *p;

	if (*s != '\\') {
		out[0] = *s;
		*p = s + 1;
		return 1;
	}
	if (s[1] == 'u')
		return put_utf8(code_point(p, end), out);
	if (s[1] == 'x') {
		out[0] = (char)(json_hex(s[2]) << 4 | json_hex(s[3]));
		*p = s + 4;
		return 1;
	}
	out[0] = short_escape(s[1]);
	*p = s + 2;
	return 1;
}

size_t
json_unescape(struct str s, char *out)
{
	const char *p = s.p, *end = s.p + s.n, *q;
	size_t n = 0;

	while (p < end) {
		q = find_byte(p, end, '\\');
		memcpy(out + n, p, (size_t)(q - p));
		n += (size_t)(q - p);
		p = q;
		if (p < end) {
			char unit[4];
			unsigned many = json_unit(&p, end, unit);

			memcpy(out + n, unit, many);
			n += many;
		}
	}
	return n;
}

bool
json_same(struct str escaped, struct str other, bool other_escaped)
{
	const char *p = escaped.p, *q = other.p;
	const char *p_end = p + escaped.n, *q_end = q + other.n;
	char x[4], y[4];
	unsigned x_count = 0, y_count = 0, xi = 0, yi = 0;

	for (;;) {
		if (xi == x_count) {
			xi = 0;
			x_count = p < p_end ? json_unit(&p, p_end, x) : 0;
		}
		if (yi == y_count) {
			yi = 0;
			y_count = q == q_end ? 0 : 1;
			if (y_count && other_escaped)
				y_count = json_unit(&q, q_end, y);
			else if (y_count)
				y[0] = *q++;
		}
		if (x_count == 0 || y_count == 0)
			return x_count == y_count;
		if (x[xi++] != y[yi++])
			return false;
	}
}

uint32_t
json_hash_escaped(struct str s)
{
	const char *p = s.p, *end = s.p + s.n;
	char head[8] = { 0 }, ring[8] = { 0 }, last[8], unit[4];
	uint64_t a, b;
	size_t n = 0;

	while (p < end) {
		unsigned many = json_unit(&p, end, unit);

		for (unsigned i = 0; i < many; i++, n++) {
			if (n < 8)
				head[n] = unit[i];
			ring[n % 8] = unit[i];
		}
	}
	if (n < 8)
		return json_hash((struct str){ .p = head, .n = n });
	for (size_t i = 0; i < 8; i++)
		last[i] = ring[(n + i) % 8];
	memcpy(&a, head, 8);
	memcpy(&b, last, 8);
	return json_mix(a, b, n);
}
