/*
 * csv.c - walks one row at a time; hides quoting.  Linear, also over text that never closes a quote.
 */
#include "context/csv.h"

static void
bad(struct csv *c, const char *wrong, unsigned line)
{
	if (c->wrong)
		return;
	c->wrong = wrong;
	c->wrong_line = line;
	c->wrong_cell = (unsigned)c->cell.n + 1;
}

/* Up to a comma or the end of the line.  A quote inside is an ordinary byte: staff write 5" cable. */
static struct str
plain_cell(struct csv *c)
{
	const char *p = c->text.p;
	size_t from = c->at, at = from, n = c->text.n;

	while (at < n && p[at] != ',' && p[at] != '\n')
		at++;
	c->at = at;
	if (at > from && p[at - 1] == '\r' && (at == n || p[at] == '\n'))
		at--;
	return (struct str){ .p = p + from, .n = at - from };
}

static struct str
without_doubled(struct csv *c, struct str s, size_t doubled)
{
	char *to = arena_alloc(&c->arena, s.n);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		to[n++] = s.p[i];
		i += s.p[i] == '"';
	}
	return (struct str){ .p = to, .n = s.n - doubled };
}

/* From the opening quote to the byte behind the closing one. */
static struct str
quoted_cell(struct csv *c)
{
	const char *p = c->text.p;
	unsigned opened = c->next_line;
	size_t n = c->text.n, from = c->at + 1, at = from, doubled = 0;
	struct str s;

	for (; at < n; at++) {
		c->next_line += p[at] == '\n';
		if (p[at] != '"')
			continue;
		if (at + 1 == n || p[at + 1] != '"')
			break;
		at++;
		doubled++;
	}
	if (at >= n) {
		bad(c, "a quote opens here and never closes", opened);
		at = n;
	}
	s = (struct str){ .p = p + from, .n = at - from };
	c->at = min_size(at + 1, n);
	return doubled ? without_doubled(c, s, doubled) : s;
}

/* Behind a closing quote only a comma or the end of the line makes sense. */
static void
quoted_end(struct csv *c)
{
	size_t at = c->at;
	struct str rest = plain_cell(c);

	if (rest.n && c->at > at)
		bad(c,
		    "text follows a closing quote; a quote inside a quoted cell is written twice",
		    c->next_line);
}

void
csv_open(struct csv *c, struct str text)
{
	*c = (struct csv){ .text = text, .next_line = 1 };
	if (str_starts(text, STR("\xEF\xBB\xBF")))
		c->at = 3;
}

void
csv_close(struct csv *c)
{
	arena_free(&c->arena);
	VEC_FREE(&c->cell);
}

enum csv_got
csv_next(struct csv *c)
{
	bool more = true;

	c->cell.n = 0;
	c->line = c->next_line;
	c->wrong = NULL;
	if (c->at >= c->text.n)
		return CSV_END;
	while (more) {
		struct str s;

		if (c->at < c->text.n && c->text.p[c->at] == '"') {
			s = quoted_cell(c);
			quoted_end(c);
		} else {
			s = plain_cell(c);
		}
		*VEC_PUSH(&c->cell) = s;
		more = c->at < c->text.n && c->text.p[c->at] == ',';
		c->next_line += c->at < c->text.n && !more;
		c->at += c->at < c->text.n;
	}
	return c->wrong ? CSV_BAD : CSV_ROW;
}
