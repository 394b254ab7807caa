/*
 * schema_test.c - man/schema says what the loader reads: keys, which are required, and words, in both directions.
 *
 * JSON is YAML, so our own reader reads it.  Run from the root of the tree, as make does.
 */
#include "base/test_wall.h"

#include "app/tables.h"
#include "model/finding.h"
#include "policy/disposition_keys.h"
#include "policy/policy_reader.h"
#include "policy/rule_tests.h"

enum { PATTERN_MOST = 1000, SCHEMA_MOST = 1 << 18 };

static const char *const ledger_names[] = {
#define LEDGER(name) #name,
#include "context/ledgers.def"
#undef LEDGER
};

struct schema {
	char *bytes;
	struct arena arena;
	const struct yaml *root;
};

static void
schema_read(struct schema *s, const char *path)
{
	struct errors err = { 0 };
	FILE *f = fopen(path, "rb");
	struct str text;

	if (!f)
		fail_msg("%s is not there; run this from the root of the tree", path);
	*s = (struct schema){ .bytes = malloc(SCHEMA_MOST) };
	text = (struct str){ s->bytes, fread(s->bytes, 1, SCHEMA_MOST, f) };
	assert_true(text.n < SCHEMA_MOST);
	assert_int_equal(fclose(f), 0);
	s->root = yaml_read(text, str_of(path), &s->arena, &err);
	if (err.list.n)
		fail_msg("%s", err.list.at[0].p);
}

static void
schema_free(struct schema *s)
{
	arena_free(&s->arena);
	free(s->bytes);
}

/* `a/b/c` from the root; a $ref within the schema is not followed. */
static const struct yaml *
find(const struct schema *s, const char *path)
{
	struct str rest = str_of(path);
	const struct yaml *node = s->root;

	while (rest.n && node) {
		struct str name = str_split(&rest, '/');
		struct arena scratch = { 0 };

		assert_int_equal(node->kind, YAML_MAP);
		node = yaml_get(node, arena_str(&scratch, name).p);
		arena_free(&scratch);
		if (!node)
			fail_msg("the schema has no '%s'", path);
	}
	return node;
}

static bool
holds(const char *const *names, size_t count, struct str name)
{
	for (size_t i = 0; i < count; i++) {
		if (str_is(name, names[i]))
			return true;
	}
	return false;
}

/* The keys of a map, or the items of a list, are these and no others. */
static void
same_names(const char *path, const struct yaml *node, const char *const *names, size_t count)
{
	for (const struct yaml *child = node->child; child; child = child->next) {
		struct str name = node->kind == YAML_MAP ? child->key->text : child->text;

		if (!holds(names, count, name))
			fail_msg("'%.*s' of %s is in the schema, and not in the loader",
				 STR_ARG(name), path);
	}
	for (size_t i = 0; i < count; i++) {
		bool found = false;

		for (const struct yaml *child = node->child; child && !found; child = child->next)
			found = str_is(node->kind == YAML_MAP ? child->key->text : child->text,
				       names[i]);
		if (!found)
			fail_msg("'%s' of %s is in the loader, and not in the schema", names[i],
				 path);
	}
	assert_int_equal(node->count, count);
}

static void
same_keys(const struct schema *s, const char *path, const struct policy_map *map)
{
	const struct yaml *object = find(s, path);
	const struct yaml *required = yaml_get(object, "required");
	const char *name[POLICY_MOST_KEYS], *needed[POLICY_MOST_KEYS];
	size_t n = 0;

	for (size_t k = 0; k < map->count; k++) {
		name[k] = map->key[k].name;
		if (map->key[k].required)
			needed[n++] = name[k];
	}
	same_names(map->what, yaml_get(object, "properties"), name, map->count);
	assert_int_equal(required != NULL, n > 0);
	if (required)
		same_names(map->what, required, needed, n);
	if (!str_is(yaml_get(object, "additionalProperties")->text, "false"))
		fail_msg("%s takes any key in the schema", map->what);
}

static void
keys_are_those_of_the_loader(void **state)
{
	static const struct {
		const char *path;
		const struct policy_map *map;
	} cases[] = {
		{ "", &policy_top_map },
		{ "$defs/system", &policy_system_map },
		{ "$defs/name", &policy_name_map },
		{ "$defs/permitted", &policy_permit_map },
		{ "$defs/expect", &policy_expect_map },
		{ "$defs/span", &policy_sharing_map },
		{ "$defs/sample", &policy_sample_map },
		{ "$defs/resource", &policy_resource_map },
	};
	struct schema s;

	(void)state;
	schema_read(&s, "man/schema/sekisho.schema.json");
	for (size_t i = 0; i < COUNT(cases); i++)
		same_keys(&s, cases[i].path, cases[i].map);
	schema_free(&s);
}

