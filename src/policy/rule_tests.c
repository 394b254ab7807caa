/*
 * rule_tests.c - see rule_tests.h: a map of `world` and `tests`, with closed keys.
 */
#include "policy/rule_tests.h"

#include "base/civil.h"
#include "policy/rule_test_read.h"

enum { TESTS_MOST = 1000, ABOUT_MOST = 64, NAME_MOST = 200 };

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
static void
read_policy_text(struct policy_reader *r, const struct yaml *value, void *filling)
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

static void
read_ledger_texts(struct policy_reader *r, const struct yaml *value, void *filling)
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

static void
read_rows(struct policy_reader *r, const struct yaml *value, void *filling)
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

static const struct policy_key world_keys[] = {
	{ "policy", true, read_policy_text },
	{ "ledgers", false, read_ledger_texts },
};
const struct policy_map test_world_map = { "a world", world_keys, COUNT(world_keys) };

/* --- a test ----------------------------------------------------------------------------------------- */

static void
read_name(struct policy_reader *r, const struct yaml *value, void *filling)
{
	struct test_filling *f = filling;

	if (!policy_read_text(r, value, &f->test->name))
		return;
	if (f->test->name.n > NAME_MOST || str_find(f->test->name, '\n') < f->test->name.n)
		error_at(r->err, value->at, "a name is one line of at most %d bytes", NAME_MOST);
	for (size_t i = 0; i < f->x->out->count; i++)
		if (str_eq(f->x->out->at[i].name, f->test->name))
			error_at(r->err, value->at,
				 "the name '" STR_FMT "' stands twice; line %u has it already",
				 STR_ARG(f->test->name), f->x->out->at[i].at.line);
}

static void
read_instant(struct policy_reader *r, const struct yaml *value, void *filling)
{
	struct test_filling *f = filling;

	if (!policy_is_text(r, value))
		return;
	f->test->now_given = civil_parse_jst(value->text, &f->test->now);
	if (!f->test->now_given)
		error_at(r->err, value->at,
			 "'" STR_FMT "' is no time; write 2022-07-04 or 2022-07-04T09:12:31",
			 STR_ARG(value->text));
}

static void
read_refused(struct policy_reader *r, const struct yaml *value, void *filling)
{
	struct test_filling *f = filling;

	policy_read_count(r, value, 1, UINT32_MAX, &f->test->refused);
}

/* A rule that the test is about; told once. */
static void
be_about(struct policy_reader *r, struct rule_test *t, struct str rule, struct place at)
{
	for (size_t i = 0; i < t->about_count; i++)
		if (str_eq(t->about[i].rule, rule))
			return;
	if (t->about_count == ABOUT_MOST)
		error_at(r->err, at, "a test is about %d rules at most", ABOUT_MOST);
	else
		t->about[t->about_count++] = (struct test_mention){ rule, at };
}

static void
read_about(struct policy_reader *r, const struct yaml *value, void *filling)
{
	struct test_filling *f = filling;

	if (!policy_is_list(r, value, ABOUT_MOST))
		return;
	for (const struct yaml *item = value->child; item; item = item->next) {
		struct str rule;

		if (policy_read_text(r, item, &rule))
			be_about(r, f->test, rule, item->at);
	}
}

static void
read_near(struct policy_reader *r, const struct yaml *value, void *filling)
{
	struct test_filling *f = filling;

	if (!policy_read_text(r, value, &f->test->near.rule))
		return;
	f->test->near.at = value->at;
	be_about(r, f->test, f->test->near.rule, value->at);
}

static void
read_find(struct policy_reader *r, const struct yaml *value, void *filling)
{
	struct test_filling *f = filling;
	struct rule_test *t = f->test;

	if (value->kind == YAML_LIST && value->count == 0)
		return;
	if (!policy_is_list(r, value, WANTS_MOST))
		return;
	t->want = arena_alloc(&r->policy->arena, value->count * sizeof(*t->want));
	for (const struct yaml *item = value->child; item; item = item->next) {
		struct test_want w = { .at = item->at };

		if (!test_want_read(r, item, &w))
			continue;
		t->want[t->want_count++] = w;
		be_about(r, t, w.rule, w.rule_at);
	}
}

