/*
 * policy_reader.c - the closed key tables of a policy, and the words in which its mistakes are
 * told.
 */
#include "policy/policy_reader.h"

enum { MOST_KEYS = 24 };

struct str
policy_keep(struct policy_reader *r, struct str s)
{
	return arena_str(&r->policy->arena, s);
}

struct place
policy_place(struct policy_reader *r, struct place at)
{
	return (struct place){ r->policy->path, at.line, at.column };
}

struct str
policy_resolve(struct policy_reader *r, struct str path)
{
	struct str folder = r->policy->path;

	while (folder.n && folder.p[folder.n - 1] != '/')
		folder.n--;
	if (str_starts(path, STR("/")))
		folder.n = 0;
	return arena_printf(&r->policy->arena, STR_FMT STR_FMT, STR_ARG(folder), STR_ARG(path));
}

/* How a message names a value: by its key, or as an item of a list. */
static struct str
title(struct policy_reader *r, const struct yaml *node)
{
	if (!node->key)
		return STR("an item of this list");
	return arena_printf(&r->err->arena, "'" STR_FMT "'", STR_ARG(node->key->text));
}

static const char *
nearest(struct str text, struct policy_names names)
{
	unsigned best = text.n < 6 ? 2 : 3;
	const char *found = NULL;

	for (size_t i = 0; i < names.n; i++) {
		unsigned d = str_distance(text, str_of(names.at[i]));

		if (d < best) {
			best = d;
			found = names.at[i];
		}
	}
	return found;
}

/* 'a', 'b', 'c' */
static struct str
join(struct arena *a, struct policy_names names)
{
	size_t room = 1, n = 0;
	char *p;

	for (size_t i = 0; i < names.n; i++)
		room += strlen(names.at[i]) + 4;
	p = arena_alloc(a, room);
	for (size_t i = 0; i < names.n; i++)
		n += (size_t)snprintf(p + n, room - n, "%s'%s'", i == 0 ? "" : ", ", names.at[i]);
	return (struct str){ p, n };
}

void
policy_unknown(struct policy_reader *r, struct place at, const char *what, struct str text,
	       struct policy_names names)
{
	const char *near = nearest(text, names);
	struct str all;

	if (near) {
		error_at(r->err, at, "unknown %s '" STR_FMT "'; did you mean '%s'?", what,
			 STR_ARG(text), near);
		return;
	}
	all = join(&r->err->arena, names);
	error_at(r->err, at, "unknown %s '" STR_FMT "'; there are " STR_FMT, what, STR_ARG(text),
		 STR_ARG(all));
}

int
policy_read_name(struct policy_reader *r, struct str text, struct place at, const char *what,
		 struct policy_names names)
{
	for (size_t i = 0; i < names.n; i++)
		if (str_is(text, names.at[i]))
			return (int)i;
	policy_unknown(r, at, what, text, names);
	return -1;
}

bool
policy_is_text(struct policy_reader *r, const struct yaml *node)
{
	struct str name;

	if (node->kind == YAML_TEXT && !yaml_nothing(node) && node->text.n)
		return true;
	name = title(r, node);
	if (node->kind == YAML_TEXT)
		error_at(r->err, node->at, STR_FMT " is empty; give its text, or take it out",
			 STR_ARG(name));
	else
		error_at(r->err, node->at, STR_FMT " must be text; here is %s", STR_ARG(name),
			 yaml_kind_name(node->kind));
	return false;
}

bool
policy_read_text(struct policy_reader *r, const struct yaml *node, struct str *out)
{
	if (!policy_is_text(r, node))
		return false;
	*out = policy_keep(r, node->text);
	return true;
}

bool
policy_is_list(struct policy_reader *r, const struct yaml *node, size_t most)
{
	struct str name;

	if (node->kind == YAML_LIST && node->count && node->count <= most)
		return true;
	name = title(r, node);
	if (node->kind != YAML_LIST)
		error_at(r->err, node->at, STR_FMT " must be a list, such as [a, b]; here is %s",
			 STR_ARG(name),
			 yaml_nothing(node) ? "nothing" : yaml_kind_name(node->kind));
	else if (node->count == 0)
		error_at(r->err, node->at, STR_FMT " is an empty list; give at least one item",
			 STR_ARG(name));
	else
		error_at(r->err, node->at, STR_FMT " has %zu items; the most is %zu", STR_ARG(name),
			 node->count, most);
	return false;
}

bool
policy_is_map(struct policy_reader *r, const struct yaml *node, const char *what)
{
	if (node->kind == YAML_MAP)
		return true;
	error_at(r->err, node->at, "%s must be a map, such as {key: value}; here is %s", what,
		 yaml_nothing(node) ? "nothing" : yaml_kind_name(node->kind));
	return false;
}

static const struct policy_key *
find_key(const struct policy_key *keys, size_t count, const struct yaml *key)
{
	for (size_t i = 0; i < count; i++)
		if (str_is(key->text, keys[i].name))
			return &keys[i];
	return NULL;
}

void
policy_read_later(struct policy_reader *r, const struct yaml *value, void *into)
{
	(void)into;
	error_at(r->err, value->key->at, "'" STR_FMT "' is not supported yet; take it out",
		 STR_ARG(value->key->text));
}

void
policy_read_map(struct policy_reader *r, const struct yaml *map, const char *what,
		const struct policy_key *keys, size_t count, void *into)
{
	const char *names[MOST_KEYS];

	if (!policy_is_map(r, map, what))
		return;
	if (count > MOST_KEYS)
		BUG("%zu keys for %s", count, what);
	for (size_t i = 0; i < count; i++) {
		names[i] = keys[i].name;
		if (keys[i].required && !yaml_get(map, keys[i].name))
			error_at(r->err, map->at, "%s needs '%s', and this one has none", what,
				 keys[i].name);
	}
	for (const struct yaml *value = map->child; value; value = value->next) {
		const struct policy_key *key = find_key(keys, count, value->key);

		/* A key that stands twice was told by yaml_read, and a merge key too. */
		if (key && !value->again)
			key->read(r, value, into);
		else if (!key && !str_is(value->key->text, "<<"))
			policy_unknown(r, value->key->at, "key", value->key->text,
				       (struct policy_names){ names, count });
	}
}
