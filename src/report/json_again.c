/*
 * json_again.c - see json_again.h.
 */
#include "report/json_again.h"

void
json_again(struct out *o, const struct json_value *v)
{
	bool map = v && v->kind == JSON_MAP, list = v && v->kind == JSON_LIST;

	if (!v || v->kind == JSON_NULL) {
		out_text(o, "null");
	} else if (v->kind == JSON_TRUE || v->kind == JSON_FALSE) {
		out_text(o, json_is_true(v) ? "true" : "false");
	} else if (v->kind == JSON_NUMBER) {
		out_bytes(o, v->text);
	} else if (v->kind == JSON_TEXT) {
		out_json(o, v->text);
	} else {
		out_char(o, map ? '{' : '[');
		JSON_EACH(child, v)
		{
			if (child != v->first)
				out_char(o, ',');
			if (map)
				out_json(o, child->name);
			if (map)
				out_char(o, ':');
			json_again(o, child);
		}
		out_char(o, list ? ']' : '}');
	}
}
