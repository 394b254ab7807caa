/*
 * vary_walk.c - see vary_walk.h.  Which rows are tried is the table of vary_changes.c; what of the account they are about
 * is taken from the lines of the hit.
 */
#include "engine/vary_walk.h"

#include "base/civil.h"
#include "engine/vary_changes.h"

enum { CLEAR_MOST = 4, SUBJECTS_MOST = 32, TOGETHER_MOST = 8 };

struct made {
	const struct change *change;
	uint32_t number; /* of what it is about */
	uint32_t line;   /* the first of the hit with it */
};

struct again {
	struct walk *w; /* as it is */
	const struct account_facts *facts;
	struct hit_at hit;
	struct engine_input in; /* of one rule, and of ledgers that say otherwise */
	struct lookup lookup;
	struct walk *walk;
	uint32_t number[ABOUT_COUNT][SUBJECTS_MOST], line[ABOUT_COUNT][SUBJECTS_MOST];
	size_t count[ABOUT_COUNT];
	const struct made *made; /* those in force */
	size_t made_count;
};

static uint32_t
subject_of(const struct seen *who, enum about about)
{
	switch (about) {
	case ABOUT_TERMINAL:
		return who->tuple.text[DICT_TERMINAL];
	case ABOUT_NET:
		return who->net;
	case ABOUT_CLIENT:
		return who->tuple.text[DICT_CLIENT];
	case ABOUT_ACCOUNT:
	case ABOUT_COUNT:
		break;
	}
	return who->tuple.text[DICT_ACCOUNT];
}

static void
otherwise(const void *by, struct seen *who)
{
	const struct again *a = by;

	for (size_t i = 0; i < a->made_count; i++) {
		const struct made *m = &a->made[i];

		if (m->change->seen && subject_of(who, m->change->about) == m->number)
			m->change->seen(&a->hit, who);
	}
}

bool
vary_fired(const struct walk *w, uint32_t rule, const struct met *met, int32_t day)
{
	int64_t from = jst_day_start(day), to = jst_day_start(day + 1);

	for (size_t i = 0; i < w->dossiers.at.n; i++) {
		const struct dossier *d = &w->dossiers.at.at[i];

		if (d->rule != rule || (met && met->number && d->key.part[1] != met->number))
			continue;
		for (size_t u = 0; u < d->unit.n; u++) {
			if (d->unit.at[u].first >= from && d->unit.at[u].first < to)
				return true;
		}
	}
	return false;
}

static const struct session *
same_session(const struct walk *w, const struct session *s)
{
	for (size_t i = 0; i < w->sessions.at.n; i++) {
		const struct session *x = &w->sessions.at.at[i];

		if (x->a == s->a && x->net == s->net && x->terminal == s->terminal)
			return x;
	}
	return NULL;
}

/* Two sessions asked again; one that is none any more is no hit. */
static bool
sessions_hit(const struct again *a, const struct rule *rule)
{
	const struct session *x = same_session(a->walk, a->hit.at->x);
	const struct session *y = same_session(a->walk, a->hit.at->y);
	struct account_day_sum sum = { 0 };
	int points = 0;

	if (!x || !y)
		return false;
	return (rule->detector->pair
			? rule->detector->pair(x, y, rule->param, &points)
			: rule->detector->next(x, y, &a->lookup, rule->param, &sum)) == JUDGED_HIT;
}

static bool
day_hits(const struct again *a, const struct rule *rule)
{
	struct account_day_sum sum = { 0 };

	for (size_t i = 0; i < a->made_count; i++) {
		if (a->made[i].change->day)
			a->made[i].change->day(&a->walk->day.at[a->hit.at->day]);
	}
	return rule->detector->day(a->walk->day.at, a->hit.at->day, rule->param, &sum) ==
	       JUDGED_HIT;
}

/* Is it a hit, those rows made? */
static bool
hits(struct again *a, const struct made *made, size_t n)
{
	const struct rule *rule = a->in.rules;
	struct walk *w = a->walk;
	bool hit;

	a->made = made;
	a->made_count = n;
	a->lookup = *a->w->in->lookup;
	for (size_t i = 0; i < n; i++) {
		if (made[i].change->lookup)
			made[i].change->lookup(&a->lookup);
	}
	walk_lines(w, a->facts);
	if (rule->detector->meets)
		walk_presence(w, 0, a->facts, NULL, NULL);
	hit = rule->detector->meets ? vary_fired(w, 0, &a->hit.at->met, a->hit.day)
	      : rule->detector->day ? day_hits(a, rule)
				    : sessions_hit(a, rule);
	dossiers_reset(&w->dossiers);
	sessions_reset(&w->sessions);
	uses_reset(&w->uses);
	looks_reset(&w->looks);
	looks_reset(&w->print_looks);
	return hit;
}

