/*
 * conf_text.c - see conf_text.h.
 */
#include "format/conf_text.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

size_t
conf_text_blanks(struct str s, size_t from)
{
	while (from < s.n &&
	       (is_blank(s.p[from]) || (s.p[from] == '\\' && from + 1 < s.n &&
					(s.p[from + 1] == '\n' || s.p[from + 1] == '\r'))))
		from++;
	return from;
}

size_t
conf_text_word(struct str s, size_t from)
{
	while (from < s.n && !is_blank(s.p[from]) && s.p[from] != '\'' && s.p[from] != '"' &&
	       s.p[from] != ';')
		from++;
	return from;
}

struct conf_text
conf_text_plain(struct arena *arena, struct str s, size_t from)
{
	size_t *at = arena_alloc(arena, (s.n + 1) * sizeof(*at));

	for (size_t i = 0; i <= s.n; i++)
		at[i] = from + i + 1;
	return (struct conf_text){ .text = s, .at = at };
}

/* The character that `\c` stands for; 0: it keeps its backslash. */
static char
undone(char c)
{
	static const char from[] = "tnr\"'\\", to[] = "\t\n\r\"'\\";
	const char *found = memchr(from, c, sizeof(from) - 1);

	return found ? to[found - from] : '\0';
}

struct conf_text
conf_text_quoted(struct arena *arena, struct str s, size_t *from)
{
	char *p = arena_alloc(arena, s.n + 1);
	size_t *at = arena_alloc(arena, (s.n + 1) * sizeof(*at)), n = 0, i = *from;

	while (i < s.n && (s.p[i] == '\'' || s.p[i] == '"')) {
		char quote = s.p[i++];

		for (; i < s.n && s.p[i] != quote; i++) {
			char c = s.p[i] == '\\' && i + 1 < s.n ? undone(s.p[i + 1]) : '\0';

			at[n] = i + 1;
			p[n++] = c ? c : s.p[i];
			i += c != '\0';
		}
		if (i >= s.n)
			return (struct conf_text){ 0 };
		*from = ++i;
		i = conf_text_blanks(s, i);
	}
	at[n] = *from;
	return (struct conf_text){ .text = { .p = p, .n = n }, .at = at };
}
