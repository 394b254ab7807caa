/*
 * policy_extract.c - `extract:` of a system: where a request's path or query holds object, class
 * and the like.
 */
#include "policy/policy_reader.h"

static const struct policy_names fields = { field_names, FIELD_COUNT };

/* Takes the hole after '{' off the front of *rest. */
static int
read_hole(struct policy_reader *r, struct place at, struct str *rest)
{
	size_t end = str_find(*rest, '}');
	struct str name = str_head(*rest, end);

	if (end == rest->n)
		return error_at(r->err, at, "the hole '{" STR_FMT "' has no '}'", STR_ARG(name));
	*rest = str_skip(*rest, end + 1);
	return policy_read_name(r, name, at, "field in a hole", fields);
}

static void
add_piece(struct template *t, struct str literal, int field)
{
	t->piece[t->count++] = (struct template_piece){ literal, field };
}

static int
check_hole(struct policy_reader *r, struct place at, const struct template *t, int field)
{
	if (t->count && t->piece[t->count - 1].field >= 0)
		return error_at(r->err, at, "two holes touch before '{%s}'; put a '/' between them",
				field_names[field]);
	for (size_t i = 0; i < t->count; i++)
		if (t->piece[i].field == field)
			return error_at(r->err, at, "the hole '{%s}' stands twice in the template",
					field_names[field]);
	return 0;
}

/* -1 after the first mistake: one template is one mistake. */
static int
read_pieces(struct policy_reader *r, struct place at, struct str text, struct template *t)
{
	/* A literal before each of the distinct holes, and one behind. */
	t->piece = arena_alloc(&r->policy->arena, (2 * FIELD_COUNT + 1) * sizeof(*t->piece));
	while (text.n) {
		size_t n = str_find(text, '{');
		struct str literal = str_head(text, n);
		int field;

		if (str_find(literal, '}') < n)
			return error_at(r->err, at, "a '}' without '{' in '" STR_FMT "'",
					STR_ARG(literal));
		if (n)
			add_piece(t, policy_keep(r, literal), -1);
		if (n == text.n)
			break;
		text = str_skip(text, n + 1);
		field = read_hole(r, at, &text);
		if (field < 0 || check_hole(r, at, t, field) < 0)
			return -1;
		add_piece(t, (struct str){ 0 }, field);
	}
	return 0;
}

static int
read_template(struct policy_reader *r, struct place at, struct str text, enum field own,
	      struct template *t)
{
	if (!str_starts(text, STR("/")))
		return error_at(r->err, at, "the template '" STR_FMT "' must begin with '/'",
				STR_ARG(text));
	if (str_find(text, '?') < text.n)
		return error_at(r->err, at, "a path has no '?'; take the query by 'query:NAME'");
	if (read_pieces(r, at, text, t) < 0)
		return -1;
	for (size_t i = 0; i < t->count; i++)
		if (t->piece[i].field == (int)own)
			return 0;
	return error_at(r->err, at,
			"the template '" STR_FMT "' has no hole '{%s}', and stands under '%s'",
			STR_ARG(text), field_names[own], field_names[own]);
}

static int
read_query(struct policy_reader *r, struct place at, struct str name)
{
	if (name.n == 0)
		return error_at(r->err, at, "'query:' names no parameter; write 'query:NAME'");
	for (size_t i = 0; i < name.n; i++)
		if (str_find(STR("&=#? "), name.p[i]) < 5)
			return error_at(r->err, at,
					"no parameter is named '" STR_FMT "'; write 'query:NAME'",
					STR_ARG(name));
	return 0;
}

static int
read_source(struct policy_reader *r, const struct yaml *value, struct extract *x)
{
	struct str name = value->text;

	if (!policy_is_text(r, value))
		return -1;
	if (str_starts(name, STR("path:"))) {
		x->kind = SOURCE_PATH;
		return read_template(r, value->at, str_skip(name, 5), x->field, &x->template);
	}
	if (str_starts(name, STR("query:"))) {
		x->kind = SOURCE_QUERY;
		x->name = policy_keep(r, str_skip(name, 6));
		return read_query(r, value->at, x->name);
	}
	if (str_starts(name, STR("field:"))) {
		x->kind = SOURCE_FIELD;
		x->name = policy_keep(r, str_skip(name, 6));
		return x->name.n ? 0
				 : error_at(r->err, value->at,
					    "'field:' names no field; write 'field:NAME'");
	}
	return error_at(r->err, value->at,
			"'" STR_FMT "' is no source; there are 'path:TEMPLATE', 'query:NAME' and "
			"'field:NAME'",
			STR_ARG(name));
}

/* The number of a source's own field among those the format will be asked for; each is asked for once. */
static int
number_extra(struct policy_reader *r, struct place at, struct policy_system *s, struct extract *x)
{
	for (x->extra = 0; x->extra < s->extra_count; x->extra++)
		if (str_eq(s->extra[x->extra], x->name))
			return 0;
	if (s->extra_count == EXTRA_MOST)
		return error_at(r->err, at, "more than %d different fields are taken by 'field:'",
				EXTRA_MOST);
	s->extra[s->extra_count++] = x->name;
	return 0;
}

void
policy_read_extract(struct policy_reader *r, const struct yaml *value, void *policy_system)
{
	struct policy_system *s = policy_system;

	if (!policy_is_map(r, value, "'extract'"))
		return;
	s->extract = arena_alloc(&r->policy->arena, value->count * sizeof(*s->extract));
	s->extra = arena_alloc(&r->policy->arena, EXTRA_MOST * sizeof(*s->extra));
	for (const struct yaml *item = value->child; item; item = item->next) {
		struct extract *x = &s->extract[s->extract_count];
		int field;

		field = policy_read_name(r, item->key->text, item->key->at, "field", fields);
		if (field < 0)
			continue;
		x->field = (enum field)field;
		if (read_source(r, item, x) == 0 &&
		    (x->kind != SOURCE_FIELD || number_extra(r, item->at, s, x) == 0))
			s->extract_count++;
	}
}
