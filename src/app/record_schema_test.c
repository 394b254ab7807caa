/*
 * record_schema_test.c - man/schema/finding, run, proof, sighting and lookup describe the lines that are written: those of
 * golden cases hold to them, and lines that were changed do not.  Run from the root of the tree, as make does.
 *
 * The checker knows what those schemas use: type, enum, required, properties, additionalProperties, items, $ref.
 */
#include "base/test_wall.h"

#include "base/json_tree.h"
#include "base/out.h"

enum { FILE_MOST = 1 << 20 };

struct schema {
	const struct json_value *root;
	struct str where; /* of the last refusal */
	const char *why;
};

static struct str
file_text(struct arena *a, const char *path)
{
	char *p = arena_alloc(a, FILE_MOST);
	FILE *f = fopen(path, "rb");
	size_t n = f ? fread(p, 1, FILE_MOST, f) : 0;

	if (!f)
		fail_msg("%s is not there", path);
	else
		fclose(f);
	return (struct str){ .p = p, .n = n };
}

static const struct json_value *
read_json(struct arena *a, struct str text)
{
	struct json_wrong wrong;
	const struct json_value *v = json_tree(a, text, &wrong);

	if (!v)
		fail_msg("no JSON at byte %zu: expected %s", wrong.byte, wrong.expected);
	return v;
}

static bool
refuse(struct schema *s, const struct json_value *v, const char *why)
{
	s->where = v->name;
	s->why = why;
	return false;
}

static bool
is_of_type(const struct json_value *v, struct str type)
{
	switch (v->kind) {
	case JSON_NULL:
		return str_is(type, "null");
	case JSON_FALSE:
	case JSON_TRUE:
		return str_is(type, "boolean");
	case JSON_NUMBER:
		return str_is(type, "number") ||
		       (str_is(type, "integer") && str_find(v->text, '.') == v->text.n);
	case JSON_TEXT:
		return str_is(type, "string");
	case JSON_LIST:
		return str_is(type, "array");
	case JSON_MAP:
		return str_is(type, "object");
	}
	return false;
}

static bool
type_holds(const struct json_value *type, const struct json_value *v)
{
	if (!type || type->kind == JSON_TEXT)
		return !type || is_of_type(v, type->text);
	JSON_EACH(one, type)
	{
		if (is_of_type(v, one->text))
			return true;
	}
	return false;
}

static bool
enum_holds(const struct json_value *list, const struct json_value *v)
{
	JSON_EACH(one, list)
	{
		if (one->kind == v->kind && str_eq(one->text, v->text))
			return true;
	}
	return list == NULL;
}

/* `#/$defs/NAME` */
static const struct json_value *
followed(const struct schema *s, const struct json_value *rule)
{
	struct str ref = json_text_of(json_member(rule, "$ref"));
	const struct json_value *defs = json_member(s->root, "$defs");

	if (ref.n == 0)
		return rule;
	assert_true(str_starts(ref, STR("#/$defs/")));
	ref = str_skip(ref, 8);
	JSON_EACH(d, defs)
	{
		if (str_eq(d->name, ref))
			return d;
	}
	fail_msg("no %.*s in $defs", STR_ARG(ref));
	return NULL;
}

static const struct json_value *
rule_of_member(const struct json_value *rule, const struct json_value *v)
{
	JSON_EACH(p, json_member(rule, "properties"))
	{
		if (str_eq(p->name, v->name))
			return p;
	}
	return json_member(rule, "additionalProperties");
}

static bool
required_are_there(struct schema *s, const struct json_value *rule, const struct json_value *v)
{
	JSON_EACH(name, json_member(rule, "required"))
	{
		bool there = false;

		JSON_EACH(m, v)
		{
			there |= str_eq(m->name, name->text);
		}
		if (!there)
			return refuse(s, name, "is required, and missing");
	}
	return true;
}

/* As deep as the JSON is: the reader has a limit. */
static bool
holds(struct schema *s, const struct json_value *rule, const struct json_value *v)
{
	rule = followed(s, rule);
	if (!type_holds(json_member(rule, "type"), v))
		return refuse(s, v, "is of another type");
	if (!enum_holds(json_member(rule, "enum"), v))
		return refuse(s, v, "is none of the words there are");
	if (v->kind == JSON_MAP && !required_are_there(s, rule, v))
		return false;
	JSON_EACH(m, v)
	{
		const struct json_value *inner =
			v->kind == JSON_MAP ? rule_of_member(rule, m) : json_member(rule, "items");

		if (inner && inner->kind == JSON_FALSE)
			return refuse(s, m, "is not described");
		if (inner && !holds(s, inner, m))
			return false;
	}
	return true;
}

static const char *const schemas[] = { "man/schema/finding.schema.json",
				       "man/schema/run.schema.json", "man/schema/proof.schema.json",
				       "man/schema/sighting.schema.json",
				       "man/schema/lookup.schema.json" };
static const char *const names[] = { "sekisho/finding/1", "sekisho/run/1", "sekisho/proof/1",
				     "sekisho/sighting/1", "sekisho/lookup/1" };
