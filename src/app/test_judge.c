/*
 * test_judge.c - see test_judge.h.  The way is that of scan: open, read, judge; only the rules a test is about are kept.
 */
#include "app/test_judge.h"

#include "app/test_findings.h"
#include "app/test_folder.h"
#include "base/civil.h"

#include <errno.h>
#include <sys/stat.h>

enum {
	LONG_AFTER = 2200
}; /* the year of a test that does not say what is now: nothing lies in the future */

struct options
test_options(struct test_case *c)
{
	const struct options *o = c->options;

	return (struct options){ .verb = o->verb,
				 .policy = test_world_policy(&c->world, c->arena),
				 .since = INT64_MIN,
				 .until = INT64_MAX,
				 .now = c->world.test->now_given
						? c->world.test->now
						: jst_day_start(civil_day(LONG_AFTER, 1, 1)),
				 .jobs = 1,
				 .digest_none = true,
				 .quiet = true,
				 .rejected_ppm = o->rejected_ppm,
				 .undetermined_ppm = o->undetermined_ppm,
				 .memory = o->memory,
				 .reader = o->reader,
				 .range = o->range,
				 .table_secret = o->table_secret };
}

/* Rules of the file beside the tests; those are what its tests must be about. */
static void
learn_rules(struct test_case *c, const struct rules *rules, struct str beside)
{
	for (size_t i = 0; i < rules->count && !c->rules_known; i++) {
		if (str_eq(rules->at[i].at.file, beside))
			*VEC_PUSH(&c->rule) =
				(struct tested_rule){ .id = arena_str(c->arena,
								      str_of(rules->at[i].id)) };
	}
	c->rules_known = true;
}

static struct str
rules_beside(const struct test_case *c)
{
	struct str stem = c->world.tests;

	if (c->world.rules_path.n)
		return c->world.rules_path;
	if (!str_ends(stem, STR(RULE_TESTS_END)))
		return (struct str){ 0 };
	stem.n -= sizeof(RULE_TESTS_END) - 1;
	return arena_printf(c->arena, STR_FMT ".yaml", STR_ARG(stem));
}

static void
count_test(struct test_case *c)
{
	const struct rule_test *t = c->world.test;

	for (size_t i = 0; i < c->rule.n; i++) {
		struct tested_rule *r = &c->rule.at[i];

		r->near |= str_eq(r->id, t->near.rule);
		for (size_t k = 0; k < t->want_count; k++)
			r->fired |= str_eq(r->id, t->want[k].rule);
	}
}

/* The others judge nothing, so that a test changes only with the rules it is about. */
static void
narrow(struct rules *rules, const struct rule_test *t)
{
	size_t n = 0;

	for (size_t i = 0; i < rules->count; i++) {
		bool found = false;

		for (size_t k = 0; k < t->about_count && !found; k++)
			found = str_is(t->about[k].rule, rules->at[i].id);
		if (found)
			rules->at[n++] = rules->at[i];
	}
	rules->count = n;
	rules->off_count = 0;
}

/* Are there such rules, keys and logs?  Of other rules than the world's only the logs must be right. */
static int
check_test(struct test_case *c, const struct judging *j, const struct rules *rules,
	   struct errors *err)
{
	if (rule_test_check(c->world.test, &j->policy, rules ? NULL : &j->rules, err) != 0)
		return -1;
	if (!rules)
		learn_rules(c, &j->rules, rules_beside(c));
	return 0;
}

int
test_world_judge(struct test_case *c, struct judging *j, const struct options *o,
		 const struct rules *rules, struct errors *err)
{
	if (test_world_write(&c->world, err) != 0 || judging_open_by(j, o, rules, err) != 0 ||
	    check_test(c, j, rules, err) != 0)
		return -1;
	narrow(&j->rules, c->world.test);
	if (test_world_write_logs(&c->world, &j->policy, err) != 0 ||
	    judging_read_logs(j, err) != STATUS_OK)
		return -1;
	return judging_judge(j, err);
}

/* `rules/org.test.yaml` and its line make the folder's name: org-41. */
static struct str
kept_folder(const struct test_case *c)
{
	struct str name = c->world.tests;
	const char *slash = memrchr(name.p, '/', name.n);

	if (slash)
		name = str_skip(name, (size_t)(slash - name.p) + 1);
	name = str_head(name, str_find(name, '.'));
	return arena_printf(c->arena, STR_FMT "/" STR_FMT "-%u", STR_ARG(c->keep), STR_ARG(name),
			    c->world.test->at.line);
}

static int
make_folder(struct str path, struct errors *err)
{
	if (mkdir(path.p, 0700) == 0 || errno == EEXIST)
		return 0;
	return error_add(err, "cannot make the folder '" STR_FMT "': %s", STR_ARG(path),
			 strerror(errno));
}

/* The world once more, where it stays. */
static int
keep_world(const struct test_case *c, const struct policy *p, struct out *o, struct errors *err)
{
	struct test_world w = c->world;
	struct policy there = *p;
	struct errors found = { 0 };
	int rc = -1;

	w.folder = kept_folder(c);
	there.system = arena_alloc(c->arena, p->system_count * sizeof(*there.system) + 1);
	for (size_t i = 0; i < p->system_count; i++) {
		struct str name = str_skip(p->system[i].logs[0], c->world.folder.n);

		there.system[i] = p->system[i];
		there.system[i].logs = arena_alloc(c->arena, sizeof(struct str));
		there.system[i].logs[0] =
			arena_printf(c->arena, STR_FMT STR_FMT, STR_ARG(w.folder), STR_ARG(name));
	}
	if (make_folder(arena_str(c->arena, c->keep), &found) == 0 &&
	    make_folder(w.folder, &found) == 0 && test_world_write(&w, &found) == 0 &&
	    test_world_write_logs(&w, &there, &found) == 0)
		rc = 0;
	if (rc == 0) {
		out_text(o, "; kept in ");
		out_tty(o, w.folder);
	}
	test_world_tell(&c->world, &found, err);
	errors_free(&found);
	return rc;
}

enum tested
test_judge(struct test_case *c, struct out *o, struct errors *err)
{
	const struct options options = test_options(c);
	const struct rule_test *t = c->world.test;
	struct errors found = { 0 };
	struct judging j = { 0 };
	enum tested answer = TEST_WRONG;
	struct out told;

	out_memory(&told);
	if (test_world_judge(c, &j, &options, NULL, &found) == 0) {
		count_test(c);
		answer = test_findings(t, &j, &told) ? TEST_PASSED : TEST_FAILED;
	}
	if (answer == TEST_FAILED) {
		out_tty(o, c->world.tests);
		out_printf(o, ":%u: ", t->at.line);
		out_tty(o, t->name);
		out_text(o, ": ");
		out_bytes(o, out_taken(&told));
		if (c->keep.n && keep_world(c, &j.policy, o, err) != 0)
			answer = TEST_WRONG;
		out_char(o, '\n');
	}
	test_world_tell(&c->world, &found, err);
	out_discard(&told);
	errors_free(&found);
	judging_close(&j);
	test_folder_clear(c->world.folder);
	return answer;
}
