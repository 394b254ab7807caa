/*
 * json_ask.c - what a tree of JSON (json_tree.h) is asked.  Nothing asked of nothing is nothing: no caller checks each
 * step of the way.
 */
#include "base/json_tree.h"

static const struct json_value *
member(const struct json_value *map, struct str name)
{
	if (!map || map->kind != JSON_MAP)
		return NULL;
	JSON_EACH(v, map)
	{
		if (str_eq(v->name, name))
			return v;
	}
	return NULL;
}

const struct json_value *
json_member(const struct json_value *map, const char *name)
{
	return member(map, str_of(name));
}

const struct json_value *
json_path(const struct json_value *map, const char *path)
{
	struct str rest = str_of(path);

	while (map && rest.n)
		map = member(map, str_split(&rest, '.'));
	return map;
}

struct str
json_text_of(const struct json_value *v)
{
	return v && v->kind == JSON_TEXT ? v->text : (struct str){ 0 };
}

int64_t
json_integer(const struct json_value *v, int64_t otherwise)
{
	uint64_t n;
	bool minus;

	if (!v || v->kind != JSON_NUMBER)
		return otherwise;
	minus = v->text.p[0] == '-';
	if (!str_to_u64(str_skip(v->text, minus), &n) || n > (uint64_t)INT64_MAX + minus)
		return otherwise;
	return minus ? (int64_t)(0 - n) : (int64_t)n;
}

bool
json_is_true(const struct json_value *v)
{
	return v && v->kind == JSON_TRUE;
}
