/*
 * out_md.c - text for Markdown, in tables and paragraphs, for any of its dialects.
 *
 * What a renderer may make a link, a mention, an emoji or markup of stands in code spans, where nothing is active:
 * escaping with backslashes stops the parser, but not those who look at the text that it gives (mentions, bare
 * addresses).  Two characters cannot stand in every code span, ` and |: they are entities between spans.  A doubled #
 * is broken up, because runners of CI take "##[" for a command anywhere in a line.
 */
#include "base/out_active.h"

static void
toggle(struct out *o, bool *open, bool want)
{
	if (*open != want)
		out_char(o, '`');
	*open = want;
}

/* One character as code; how long it was. */
static size_t
code_character(struct out *o, struct str s, bool *open)
{
	size_t len = active_plain(s);

	if (s.p[0] == '`' || s.p[0] == '|') {
		toggle(o, open, false);
		out_text(o, s.p[0] == '`' ? "&#96;" : "&#124;");
		return 1;
	}
	toggle(o, open, true);
	if (len == 0)
		return active_bytes(o, s);
	if (s.p[0] == '#' && s.n > 1 && s.p[1] == '#') {
		out_text(o, "#\\x23");
		return 2;
	}
	out_bytes(o, str_head(s, len));
	return len;
}

void
out_md_code(struct out *o, struct str s)
{
	bool open = false;

	while (s.n)
		s = str_skip(s, code_character(o, s, &open));
	toggle(o, &open, false);
}

static bool
harmless(char c)
{
	return (c >= '0' && c <= '9') || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z');
}

/* Of ASCII, or of what may not be shown, up to a blank or a character of another script. */
static size_t
word_length(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] != ' ') {
		size_t len = active_plain(str_skip(s, n));

		if (len > 1)
			break;
		n++;
	}
	return n;
}

static bool
harmless_word(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		bool inside = i > 0 && i + 1 < s.n;

		if (!harmless(s.p[i]) && !(inside && (s.p[i] == '-' || s.p[i] == '\'')))
			return false;
	}
	return true;
}

/* What stands around a word in a sentence stays outside of its code span. */
static bool
closes(char c)
{
	return c == ',' || c == '.' || c == ';' || c == ':' || c == ')';
}

static void
word(struct out *o, struct str s)
{
	size_t end = s.n;

	if (s.n > 1 && s.p[0] == '(') {
		out_char(o, '(');
		s = str_skip(s, 1);
		end--;
	}
	while (end > 1 && closes(s.p[end - 1]))
		end--;
	if (harmless_word(str_head(s, end)))
		out_bytes(o, str_head(s, end));
	else
		out_md_code(o, str_head(s, end));
	out_bytes(o, str_skip(s, end));
}

void
out_md(struct out *o, struct str s)
{
	while (s.n) {
		size_t n = word_length(s);

		if (n) {
			word(o, str_head(s, n));
		} else {
			n = max_u64(active_plain(s),
				    1); /* a blank, or a character of another script */
			out_bytes(o, str_head(s, n));
		}
		s = str_skip(s, n);
	}
}
