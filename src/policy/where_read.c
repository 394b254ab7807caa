/*
 * where_read.c - `where:` of a rule: its selections, each a map or a list of maps, and then the condition.
 */
#include "policy/where_read.h"

struct build {
	struct policy_reader *r;
	const struct policy *against;
	VEC(struct where_item) item;
	VEC(struct where_range) map;
	VEC(struct where_selection) selection;
	bool bad;
};

static bool
present(const struct where_item *x)
{
	if (x->kind == WHERE_THERE)
		return x->there;
	for (size_t i = 0; x->kind == WHERE_LIKE && i < x->count; i++)
		if (x->value[i].n == 0)
			return false;
	return x->kind != WHERE_NULL;
}

static bool
missing(const struct where_item *x)
{
	return x->kind == WHERE_NULL || (x->kind == WHERE_THERE && !x->there);
}

static bool
alike(const struct where_item *x, const struct where_item *y)
{
	return x->kind == y->kind && x->like == y->like && x->all == y->all &&
	       x->cased == y->cased && x->flags == y->flags;
}

/* What two items of one map say of one field; their words become one item's. */
static void
settle(struct build *b, const struct yaml *value, size_t from)
{
	struct where_item *x = &b->item.at[b->item.n - 1];
	const char *name = where_infos[x->field].name;

	for (size_t i = from; i + 1 < b->item.n; i++) {
		struct where_item *y = &b->item.at[i];

		if (y->field != x->field)
			continue;
		if ((missing(x) && present(y)) || (missing(y) && present(x))) {
			error_at(b->r->err, value->key->at,
				 "'%s' cannot be something and nothing at once", name);
			b->bad = true;
		} else if (x->kind == WHERE_WORDS && y->kind == WHERE_WORDS) {
			y->words &= x->words;
			b->item.n--;
			if (y->words == 0)
				b->bad =
					error_at(b->r->err, value->key->at,
						 "no '%s' can be this and what is said of it above",
						 name) != 0;
			return;
		} else if (alike(x, y)) {
			error_at(b->r->err, value->key->at,
				 "'%s' is asked the same way above; write its values in one list, "
				 "with 'all' when all must hold",
				 name);
			b->bad = true;
		}
	}
}

static void
read_map(struct build *b, const struct yaml *map)
{
	struct where_range range = { .from = b->item.n };

	if (!policy_is_map(b->r, map, "a selection")) {
		b->bad = true;
		return;
	}
	if (map->count == 0)
		b->bad = error_at(b->r->err, map->at,
				  "an empty map holds for every line; name a field") != 0;
	for (const struct yaml *value = map->child; value; value = value->next) {
		struct where_item item = { 0 };

		if (value->again)
			continue;
		if (where_read_item(b->r, value, b->against, &item) != 0) {
			b->bad = true;
			continue;
		}
		*VEC_PUSH(&b->item) = item;
		settle(b, value, range.from);
	}
	range.to = b->item.n;
	*VEC_PUSH(&b->map) = range;
}

static void
read_maps(struct build *b, const struct yaml *value)
{
	if (value->kind != YAML_LIST) {
		read_map(b, value);
		return;
	}
	if (!policy_is_list(b->r, value, YAML_MOST_EVENTS)) {
		b->bad = true;
		return;
	}
	for (const struct yaml *map = value->child; map; map = map->next) {
		if (map->kind == YAML_MAP) {
			read_map(b, map);
			continue;
		}
		error_at(b->r->err, map->at,
			 "a keyword is searched for in the whole line, which is not kept; write "
			 "{field: value}");
		b->bad = true;
	}
}

static bool
good_name(struct str name)
{
	static const char *const taken[] = { "and", "or", "not", "of", "them", "all", "1" };
	struct str ends = STR(" \t\r\n()*");

	for (size_t i = 0; i < COUNT(taken); i++)
		if (str_is(name, taken[i]))
			return false;
	for (size_t i = 0; i < name.n; i++)
		if (str_find(ends, name.p[i]) < ends.n)
			return false;
	return name.n > 0 && name.n <= 64;
}

static void
read_selection(struct build *b, const struct yaml *value)
{
	struct where_range maps = { .from = b->map.n };

	if (!good_name(value->key->text))
		b->bad = error_at(b->r->err, value->key->at,
				  "'" STR_FMT "' cannot name a selection: the condition would read "
				  "it otherwise",
				  STR_ARG(value->key->text)) != 0;
	if (b->selection.n == WHERE_MOST_SELECTIONS) {
		b->bad = error_at(b->r->err, value->key->at, "more than %d selections",
				  WHERE_MOST_SELECTIONS) != 0;
		return;
	}
	read_maps(b, value);
	maps.to = b->map.n;
	*VEC_PUSH(&b->selection) = (struct where_selection){
		.name = policy_keep(b->r, value->key->text),
		.maps = maps,
	};
}

static void *
kept(struct build *b, const void *at, size_t n, size_t size)
{
	void *p = arena_alloc(&b->r->policy->arena, n * size + 1);

	if (n)
		memcpy(p, at, n * size);
	return p;
}

static struct where *
finish(struct build *b, const struct yaml *condition)
{
	struct where *w = arena_alloc(&b->r->policy->arena, sizeof(*w));

	w->item = kept(b, b->item.at, b->item.n, sizeof(*w->item));
	w->map = kept(b, b->map.at, b->map.n, sizeof(*w->map));
	w->selection = kept(b, b->selection.at, b->selection.n, sizeof(*w->selection));
	w->selection_count = b->selection.n;
	for (size_t i = 0; i < b->item.n; i++)
		w->by_line |= where_infos[w->item[i].field].by_line;
	b->bad |= where_read_condition(b->r, condition, w) != 0;
	return w;
}

struct where *
where_read(struct policy_reader *r, const struct yaml *node, const struct policy *against)
{
	struct build b = { .r = r, .against = against };
	const struct yaml *condition;
	struct where *w = NULL;

	if (!policy_is_map(r, node, "'where'"))
		return NULL;
	condition = yaml_get(node, "condition");
	for (const struct yaml *value = node->child; value; value = value->next)
		if (value != condition && !value->again)
			read_selection(&b, value);
	if (!condition)
		error_at(r->err, node->at,
			 "'where' needs 'condition', such as 'condition: sel' for the selection "
			 "'sel'");
	else if (b.selection.n == 0)
		error_at(r->err, node->at,
			 "'where' needs a selection, such as 'sel: {system: takuso}'");
	else
		w = finish(&b, condition);
	VEC_FREE(&b.item);
	VEC_FREE(&b.map);
	VEC_FREE(&b.selection);
	return b.bad ? NULL : w;
}
