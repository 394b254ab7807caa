/*
 * json_tree.c - see json_tree.h.  No recursion: what is open stands in a stack of JSON_DEPTH_MOST levels.
 */
#include "base/json_tree.h"

#include "base/encoding.h"
#include "base/order.h"

struct level {
	struct json_value *list; /* what is open: a list or a map */
	struct json_value *tail; /* the last of it so far */
};

struct reader {
	struct arena *arena;
	const char *begin, *p, *end;
	struct json_wrong *wrong;
	struct level level[JSON_DEPTH_MOST];
	int depth;
};

static bool
wrong_at(struct reader *r, const char *p, const char *expected)
{
	*r->wrong = (struct json_wrong){ .byte = (size_t)(p - r->begin), .expected = expected };
	return false;
}

static void
skip_blanks(struct reader *r)
{
	while (r->p < r->end && (*r->p == ' ' || *r->p == '\t' || *r->p == '\n' || *r->p == '\r'))
		r->p++;
}

static bool
take(struct reader *r, char c)
{
	skip_blanks(r);
	if (r->p == r->end || *r->p != c)
		return false;
	r->p++;
	return true;
}

/* --- texts ---------------------------------------------------------------------------------------- */

/* Four hexadecimal digits; -1: they are not there. */
static int
hex4(const char *p, const char *end)
{
	int code = 0;

	if (end - p < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		char c = p[i], low = (char)(c | 0x20);

		if (c >= '0' && c <= '9')
			code = code * 16 + (c - '0');
		else if (low >= 'a' && low <= 'f')
			code = code * 16 + (low - 'a' + 10);
		else
			return -1;
	}
	return code;
}

static char *
put_character(char *to, unsigned code)
{
	if (code < 0x80) {
		*to++ = (char)code;
	} else if (code < 0x800) {
		*to++ = (char)(0xc0 | code >> 6);
		*to++ = (char)(0x80 | (code & 0x3f));
	} else if (code < 0x10000) {
		*to++ = (char)(0xe0 | code >> 12);
		*to++ = (char)(0x80 | (code >> 6 & 0x3f));
		*to++ = (char)(0x80 | (code & 0x3f));
	} else {
		*to++ = (char)(0xf0 | code >> 18);
		*to++ = (char)(0x80 | (code >> 12 & 0x3f));
		*to++ = (char)(0x80 | (code >> 6 & 0x3f));
		*to++ = (char)(0x80 | (code & 0x3f));
	}
	return to;
}

/* What follows `\u`, and the second half of a pair; NULL: told. */
static char *
undo_unicode(struct reader *r, const char **at, const char *end, char *to)
{
	const char *p = *at;
	int code = hex4(p, end), low;

	if (code < 0) {
		wrong_at(r, p, "four hexadecimal digits");
		return NULL;
	}
	p += 4;
	if (code >= 0xdc00 && code < 0xe000) {
		wrong_at(r, p - 6, "the first half of a pair before its second");
		return NULL;
	}
	if (code >= 0xd800 && code < 0xdc00) {
		low = end - p > 2 && p[0] == '\\' && p[1] == 'u' ? hex4(p + 2, end) : -1;
		if (low < 0xdc00 || low > 0xdfff) {
			wrong_at(r, p, "the second half of a pair");
			return NULL;
		}
		p += 6;
		code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
	}
	*at = p;
	return put_character(to, (unsigned)code);
}

/* `raw` with its escapes undone; what they stand for is never longer than they are. */
static bool
undo_escapes(struct reader *r, struct str raw, struct str *out)
{
	static const char from[] = "\"\\/bfnrt", into[] = "\"\\/\b\f\n\r\t";
	char *start = arena_alloc(r->arena, raw.n + 1), *to = start;
	const char *p = raw.p, *end = raw.p + raw.n, *known;

	while (p < end) {
		if (*p != '\\') {
			*to++ = *p++;
			continue;
		}
		p++; /* the closing quote is not escaped, so a character follows */
		if (*p == 'u') {
			p++;
			to = undo_unicode(r, &p, end, to);
			if (!to)
				return false;
			continue;
		}
		known = *p ? strchr(from, *p) : NULL;
		if (!known)
			return wrong_at(r, p, "one of \" \\ / b f n r t u behind a backslash");
		*to++ = into[known - from];
		p++;
	}
	*out = (struct str){ .p = start, .n = (size_t)(to - start) };
	return true;
}

/* Behind the opening quote.  Without an escape the text is borrowed as it lies. */
static bool
read_text(struct reader *r, struct str *out)
{
	const char *start = r->p, *p = start;
	bool escaped = false;

	for (; p < r->end && *p != '"'; p++) {
		if ((unsigned char)*p < 0x20)
			return wrong_at(r, p, "an escape in place of a control character");
		if (*p == '\\') {
			escaped = true;
			p++;
			if (p == r->end)
				break;
		}
	}
	if (p >= r->end)
		return wrong_at(r, r->end, "a closing \"");
	*out = (struct str){ .p = start, .n = (size_t)(p - start) };
	r->p = p + 1;
	if (!utf8_valid(*out))
		return wrong_at(r, start, "a text in UTF-8");
	return !escaped || undo_escapes(r, *out, out);
}

/* --- numbers and words ---------------------------------------------------------------------------- */

