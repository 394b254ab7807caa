/*
 * shapes.c - the shapes that need an account's whole walk: its days, and the pairs of its sessions.
 */
#include "engine/walk_own.h"

#include "base/civil.h"

void
walk_take_line(struct dossier *d, const struct account_facts *facts, uint32_t line, int32_t day)
{
	uint32_t unit = looks_day(day);
	struct dossier_unit *u;

	if (d->open_unit != unit) {
		d->open_unit = unit;
		*VEC_PUSH(&d->unit) = (struct dossier_unit){ .first = facts->at[line].ts,
							     .line_from = (uint32_t)d->line.n };
	}
	*VEC_PUSH(&d->line) = line;
	u = &d->unit.at[d->unit.n - 1];
	u->last = facts->at[line].ts;
	u->line_to = (uint32_t)d->line.n;
}

/* All ok lines of the day but health checks (DETECTION B.13.15). */
static void
take_day(struct walk *w, uint32_t rule, const struct account_facts *facts, size_t at,
	 const struct account_day_sum *sum)
{
	struct key key = { { facts->account } };
	struct dossier *d = dossiers_get(&w->dossiers, rule, &key);

	if (d->unit.n == 0)
		d->day = *sum;
	for (uint32_t i = w->range.at[at].from; i < w->range.at[at].to; i++) {
		if (looks_get(&w->print_looks, facts->at[i].tuple, facts->at[i].ts)->counts)
			walk_take_line(d, facts, i, w->day.at[at].day);
	}
}

void
walk_judge_days(struct walk *w, const struct account_facts *facts)
{
	for (uint32_t r = 0; r < w->in->rule_count; r++) {
		const struct rule *rule = &w->in->rules[r];
		const struct detector *d = rule->detector;

		if (!d->day || !(w->looks.able >> r & 1))
			continue;
		for (size_t i = 0; i < w->day.n; i++) {
			struct account_day_sum sum = { 0 };
			enum judged j = d->day(w->day.at, i, rule->param, &sum);

			w->tally[r].judged[j]++;
			if (j == JUDGED_HIT)
				take_day(w, r, facts, i, &sum);
		}
	}
}

struct pairing {
	struct walk *w;
	uint32_t rule;
	struct dossier *dossier;
	struct key key;
	uint8_t *fired; /* by session */
};

/* Pairs that begin on one day are one unit: their number, first and last. */
static void
note_pair(struct pairing *p, uint32_t x, uint32_t y)
{
	const struct session *sx = &p->w->sessions.at.at[x], *sy = &p->w->sessions.at.at[y];
	int32_t day = jst_day(max_i64(sx->a, sy->a));
	struct dossier_unit *u;

	p->dossier = dossiers_get(&p->w->dossiers, p->rule, &p->key);
	p->fired[x] = p->fired[y] = 1;
	u = p->dossier->unit.n ? &p->dossier->unit.at[p->dossier->unit.n - 1] : NULL;
	if (!u || u->line_from != (uint32_t)day) {
		u = VEC_PUSH(&p->dossier->unit);
		*u = (struct dossier_unit){ .first = INT64_MAX,
					    .last = INT64_MIN,
					    .line_from = (uint32_t)day };
	}
	u->first = min_i64(u->first, min_i64(sx->a, sy->a));
	u->last = max_i64(u->last, max_i64(sx->b, sy->b));
	u->pairs++;
}

static void
take_pair(void *arg, uint32_t x, uint32_t y)
{
	struct pairing *p = arg;
	const struct session *sx = &p->w->sessions.at.at[x], *sy = &p->w->sessions.at.at[y];
	int extra = 0;
	const struct rule *rule = &p->w->in->rules[p->rule];
	enum judged j = rule->detector->pair(sx, sy, rule->param, &extra);

	if (j != JUDGED_HIT)
		return;
	p->w->tally[p->rule].judged[JUDGED_HIT]++;
	note_pair(p, x, y);
	if (extra > p->dossier->extra_points)
		p->dossier->extra_points = extra;
}

/* All lines of the sessions that are of a pair, each once. */
static void
take_sessions(struct pairing *p)
{
	struct walk *w = p->w;

	for (uint32_t i = 0; p->dossier && i < w->sessions.of_line.n; i++) {
		uint32_t s = w->sessions.of_line.at[i];

		if (s && p->fired[s - 1])
			*VEC_PUSH(&p->dossier->line) = i;
	}
	for (size_t u = 0; p->dossier && u < p->dossier->unit.n; u++)
		p->dossier->unit.at[u].line_from = p->dossier->unit.at[u].line_to = 0;
	free(p->fired);
}

void
walk_judge_pairs(struct walk *w, const struct account_facts *facts)
{
	for (uint32_t r = 0; r < w->in->rule_count; r++) {
		struct pairing p = { .w = w, .rule = r, .key = { { facts->account } } };

		if (!w->in->rules[r].detector->pair || !(w->looks.able >> r & 1))
			continue;
		p.fired = xalloc(w->sessions.at.n, 1);
		sessions_sweep(&w->sessions, take_pair, &p);
		take_sessions(&p);
	}
}

static void
take_next(struct pairing *p, uint32_t x, uint32_t y)
{
	const struct rule *rule = &p->w->in->rules[p->rule];
	struct account_day_sum sum = { 0 };
	enum judged j = rule->detector->next(&p->w->sessions.at.at[x], &p->w->sessions.at.at[y],
					     p->w->in->lookup, rule->param, &sum);

	p->w->tally[p->rule].judged[j]++;
	if (j != JUDGED_HIT)
		return;
	if (!p->dossier)
		dossiers_get(&p->w->dossiers, p->rule, &p->key)->day = sum;
	note_pair(p, x, y);
}

void
walk_judge_next(struct walk *w, const struct account_facts *facts)
{
	uint32_t *order = sessions_order(&w->sessions, w->in);

	for (uint32_t r = 0; r < w->in->rule_count; r++) {
		struct pairing p = { .w = w, .rule = r, .key = { { facts->account } } };

		if (!w->in->rules[r].detector->next || !(w->looks.able >> r & 1))
			continue;
		p.fired = xalloc(w->sessions.at.n, 1);
		for (size_t i = 1; i < w->sessions.at.n; i++)
			take_next(&p, order[i - 1], order[i]);
		take_sessions(&p);
	}
	free(order);
}
