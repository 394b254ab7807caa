/*
 * verb_tests.c - `sekisho test`: the tests beside the rules, each in a world of its own that lives in a folder of this
 * run alone.
 *
 * Nothing is printed until every file has been read through: where one is wrong, that is all that is told.
 */
#include "app/judging.h"
#include "app/policy_place.h"
#include "app/tables.h"
#include "app/test_folder.h"
#include "app/test_judge.h"
#include "policy/policy_load.h"
#include "policy/rules_load.h"
#include "policy/yaml.h"

#include <limits.h>
#include <unistd.h>

struct testing {
	const struct options *options;
	struct errors *err;
	struct arena arena;
	struct str folder; /* one, for one world after the other */
	struct out told;
	size_t passed, failed;
	bool wrong;
};

/* --- one file --------------------------------------------------------------------------------------- */

/* A rule is tested when something fires it and something nearly does. */
static void
tell_untested(struct testing *t, const struct test_case *c, bool shipped)
{
	for (size_t i = 0; i < c->rule.n; i++) {
		const struct tested_rule *r = &c->rule.at[i];
		const char *lacks = r->fired  ? "near miss"
				    : r->near ? "test that it fires"
					      : "test";

		if (r->fired && r->near)
			continue;
		t->failed += shipped;
		if (!shipped && t->options->quiet)
			continue;
		out_tty(&t->told, c->world.tests);
		out_printf(&t->told, ": %srule " STR_FMT " has no %s\n",
			   shipped ? "" : "warning: ", STR_ARG(r->id), lacks);
	}
}

static void
run_file(struct testing *t, struct test_case *c, struct str bytes, bool shipped)
{
	struct rule_tests tests;
	size_t ledgers;
	const char *const *ledger_names = ledger_name_list(&ledgers);

	c->options = t->options;
	c->world.folder = t->folder;
	c->keep = t->options->keep;
	c->arena = &t->arena;
	if (rule_tests_read(&tests, bytes, c->world.tests, ledger_names, ledgers, t->err) != 0)
		t->wrong = true;
	for (size_t i = 0; i < tests.count && !test_folder_stopped(); i++) {
		c->world.test = &tests.at[i];
		switch (test_judge(c, &t->told, t->err)) {
		case TEST_PASSED:
			t->passed++;
			break;
		case TEST_FAILED:
			t->failed++;
			break;
		case TEST_WRONG:
			t->wrong = true;
			break;
		}
	}
	tell_untested(t, c, shipped);
	VEC_FREE(&c->rule);
	rule_tests_free(&tests);
}

/* --- which files ------------------------------------------------------------------------------------ */

static void
run_shipped(struct testing *t)
{
	for (size_t i = 0; i < shipped_tests_count && !test_folder_stopped(); i++) {
		const struct shipped_tests *s = &shipped_tests[i];
		struct test_case c = { .world.tests = str_of(s->name) };

		run_file(t, &c, (struct str){ s->begin, (size_t)(s->end - s->begin) }, true);
	}
}

/* A file of tests, with the rules beside it: `x.yaml` beside `x.test.yaml`, if it is there. */
static void
run_named(struct testing *t, struct str name)
{
	struct test_case c = { .world.tests = arena_str(&t->arena, name) };
	struct str bytes, stem = name;
	char path[PATH_MAX];
	int failed;

	if (str_ends(name, STR(RULE_TESTS_END))) {
		stem.n -= sizeof(RULE_TESTS_END) - 1;
		c.world.rules = arena_printf(&t->arena, STR_FMT ".yaml", STR_ARG(stem));
		if (realpath(c.world.rules.p, path))
			c.world.rules_path = arena_str(&t->arena, str_of(path));
	}
	failed = yaml_bytes(c.world.tests, 0, &t->arena, &bytes);
	if (failed)
		error_add(t->err, "cannot read the tests '" STR_FMT "': %s", STR_ARG(c.world.tests),
			  strerror(failed));
	else
		run_file(t, &c, bytes, false);
	t->wrong |= failed != 0;
}

/* Those beside the policy's own rules. */
static void
run_own(struct testing *t)
{
	struct policy p = { 0 };

	if (policy_choose(&p, t->options, &t->arena, t->err) != 0)
		t->wrong = true;
	for (size_t i = 0; i < p.rules_count && !t->wrong && !test_folder_stopped(); i++) {
		struct str rules = p.rules[i].path, tests = rules;

		if (str_is(rules, RULES_SHIPPED))
			continue;
		if (str_ends(tests, STR(".yaml")))
			tests.n -= sizeof(".yaml") - 1;
		tests = arena_printf(&t->arena, STR_FMT RULE_TESTS_END, STR_ARG(tests));
		if (access(tests.p, F_OK) == 0) {
			run_named(t, tests);
		} else if (!t->options->quiet) {
			out_text(&t->told, "warning: the rules of ");
			out_tty(&t->told, rules);
			out_text(&t->told, " have no tests; they would stand in ");
			out_tty(&t->told, tests);
			out_char(&t->told, '\n');
		}
	}
	policy_free(&p);
}

static void
run_all(struct testing *t)
{
	const struct options *o = t->options;

	for (size_t i = 0; i < o->operand.n && !test_folder_stopped(); i++)
		run_named(t, o->operand.at[i]);
	if (o->operand.n)
		return;
	run_shipped(t);
	if (policy_path(o, &t->arena).n)
		run_own(t);
}

/* --- the run ---------------------------------------------------------------------------------------- */

static enum status
tell_results(struct testing *t, struct errors *err)
{
	struct out o;

	if (t->wrong)
		return STATUS_USAGE;
	out_stream(&o, STDOUT_FILENO, STR("standard output"));
	out_bytes(&o, out_taken(&t->told));
	if (!t->options->quiet)
		out_printf(&o, "%zu passed, %zu failed\n", t->passed, t->failed);
	if (out_close(&o, err) != 0)
		return STATUS_INTERNAL;
	return t->failed ? STATUS_FINDINGS : STATUS_OK;
}

static enum status
test_run(struct options *o, struct errors *err)
{
	struct testing t = { .options = o, .err = err };
	enum status status;

	if (test_folder_open(&t.folder, &t.arena, err) != 0) {
		arena_free(&t.arena);
		return STATUS_INTERNAL;
	}
	out_memory(&t.told);
	run_all(&t);
	test_folder_close(t.folder);
	status = tell_results(&t, err);
	out_discard(&t.told);
	arena_free(&t.arena);
	return status;
}

const struct verb verb_test = {
	.name = "test",
	.usage = "[options] [FILE]...",
	.summary = "the tests beside the rules: lines in, findings wanted, near misses silent",
	.bit = IN_TEST,
	.run = test_run,
};
