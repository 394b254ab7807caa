/*
 * explain_day.c - see explain_day.h.
 */
#include "engine/explain_day.h"

#include "base/civil.h"

struct days_at {
	struct walk *w;
	struct out *o;
	int32_t from, to;
	uint32_t rule;
	bool any;
};

static void
print_day(const struct days_at *d, size_t i)
{
	const struct account_day *day = &d->w->day.at[i];
	struct civil c = civil_from_day(day->day);

	out_printf(d->o, "%04d-%02d-%02d\n  consumers   %u%s\n", c.year, c.month, c.day,
		   day->consumers, day->left_out ? ", left out" : "");
	for (uint32_t r = 0; r < d->w->in->rule_count; r++) {
		const struct rule *rule = &d->w->in->rules[r];
		struct account_day_sum sum = { 0 };
		enum judged j;

		if (!rule->detector->day || rule_lacks(rule, d->w->in->lookup))
			continue;
		j = rule->detector->day(d->w->day.at, i, rule->param, &sum);
		out_printf(d->o, "  %-11s %s", rule->id, judged_words[j]);
		if (sum.days)
			out_printf(d->o, "; %u, median %u, MAD %u of %u days", sum.x, sum.median,
				   sum.mad, sum.days);
		out_char(d->o, '\n');
	}
}

static bool
touches(const struct days_at *d, const struct session *s)
{
	return jst_day(s->a) <= d->to && jst_day(s->b) >= d->from;
}

static void
print_session(const struct days_at *d, size_t i)
{
	const struct names *n = &d->w->in->source->names;
	const struct lookup *l = d->w->in->lookup;
	const struct session *s = &d->w->sessions.at.at[i];
	char from[CIVIL_TEXT], to[CIVIL_TEXT];

	out_printf(d->o, "session %zu, " STR_FMT " to " STR_FMT ", lines %u, from ", i + 1,
		   STR_ARG(civil_print_jst(from, s->a)), STR_ARG(civil_print_jst(to, s->b)), s->n);
	out_tty(d->o, s->net ? l->net_name(l->context, s->net) : STR("nowhere known"));
	if (s->terminal) {
		out_text(d->o, " at ");
		out_tty(d->o, n->text(n->facts, DICT_TERMINAL, s->terminal));
	}
	out_char(d->o, '\n');
}

static void
print_pair(void *arg, uint32_t x, uint32_t y)
{
	struct days_at *d = arg;
	const struct session *sx = &d->w->sessions.at.at[x], *sy = &d->w->sessions.at.at[y];
	const struct rule *rule = &d->w->in->rules[d->rule];
	int extra = 0;

	if (!touches(d, sx) && !touches(d, sy))
		return;
	d->any = true;
	out_printf(d->o, "  %-11s sessions %u and %u overlap %lld s: %s\n", rule->id, x + 1, y + 1,
		   (long long)((min_i64(sx->b, sy->b) - max_i64(sx->a, sy->a)) / 1000),
		   judged_words[rule->detector->pair(sx, sy, rule->param, &extra)]);
}

void
explain_days(struct walk *w, const struct account_facts *facts, int64_t from, int64_t to,
	     struct out *o)
{
	struct days_at d = { .w = w, .o = o, .from = jst_day(from), .to = jst_day(to) };

	walk_lines(w, facts);
	for (size_t i = 0; i < w->day.n; i++) {
		if (w->day.at[i].day >= d.from && w->day.at[i].day <= d.to)
			print_day(&d, i);
	}
	for (size_t i = 0; i < w->sessions.at.n; i++) {
		if (touches(&d, &w->sessions.at.at[i]))
			print_session(&d, i);
	}
	for (d.rule = 0; d.rule < w->in->rule_count; d.rule++) {
		const struct rule *rule = &w->in->rules[d.rule];

		if (!rule->detector->pair || rule_lacks(rule, w->in->lookup))
			continue;
		d.any = false;
		sessions_sweep(&w->sessions, print_pair, &d);
		if (!d.any)
			out_printf(o, "  %-11s silent: no two sessions overlap\n", rule->id);
	}
	out_char(o, '\n');
	dossiers_reset(&w->dossiers);
	sessions_reset(&w->sessions);
	uses_reset(&w->uses);
	looks_reset(&w->looks);
}
