/*
 * dispositions_load.c - see dispositions_load.h: the file, and the rules that no person may break (DETECTION C.2).
 *
 * The half year is counted from the review: who renews, reviews again.
 */
#include "policy/dispositions_load.h"

#include "base/civil.h"
#include "base/sha256.h"
#include "policy/disposition_keys.h"

enum { DISPOSITIONS_MOST = 10000, MONTHS_MOST = 6 };

static void
check_what(struct policy_reader *r, const struct disposition *d)
{
	if (d->fp_case.n && d->match_count)
		error_at(r->err, d->match[0].at, "'fp_case' says which finding; take 'match' out");
	if (!d->fp_case.n && (!d->rule.n || !d->match_count))
		error_at(r->err, d->at,
			 "a disposition says which finding it is about: 'fp_case', or 'rule' and "
			 "'match'");
	if ((d->action.n > 0) == (d->reason_no_action.n > 0))
		error_at(r->err, d->at,
			 "a disposition has either 'action', what was done, or "
			 "'reason_no_action', why nothing was");
}

static void
check_persons(struct policy_reader *r, const struct disposition *d)
{
	if (str_eq(d->prepared.id, d->reviewed.id))
		error_at(r->err, d->reviewed.at,
			 "'" STR_FMT "' prepared it, too; the reviewer is another person",
			 STR_ARG(d->reviewed.id));
	if (d->reviewed.date < d->prepared.date)
		error_at(r->err, d->reviewed.at, "it was reviewed before it was prepared");
}

static void
check_span(struct policy_reader *r, const struct disposition *d)
{
	int32_t most = add_months_clip(jst_day(d->reviewed.date), MONTHS_MOST);

	if (d->to <= d->from)
		error_at(r->err, d->at, "the scope ends before it begins");
	if (d->expires == INT64_MAX) {
		error_at(r->err, d->at,
			 "a disposition expires: give 'expires', or 'to' in its scope");
	} else if (jst_day(d->expires) - 1 > most) {
		struct civil c = civil_from_day(most);

		error_at(r->err, d->at,
			 "a disposition is in force for %d months at most after its review, here "
			 "until %04d-%02d-%02d",
			 MONTHS_MOST, c.year, c.month, c.day);
	}
	if (decision_suppresses(d->decision) && !(d->caps_consumers && d->caps_origins))
		error_at(r->err, d->at,
			 "'%s' keeps a finding from the gate, so its scope has caps: "
			 "'max_consumers_per_day' and 'origins'",
			 decision_names[d->decision]);
}

static bool
is_key(const struct detector *detector, struct str name)
{
	for (size_t i = 0; i < disposition_field_count; i++) {
		if (str_is(name, disposition_fields[i]))
			return true;
	}
	for (int i = 0; i < KEY_PARTS && detector->key[i].name; i++) {
		if (str_is(name, detector->key[i].name))
			return true;
	}
	return false;
}

static const struct rule *
rule_named(const struct rules *rules, struct str id)
{
	for (size_t i = 0; i < rules->count + rules->off_count; i++) {
		if (str_is(id, rules->at[i].id))
			return &rules->at[i];
	}
	return NULL;
}

static void
tell_no_key(struct policy_reader *r, const struct disposition_match *m, const struct rule *rule)
{
	const char *names[KEY_PARTS + 8];
	struct policy_names all = { names, 0 };

	for (int i = 0; i < KEY_PARTS && rule->detector->key[i].name; i++)
		names[all.n++] = rule->detector->key[i].name;
	for (size_t i = 0; i < disposition_field_count; i++)
		names[all.n++] = disposition_fields[i];
	policy_unknown(r, m->at, "part of a finding", m->name, all);
}

static void
check_rule(struct policy_reader *r, const struct disposition *d, const struct rules *rules)
{
	const struct rule *rule = rule_named(rules, d->rule);

	if (!rule) {
		error_at(r->err, d->rule_at,
			 "rule '" STR_FMT "' is none of this policy's; reports print a finding's "
			 "rule",
			 STR_ARG(d->rule));
		return;
	}
	for (size_t i = 0; i < d->match_count; i++) {
		if (!is_key(rule->detector, d->match[i].name))
			tell_no_key(r, &d->match[i], rule);
	}
}

static void
read_entry(struct policy_reader *r, const struct yaml *item, const struct rules *rules,
	   struct dispositions *out)
{
	struct disposition d = {
		.at = item->at, .from = INT64_MIN, .to = INT64_MAX, .expires = INT64_MAX
	};
	size_t before = policy_mistakes(r);

	policy_read_as(r, item, &disposition_map, &d);
	if (policy_mistakes(r) > before)
		return;
	if (d.expires == INT64_MAX)
		d.expires = d.to;
	check_what(r, &d);
	check_persons(r, &d);
	check_span(r, &d);
	if (d.rule.n && rules->count)
		check_rule(r, &d, rules);
	if (policy_mistakes(r) == before)
		out->at[out->count++] = d;
}

static void
read_list(struct policy_reader *r, const struct yaml *root, const struct rules *rules,
	  struct dispositions *out)
{
	if (root->kind != YAML_LIST && !yaml_nothing(root)) {
		error_at(r->err, root->at, "dispositions are a list, an item each; here is %s",
			 yaml_kind_name(root->kind));
		return;
	}
	if (root->count > DISPOSITIONS_MOST) {
		error_at(r->err, root->at, "%zu dispositions; the most is %d", root->count,
			 DISPOSITIONS_MOST);
		return;
	}
	out->at = arena_alloc(&r->policy->arena, (root->count + 1) * sizeof(*out->at));
	for (const struct yaml *item = root->child; item; item = item->next)
		read_entry(r, item, rules, out);
}

int
dispositions_load(struct dispositions *out, const struct policy *p, const struct rules *rules,
		  struct errors *err)
{
	struct policy shell = { .path = p->dispositions.path };
	struct policy_reader r = { .policy = &shell, .err = err };
	struct arena tree = { 0 };
	size_t before = policy_mistakes(&r);
	const struct yaml *root;
	struct str text;

	*out = (struct dispositions){ .path = p->dispositions.path };
	if (out->path.n == 0)
		return 0;
	text = policy_bytes(&r, out->path, &tree, &p->dispositions.at);
	if (text.p) {
		sha256_of(text, out->digest);
		root = yaml_read(text, out->path, &tree, err);
		if (root)
			read_list(&r, root, rules, out);
	}
	out->arena = shell.arena;
	arena_free(&tree);
	return policy_mistakes(&r) == before ? 0 : -1;
}

void
dispositions_free(struct dispositions *d)
{
	arena_free(&d->arena);
	*d = (struct dispositions){ 0 };
}
