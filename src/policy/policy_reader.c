/*
 * policy_reader.c - the closed key tables of a policy, and the words in which its mistakes are
 * told.
 */
#include "policy/policy_reader.h"

struct str
policy_keep(struct policy_reader *r, struct str s)
{
	return arena_str(&r->policy->arena, s);
}

struct str
policy_resolve(struct policy_reader *r, const struct yaml *text)
{
	struct str folder = text->at.file;

	while (folder.n && folder.p[folder.n - 1] != '/')
		folder.n--;
	if (str_starts(text->text, STR("/")))
		folder.n = 0;
	return arena_printf(&r->policy->arena, STR_FMT STR_FMT, STR_ARG(folder),
			    STR_ARG(text->text));
}

struct str
policy_where(struct policy_reader *r, struct place here, struct place other)
{
	if (str_eq(here.file, other.file))
		return arena_printf(&r->err->arena, "line %u", other.line);
	return arena_printf(&r->err->arena, STR_FMT ":%u", STR_ARG(other.file), other.line);
}

/* How a message names a value: by its key, or as an item of a list. */
static struct str
title(struct policy_reader *r, const struct yaml *node)
{
	if (!node->key)
		return STR("an item of this list");
	return arena_printf(&r->err->arena, "'" STR_FMT "'", STR_ARG(node->key->text));
}

static int
nearest(struct str text, struct policy_names names)
{
	unsigned best = text.n < 6 ? 2 : 3;
	int found = -1;

	for (size_t i = 0; i < names.n; i++) {
		unsigned d = str_distance(text, str_of(names.at[i]));

		if (d < best) {
			best = d;
			found = (int)i;
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

int
policy_unknown(struct policy_reader *r, struct place at, const char *what, struct str text,
	       struct policy_names names)
{
	int near = nearest(text, names);
	struct str all;

	if (near >= 0) {
		error_at(r->err, at, "unknown %s '" STR_FMT "'; did you mean '%s'?", what,
			 STR_ARG(text), names.at[near]);
		return near;
	}
	all = join(&r->err->arena, names);
	return error_at(r->err, at, "unknown %s '" STR_FMT "'; there are " STR_FMT, what,
			STR_ARG(text), STR_ARG(all));
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

void *
policy_grow(struct policy_reader *r, const struct yaml *list, const void *array, size_t count,
	    size_t most, size_t size)
{
	char *grown;

	if (!policy_is_list(r, list, most))
		return NULL;
	if (count + list->count > most) {
		error_at(r->err, list->at,
			 "'" STR_FMT "' has %zu items in all files; the most is %zu",
			 STR_ARG(list->key->text), count + list->count, most);
		return NULL;
	}
	grown = arena_alloc(&r->policy->arena, (count + list->count) * size);
	if (count)
		memcpy(grown, array, count * size);
	return grown;
}

static int
find_key(const struct policy_map *table, struct str name)
{
	for (size_t i = 0; i < table->count; i++)
		if (str_is(name, table->key[i].name))
			return (int)i;
	return -1;
}

uint32_t
policy_key_bits(const struct policy_map *table, struct policy_names names)
{
	uint32_t bits = 0;

	for (size_t i = 0; i < names.n; i++) {
		int key = find_key(table, str_of(names.at[i]));

		if (key < 0)
			BUG("%s has no key '%s'", table->what, names.at[i]);
		bits |= 1U << key;
	}
	return bits;
}

static struct policy_names
names_of(const struct policy_map *table, const char *names[POLICY_MOST_KEYS])
{
	if (table->count > POLICY_MOST_KEYS)
		BUG("%zu keys for %s", table->count, table->what);
	for (size_t i = 0; i < table->count; i++)
		names[i] = table->key[i].name;
	return (struct policy_names){ names, table->count };
}

/* Who mistyped a key is told that, and not that it is missing. */
bool
policy_has_key(const struct yaml *map, const struct policy_map *table, size_t key)
{
	const char *room[POLICY_MOST_KEYS];
	struct policy_names names = names_of(table, room);

	if (yaml_get(map, names.at[key]))
		return true;
	for (const struct yaml *value = map->child; value; value = value->next)
		if (find_key(table, value->key->text) < 0 &&
		    nearest(value->key->text, names) == (int)key)
			return true;
	return false;
}

/* Nobody knows what a key means that is like no other, so all may be wrong. */
static uint32_t
unknown_key(struct policy_reader *r, const struct yaml *key, const struct policy_map *table)
{
	const char *room[POLICY_MOST_KEYS];
	int near = policy_unknown(r, key->at, "key", key->text, names_of(table, room));

	return near < 0 ? UINT32_MAX : 1U << near;
}

uint32_t
policy_read_keys(struct policy_reader *r, const struct yaml *map, const struct policy_map *table,
		 void *into)
{
	uint32_t wrong = 0;

	for (const struct yaml *value = map->child; value; value = value->next) {
		int key = find_key(table, value->key->text);
		size_t before = policy_mistakes(r);

		/* A key that stands twice was told by yaml_read, and a merge key too. */
		if (key < 0 && !str_is(value->key->text, "<<"))
			wrong |= unknown_key(r, value->key, table);
		if (key < 0 || value->again)
			continue;
		table->key[key].read(r, value, into);
		if (policy_mistakes(r) > before)
			wrong |= 1U << key;
	}
	return wrong;
}

uint32_t
policy_read_map(struct policy_reader *r, const struct yaml *map, const char *what,
		const struct policy_key *keys, size_t count, void *into)
{
	struct policy_map table = { what, keys, count };
	uint32_t wrong = 0;

	if (!policy_is_map(r, map, what))
		return UINT32_MAX;
	for (size_t i = 0; i < count; i++) {
		if (!keys[i].required || policy_has_key(map, &table, i))
			continue;
		error_at(r->err, map->at, "%s needs '%s', and this one has none", what,
			 keys[i].name);
		wrong |= 1U << i;
	}
	return wrong | policy_read_keys(r, map, &table, into);
}
