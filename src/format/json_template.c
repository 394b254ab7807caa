/*
 * json_template.c - reads the log_format of nginx that writes a JSON object.  Hides that a template is not JSON: its
 * values may be bare variables.
 */
#include "format/json_template.h"

#include "format/json_text.h"

enum { TEMPLATE_DEPTH = 8 };

/* What may stand behind a backslash in a name; what ends a bare value. */
static const char escapes[] = { '"', '\\', '/', 'b', 'f', 'n', 'r', 't' };
static const char ends[] = { ',', ']', '}', ' ', '\t', '\r', '\n', '"', '{', '[' };

struct template_walk {
	struct str text;
	const char *p, *end;
	struct arena *arena;
	struct json_template *out;
	struct errors *err;
	struct place at;
	unsigned depth;
	struct str path[TEMPLATE_DEPTH + 1];
};

static int
wanted(struct template_walk *w, const char *what)
{
	return error_at(w->err, w->at,
			"the JSON log_format must have %s at byte %zu, not '" STR_FMT "'", what,
			(size_t)(w->p - w->text.p) + 1,
			STR_ARG(str_head(str_skip(w->text, (size_t)(w->p - w->text.p)), 20)));
}

static void
skip_blanks(struct template_walk *w)
{
	while (w->p < w->end && (*w->p == ' ' || *w->p == '\t' || *w->p == '\n' || *w->p == '\r'))
		w->p++;
}

/* What stands between quotes, the first of them at w->p. */
static int
quoted_text(struct template_walk *w, struct str *out)
{
	const char *from, *p;

	if (w->p == w->end || *w->p != '"')
		return wanted(w, "a quote");
	from = p = w->p + 1;
	while (p < w->end && *p != '"')
		p += *p == '\\' ? 2 : 1;
	if (p >= w->end)
		return wanted(w, "a quote that is closed");
	*out = (struct str){ .p = from, .n = (size_t)(p - from) };
	w->p = p + 1;
	return 0;
}

static bool
word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

/* Is s a variable and nothing else, `$name` or `${name}`? */
static bool
one_variable(struct str s, struct str *name)
{
	if (s.n < 2 || s.p[0] != '$')
		return false;
	s = str_skip(s, 1);
	if (s.p[0] == '{') {
		if (s.p[s.n - 1] != '}')
			return false;
		s = str_head(str_skip(s, 1), s.n - 2);
	}
	for (size_t i = 0; i < s.n; i++) {
		if (!word_byte(s.p[i]))
			return false;
	}
	*name = s;
	return s.n > 0;
}

/* The pointer of a member: its object's, a slash, and its name with ~ and / written ~0 and ~1. */
static struct str
pointer_of(struct template_walk *w, struct str written)
{
	struct str above = w->path[w->depth];
	char *name = arena_alloc(w->arena, written.n + 1);
	size_t name_n = json_unescape(written, name), n = above.n;
	char *p = arena_alloc(w->arena, above.n + 1 + 2 * name_n + 1);

	if (above.n)
		memcpy(p, above.p, above.n);
	p[n++] = '/';
	for (size_t i = 0; i < name_n; i++) {
		if (name[i] == '~' || name[i] == '/') {
			p[n++] = '~';
			p[n++] = name[i] == '~' ? '0' : '1';
		} else {
			p[n++] = name[i];
		}
	}
	return (struct str){ .p = p, .n = n };
}

/* Escapes in a name must be whole, or unescaping would read past it. */
static bool
name_is_plain(struct str name)
{
	for (size_t i = 0; i < name.n; i++) {
		if (name.p[i] == '$' || (unsigned char)name.p[i] < ' ')
			return false;
		if (name.p[i] == '\\' &&
		    (++i == name.n || !memchr(escapes, name.p[i], sizeof(escapes))))
			return false;
	}
	return true;
}

static int
add_slot(struct template_walk *w, struct str pointer, struct str variable)
{
	struct json_template *t = w->out;

	if (t->count == JSON_TEMPLATE_MOST)
		return error_at(w->err, w->at, "the JSON log_format has more than %d variables",
				JSON_TEMPLATE_MOST);
	t->slot[t->count].pointer = pointer.p;
	t->slot[t->count].variable = arena_str(w->arena, variable).p;
	t->count++;
	return 0;
}

/* A quoted text, a bare variable, a number or a word. */
static int
scalar(struct template_walk *w, struct str pointer)
{
	const char *from = w->p;
	struct str text = { NULL, 0 }, variable;

	if (from < w->end && *from == '"') {
		if (quoted_text(w, &text) < 0)
			return -1;
	} else {
		while (w->p < w->end && !memchr(ends, *w->p, sizeof(ends))) {
			if (*w->p == '$' && w->end - w->p > 1 && w->p[1] == '{')
				w->p = find_byte(w->p, w->end, '}');
			if (w->p < w->end)
				w->p++;
		}
		text = (struct str){ .p = from, .n = (size_t)(w->p - from) };
		if (text.n == 0)
			return wanted(w, "\"text\", $variable or {...}");
	}
	return one_variable(text, &variable) ? add_slot(w, pointer, variable) : 0;
}

/* `"name": value`, or `"name": {`, which goes a level deeper. */
static int
member(struct template_walk *w)
{
	struct str name = { NULL, 0 }, pointer;

	if (quoted_text(w, &name) < 0)
		return -1;
	if (!name_is_plain(name))
		return error_at(w->err, w->at,
				"'" STR_FMT
				"' in the JSON log_format must be a name without variables "
				"and odd escapes",
				STR_ARG(name));
	pointer = pointer_of(w, name);
	skip_blanks(w);
	if (w->p == w->end || *w->p != ':')
		return wanted(w, "a colon");
	w->p++;
	skip_blanks(w);
	if (w->p == w->end || *w->p != '{')
		return scalar(w, pointer);
	if (w->depth == TEMPLATE_DEPTH)
		return wanted(w, "at most 8 objects inside each other");
	w->path[++w->depth] = pointer;
	w->p++;
	return 1;
}

/* Behind a member: 1 when another follows, 0 at the end of the outermost object. */
static int
next_member(struct template_walk *w)
{
	for (;;) {
		skip_blanks(w);
		if (w->p < w->end && *w->p == ',') {
			w->p++;
			return 1;
		}
		if (w->p == w->end || *w->p != '}')
			return wanted(w, "a comma or }");
		w->p++;
		if (w->depth-- == 0)
			return 0;
	}
}

bool
json_template_looks(struct str log_format)
{
	struct str s = str_trim(log_format);

	return s.n && s.p[0] == '{';
}

int
json_template_read(struct str log_format, struct arena *arena, struct json_template *out,
		   struct errors *err, struct place at)
{
	struct template_walk w = { .text = log_format,
				   .p = log_format.p,
				   .end = log_format.p + log_format.n,
				   .arena = arena,
				   .out = out,
				   .err = err,
				   .at = at };
	int more;

	out->count = 0;
	skip_blanks(&w);
	if (w.p == w.end || *w.p != '{')
		return wanted(&w, "a {");
	w.p++;
	do {
		skip_blanks(&w);
		more = member(&w);
		if (more == 0)
			more = next_member(&w);
	} while (more > 0);
	if (more < 0)
		return -1;
	skip_blanks(&w);
	return w.p == w.end ? 0 : wanted(&w, "its end");
}
