/*
 * where_print.c - a compiled `where:` as text: one way to write each, for the digest of the rules and for readers.
 */
#include "base/out.h"
#include "model/where.h"

/* Wildcards back to `*` and `?`, what only looks like them behind a backslash; without those the modifier means. */
static struct str
like_text(struct arena *a, struct str pattern, enum where_like like)
{
	char *p = arena_alloc(a, 2 * pattern.n + 1);
	size_t n = 0;

	if (like == LIKE_CONTAINS || like == LIKE_ENDS)
		pattern = str_skip(pattern, 1);
	if (like == LIKE_CONTAINS || like == LIKE_STARTS)
		pattern.n--;
	for (size_t i = 0; i < pattern.n; i++) {
		char c = pattern.p[i];

		if (c == '*' || c == '?' || c == '\\')
			p[n++] = '\\';
		p[n++] = c == WHERE_ANY ? '*' : c == WHERE_ONE ? '?' : c;
	}
	return (struct str){ p, n };
}

static void
print_key(const struct where_item *item, struct out *o)
{
	static const char *const kinds[] = { "", "", "|re", "|cidr", "|exists", "" };
	static const char *const likes[] = { "", "|contains", "|startswith", "|endswith" };

	out_char(o, '"');
	out_text(o, where_infos[item->field].name);
	out_text(o, kinds[item->kind]);
	if (item->kind == WHERE_RE) {
		out_text(o, item->flags & REGEX_CASELESS ? "|i" : "");
		out_text(o, item->flags & REGEX_MULTILINE ? "|m" : "");
		out_text(o, item->flags & REGEX_DOTALL ? "|s" : "");
	}
	if (item->kind == WHERE_LIKE) {
		out_text(o, likes[item->like]);
		out_text(o, item->cased ? "|cased" : "");
	}
	out_text(o, item->all ? "|all" : "");
	out_text(o, "\": ");
}

static void
print_words(const struct where_item *item, struct out *o)
{
	const char *separator = "[";

	for (unsigned i = 0; i < where_infos[item->field].words; i++) {
		if (!(item->words >> i & 1))
			continue;
		out_text(o, separator);
		out_json(o, str_of(where_infos[item->field].word[i]));
		separator = ", ";
	}
	out_char(o, ']');
}

static void
print_item(const struct where_item *item, struct arena *a, struct out *o)
{
	print_key(item, o);
	switch (item->kind) {
	case WHERE_WORDS:
		print_words(item, o);
		return;
	case WHERE_THERE:
		out_text(o, item->there ? "true" : "false");
		return;
	case WHERE_NULL:
		out_text(o, "null");
		return;
	case WHERE_LIKE:
	case WHERE_RE:
	case WHERE_CIDR:
		break;
	}
	for (size_t i = 0; i < item->count; i++) {
		out_text(o, i ? ", " : "[");
		out_json(o, item->kind == WHERE_LIKE ? like_text(a, item->value[i], item->like)
						     : item->value[i]);
	}
	out_char(o, ']');
}

static void
print_selection(const struct where *w, const struct where_selection *s, struct arena *a,
		struct out *o)
{
	out_json(o, s->name);
	out_text(o, ": [");
	for (size_t m = s->maps.from; m < s->maps.to; m++) {
		out_text(o, m > s->maps.from ? ", {" : "{");
		for (size_t i = w->map[m].from; i < w->map[m].to; i++) {
			out_text(o, i > w->map[m].from ? ", " : "");
			print_item(&w->item[i], a, o);
		}
		out_char(o, '}');
	}
	out_char(o, ']');
}

/* A part of the condition, and what it is made by: parentheses only where the words bind otherwise. */
struct phrase {
	enum where_op_kind by; /* WHERE_ASK: binds closest */
	struct str text;
};

static struct str
within(struct arena *a, struct phrase p, enum where_op_kind by)
{
	bool loose = (by == WHERE_NOT && p.by != WHERE_ASK && p.by != WHERE_NOT) ||
		     (by == WHERE_AND && p.by == WHERE_OR);

	return loose ? arena_printf(a, "(" STR_FMT ")", STR_ARG(p.text)) : p.text;
}

static struct phrase
join(struct arena *a, struct phrase x, struct phrase y, enum where_op_kind by)
{
	struct str left = within(a, x, by), right = within(a, y, by);

	return (struct phrase){ by, arena_printf(a, STR_FMT " %s " STR_FMT, STR_ARG(left),
						 by == WHERE_AND ? "and" : "or", STR_ARG(right)) };
}

static struct str
condition(const struct where *w, struct arena *a)
{
	struct phrase stack[WHERE_STACK] = { 0 };
	struct str text;
	size_t n = 0;

	for (size_t i = 0; i < w->op_count; i++) {
		const struct where_op *op = &w->op[i];

		switch (op->kind) {
		case WHERE_ASK:
			stack[n++] = (struct phrase){ WHERE_ASK, w->selection[op->to].name };
			break;
		case WHERE_NOT:
			text = within(a, stack[n - 1], WHERE_NOT);
			stack[n - 1].by = WHERE_NOT;
			stack[n - 1].text = arena_printf(a, "not " STR_FMT, STR_ARG(text));
			break;
		case WHERE_AND:
		case WHERE_OR:
			n--;
			stack[n - 1] = join(a, stack[n - 1], stack[n], op->kind);
			break;
		case WHERE_UNLESS_NO:
		case WHERE_UNLESS_YES:
			break;
		}
	}
	return stack[0].text;
}

void
where_print(const struct where *w, struct out *o)
{
	struct arena a = { 0 };

	out_char(o, '{');
	for (size_t i = 0; i < w->selection_count; i++) {
		print_selection(w, &w->selection[i], &a, o);
		out_text(o, ", ");
	}
	out_text(o, "\"condition\": ");
	out_json(o, condition(w, &a));
	out_char(o, '}');
	arena_free(&a);
}
