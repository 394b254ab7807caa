/*
 * rule_test_world.c - the texts of a rule test's world: a policy and ledgers, with the lines on which they stand.
 */
#include "policy/rule_test_read.h"

/* --- texts with their lines ------------------------------------------------------------------------- */

/* The rest of the bytes, from the beginning of a line. */
static struct str
from_line(struct str bytes, unsigned line)
{
	while (line > 1 && bytes.n) {
		size_t n = str_find(bytes, '\n');

		bytes = str_skip(bytes, min_size(n + 1, bytes.n));
		line--;
	}
	return bytes;
}

static unsigned
blanks(struct str line)
{
	unsigned n = 0;

	while (n < line.n && line.p[n] == ' ')
		n++;
	return n;
}

/* A block (`|`) begins on the line below its sign, and its indentation is that of its first line with a text. */
static void
place_text(const struct tests_reader *x, const struct yaml *node, struct inner_text *t)
{
	struct str rest = from_line(x->bytes, node->at.line), line = str_split(&rest, '\n');

	t->line = node->at.line;
	t->indent = 0;
	if (node->at.column > line.n || line.p[node->at.column - 1] != '|')
		return;
	t->line++;
	for (line = str_split(&rest, '\n'); rest.n && str_trim(line).n == 0;)
		line = str_split(&rest, '\n');
	t->indent = blanks(line);
}

static bool
read_inner(const struct tests_reader *x, const struct yaml *value, struct inner_text *out)
{
	struct policy_reader *r = x->r;

	if (!policy_read_text(r, value, &out->text))
		return false;
	place_text(x, value, out);
	return true;
}

/* --- the world, and what a test lays over it -------------------------------------------------------- */

/* Is a key of the inner policy one that names files?  A world has none. */
static void
check_policy_key(struct policy_reader *r, const struct yaml *key, const struct inner_text *t)
{
	static const char *const files[] = { "include", "ledgers",      "barrier",     "geoip",
					     "rules",   "dispositions", "suppressions" };
	struct place at = { r->policy->path, t->line + key->at.line - 1,
			    t->indent + key->at.column };

	for (size_t i = 0; i < COUNT(files); i++)
		if (str_is(key->text, files[i]))
			error_at(r->err, at,
				 "'%s' names files, and a world has none; ledgers stand as texts "
				 "beside 'policy', and the rules are those of the file beside this "
				 "one",
				 files[i]);
}

/* What is wrong with it otherwise is told where it is read as a policy. */
void
test_policy_read(struct policy_reader *r, const struct yaml *value, void *filling)
{
	struct test_filling *f = filling;
	struct rule_test *t = f->test;
	struct errors elsewhere = { 0 };
	struct arena tree = { 0 };
	const struct yaml *root;

	if (!read_inner(f->x, value, &t->policy))
		return;
	root = yaml_read(t->policy.text, r->policy->path, &tree, &elsewhere);
	if (root && root->kind == YAML_MAP) {
		t->says_version = yaml_get(root, "sekisho") != NULL;
		t->says_zone = yaml_get(root, "timezone") != NULL;
		for (const struct yaml *item = root->child; item; item = item->next)
			check_policy_key(r, item->key, &t->policy);
	}
	arena_free(&tree);
	errors_free(&elsewhere);
}

static struct test_ledger *
find_ledger(struct rule_test *t, struct str name)
{
	for (size_t i = 0; i < t->ledger_count; i++)
		if (str_eq(t->ledger[i].name, name))
			return &t->ledger[i];
	return NULL;
}

static bool
ledger_named(struct policy_reader *r, const struct yaml *item)
{
	return !item->again &&
	       policy_read_name(r, item->key->text, item->key->at, "ledger", r->ledgers) >= 0;
}

void
test_ledgers_read(struct policy_reader *r, const struct yaml *value, void *filling)
{
	struct test_filling *f = filling;

	if (!policy_is_map(r, value, "'ledgers'"))
		return;
	for (const struct yaml *item = value->child; item; item = item->next) {
		struct test_ledger l = { .at = item->key->at, .absent = yaml_nothing(item) }, *old;

		if (!ledger_named(r, item) || (!l.absent && !read_inner(f->x, item, &l.text)))
			continue;
		l.name = policy_keep(r, item->key->text);
		old = find_ledger(f->test, l.name);
		if (!old)
			old = &f->test->ledger[f->test->ledger_count++];
		*old = l;
	}
}

void
test_rows_read(struct policy_reader *r, const struct yaml *value, void *filling)
{
	struct test_filling *f = filling;

	if (!policy_is_map(r, value, "'rows'"))
		return;
	for (const struct yaml *item = value->child; item; item = item->next) {
		struct test_ledger *l;

		if (!ledger_named(r, item))
			continue;
		l = find_ledger(f->test, item->key->text);
		if (!l || l->absent)
			error_at(r->err, item->key->at,
				 "the world has no ledger '" STR_FMT
				 "' that rows could be added to; give it whole in 'ledgers'",
				 STR_ARG(item->key->text));
		else
			read_inner(f->x, item, &l->more);
	}
}
