/*
 * policy_resource.c - `resources:`, which screen a request is, what it does, and whether that is
 * non-public.
 */
#include "policy/policy_reader.h"

static void
read_class(struct policy_reader *r, const struct yaml *value, void *into)
{
	policy_read_text(r, value, &((struct resource *)into)->class);
}

static void
read_act(struct policy_reader *r, const struct yaml *value, void *into)
{
	struct resource *res = into;

	if (policy_is_text(r, value))
		res->act = policy_read_name(r, value->text, value->at, "act",
					    (struct policy_names){ act_names, ACT_COUNT });
}

static void
read_sensitivity(struct policy_reader *r, const struct yaml *value, void *into)
{
	static const char *const names[] = { "public", "non-public" };
	struct resource *res = into;
	int i;

	if (!policy_is_text(r, value))
		return;
	i = policy_read_name(r, value->text, value->at, "sensitivity",
			     (struct policy_names){ names, COUNT(names) });
	if (i >= 0)
		res->sensitivity = i == 0 ? SENSITIVITY_PUBLIC : SENSITIVITY_NON_PUBLIC;
}

static bool
gives_field(const struct resource *res, int field)
{
	for (size_t i = 0; i < res->match_count; i++) {
		const struct match *m = &res->match[i];

		for (size_t j = 0; m->regex_group && j < m->value_count; j++)
			for (int f = 0; f < FIELD_COUNT; f++)
				if (m->regex_group[j][f] && (field < 0 || f == field))
					return true;
	}
	return false;
}

/* A resource that can never do anything is a mistake: it looks as if something were watched. */
static void
check_sense(struct policy_reader *r, const struct yaml *item, const struct resource *res)
{
	bool act = yaml_get(item, "act") != NULL, class = yaml_get(item, "class") != NULL;
	bool match = yaml_get(item, "match") != NULL;

	if (!match && act)
		error_at(r->err, item->at, "'act' without 'match' applies to no line; add 'match'");
	else if (!match && class && !yaml_get(item, "sensitivity"))
		error_at(r->err, item->at,
			 "this says nothing of its class; add 'match' or 'sensitivity'");
	else if (!act && !class && !gives_field(res, -1))
		error_at(r->err, item->at,
			 "this gives nothing; add 'class', 'act' or a named group to a regex");
	else if (!class && yaml_get(item, "sensitivity"))
		error_at(r->err, item->at, "'sensitivity' is said of a class; add 'class'");
	else if (class && gives_field(res, FIELD_CLASS))
		error_at(r->err, item->at,
			 "'class' and the group '(?<class>' both give the class; keep one");
}

/* Resources share classes; what one says of a class holds for all. */
static void
check_sensitivity(struct policy_reader *r, const struct yaml *item, const struct resource *res)
{
	const struct policy *p = r->policy;

	if (res->sensitivity == SENSITIVITY_UNSAID || !res->class.n)
		return;
	for (const struct resource *other = p->resource; other < res; other++) {
		if (other->sensitivity == SENSITIVITY_UNSAID ||
		    other->sensitivity == res->sensitivity || !str_eq(other->class, res->class))
			continue;
		error_at(r->err, yaml_get(item, "sensitivity")->at,
			 "class '" STR_FMT "' cannot be both public and non-public; see line %u",
			 STR_ARG(res->class), other->at.line);
		return;
	}
}

void
policy_read_resources(struct policy_reader *r, const struct yaml *value, void *policy)
{
	static const struct policy_key keys[] = {
		{ "class", false, read_class },
		{ "match", false, policy_read_match },
		{ "act", false, read_act },
		{ "sensitivity", false, read_sensitivity },
	};
	struct policy *p = policy;

	if (!policy_is_list(r, value, POLICY_MOST_RESOURCES))
		return;
	p->resource = arena_alloc(&p->arena, value->count * sizeof(*p->resource));
	for (const struct yaml *item = value->child; item; item = item->next) {
		struct resource *res = &p->resource[p->resource_count++];
		size_t before = r->err->list.n;

		*res = (struct resource){ .act = -1, .at = policy_place(r, item->at) };
		policy_read_map(r, item, "a resource", keys, COUNT(keys), res);
		if (r->err->list.n == before)
			check_sense(r, item, res);
		check_sensitivity(r, item, res);
	}
}
