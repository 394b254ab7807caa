/*
 * policy.c - the policy file as a whole: its keys, its ledgers, and what only shows when all of it
 * is read.
 */
#include "base/sha256.h"
#include "policy/policy_load.h"
#include "policy/policy_reader.h"

/* What may stand once in all files together, is told where it stands again. */
static bool
stands_again(struct policy_reader *r, const struct yaml *value)
{
	struct str name = value->key->text;

	for (size_t i = 0; i < r->trees.n; i++) {
		const struct yaml *root = r->trees.at[i].root, *first;
		struct str where;

		if (!root || root->kind != YAML_MAP)
			continue;
		first = yaml_get(root, name.p);
		if (first == value)
			return false;
		if (!first)
			continue;
		where = policy_where(r, value->at, first->key->at);
		error_at(r->err, value->key->at,
			 "'" STR_FMT "' stands twice; " STR_FMT " has it already", STR_ARG(name),
			 STR_ARG(where));
		return true;
	}
	return false;
}

static void
read_version(struct policy_reader *r, const struct yaml *value, void *into)
{
	(void)into;
	if (!stands_again(r, value) && policy_is_text(r, value) && !str_is(value->text, "1"))
		error_at(r->err, value->at, "'" STR_FMT "' is no version of this file; write 1",
			 STR_ARG(value->text));
}

static void
read_timezone(struct policy_reader *r, const struct yaml *value, void *into)
{
	(void)into;
	if (!stands_again(r, value) && policy_is_text(r, value) &&
	    !str_is(value->text, "Asia/Tokyo"))
		error_at(r->err, value->at,
			 "'" STR_FMT
			 "' is not the zone of the rules, whose days are Japan's; write Asia/Tokyo "
			 "(a system's own 'timezone' says what its log is in)",
			 STR_ARG(value->text));
}

static const char *const languages[] = { "ja", "en" };
const struct policy_names policy_language_words = { languages, COUNT(languages) };

static void
read_language(struct policy_reader *r, const struct yaml *value, void *into)
{
	struct policy *p = into;
	int i = stands_again(r, value)
			? -1
			: policy_read_word(r, value, "language", policy_language_words);

	if (i >= 0)
		p->language = i == 0 ? LANGUAGE_JA : LANGUAGE_EN;
}

const struct policy_names policy_nightly_words = { nightly_names, NIGHTLY_COUNT };

static void
read_nightly(struct policy_reader *r, const struct yaml *value, void *into)
{
	struct policy *p = into;
	int i = stands_again(r, value)
			? -1
			: policy_read_word(r, value, "rhythm of runs", policy_nightly_words);

	if (i >= 0)
		p->nightly = (enum nightly)i;
}

static void
add_ledger(struct policy_reader *r, struct str name, const struct yaml *value)
{
	struct policy *p = r->policy;
	struct policy_ledger *ledger = &p->ledger[p->ledger_count];
	struct str where;

	for (size_t i = 0; i < p->ledger_count; i++) {
		if (!str_eq(p->ledger[i].name, name))
			continue;
		where = policy_where(r, value->at, p->ledger[i].at);
		error_at(r->err, value->key->at,
			 "ledger '" STR_FMT "' stands twice; " STR_FMT " has it already",
			 STR_ARG(name), STR_ARG(where));
		return;
	}
	if (!policy_is_text(r, value))
		return;
	ledger->name = policy_keep(r, name);
	ledger->path = policy_resolve(r, value);
	ledger->at = value->at;
	p->ledger_count++;
}

static void
read_ledgers(struct policy_reader *r, const struct yaml *value, void *into)
{
	(void)into;
	if (!policy_is_map(r, value, "'ledgers'"))
		return;
	for (const struct yaml *item = value->child; item; item = item->next) {
		struct str name = item->key->text;

		if (item->again)
			continue;
		if (str_is(name, "barrier") ||
		    policy_read_name(r, name, item->key->at, "ledger", r->ledgers) >= 0)
			add_ledger(r, name, item);
	}
}

static void
read_barrier(struct policy_reader *r, const struct yaml *value, void *into)
{
	(void)into;
	add_ledger(r, STR("barrier"), value);
}

/* A resource may name a system that stands further down, so this comes last. */
static void
check_mentions(struct policy_reader *r)
{
	const struct policy *p = r->policy;
	const char **ids = arena_alloc(&r->err->arena, (p->system_count + 1) * sizeof(*ids));
	size_t n = 0;

	for (size_t i = 0; i < p->system_count; i++)
		if (p->system[i].id.p[0]) /* else it has none that can be written */
			ids[n++] = p->system[i].id.p;
	for (size_t i = 0; n && i < r->mentions.n; i++)
		policy_read_name(r, r->mentions.at[i].id, r->mentions.at[i].at, "system",
				 (struct policy_names){ ids, n });
}