/* Where a good line of each stands. */
static const char *const lines_of[] = { "testdata/golden/record-lines/want.out",
					"testdata/golden/record-lines/want.out",
					"testdata/golden/proof/want.out",
					"testdata/golden/lookup/want.out",
					"testdata/golden/lookup/want.out" };

static void
schema_open(struct schema *s, struct arena *a, size_t which)
{
	*s = (struct schema){ .root = read_json(a, file_text(a, schemas[which])) };
	want_str(schemas[which], "$id", str_of(names[which]),
		 json_text_of(json_member(s->root, "$id")));
}

/* The lines of findings and runs among what a golden case wants. */
static void
check_case(struct arena *a, const char *golden, size_t count[COUNT(names)])
{
	struct str rest = file_text(a, arena_printf(a, "testdata/golden/%s/want.out", golden).p);

	while (rest.n) {
		struct str line = str_split(&rest, '\n');

		for (size_t i = 0; i < COUNT(schemas); i++) {
			struct schema s;

			if (!str_starts(line, arena_printf(a, "{\"schema\":\"%s\"", names[i])))
				continue;
			schema_open(&s, a, i);
			if (!holds(&s, s.root, read_json(a, line)))
				fail_msg("%s: '%.*s' %s", golden, STR_ARG(s.where), s.why);
			count[i]++;
		}
	}
}

static void
golden_lines_hold(void **state UNUSED)
{
	static const char *const golden[] = { "record-lines",      "lent-record", "explain-days",
					      "state-missed",      "proof",       "lookup",
					      "lookup-near-misses" };
	struct arena a = { 0 };
	size_t count[COUNT(names)] = { 0 };

	for (size_t i = 0; i < COUNT(golden); i++)
		check_case(&a, golden[i], count);
	want_bool("findings", "checked", true, count[0] >= 3);
	want_bool("runs", "checked", true, count[1] >= 1);
	want_bool("proofs", "checked", true, count[2] >= 1);
	want_bool("sightings", "checked", true, count[3] >= 8);
	want_bool("lookups", "checked", true, count[4] >= 1);
	arena_free(&a);
}

/* One place of a good line, and what it is changed to. */
static const struct {
	const char *name, *from, *to;
	size_t schema;
} changes[] = {
	{ "a member that is missing", "\"rule_version\":\"1.0\",", "", 0 },
	{ "a member that nobody knows", "\"points\":", "\"pints\":1,\"points\":", 0 },
	{ "a number as a text", "\"points\":90", "\"points\":\"90\"", 0 },
	{ "a text as a number", "\"fp_case\":\"", "\"fp_case\":1,\"parent2\":\"", 0 },
	{ "a severity that is none", "\"severity\":\"critical\"", "\"severity\":\"grave\"", 0 },
	{ "a fraction of a line", "\"counts\":{\"lines\":", "\"counts\":{\"lines\":0.", 0 },
	{ "a member missing inside of a list", "\"net\":\"10.2.0.0/16\",", "", 0 },
	{ "a word for yes and no", "\"complete\":true", "\"complete\":\"yes\"", 1 },
	{ "a language that is none", "\"language\":\"en\"", "\"language\":\"fr\"", 1 },
	{ "a file without its end", ",\"end\":\"whole\"", "", 1 },
	{ "a proof that says something else", "\"says\":\"none_proved\"", "\"says\":\"none\"", 2 },
	{ "a sighting without its system", "\"sys\":\"takuso\",", "", 3 },
	{ "a row of no ledger", "\"account_row\":2", "\"account_row\":\"two\"", 3 },
	{ "a doubt that is none", "\"undetermined\":[", "\"undetermined\":[\"weather\"", 3 },
	{ "a sum as a text", "\"views\":", "\"views\":\"7\",\"view\":", 4 },
	{ "a rule that is on and says so", "\"enabled\":false", "\"enabled\":true", 1 },
};

static struct str
replaced(struct arena *a, struct str line, struct str from, const char *to)
{
	struct out o;
	struct str all = { 0 };

	out_memory(&o);
	for (size_t i = 0; i + from.n <= line.n && all.n == 0; i++) {
		if (!str_starts(str_skip(line, i), from))
			continue;
		out_bytes(&o, str_head(line, i));
		out_text(&o, to);
		out_bytes(&o, str_skip(line, i + from.n));
		all = arena_str(a, out_taken(&o));
	}
	out_discard(&o);
	return all;
}

static void
changed_lines_do_not(void **state UNUSED)
{
	struct arena a = { 0 };
	for (size_t i = 0; i < COUNT(changes); i++) {
		struct str rest = file_text(&a, lines_of[changes[i].schema]), line = { 0 },
			   other = { 0 };
		struct schema s;

		while (rest.n && !str_contains(line, str_of(names[changes[i].schema])))
			line = str_split(&rest, '\n');
		other = replaced(&a, line, str_of(changes[i].from), changes[i].to);
		want_bool(changes[i].name, "the place there", true, other.n > 0);
		schema_open(&s, &a, changes[i].schema);
		want_bool(changes[i].name, "good as it was", true,
			  holds(&s, s.root, read_json(&a, line)));
		want_bool(changes[i].name, "good when changed", false,
			  holds(&s, s.root, read_json(&a, other)));
	}
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(golden_lines_hold),
		cmocka_unit_test(changed_lines_do_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
