/*
 * json_print.c - a tree of JSON (json_tree.h) as text again, as the reports write it.  No recursion.
 */
#include "base/json_tree.h"
#include "base/out.h"

static const char *const words[] = {
	[JSON_NULL] = "null", [JSON_FALSE] = "false", [JSON_TRUE] = "true"
};

static void
begin(struct out *o, const struct json_value *v, bool member)
{
	if (member) {
		out_json(o, v->name);
		out_char(o, ':');
	}
	switch (v->kind) {
	case JSON_NULL:
	case JSON_FALSE:
	case JSON_TRUE:
		out_text(o, words[v->kind]);
		break;
	case JSON_NUMBER:
		out_bytes(o, v->text);
		break;
	case JSON_TEXT:
		out_json(o, v->text);
		break;
	case JSON_LIST:
		out_char(o, '[');
		break;
	case JSON_MAP:
		out_char(o, '{');
		break;
	}
}

void
json_print_edited(struct out *o, const struct json_value *top, const struct json_edit *edit)
{
	struct json_value open[JSON_DEPTH_MOST + 1], now;
	const struct json_value *v = top;
	int depth = 0;

	for (;;) {
		now = *v;
		if (edit)
			edit->value(edit->context, depth ? &open[depth - 1] : NULL, &now);
		begin(o, &now, depth && open[depth - 1].kind == JSON_MAP);
		if (now.kind == JSON_LIST || now.kind == JSON_MAP) {
			v = now.first;
			if (v) {
				open[depth++] = now;
				continue;
			}
			out_char(o, now.kind == JSON_MAP ? '}' : ']');
		}
		while (depth && !now.next) {
			now = open[--depth];
			out_char(o, now.kind == JSON_MAP ? '}' : ']');
		}
		if (depth == 0)
			return;
		v = now.next;
		out_char(o, ',');
	}
}

void
json_print(struct out *o, const struct json_value *top)
{
	json_print_edited(o, top, NULL);
}
