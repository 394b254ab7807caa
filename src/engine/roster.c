/*
 * roster.c - rules that need no line: what they tell becomes findings, one a key.
 */
#include "engine/walk_own.h"

static int
told_order(const void *a, const void *b)
{
	const struct told *x = a, *y = b;
	int c = memcmp(&x->key, &y->key, sizeof(x->key));

	if (c == 0)
		c = (x->first > y->first) - (x->first < y->first);
	if (c == 0)
		c = (x->last > y->last) - (x->last < y->last);
	return c ? c : str_cmp(x->why.observed, y->why.observed);
}

void
walk_unite(struct walk *into, const struct walk *from)
{
	unresolved_unite(&into->unresolved, &from->unresolved);
}

static void
judge_rule(struct walk *w, uint32_t rule, const struct unresolved *unresolved)
{
	const struct rule *by = &w->in->rules[rule];
	struct roster r = { .lookup = w->in->lookup,
			    .source = w->in->source,
			    .policy = w->in->policy,
			    .first_ts = w->finish.first_ts,
			    .last_ts = w->finish.last_ts,
			    .arena = w->finish.arena,
			    .unresolved = unresolved,
			    .unresolved_count = w->unresolved.n,
			    .param = by->param,
			    .judged = w->tally[rule].judged };

	by->detector->roster(&r);
	if (r.told.n)
		qsort(r.told.at, r.told.n, sizeof(*r.told.at), told_order);
	for (size_t from = 0, to; from < r.told.n; from = to) {
		for (to = from + 1;
		     to < r.told.n &&
		     memcmp(&r.told.at[from].key, &r.told.at[to].key, sizeof(struct key)) == 0;
		     to++)
			;
		*VEC_PUSH(&w->findings.list) =
			told_finish(rule, &r.told.at[from], to - from, &w->finish);
	}
	VEC_FREE(&r.told);
}

void
walk_roster(struct walk *w)
{
	const struct unresolved *u = unresolved_list(&w->unresolved, w->in, w->finish.arena);

	for (uint32_t r = 0; r < w->in->rule_count; r++) {
		if (w->in->rules[r].detector->roster && w->looks.able >> r & 1)
			judge_rule(w, r, u);
	}
}
