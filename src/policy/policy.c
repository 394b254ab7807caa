/*
 * policy.c - the policy file as a whole: its keys, its ledgers, and what only shows when all of it
 * is read.
 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/sha256.h"
#include "policy/policy_load.h"
#include "policy/policy_reader.h"

/* One byte over the most is enough to refuse it. */
static int
read_file(const struct policy *p, struct arena *a, struct str *out, struct errors *err)
{
	int fd = open(p->path.p, O_RDONLY | O_CLOEXEC);
	char *at = arena_alloc(a, YAML_MOST_BYTES + 1);
	ssize_t n = -1;

	*out = (struct str){ at, 0 };
	while (fd >= 0 && out->n <= YAML_MOST_BYTES) {
		n = read(fd, at + out->n, YAML_MOST_BYTES + 1 - out->n);
		if (n == 0 || (n < 0 && errno != EINTR))
			break;
		out->n += n > 0 ? (size_t)n : 0;
	}
	if (n < 0)
		error_add(err, "cannot read the policy '" STR_FMT "': %s", STR_ARG(p->path),
			  strerror(errno));
	if (fd >= 0)
		close(fd);
	return n < 0 ? -1 : 0;
}

static void
read_version(struct policy_reader *r, const struct yaml *value, void *into)
{
	(void)into;
	if (policy_is_text(r, value) && !str_is(value->text, "1"))
		error_at(r->err, value->at, "'" STR_FMT "' is no version of this file; write 1",
			 STR_ARG(value->text));
}

static void
read_timezone(struct policy_reader *r, const struct yaml *value, void *into)
{
	(void)into;
	if (policy_is_text(r, value) && !str_is(value->text, "Asia/Tokyo"))
		error_at(r->err, value->at,
			 "'" STR_FMT "' is not supported yet; this version judges in Asia/Tokyo",
			 STR_ARG(value->text));
}

static void
read_language(struct policy_reader *r, const struct yaml *value, void *into)
{
	static const char *const names[] = { "ja", "en" };
	struct policy *p = into;
	int i;

	if (!policy_is_text(r, value))
		return;
	i = policy_read_name(r, value->text, value->at, "language",
			     (struct policy_names){ names, COUNT(names) });
	if (i >= 0)
		p->language = i == 0 ? LANGUAGE_JA : LANGUAGE_EN;
}

static void
add_ledger(struct policy_reader *r, struct str name, const struct yaml *value)
{
	struct policy *p = r->policy;
	struct policy_ledger *ledger = &p->ledger[p->ledger_count];

	for (size_t i = 0; i < p->ledger_count; i++) {
		if (!str_eq(p->ledger[i].name, name))
			continue;
		error_at(r->err, value->key->at,
			 "ledger '" STR_FMT "' stands twice; line %u has it already", STR_ARG(name),
			 p->ledger[i].at.line);
		return;
	}
	if (!policy_is_text(r, value))
		return;
	ledger->name = policy_keep(r, name);
	ledger->path = policy_resolve(r, value->text);
	ledger->at = policy_place(r, value->at);
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
		if (p->system[i].id.n)
			ids[n++] = p->system[i].id.p;
	for (size_t i = 0; n && i < r->mentions.n; i++)
		policy_read_name(r, r->mentions.at[i].id, r->mentions.at[i].at, "system",
				 (struct policy_names){ ids, n });
}

static void
read_policy(struct policy_reader *r, const struct yaml *root)
{
	static const struct policy_key keys[] = {
		{ "sekisho", true, read_version },
		{ "timezone", true, read_timezone },
		{ "language", false, read_language },
		{ "systems", true, policy_read_systems },
		{ "ledgers", false, read_ledgers },
		{ "barrier", false, read_barrier },
		{ "resources", false, policy_read_resources },
		{ "geoip", false, policy_read_later },
		{ "rules", false, policy_read_later },
		{ "dispositions", false, policy_read_later },
	};
	struct policy *p = r->policy;
	const struct yaml *ledgers = root->kind == YAML_MAP ? yaml_get(root, "ledgers") : NULL;

	/* One more for `barrier:` at the top. */
	p->ledger =
		arena_alloc(&p->arena, ((ledgers ? ledgers->count : 0) + 1) * sizeof(*p->ledger));
	policy_read_map(r, root, "a policy", keys, COUNT(keys), p);
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
	s->id = arena_str(&p->arena, system.n ? system : STR("default"));
	s->name_ja = s->name_en = s->id;
	s->format = arena_str(&p->arena, format);
	p->system = s;
	p->system_count = 1;
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
	size_t mistakes = err->list.n + err->dropped;
	struct arena tree = { 0 };
	struct str text;

	*p = (struct policy){ 0 };
	p->path = arena_str(&p->arena, path);
	if (read_file(p, &tree, &text, err) == 0) {
		const struct yaml *root = yaml_read(text, p->path, &tree, err);

		sha256_of(text, p->digest);
		if (root)
			read_policy(&r, root);
		policy_digest_parse(p);
	}
	VEC_FREE(&r.mentions);
	arena_free(&tree);
	if (err->list.n + err->dropped == mistakes)
		return 0;
	policy_free(p);
	return -1;
}
