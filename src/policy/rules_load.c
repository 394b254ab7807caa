/*
 * rules_load.c - which rules judge: the shipped ones with the policy's `defaults:`, then what the policy's files say.
 *
 * The shipped rules are always read, since they are what a user's rule does not say.  A user's rule of a shipped id
 * takes its place, whole; two files of the user's that give one id are a mistake.
 */
#include "policy/rules_load.h"

#include "base/sha256.h"
#include "model/rule_print.h"
#include "policy/rules_read.h"
#include "policy/rules_shipped.h"

/* Both must have said everything there is to say, for others build on it. */
static bool
in_range(const struct rule *r)
{
	for (size_t i = 0; i < detector_params(r->detector); i++) {
		const struct param *p = &r->detector->param[i];

		if (r->param[i] < p->least || r->param[i] > p->most)
			return false;
	}
	return true;
}

static void
check_shipped(const struct rule_list *list, const struct rules_reader *x)
{
	for (size_t k = 0; k < x->detector_count; k++) {
		const struct detector *d = x->detectors[k];
		size_t found = 0;

		for (size_t i = 0; i < list->entry.n; i++) {
			const struct rule *r = &list->entry.at[i].rule;

			found += r->detector == d && strcmp(r->id, d->rule) == 0 && r->title_ja &&
				 r->message_ja && r->seeds && in_range(r);
		}
		if (found != 1)
			BUG("the shipped rules have no '%s', or half of it", d->rule);
	}
}

static void
read_shipped(struct rules_reader *x, struct rule_list *list)
{
	for (size_t i = 0; i < shipped_file_count; i++) {
		const struct shipped_file *f = &shipped_files[i];

		rules_read(x, (struct str){ f->begin, (size_t)(f->end - f->begin) },
			   str_of(f->name), list);
	}
	if (x->r.err->list.n)
		BUG("the shipped rules are wrong: %s", x->r.err->list.at[0].p);
	check_shipped(list, x);
}

/* A copy that `defaults:` has been laid over. */
static void
take_defaults(struct rules_reader *x, struct rule_list *list, struct errors *err)
{
	struct rule *shipped = arena_alloc(&x->shell.arena, list->entry.n * sizeof(*shipped));

	for (size_t i = 0; i < list->entry.n; i++)
		shipped[i] = list->entry.at[i].rule;
	x->r.err = err;
	rule_defaults_apply(x, shipped, list->entry.n);
	for (size_t i = 0; i < list->entry.n; i++) {
		rule_set_gap(&shipped[i]);
		list->entry.at[i].rule = shipped[i];
	}
	x->shipped = shipped;
	x->shipped_count = list->entry.n;
}

static void
add_entry(struct rules_reader *x, struct rule_list *all, const struct rule_entry *e)
{
	for (size_t i = 0; i < all->entry.n; i++) {
		struct rule_entry *old = &all->entry.at[i];

		if (strcmp(old->rule.id, e->rule.id) != 0)
			continue;
		if (!old->from_shipped && !e->from_shipped)
			error_at(x->r.err, e->rule.at,
				 "rule '%s' stands twice; " STR_FMT ":%u has it already",
				 e->rule.id, STR_ARG(old->rule.at.file), old->rule.at.line);
		else if (old->from_shipped)
			*old = *e;
		return;
	}
	*VEC_PUSH(&all->entry) = *e;
}

static void
read_files(struct rules_reader *x, const struct rule_list *shipped, struct rule_list *all)
{
	const struct policy *p = x->policy;

	for (size_t i = 0; i < p->rules_count; i++) {
		struct rule_list list = { 0 };
		struct arena a = { 0 };
		struct str bytes;
		int failed;

		if (str_is(p->rules[i].path, RULES_SHIPPED)) {
			for (size_t k = 0; k < shipped->entry.n; k++)
				add_entry(x, all, &shipped->entry.at[k]);
			continue;
		}
		failed = yaml_bytes(p->rules[i].path, 0, &a, &bytes);
		if (failed)
			error_at(x->r.err, p->rules[i].at,
				 "cannot read the rules '" STR_FMT "': %s",
				 STR_ARG(p->rules[i].path), strerror(failed));
		else
			rules_read(x, bytes, p->rules[i].path, &list);
		for (size_t k = 0; k < list.entry.n; k++)
			add_entry(x, all, &list.entry.at[k]);
		VEC_FREE(&list.entry);
		arena_free(&a);
	}
}

static int
entry_order(const void *a, const void *b)
{
	const struct rule_entry *x = a, *y = b;

	return x->off != y->off ? (x->off > y->off) - (x->off < y->off)
				: strcmp(x->rule.id, y->rule.id);
}

static void
finish(struct rules *out, struct rule_list *all, struct arena *a)
{
	struct out o;

	if (all->entry.n)
		qsort(all->entry.at, all->entry.n, sizeof(*all->entry.at), entry_order);
	out->at = arena_alloc(a, all->entry.n * sizeof(*out->at) + 1);
	out_memory(&o);
	for (size_t i = 0; i < all->entry.n; i++) {
		out->at[i] = all->entry.at[i].rule;
		out->count += !all->entry.at[i].off;
		out->off_count += all->entry.at[i].off;
		rule_print(&out->at[i], !all->entry.at[i].off, &o);
	}
	sha256_of(out_taken(&o), out->digest);
	out_discard(&o);
}

static void
check_whole(const struct rules_reader *x, const struct rule_list *all)
{
	size_t on = 0;

	for (size_t i = 0; i < all->entry.n; i++)
		on += !all->entry.at[i].off;
	if (on > RULES_MOST)
		error_add(x->r.err, "%zu rules are switched on; this version judges %d at most", on,
			  RULES_MOST);
	if (on == 0)
		error_add(x->r.err, "no rule is switched on: nothing would be judged");
}

static size_t
regexes_of(const struct policy *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->resource_count; i++)
		for (size_t k = 0; k < p->resource[i].match_count; k++)
			n += p->resource[i].match[k].regex ? p->resource[i].match[k].value_count
							   : 0;
	return n;
}

int
rules_load(struct rules *out, const struct policy *p, const struct detector *const *detectors,
	   size_t detector_count, struct errors *err)
{
	struct errors ours = { 0 };
	struct rules_reader x = { .policy = p,
				  .detectors = detectors,
				  .detector_count = detector_count };
	struct rule_list shipped = { 0 }, all = { 0 };
	size_t before = err->list.n + err->dropped;

	*out = (struct rules){ 0 };
	x.r = (struct policy_reader){ .policy = &x.shell, .err = &ours };
	read_shipped(&x, &shipped);
	errors_free(&ours);
	x.r.regex_count = regexes_of(p);
	take_defaults(&x, &shipped, err);
	for (size_t i = 0; p->rules_count == 0 && i < shipped.entry.n; i++)
		*VEC_PUSH(&all.entry) = shipped.entry.at[i];
	read_files(&x, &shipped, &all);
	if (err->list.n + err->dropped == before)
		check_whole(&x, &all);
	if (err->list.n + err->dropped == before) {
		finish(out, &all, &x.shell.arena);
		out->arena = x.shell.arena;
	} else {
		arena_free(&x.shell.arena);
	}
	VEC_FREE(&x.r.mentions);
	VEC_FREE(&shipped.entry);
	VEC_FREE(&all.entry);
	return err->list.n + err->dropped == before ? 0 : -1;
}

void
rules_free(struct rules *rules)
{
	arena_free(&rules->arena);
	*rules = (struct rules){ 0 };
}
