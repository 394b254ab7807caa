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
	((struct resource *)into)->act =
		policy_read_word(r, value, "act", (struct policy_names){ act_names, ACT_COUNT });
}

static const char *const sensitivities[] = { "public", "non-public" };
const struct policy_names policy_sensitivity_words = { sensitivities, COUNT(sensitivities) };

static void
read_sensitivity(struct policy_reader *r, const struct yaml *value, void *into)
{
	struct resource *res = into;
	int i = policy_read_word(r, value, "sensitivity", policy_sensitivity_words);

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
	struct str where;

	if (res->sensitivity == SENSITIVITY_UNSAID || !res->class.n)
		return;
	for (const struct resource *other = p->resource; other < res; other++) {
		if (other->sensitivity == SENSITIVITY_UNSAID ||
		    other->sensitivity == res->sensitivity || !str_eq(other->class, res->class))
			continue;
		where = policy_where(r, item->at, other->at);
		error_at(r->err, yaml_get(item, "sensitivity")->at,
			 "class '" STR_FMT "' cannot be both public and non-public; see " STR_FMT,
			 STR_ARG(res->class), STR_ARG(where));
		return;
	}
}

static const struct policy_key keys[] = {
	{ "class", false, read_class },
	{ "match", false, policy_read_match },
	{ "act", false, read_act },
	{ "sensitivity", false, read_sensitivity },
};
const struct policy_map policy_resource_map = { "a resource", keys, COUNT(keys) };

/* One with mistakes is left out: what it would match is not known. */
static void
leave_out(struct policy *p)
{
	struct resource *res = &p->resource[--p->resource_count];

	for (size_t i = 0; i < res->match_count; i++)
		policy_match_free(&res->match[i]);
	p->resources_wrong = true;
}

void
policy_read_resources(struct policy_reader *r, const struct yaml *value, void *policy)
{
	struct policy *p = policy;
	struct resource *room = policy_grow(r, value, p->resource, p->resource_count,
					    POLICY_MOST_RESOURCES, sizeof(*room));

	if (!room)
		return;
	p->resource = room;
	for (const struct yaml *item = value->child; item; item = item->next) {
		struct resource *res = &p->resource[p->resource_count++];
		size_t before = policy_mistakes(r);

		*res = (struct resource){ .act = -1, .at = item->at };
		policy_read_as(r, item, &policy_resource_map, res);
		if (policy_mistakes(r) == before)
			check_sense(r, item, res);
		check_sensitivity(r, item, res);
		if (policy_mistakes(r) > before)
			leave_out(p);
	}
}