static void
words_are_those_of_the_loader(void **state)
{
	static const struct policy_names acts = { act_names, ACT_COUNT };
	static const struct policy_names fields = { field_names, FIELD_COUNT };
	static const struct policy_names raws = { raw_names, RAW_COUNT };
	static const struct policy_names databases = { geoip_names, GEOIP_COUNT };
	static const struct policy_names ledgers = { ledger_names, COUNT(ledger_names) };
	static const struct {
		const char *path;
		const struct policy_names *names;
	} cases[] = {
		{ "properties/language/enum", &policy_language_words },
		{ "properties/nightly/enum", &policy_nightly_words },
		{ "properties/ledgers/properties", &ledgers },
		{ "properties/geoip/properties", &databases },
		{ "$defs/system/properties/extract/properties", &fields },
		{ "$defs/system/properties/fields/properties", &raws },
		{ "$defs/system/properties/acts/additionalProperties/enum", &acts },
		{ "$defs/system/properties/outcomes/additionalProperties/enum",
		  &policy_outcome_words },
		{ "$defs/system/properties/normalise/items/enum", &policy_normalise_words },
		{ "$defs/system/properties/nonpersonal/enum", &policy_nonpersonal_words },
		{ "$defs/sharing/enum", &policy_sharing_words },
		{ "$defs/resource/properties/act/enum", &acts },
		{ "$defs/resource/properties/sensitivity/enum", &policy_sensitivity_words },
	};
	struct schema s;

	(void)state;
	schema_read(&s, "man/schema/sekisho.schema.json");
	for (size_t i = 0; i < COUNT(cases); i++)
		same_names(cases[i].path, find(&s, cases[i].path), cases[i].names->at,
			   cases[i].names->n);
	schema_free(&s);
}

/* Samples ask for what a format finds and what the policy makes of it; account is the name of both. */
static void
samples_may_ask_for_every_field(void **state)
{
	const char *names[FIELD_COUNT + RAW_COUNT];
	struct schema s;
	size_t n = 0;

	(void)state;
	for (int i = 0; i < FIELD_COUNT; i++)
		names[n++] = field_names[i];
	for (int i = 0; i < RAW_COUNT; i++) {
		if (i != RAW_ACCOUNT)
			names[n++] = raw_names[i];
	}
	schema_read(&s, "man/schema/sekisho.schema.json");
	same_names("a sample's expect", find(&s, "$defs/sample/properties/expect/properties"),
		   names, n);
	schema_free(&s);
}

/* a|b|c */
static size_t
alternatives(char *out, size_t n, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		n += (size_t)snprintf(out + n, PATTERN_MOST - n, "%s%s", i ? "|" : "", names[i]);
	return n;
}

static void
patterns_name_what_the_loader_knows(void **state)
{
	char want[PATTERN_MOST];
	struct schema s;
	size_t n, count;
	const char *const *formats = format_name_list(&count);

	(void)state;
	schema_read(&s, "man/schema/sekisho.schema.json");
	n = (size_t)snprintf(want, sizeof(want), "^(");
	n = alternatives(want, n, formats, count);
	snprintf(want + n, sizeof(want) - n, ")(:|$)");
	want_str("the schema", "format", str_of(want),
		 find(&s, "$defs/system/properties/format/pattern")->text);

	n = (size_t)snprintf(want, sizeof(want), "^(");
	n = alternatives(want, n, policy_match_fields, MATCH_AGENT + 1);
	n += (size_t)snprintf(want + n, sizeof(want) - n, ")(\\|(");
	n = alternatives(want, n, policy_match_kinds + 1, MATCH_RE);
	snprintf(want + n, sizeof(want) - n, "))?$");
	want_str("the schema", "match", str_of(want),
		 yaml_get(find(&s, "$defs/resource/properties/match")->child->next->child->next,
			  "propertyNames")
			 ->child->text);
	schema_free(&s);
}

static void
keys_of_rule_tests_are_those_of_their_reader(void **state)
{
	const char *parts[FIGURE_COUNT + 1] = { [FIGURE_COUNT] = "rule" };
	struct schema s;

	(void)state;
	for (int i = 0; i < FIGURE_COUNT; i++)
		parts[i] = figure_names[i];
	schema_read(&s, "man/schema/tests.schema.json");
	same_keys(&s, "", &rule_tests_map);
	same_keys(&s, "$defs/world", &test_world_map);
	same_keys(&s, "$defs/test", &rule_test_map);
	same_keys(&s, "$defs/repeat", &test_repeat_map);
	same_names("a finding", find(&s, "$defs/finding/properties"), parts, COUNT(parts));
	same_names("severity", find(&s, "$defs/finding/properties/severity/enum"), severity_names,
		   SEVERITY_CRITICAL + 1);
	same_names("a ledger", find(&s, "$defs/ledger/enum"), ledger_names, COUNT(ledger_names));
	schema_free(&s);
}

static void
keys_of_dispositions_are_those_of_their_reader(void **state)
{
	struct schema s;

	(void)state;
	schema_read(&s, "man/schema/dispositions.schema.json");
	same_keys(&s, "$defs/disposition", &disposition_map);
	same_keys(&s, "$defs/scope", &disposition_scope_map);
	same_keys(&s, "$defs/person", &disposition_person_map);
	same_names("decision", find(&s, "$defs/disposition/properties/decision/enum"),
		   disposition_decision_words.at, disposition_decision_words.n);
	schema_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_are_those_of_the_loader),
		cmocka_unit_test(words_are_those_of_the_loader),
		cmocka_unit_test(samples_may_ask_for_every_field),
		cmocka_unit_test(patterns_name_what_the_loader_knows),
		cmocka_unit_test(keys_of_rule_tests_are_those_of_their_reader),
		cmocka_unit_test(keys_of_dispositions_are_those_of_their_reader),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
