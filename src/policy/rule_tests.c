/*
 * rule_tests.c - see rule_tests.h: a map of `world` and `tests`, with closed keys.
 */
#include "policy/rule_tests.h"

#include "base/civil.h"
#include "policy/rule_test_read.h"

enum { TESTS_MOST = 1000, ABOUT_MOST = 64, NAME_MOST = 200 };

/* --- the world ---------------------------------------------------------------------------------------- */

static const struct policy_key world_keys[] = {
	{ "policy", true, test_policy_read },
	{ "ledgers", false, test_ledgers_read },
	{ "geoip", false, test_geoip_read },
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
	{ "policy", false, test_policy_read },
	{ "ledgers", false, test_ledgers_read },
	{ "rows", false, test_rows_read },
	{ "geoip", false, test_geoip_read },
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
