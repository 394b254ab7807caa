/*
 * across.c - the walk over hits that were told to a key of their own: an organisation's screen, later a terminal.
 */
#include "engine/walk_own.h"

#include "base/hash.h"

static unsigned
column_of(uint32_t rule, const struct key *key)
{
	uint64_t h = rule;

	for (int i = 0; i < KEY_PARTS; i++)
		h = hash_mix(h + key->part[i]);
	return h % STORE_COLUMNS;
}

void
walk_tell_across(struct walk *w, uint32_t rule, const struct key *key, uint32_t unit,
		 const struct fact *f)
{
	struct across_hit hit = { .rule = rule, .key = *key, .unit = unit, .fact = *f };

	w->told_across |= key_account(w->in->rules[rule].detector->key, key) != 0;
	store_add(w->across, 0, column_of(rule, key), &hit);
}

uint64_t
walk_across_count(const struct walk *w, unsigned column)
{
	return store_count(w->across, 0, column);
}

bool
walk_across_read(const struct walk *w, unsigned column, struct across_hit *out)
{
	return store_read(w->across, 0, column, out);
}

bool
walk_ok(const struct walk *w)
{
	return store_ok(w->across);
}

static int
hit_order(const void *a, const void *b, void *arg)
{
	const struct fact_source *source = *(const struct fact_source *const *)arg;
	const struct across_hit *x = a, *y = b;

	if (x->rule != y->rule)
		return (x->rule > y->rule) - (x->rule < y->rule);
	for (int i = 0; i < KEY_PARTS; i++) {
		if (x->key.part[i] != y->key.part[i])
			return (x->key.part[i] > y->key.part[i]) -
			       (x->key.part[i] < y->key.part[i]);
	}
	if (x->fact.ts != y->fact.ts)
		return (x->fact.ts > y->fact.ts) - (x->fact.ts < y->fact.ts);
	return source->order(source->facts, &x->fact, &y->fact);
}

/* What the lines of a finding are findings of under one rule of its children's detector. */
static void
adopt(struct walk *w, const struct finding *parent, const struct dossier *d,
      const struct fact *facts, uint32_t r)
{
	for (size_t i = 0; i < d->line.n; i++) {
		const struct fact *f = &facts[d->line.at[i]];
		struct look *k = looks_get(&w->print_looks, f->tuple, f->ts);
		struct regard regard;
		struct key key[KEYS_MOST] = { { { 0 } } };
		int keys;
		struct event ev = looks_event(&w->print_looks, k, f, &regard);

		if (looks_verdict(&w->print_looks, k, r, &ev, key, &keys) != JUDGED_HIT)
			continue;
		for (int n = 0; n < keys; n++)
			*VEC_PUSH(&w->findings.adoption) =
				(struct adoption){ .rule = r, .key = key[n], .parent = parent };
	}
}

static void
adopt_children(struct walk *w, const struct finding *parent, const struct dossier *d,
	       const struct fact *facts)
{
	for (uint32_t r = 0; r < w->in->rule_count; r++) {
		if (strcmp(w->in->rules[r].detector->name, parent->rule->detector->children) == 0)
			adopt(w, parent, d, facts, r);
	}
}

/* hits[0..n): one rule, one key, in time order. */
static void
walk_key(struct walk *w, const struct across_hit *hits, size_t n)
{
	struct fact *facts = xalloc(n, sizeof(*facts));
	const struct rule *rule = &w->in->rules[hits->rule];
	struct dossier *d = dossiers_get(&w->dossiers, hits->rule, &hits->key);

	for (size_t i = 0; i < n; i++)
		facts[i] = hits[i].fact;
	for (uint32_t i = 0; i < n; i++)
		dossier_hit(d, &w->finish, facts, i, hits[i].unit);
	dossier_close(d, &w->finish, facts);
	if (d->unit.n) {
		struct finding *f = dossier_finish(d, facts, &w->finish);

		*VEC_PUSH(&w->findings.list) = f;
		if (rule->detector->children)
			adopt_children(w, f, d, facts);
	}
	dossiers_reset(&w->dossiers);
	looks_reset(&w->print_looks);
	if (w->survey)
		survey_forget(w->survey);
	free(facts);
}

static bool
same_key(const struct across_hit *x, const struct across_hit *y)
{
	return x->rule == y->rule && memcmp(&x->key, &y->key, sizeof(x->key)) == 0;
}

void
walk_across(struct walk *w, struct across_hit *hits, size_t n)
{
	const struct fact_source *source = w->in->source;

	qsort_r(hits, n, sizeof(*hits), hit_order, &source);
	for (size_t from = 0, end; from < n; from = end) {
		for (end = from + 1; end < n && same_key(&hits[from], &hits[end]); end++)
			;
		walk_key(w, hits + from, end - from);
	}
}