static const struct seen *
seen_at(const struct again *a, uint32_t line)
{
	const struct fact *f = &a->facts->at[line];

	return &looks_get(&a->w->print_looks, f->tuple, f->ts)->seen;
}

static void
note(struct again *a, enum about about, uint32_t number, uint32_t line)
{
	if (number == 0 || a->count[about] == SUBJECTS_MOST)
		return;
	for (size_t i = 0; i < a->count[about]; i++) {
		if (a->number[about][i] == number)
			return;
	}
	a->number[about][a->count[about]] = number;
	a->line[about][a->count[about]++] = line;
}

/* Whom and what the lines of the hit are about. */
static void
note_subjects(struct again *a)
{
	const struct occasion *at = a->hit.at;

	for (uint32_t i = 0; i < a->facts->n; i++) {
		const struct look *k;
		uint32_t s = i < a->w->sessions.of_line.n ? a->w->sessions.of_line.at[i] : 0;
		const struct session *of = s ? &a->w->sessions.at.at[s - 1] : NULL;

		if (at->x ? !of || (of != at->x && of != at->y)
			  : i < a->w->range.at[at->day].from || i >= a->w->range.at[at->day].to)
			continue;
		k = looks_get(&a->w->print_looks, a->facts->at[i].tuple, a->facts->at[i].ts);
		if (!k->counts || !k->seen.person)
			continue;
		for (int about = 0; about < ABOUT_COUNT; about++)
			note(a, (enum about)about, subject_of(&k->seen, (enum about)about), i);
	}
}

static bool
tell_made(const struct again *a, const struct made *made, size_t n, const char *indent,
	  struct out *o)
{
	struct out row;
	bool any = true;

	out_memory(&row);
	for (size_t i = 0; i < n && any; i++) {
		out_text(&row, i ? "; and " : "");
		any = made[i].change->row(&a->hit, seen_at(a, made[i].line), &row);
	}
	if (any) {
		out_text(o, indent);
		out_bytes(o, out_taken(&row)); /* escaped as it was written */
		out_char(o, '\n');
	}
	out_discard(&row);
	return any;
}

/* One row of that kind, else the first few together. */
static bool
clears(struct again *a, const struct change *c, const char *indent, struct out *o)
{
	struct made made[SUBJECTS_MOST];
	size_t n = 0;

	for (size_t i = 0; i < a->count[c->about]; i++) {
		made[n] = (struct made){ c, a->number[c->about][i], a->line[c->about][i] };
		n += c->wanted(&a->hit, seen_at(a, made[n].line));
	}
	for (size_t i = 0; i < n; i++) {
		if (!hits(a, &made[i], 1))
			return tell_made(a, &made[i], 1, indent, o);
	}
	for (size_t k = 2; c->more && k <= n && k <= TOGETHER_MOST; k++) {
		if (!hits(a, made, k))
			return tell_made(a, made, k, indent, o);
	}
	return false;
}

unsigned
vary_occasion(struct walk *w, const struct account_facts *facts, const struct occasion *at,
	      const char *indent, struct out *o)
{
	struct again *a = xalloc(1, sizeof(*a));
	struct arena arena = { 0 };
	unsigned told = 0;

	*a = (struct again){ .w = w, .facts = facts, .hit = { .w = w, .at = at }, .in = *w->in };
	a->lookup = *w->in->lookup;
	a->in.lookup = &a->lookup;
	a->in.rules = &w->in->rules[at->rule];
	a->in.rule_count = 1;
	a->hit.day = at->x ? jst_day(at->x->a) : w->day.at[at->day].day;
	a->hit.site = at->x ? at->x->net_site : SITE_NONE;
	a->walk = walk_new(&a->in, &arena, w->finish.first_ts, w->finish.last_ts, w->looks.shared);
	a->walk->looks.otherwise = a->walk->print_looks.otherwise = otherwise;
	a->walk->looks.otherwise_by = a->walk->print_looks.otherwise_by = a;
	note_subjects(a);
	for (size_t i = 0; i < vary_change_count && told < CLEAR_MOST; i++)
		told += clears(a, &vary_changes[i], indent, o);
	walk_free(a->walk);
	arena_free(&arena);
	free(a);
	return told;
}
