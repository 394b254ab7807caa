/*
 * canary.c - see canary.h.
 *
 * A rule as it is shipped, and a rule of the user's own with tests beside it, must find exactly what its first test
 * wants, and must be silent at its first near miss.  A shipped rule whose numbers the policy has changed is another
 * rule than its tests were written for: it has fired if anything fires it, and otherwise nothing is known of it.
 */
#include "app/canary.h"

#include "app/progress.h"
#include "app/tables.h"
#include "app/test_findings.h"
#include "app/test_folder.h"
#include "app/test_judge.h"
#include "model/rule_print.h"
#include "policy/rules_load.h"
#include "policy/yaml.h"

#include <sys/prctl.h>
#include <unistd.h>

/* What the tests showed of one rule. */
struct shown {
	bool as_shipped;
	struct str own; /* the file of tests beside its own rules; empty: none */
	size_t fired, missed, false_alarms; /* of tests that are exact */
	size_t likely;                      /* fired in tests that were written for other numbers */
	bool near;                          /* a near miss was planted */
	const char *failed; /* the first of the exact ones that was not as it must be */
};

struct planting {
	struct judging *j;
	struct arena arena;
	struct str folder;
	struct shown *shown; /* by rule */
	struct errors wrong;
};

/* --- which rules ------------------------------------------------------------------------------------ */

static bool
says_the_same(const struct rule *a, const struct rule *b)
{
	struct out x, y;
	bool same;

	out_memory(&x);
	out_memory(&y);
	rule_print(a, true, &x);
	rule_print(b, true, &y);
	same = str_eq(out_taken(&x), out_taken(&y));
	out_discard(&x);
	out_discard(&y);
	return same;
}

static void
know_shipped(struct planting *p)
{
	struct policy none = { 0 };
	struct rules shipped;

	if (rules_load(&shipped, &none, detectors, detector_count, &p->wrong) != 0)
		BUG("the shipped rules are wrong");
	for (size_t r = 0; r < p->j->rules.count; r++) {
		for (size_t i = 0; i < shipped.count + shipped.off_count; i++) {
			if (strcmp(shipped.at[i].id, p->j->rules.at[r].id) == 0)
				p->shown[r].as_shipped =
					says_the_same(&shipped.at[i], &p->j->rules.at[r]);
		}
	}
	rules_free(&shipped);
}

static int
rule_index(const struct planting *p, struct str id)
{
	for (size_t r = 0; r < p->j->rules.count; r++) {
		if (str_is(id, p->j->rules.at[r].id) && !p->j->verdicts.tally[r].lacks)
			return (int)r;
	}
	return -1;
}

/* Does this file of tests speak for the rule, word for word? */
static bool
is_exact(const struct planting *p, int rule, struct str tests)
{
	const struct shown *s = &p->shown[rule];

	return s->own.n ? str_eq(s->own, tests) : s->as_shipped;
}

/* --- one test --------------------------------------------------------------------------------------- */

static bool
wants_more(const struct planting *p, int rule, const struct str tests)
{
	const struct shown *s = rule < 0 ? NULL : &p->shown[rule];

	return s && (is_exact(p, rule, tests) ? s->fired + s->missed == 0 : s->likely == 0);
}

/* The first that must fire a rule and the first that must not: `sekisho test` runs all of them. */
static bool
is_needed(const struct planting *p, const struct rule_test *t, struct str tests)
{
	int near = rule_index(p, t->near.rule);

	for (size_t i = 0; i < t->want_count; i++) {
		if (wants_more(p, rule_index(p, t->want[i].rule), tests))
			return true;
	}
	return near >= 0 && is_exact(p, near, tests) && !p->shown[near].near;
}

static void
take_wants(struct planting *p, const struct test_case *c, const struct judging *world)
{
	const struct rule_test *t = c->world.test;

	for (size_t i = 0; i < t->want_count; i++) {
		int r = rule_index(p, t->want[i].rule);
		bool exact = r >= 0 && is_exact(p, r, c->world.tests);

		if (r < 0)
			continue;
		if (!exact) {
			p->shown[r].likely += test_found(world, &t->want[i], LIKE_RULE);
		} else if (test_found(world, &t->want[i], LIKE_EXACTLY)) {
			p->shown[r].fired++;
		} else {
			p->shown[r].missed++;
			p->shown[r].failed = p->shown[r].failed ? p->shown[r].failed : t->name.p;
		}
	}
}

static void
take_near(struct planting *p, const struct test_case *c, const struct judging *world)
{
	const struct rule_test *t = c->world.test;
	int r = rule_index(p, t->near.rule);

	if (r < 0 || !is_exact(p, r, c->world.tests))
		return;
	p->shown[r].near = true;
	if (!test_found(world, &(struct test_want){ .rule = t->near.rule }, LIKE_RULE))
		return;
	p->shown[r].false_alarms++;
	p->shown[r].failed = p->shown[r].failed ? p->shown[r].failed : t->name.p;
}

