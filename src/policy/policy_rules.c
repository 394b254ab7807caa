/*
 * policy_rules.c - `rules:`, the files whose rules judge, each a name or a pattern; `shipped` is the program's own.
 * Their order is the list's, and of a pattern that of the names: a later rule of the same id stands for the earlier.
 */
#include "policy/policy_reader.h"
#include "policy/rule_tests.h"
#include "policy/rules_load.h"

#include <glob.h>

static int
compare_files(const void *a, const void *b)
{
	const struct policy_file *x = a, *y = b;

	return str_cmp(x->path, y->path);
}

/* A folder's name is no pattern, whatever stands in it. */
static struct str
pattern_of(struct policy_reader *r, const struct yaml *item)
{
	struct str path = policy_resolve(r, item);
	size_t folder = path.n - item->text.n, n = 0;
	char *out = arena_alloc(&r->err->arena, 2 * path.n + 1);

	for (size_t i = 0; i < path.n; i++) {
		if (i < folder && str_find(STR("*?[\\"), path.p[i]) < 4)
			out[n++] = '\\';
		out[n++] = path.p[i];
	}
	return (struct str){ out, n };
}

/* Several patterns may match a file; it is read once, where it was named first. */
static bool
is_known(const struct policy *p, struct str path)
{
	for (size_t i = 0; i < p->rules_count; i++)
		if (str_eq(p->rules[i].path, path) || policy_same_file(p->rules[i].path, path))
			return true;
	return false;
}

static void
add_file(struct policy_reader *r, struct str path, const struct yaml *item)
{
	struct policy *p = r->policy;

	if (!is_known(p, path) && p->rules_count < POLICY_MOST_RULES)
		p->rules[p->rules_count++] = (struct policy_file){ policy_keep(r, path), item->at };
}

static void
add_pattern(struct policy_reader *r, const struct yaml *item)
{
	struct policy *p = r->policy;
	size_t first = p->rules_count;
	glob_t g;

	if (glob(pattern_of(r, item).p, GLOB_NOSORT, NULL, &g) != 0) {
		error_at(r->err, item->at,
			 "'" STR_FMT "' matches no file; name files of rules, from this file's "
			 "folder, or '" RULES_SHIPPED "'",
			 STR_ARG(item->text));
		return;
	}
	for (size_t i = 0; i < g.gl_pathc && p->rules_count < POLICY_MOST_RULES; i++) {
		struct policy_file file = { str_of(g.gl_pathv[i]), item->at };

		/* Tests lie beside the rules they are of, and a pattern of names means the rules. */
		if (str_ends(file.path, STR(RULE_TESTS_END)) &&
		    !str_ends(item->text, STR(RULE_TESTS_END)))
			continue;
		if (policy_is_readable(r, &file))
			add_file(r, file.path, item);
	}
	globfree(&g);
	if (p->rules_count > first)
		qsort(p->rules + first, p->rules_count - first, sizeof(*p->rules), compare_files);
}

void
policy_read_rules(struct policy_reader *r, const struct yaml *value, void *policy)
{
	struct policy *p = policy;

	if (!policy_is_list(r, value, POLICY_MOST_RULES))
		return;
	if (!p->rules)
		p->rules = arena_alloc(&p->arena, POLICY_MOST_RULES * sizeof(*p->rules));
	for (const struct yaml *item = value->child; item; item = item->next) {
		if (!policy_is_text(r, item))
			continue;
		if (str_is(item->text, RULES_SHIPPED))
			add_file(r, item->text, item);
		else
			add_pattern(r, item);
	}
	if (p->rules_count == POLICY_MOST_RULES)
		error_at(r->err, value->at, "%d files of rules or more; no policy needs that",
			 POLICY_MOST_RULES);
}
