/*
 * rule_wants.c - `find` of a rule test: findings by rule and key, and what is to be so of them.
 *
 * Which parts a key has, only the rule knows, so that is asked when the rules have been read.
 */
#include "base/civil.h"
#include "model/finding.h"
#include "policy/rule_test_read.h"

enum { VALUES_MOST = FIGURE_COUNT + KEY_PARTS + 1 };

const char *const figure_names[FIGURE_COUNT] = {
	[FIGURE_LINES] = "lines",       [FIGURE_VIEWS] = "views", [FIGURE_CONSUMERS] = "consumers",
	[FIGURE_EPISODES] = "episodes", [FIGURE_CASES] = "cases", [FIGURE_POINTS] = "points",
	[FIGURE_SEVERITY] = "severity", [FIGURE_FIRST] = "first", [FIGURE_LAST] = "last",
};

int
figure_named(struct str name)
{
	for (int i = 0; i < FIGURE_COUNT; i++)
		if (str_is(name, figure_names[i]))
			return i;
	return -1;
}

/* A value that no finding could have would only be told as not so. */
static bool
good_figure(struct policy_reader *r, const struct yaml *node, int figure)
{
	uint64_t n;
	int64_t ts;

	if (figure == FIGURE_SEVERITY)
		return policy_read_name(
			       r, node->text, node->at, "severity",
			       (struct policy_names){ severity_names, SEVERITY_CRITICAL + 1 }) >= 0;
	if (figure == FIGURE_FIRST || figure == FIGURE_LAST) {
		if (civil_parse_jst(node->text, &ts))
			return true;
		error_at(r->err, node->at,
			 "'" STR_FMT "' is no time; write 2022-07-04T10:13:20, of Japan",
			 STR_ARG(node->text));
		return false;
	}
	return figure < 0 || policy_read_count(r, node, 0, UINT32_MAX, &n);
}

bool
test_want_read(struct policy_reader *r, const struct yaml *item, struct test_want *w)
{
	size_t before = policy_mistakes(r);

	if (!policy_is_map(r, item, "a finding"))
		return false;
	w->value = arena_alloc(&r->policy->arena, (item->count + 1) * sizeof(*w->value));
	for (const struct yaml *part = item->child; part; part = part->next) {
		struct test_value v = { .at = part->key->at };

		if (part->again || !policy_read_text(r, part, &v.text))
			continue;
		v.name = policy_keep(r, part->key->text);
		if (str_is(v.name, "rule")) {
			w->rule = v.text;
			w->rule_at = part->at;
		} else if (good_figure(r, part, figure_named(v.name))) {
			w->value[w->count++] = v;
		}
	}
	if (policy_mistakes(r) == before && w->rule.n == 0)
		error_at(r->err, item->at, "a finding needs 'rule', and this one has none");
	return policy_mistakes(r) == before;
}

/* --- what the rules say ----------------------------------------------------------------------------- */

static const struct rule *
rule_of(struct policy_reader *r, const struct rules *rules, struct str id, struct place at)
{
	const char **names = arena_alloc(&r->err->arena, (rules->count + 1) * sizeof(*names));
	int i;

	for (size_t k = 0; k < rules->count; k++)
		names[k] = rules->at[k].id;
	i = policy_read_name(r, id, at, "rule", (struct policy_names){ names, rules->count });
	return i < 0 ? NULL : &rules->at[i];
}

static bool
says(const struct test_want *w, const char *name)
{
	for (size_t i = 0; i < w->count; i++)
		if (str_is(w->value[i].name, name))
			return true;
	return false;
}

static void
check_want(struct policy_reader *r, const struct test_want *w, const struct rule *rule)
{
	const struct key_part *key = rule->detector->key;
	const char *names[VALUES_MOST];
	struct policy_names known = { names, 0 };
	size_t before = policy_mistakes(r);

	for (int i = 0; i < KEY_PARTS && key[i].name; i++)
		names[known.n++] = key[i].name;
	for (int i = 0; i < FIGURE_COUNT; i++)
		names[known.n++] = figure_names[i];
	for (size_t i = 0; i < w->count; i++)
		policy_read_name(r, w->value[i].name, w->value[i].at, "part of a finding", known);
	for (int i = 0; i < KEY_PARTS && key[i].name && policy_mistakes(r) == before; i++)
		if (!says(w, key[i].name))
			error_at(r->err, w->at, "a finding of %s is known by its '%s'; say it, too",
				 rule->id, key[i].name);
}

/* --- what the policy says --------------------------------------------------------------------------- */

static void
check_systems(struct policy_reader *r, const struct rule_test *t, const struct policy *p)
{
	const char **ids = arena_alloc(&r->err->arena, (p->system_count + 1) * sizeof(*ids));

	for (size_t i = 0; i < p->system_count; i++)
		ids[i] = p->system[i].id.p;
	for (size_t i = 0; i < t->log_count; i++)
		policy_read_name(r, t->log[i].system, t->log[i].at, "system",
				 (struct policy_names){ ids, p->system_count });
}

/* A name in the world's folder that is a name and no pattern, and none of the files that lie there already. */
static bool
good_log(const struct policy *p, const struct policy_system *s)
{
	const char *slash = memrchr(p->path.p, '/', p->path.n);
	size_t folder = slash ? (size_t)(slash - p->path.p) + 1 : 0;
	struct str name;

	if (s->log_count != 1 || !str_starts(s->logs[0], str_head(p->path, folder)))
		return false;
	name = str_skip(s->logs[0], folder);
	for (size_t i = 0; i < name.n; i++)
		if (str_find(STR("/*?[\\"), name.p[i]) < 5)
			return false;
	return name.n > 4 && str_ends(name, STR(".log"));
}

static void
check_logs(struct policy_reader *r, const struct policy *p)
{
	for (size_t i = 0; i < p->system_count; i++) {
		const struct policy_system *s = &p->system[i];

		if (!good_log(p, s))
			error_at(r->err, s->at,
				 "in a world, 'logs' of a system is one name that ends in .log, "
				 "such as [" STR_FMT ".log]",
				 STR_ARG(s->id));
		for (size_t k = 0; k < i; k++)
			if (good_log(p, s) && good_log(p, &p->system[k]) &&
			    str_eq(s->logs[0], p->system[k].logs[0]))
				error_at(r->err, s->at,
					 "'" STR_FMT "' has the log of '" STR_FMT "'",
					 STR_ARG(s->id), STR_ARG(p->system[k].id));
	}
}

int
rule_test_check(const struct rule_test *t, const struct policy *p, const struct rules *rules,
		struct errors *err)
{
	struct policy shell = { 0 };
	struct policy_reader r = { .policy = &shell, .err = err };
	size_t before = policy_mistakes(&r);

	check_systems(&r, t, p);
	check_logs(&r, p);
	for (size_t i = 0; rules && i < t->about_count; i++) {
		const struct rule *rule = rule_of(&r, rules, t->about[i].rule, t->about[i].at);

		for (size_t k = 0; rule && k < t->want_count; k++)
			if (str_eq(t->want[k].rule, t->about[i].rule))
				check_want(&r, &t->want[k], rule);
	}
	arena_free(&shell.arena);
	return policy_mistakes(&r) == before ? 0 : -1;
}
