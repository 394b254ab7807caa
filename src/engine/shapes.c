/*
 * shapes.c - the two shapes that need an account's whole walk: its days, and the pairs of its sessions.
 */
#include "engine/walk_own.h"

#include "base/civil.h"

/* All ok lines of the day but health checks (DETECTION B.13.15). */
static void
take_day(struct walk *w, uint32_t rule, const struct account_facts *facts, size_t at,
	 const struct account_day_sum *sum)
{
	struct key key = { { facts->account } };
	struct dossier *d = dossiers_get(&w->dossiers, rule, &key);
	struct dossier_unit u = { .line_from = (uint32_t)d->line.n };

	for (uint32_t i = w->range.at[at].from; i < w->range.at[at].to; i++) {
		if (looks_get(&w->print_looks, facts->at[i].tuple, facts->at[i].ts)->counts)
			*VEC_PUSH(&d->line) = i;
	}
	u.line_to = (uint32_t)d->line.n;
	u.first = facts->at[d->line.at[u.line_from]].ts;
	u.last = facts->at[d->line.at[u.line_to - 1]].ts;
	if (d->unit.n == 0)
		d->day = *sum;
	*VEC_PUSH(&d->unit) = u;
}

void
walk_judge_days(struct walk *w, const struct account_facts *facts)
{
	for (uint32_t r = 0; r < w->in->rule_count; r++) {
		const struct rule *rule = &w->in->rules[r];
		const struct detector *d = rule->detector;

		for (size_t i = 0; d->day && i < w->day.n; i++) {
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
take_pair(void *arg, uint32_t x, uint32_t y)
{
	struct pairing *p = arg;
	const struct session *sx = &p->w->sessions.at.at[x], *sy = &p->w->sessions.at.at[y];
	int32_t day = jst_day(max_i64(sx->a, sy->a));
	struct dossier_unit *u;
	int extra = 0;
	const struct rule *rule = &p->w->in->rules[p->rule];
	enum judged j = rule->detector->pair(sx, sy, rule->param, &extra);

	if (j != JUDGED_HIT)
		return;
	p->w->tally[p->rule].judged[JUDGED_HIT]++;
	p->dossier = dossiers_get(&p->w->dossiers, p->rule, &p->key);
	p->fired[x] = p->fired[y] = 1;
	if (extra > p->dossier->extra_points)
		p->dossier->extra_points = extra;
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

void
walk_judge_pairs(struct walk *w, const struct account_facts *facts)
{
	for (uint32_t r = 0; r < w->in->rule_count; r++) {
		struct pairing p = { .w = w, .rule = r, .key = { { facts->account } } };

		if (!w->in->rules[r].detector->pair)
			continue;
		p.fired = xalloc(w->sessions.at.n, 1);
		sessions_sweep(&w->sessions, take_pair, &p);
		for (uint32_t i = 0; p.dossier && i < w->sessions.of_line.n; i++) {
			uint32_t s = w->sessions.of_line.at[i];

			if (s && p.fired[s - 1])
				*VEC_PUSH(&p.dossier->line) = i;
		}
		for (size_t u = 0; p.dossier && u < p.dossier->unit.n; u++)
			p.dossier->unit.at[u].line_from = p.dossier->unit.at[u].line_to = 0;
		free(p.fired);
	}
}
