/*
 * json_value.c - what a value of a JSON text means, as bytes.
 */
#include "format/json_scan.h"
#include "format/json_text.h"

struct str
json_bytes(struct json_value value, struct room *room)
{
	char *p;
	size_t n;

	if (value.kind == JSON_ABSENT || value.kind == JSON_NULL)
		return (struct str){ NULL, 0 };
	if (!value.escaped || room->size - room->used < value.text.n)
		return value.text;
	p = room->p + room->used;
	n = json_unescape(value.text, p);
	room->used += n;
	return (struct str){ .p = p, .n = n };
}

/* The string at *p, a quote, without its quotes; *p moves behind it. */
static struct str
string_at(const char **p, const char *end)
{
	const char *from = *p + 1, *q = from;

	while (q < end && *q != '"')
		q += *q == '\\' ? 2 : 1;
	*p = q + 1;
	return (struct str){ .p = from, .n = (size_t)(q - from) };
}

/* Is it an array of strings, and of nothing else? */
static bool
only_strings(struct str array)
{
	const char *p = array.p + 1, *end = array.p + array.n - 1;

	while (p < end) {
		if (*p == '"')
			string_at(&p, end);
		else if (*p == ',' || *p == ' ' || *p == '\t' || *p == '\r' || *p == '\n')
			p++;
		else
			return false;
	}
	return true;
}

struct str
json_joined(struct json_value value, struct room *room)
{
	const char *p, *end;
	char *out = room->p + room->used;
	size_t n = 0;

	if (value.kind != JSON_ARRAY || room->size - room->used < value.text.n ||
	    !only_strings(value.text))
		return json_bytes(value, room);
	/* "a","b" is longer than a, b: what is joined fits where the array would. */
	end = value.text.p + value.text.n;
	for (p = find_byte(value.text.p, end, '"'); p < end; p = find_byte(p, end, '"')) {
		struct str part = string_at(&p, end);

		if (n) {
			memcpy(out + n, ", ", 2);
			n += 2;
		}
		n += json_unescape(part, out + n);
	}
	room->used += n;
	return (struct str){ .p = out, .n = n };
}