static const struct policy_key keys[] = {
	{ "sekisho", true, read_version },
	{ "timezone", true, read_timezone },
	{ "language", false, read_language },
	{ "nightly", false, read_nightly },
	{ "include", false, policy_read_include },
	{ "systems", true, policy_read_systems },
	{ "ledgers", false, read_ledgers },
	{ "barrier", false, read_barrier },
	{ "resources", false, policy_read_resources },
	{ "geoip", false, policy_read_geoip },
	{ "defaults", false, policy_read_defaults },
	{ "rules", false, policy_read_rules },
	{ "dispositions", false, policy_read_dispositions },
	{ "suppressions", false, policy_read_dispositions },
	{ "secrets", false, policy_read_secrets },
};
const struct policy_map policy_top_map = { "a policy", keys, COUNT(keys) };

/* What is needed may stand in any of the files. */
static void
check_required(struct policy_reader *r, const struct yaml *root)
{
	for (size_t k = 0; k < COUNT(keys); k++) {
		bool found = !keys[k].required;

		for (size_t i = 0; i < r->trees.n && !found; i++)
			found = policy_has_key(r->trees.at[i].root, &policy_top_map, k);
		if (!found)
			error_at(r->err, root->at, "a policy needs '%s', and this one has none",
				 keys[k].name);
	}
}

/* A place for each ledger that is named in any file, right or wrong. */
static size_t
most_ledgers(const struct policy_reader *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->trees.n; i++) {
		const struct yaml *root = r->trees.at[i].root;
		const struct yaml *ledgers =
			root && root->kind == YAML_MAP ? yaml_get(root, "ledgers") : NULL;

		n += 1 + (ledgers ? ledgers->count : 0); /* `barrier:` is one of them */
	}
	return n;
}

static void
read_policy(struct policy_reader *r)
{
	const struct yaml *own = r->trees.at[0].root;
	struct policy *p = r->policy;

	for (size_t i = 0; i < r->trees.n; i++)
		if (r->trees.at[i].root &&
		    !policy_is_map(r, r->trees.at[i].root, i ? "an included file" : "a policy"))
			r->unread = true;
	if (own && !r->unread)
		check_required(r, own);
	p->ledger = arena_alloc(&p->arena, most_ledgers(r) * sizeof(*p->ledger));
	for (size_t i = 0; i < r->trees.n; i++)
		if (r->trees.at[i].root && r->trees.at[i].root->kind == YAML_MAP)
			policy_read_keys(r, r->trees.at[i].root, &policy_top_map, p);
	/* Who named a system that stands in a file that was not read has made no mistake. */
	if (!r->unread)
		check_mentions(r);
}

void
policy_free(struct policy *p)
{
	for (size_t i = 0; i < p->resource_count; i++)
		for (size_t j = 0; j < p->resource[i].match_count; j++)
			policy_match_free(&p->resource[i].match[j]);
	arena_free(&p->arena);
	*p = (struct policy){ 0 };
}

void
policy_builtin(struct policy *p, struct str format, struct str system)
{
	struct policy_system *s;

	*p = (struct policy){ 0 };
	s = arena_alloc(&p->arena, sizeof(*s));
	policy_system_init(s);
	s->id = arena_str(&p->arena, system.n ? system : STR("default"));
	s->name_ja = s->name_en = s->id;
	s->format = arena_str(&p->arena, format);
	p->system = s;
	p->system_count = 1;
	policy_default_secrets(p);
	sha256_of((struct str){ 0 }, p->digest);
	policy_digest_parse(p);
}

void
policy_set_format(struct policy *p, struct str format, struct str system)
{
	for (size_t i = 0; i < p->system_count; i++) {
		if (system.n && !str_eq(p->system[i].id, system))
			continue;
		p->system[i].format = arena_str(&p->arena, format);
		p->system[i].format_at = (struct place){ .file = STR("--format") };
	}
	policy_digest_parse(p);
}

int
policy_load(struct policy *p, struct str path, const char *const *ledger_names,
	    size_t ledger_name_count, const char *const *format_names, size_t format_name_count,
	    struct errors *err)
{
	struct policy_reader r = { .policy = p,
				   .err = err,
				   .ledgers = { ledger_names, ledger_name_count },
				   .formats = { format_names, format_name_count } };
	size_t before = policy_mistakes(&r);
	struct arena tree = { 0 };

	*p = (struct policy){ 0 };
	p->path = arena_str(&p->arena, path);
	if (policy_read_trees(&r, &tree))
		read_policy(&r);
	if (p->secret_count == 0)
		policy_default_secrets(p);
	policy_digest_parse(p);
	VEC_FREE(&r.mentions);
	VEC_FREE(&r.trees);
	arena_free(&tree);
	return policy_mistakes(&r) == before ? 0 : -1;
}