static const struct policy_key test_keys[] = {
	{ "name", true, read_name },
	{ "rules", false, read_about },
	{ "near", false, read_near },
	{ "policy", false, read_policy_text },
	{ "ledgers", false, read_ledger_texts },
	{ "rows", false, read_rows },
	{ "logs", true, test_logs_read },
	{ "now", false, read_instant },
	{ "refused", false, read_refused },
	{ "find", true, read_find },
};
const struct policy_map rule_test_map = { "a test", test_keys, COUNT(test_keys) };

/* What only shows when all of it is read. */
static void
check_test(struct policy_reader *r, const struct rule_test *t)
{
	if (t->want_count == 0 && t->near.rule.n == 0)
		error_at(r->err, t->at,
			 "a test that wants no finding is a near miss: say which rule it nearly "
			 "fires, as 'near: ORG-01'");
	for (size_t i = 0; i < t->want_count; i++)
		if (t->near.rule.n && str_eq(t->want[i].rule, t->near.rule))
			error_at(r->err, t->want[i].rule_at,
				 "'near' says that '" STR_FMT
				 "' stays silent; make two tests of this one",
				 STR_ARG(t->near.rule));
}

/* A test has the world's ledgers until it says otherwise. */
static void
read_test(struct tests_reader *x, const struct yaml *item, const struct rule_test *world)
{
	struct policy_reader *r = x->r;
	struct rule_test t = *world;
	struct test_filling f = { x, &t };
	size_t before = policy_mistakes(r);

	t.at = item->at;
	t.ledger = arena_alloc(&r->policy->arena, (r->ledgers.n + 1) * sizeof(*t.ledger));
	if (world->ledger_count)
		memcpy(t.ledger, world->ledger, world->ledger_count * sizeof(*t.ledger));
	t.about = arena_alloc(&r->policy->arena, ABOUT_MOST * sizeof(*t.about));
	policy_read_as(r, item, &rule_test_map, &f);
	if (policy_mistakes(r) == before)
		check_test(r, &t);
	if (policy_mistakes(r) == before)
		x->out->at[x->out->count++] = t;
}

/* --- the file --------------------------------------------------------------------------------------- */

struct file_parts {
	const struct yaml *world, *tests;
};

static void
keep_world(struct policy_reader *r, const struct yaml *value, void *parts)
{
	(void)r;
	((struct file_parts *)parts)->world = value;
}

static void
keep_tests(struct policy_reader *r, const struct yaml *value, void *parts)
{
	(void)r;
	((struct file_parts *)parts)->tests = value;
}

static const struct policy_key file_keys[] = {
	{ "world", true, keep_world },
	{ "tests", true, keep_tests },
};
const struct policy_map rule_tests_map = { "a file of rule tests", file_keys, COUNT(file_keys) };

/* The world first, wherever it stands: tests begin with it. */
static void
read_file(struct tests_reader *x, const struct yaml *root)
{
	struct policy_reader *r = x->r;
	struct file_parts parts = { 0 };
	struct rule_test world = { 0 };
	struct test_filling f = { x, &world };

	policy_read_as(r, root, &rule_tests_map, &parts);
	world.ledger = arena_alloc(&r->policy->arena, (r->ledgers.n + 1) * sizeof(*world.ledger));
	if (parts.world)
		policy_read_as(r, parts.world, &test_world_map, &f);
	if (!parts.tests || !policy_is_list(r, parts.tests, TESTS_MOST))
		return;
	x->out->at = arena_alloc(&r->policy->arena, parts.tests->count * sizeof(*x->out->at));
	for (const struct yaml *item = parts.tests->child; item; item = item->next)
		read_test(x, item, &world);
}

int
rule_tests_read(struct rule_tests *out, struct str bytes, struct str path,
		const char *const *ledgers, size_t ledger_count, struct errors *err)
{
	struct policy shell = { .path = path };
	struct policy_reader r = { .policy = &shell,
				   .err = err,
				   .ledgers = { ledgers, ledger_count } };
	struct tests_reader x = { &r, bytes, out };
	struct arena tree = { 0 };
	size_t before = policy_mistakes(&r);
	const struct yaml *root = yaml_read(bytes, path, &tree, err);

	*out = (struct rule_tests){ .path = path };
	if (root)
		read_file(&x, root);
	out->arena = shell.arena;
	arena_free(&tree);
	return policy_mistakes(&r) == before ? 0 : -1;
}

void
rule_tests_free(struct rule_tests *t)
{
	arena_free(&t->arena);
	*t = (struct rule_tests){ 0 };
}