static void
plant(struct planting *p, struct test_case *c)
{
	const struct options o = test_options(c);
	struct judging world = { 0 };
	struct errors found = { 0 };

	if (test_world_judge(c, &world, &o, &p->j->rules, &found) == 0) {
		take_wants(p, c, &world);
		take_near(p, c, &world);
	}
	test_world_tell(&c->world, &found, &p->wrong);
	errors_free(&found);
	judging_close(&world);
	test_folder_clear(p->folder);
}

/* --- files of tests --------------------------------------------------------------------------------- */

static void
plant_file(struct planting *p, struct str name, struct str bytes)
{
	struct test_case c = { .options = p->j->options,
			       .world = { .tests = name, .folder = p->folder },
			       .arena = &p->arena };
	struct rule_tests tests;
	size_t ledgers;
	const char *const *ledger_names = ledger_name_list(&ledgers);

	if (rule_tests_read(&tests, bytes, name, ledger_names, ledgers, &p->wrong) == 0) {
		for (size_t i = 0; i < tests.count && !test_folder_stopped(); i++) {
			c.world.test = &tests.at[i];
			/* The name outlives its file. */
			tests.at[i].name = arena_str(&p->arena, tests.at[i].name);
			if (is_needed(p, &tests.at[i], name))
				plant(p, &c);
		}
	}
	rule_tests_free(&tests);
}

static void
plant_shipped(struct planting *p)
{
	for (size_t i = 0; i < shipped_tests_count && !test_folder_stopped(); i++) {
		const struct shipped_tests *s = &shipped_tests[i];

		plant_file(p, str_of(s->name),
			   (struct str){ s->begin, (size_t)(s->end - s->begin) });
	}
}

/* `x.test.yaml` beside a file `x.yaml` of the policy's own rules, if it is there. */
static void
find_own(struct planting *p, struct str rules, struct str *bytes, struct str *tests)
{
	struct str stem = rules;

	if (str_ends(stem, STR(".yaml")))
		stem.n -= sizeof(".yaml") - 1;
	*tests = arena_printf(&p->arena, STR_FMT RULE_TESTS_END, STR_ARG(stem));
	if (access(tests->p, F_OK) != 0 || yaml_bytes(*tests, 0, &p->arena, bytes) != 0)
		*tests = (struct str){ 0 };
	for (size_t r = 0; r < p->j->rules.count; r++) {
		if (str_eq(p->j->rules.at[r].at.file, rules))
			p->shown[r].own = *tests;
	}
}

static void
plant_own(struct planting *p)
{
	const struct policy *policy = &p->j->policy;

	for (size_t i = 0; i < policy->rules_count && !test_folder_stopped(); i++) {
		struct str bytes, tests;

		if (str_is(policy->rules[i].path, RULES_SHIPPED))
			continue;
		find_own(p, policy->rules[i].path, &bytes, &tests);
		if (tests.n)
			plant_file(p, tests, bytes);
	}
}

/* --- what they showed ------------------------------------------------------------------------------- */

static enum canary
canary_of(const struct shown *s)
{
	if (s->missed || s->false_alarms)
		return CANARY_SILENT;
	return s->fired || s->likely ? CANARY_FIRED : CANARY_NONE;
}

static void
tell_canaries(struct planting *p, enum canary *canary)
{
	struct judging *j = p->j;

	for (size_t r = 0; r < j->rules.count; r++) {
		const struct shown *s = &p->shown[r];

		canary[r] = canary_of(s);
		if (canary[r] == CANARY_SILENT)
			error_add(&j->trouble,
				  "rule %s: %zu of its planted tests went wrong, the first '%s'; "
				  "that "
				  "it found nothing proves nothing",
				  j->rules.at[r].id, s->missed + s->false_alarms, s->failed);
	}
	if (p->wrong.list.n)
		error_add(
			&j->warnings,
			"planted tests could not be run, and their rules cannot say none: " STR_FMT,
			STR_ARG(p->wrong.list.at[0]));
}

void
canary_run(struct judging *j)
{
	struct planting p = { .j = j };
	enum canary *canary = arena_alloc(&j->arena, (j->rules.count + 1) * sizeof(*canary));
	int small_pages = prctl(PR_GET_THP_DISABLE, 0, 0, 0, 0);

	p.shown = arena_alloc(&p.arena, (j->rules.count + 1) * sizeof(*p.shown));
	progress_mute(true);
	/* Tables of a world hold a few names: clearing 2 MB pages for them was half of all time here, 2026-11. */
	prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
	know_shipped(&p);
	if (test_folder_open(&p.folder, &p.arena, &p.wrong) == 0) {
		plant_own(&p);
		plant_shipped(&p);
		test_folder_close(p.folder);
	}
	prctl(PR_SET_THP_DISABLE, small_pages > 0, 0, 0, 0);
	progress_mute(false);
	tell_canaries(&p, canary);
	j->canary = canary;
	errors_free(&p.wrong);
	arena_free(&p.arena);
}