static bool
digits(struct reader *r)
{
	const char *start = r->p;

	while (r->p < r->end && *r->p >= '0' && *r->p <= '9')
		r->p++;
	return r->p > start || wrong_at(r, r->p, "a digit");
}

static bool
read_number(struct reader *r, struct json_value *v)
{
	const char *start = r->p;

	r->p += *r->p == '-';
	if (r->p < r->end && *r->p == '0')
		r->p++;
	else if (!digits(r))
		return false;
	if (r->p < r->end && *r->p == '.') {
		r->p++;
		if (!digits(r))
			return false;
	}
	if (r->p < r->end && (*r->p | 0x20) == 'e') {
		r->p++;
		r->p += r->p < r->end && (*r->p == '+' || *r->p == '-');
		if (!digits(r))
			return false;
	}
	v->kind = JSON_NUMBER;
	v->text = (struct str){ .p = start, .n = (size_t)(r->p - start) };
	return true;
}

static bool
read_word(struct reader *r, struct json_value *v)
{
	static const struct {
		enum json_kind kind;
		const char *word;
	} words[] = { { JSON_NULL, "null" }, { JSON_FALSE, "false" }, { JSON_TRUE, "true" } };
	struct str rest = { .p = r->p, .n = (size_t)(r->end - r->p) };

	for (size_t i = 0; i < COUNT(words); i++) {
		struct str word = str_of(words[i].word);

		if (str_starts(rest, word)) {
			v->kind = words[i].kind;
			r->p += word.n;
			return true;
		}
	}
	return wrong_at(r, r->p, "a value");
}

/* --- lists and maps ------------------------------------------------------------------------------- */

enum { NAMES_COMPARED = 48 }; /* more of them are sorted */

static bool
comes_twice(struct reader *r, const struct json_value *map)
{
	struct str *names;
	size_t n = 0;
	bool twice = false;

	if (map->count <= NAMES_COMPARED) {
		JSON_EACH(a, map)
		{
			for (const struct json_value *b = a->next; b; b = b->next) {
				if (str_eq(a->name, b->name))
					return true;
			}
		}
		return false;
	}
	names = arena_alloc(r->arena, map->count * sizeof(*names));
	JSON_EACH(v, map)
	{
		names[n++] = v->name;
	}
	qsort(names, n, sizeof(*names), order_str);
	for (size_t i = 1; i < n; i++)
		twice |= str_eq(names[i - 1], names[i]);
	return twice;
}

static bool
open_list(struct reader *r, struct json_value *v)
{
	if (r->depth == JSON_DEPTH_MOST)
		return wrong_at(r, r->p, "at most 32 lists and maps in each other");
	v->kind = *r->p == '{' ? JSON_MAP : JSON_LIST;
	r->p++;
	r->level[r->depth++] = (struct level){ .list = v };
	return true;
}

static bool
read_value(struct reader *r, struct json_value *v)
{
	if (r->p == r->end)
		return wrong_at(r, r->p, "a value");
	if (*r->p == '{' || *r->p == '[')
		return open_list(r, v);
	if (*r->p == '"') {
		r->p++;
		v->kind = JSON_TEXT;
		return read_text(r, &v->text);
	}
	return *r->p == '-' || (*r->p >= '0' && *r->p <= '9') ? read_number(r, v) : read_word(r, v);
}

static bool
read_name(struct reader *r, struct json_value *v)
{
	if (!take(r, '"'))
		return wrong_at(r, r->p, "a name in quotes");
	return read_text(r, &v->name) && (take(r, ':') || wrong_at(r, r->p, "':' behind a name"));
}

/* Closes what ends here, and takes the comma before what follows; false at the end of all, and on a mistake. */
static bool
more_to_come(struct reader *r)
{
	while (r->depth) {
		struct level *top = &r->level[r->depth - 1];
		bool map = top->list->kind == JSON_MAP;

		if (take(r, map ? '}' : ']')) {
			if (map && comes_twice(r, top->list))
				return wrong_at(r, r->p - 1, "each name of a map once");
			r->depth--;
			continue;
		}
		if (!top->tail || take(r, ','))
			return true;
		return wrong_at(r, r->p, map ? "',' or '}'" : "',' or ']'");
	}
	return false;
}

/* The next member or element; *opened: its own follow. */
static bool
read_next(struct reader *r)
{
	struct level *top = &r->level[r->depth - 1];
	struct json_value *v = arena_alloc(r->arena, sizeof(*v));

	if (top->list->kind == JSON_MAP && !read_name(r, v))
		return false;
	if (top->tail)
		top->tail->next = v;
	else
		top->list->first = v;
	top->tail = v;
	top->list->count++;
	skip_blanks(r);
	return read_value(r, v);
}

const struct json_value *
json_tree(struct arena *a, struct str text, struct json_wrong *wrong)
{
	struct reader r = {
		.arena = a, .begin = text.p, .p = text.p, .end = text.p + text.n, .wrong = wrong
	};
	struct json_value *top = arena_alloc(a, sizeof(*top));

	*wrong = (struct json_wrong){ 0 };
	skip_blanks(&r);
	if (!read_value(&r, top))
		return NULL;
	while (more_to_come(&r)) {
		if (!read_next(&r))
			return NULL;
	}
	if (wrong->expected)
		return NULL;
	skip_blanks(&r);
	if (r.p < r.end) {
		wrong_at(&r, r.p, "nothing behind the value");
		return NULL;
	}
	return top;
}
