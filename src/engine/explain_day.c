/*
 * explain_day.c - see explain_day.h.
 */
#include "engine/explain_day.h"

#include "base/civil.h"
#include "engine/explain_own.h"
#include "engine/vary_walk.h"

#define INDENT "              "

struct days_at {
	struct walk *w;
	const struct account_facts *facts;
	struct out *o;
	int32_t from, to;
	uint32_t rule;
	bool any; /* something was told of the rule */
};

/* Behind a hit: what would have kept the rule from it. */
static void
print_clears(const struct days_at *d, const struct occasion *at)
{
	struct out rows;

	out_memory(&rows);
	if (vary_occasion(d->w, d->facts, at, INDENT "  ", &rows)) {
		out_text(d->o, INDENT "would be no hit, were one of these in force:\n");
		out_bytes(d->o, out_taken(&rows)); /* escaped as it was written */
	} else {
		out_text(d->o, INDENT "no single ledger row would keep it from that\n");
	}
	out_discard(&rows);
}

static void
print_judged_day(const struct days_at *d, uint32_t r, size_t i)
{
	const struct rule *rule = &d->w->in->rules[r];
	struct account_day_sum sum = { 0 };
	enum judged j = rule->detector->day(d->w->day.at, i, rule->param, &sum);

	out_printf(d->o, "  %-11s %s", rule->id, judged_words[j]);
	if (sum.days)
		out_printf(d->o, "; %u, median %u, MAD %u of %u days", sum.x, sum.median, sum.mad,
			   sum.days);
	out_char(d->o, '\n');
	if (j == JUDGED_HIT)
		print_clears(d, &(struct occasion){ .rule = r, .day = i });
}

static void
print_day(const struct days_at *d, size_t i)
{
	const struct account_day *day = &d->w->day.at[i];

	explain_date(d->o, day->day);
	out_printf(d->o, "\n  consumers   %u%s\n", day->consumers,
		   day->left_out ? ", left out" : "");
	for (uint32_t r = 0; r < d->w->in->rule_count; r++) {
		const struct rule *rule = &d->w->in->rules[r];

		if (rule->detector->day && !rule_lacks(rule, d->w->in->lookup))
			print_judged_day(d, r, i);
	}
}

/* One thing that was met on a day of those asked about. */
static void
print_met(void *arg, const struct account_day *day, const struct presence_entry *e,
	  enum judged judged)
{
	struct days_at *d = arg;
	const struct rule *rule = &d->w->in->rules[d->rule];

	if (day->day < d->from || day->day > d->to)
		return;
	d->any = true;
	out_printf(d->o, "  %-11s ", rule->id);
	explain_date(d->o, day->day);
	explain_met(d->o, &d->w->finish, rule->detector, e);
	out_printf(d->o, ": %s\n", judged_words[judged]);
	if (judged == JUDGED_HIT && rule->detector->key[1].name)
		print_clears(d, &(struct occasion){ .rule = d->rule,
						    .day = (size_t)(day - d->w->day.at),
						    .met = e->met });
}

/* Of a rule whose records are of the account, what would clear the day is told once. */
static void
print_presence(struct days_at *d)
{
	const struct rule *rule = &d->w->in->rules[d->rule];

	walk_presence(d->w, d->rule, d->facts, print_met, d);
	for (size_t i = 0; i < d->w->day.n && !rule->detector->key[1].name; i++) {
		int32_t day = d->w->day.at[i].day;

		if (day < d->from || day > d->to || !vary_fired(d->w, d->rule, NULL, day))
			continue;
		d->any = true;
		out_printf(d->o, "  %-11s ", rule->id);
		explain_date(d->o, day);
		out_text(d->o, " is a day with a hit\n");
		print_clears(d, &(struct occasion){ .rule = d->rule, .day = i });
	}
	if (!d->any)
		out_printf(d->o, "  %-11s silent: nothing that it asks of was met\n", rule->id);
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
	enum judged j;

	if (!touches(d, sx) && !touches(d, sy))
		return;
	d->any = true;
	j = rule->detector->pair(sx, sy, rule->param, &extra);
	out_printf(d->o, "  %-11s sessions %u and %u overlap %lld s: %s\n", rule->id, x + 1, y + 1,
		   (long long)((min_i64(sx->b, sy->b) - max_i64(sx->a, sy->a)) / 1000),
		   judged_words[j]);
	if (j == JUDGED_HIT)
		print_clears(d, &(struct occasion){ .rule = d->rule, .x = sx, .y = sy });
}

static void
print_pairs(struct days_at *d)
{
	sessions_sweep(&d->w->sessions, print_pair, d);
	if (!d->any)
		out_printf(d->o, "  %-11s silent: no two sessions overlap\n",
			   d->w->in->rules[d->rule].id);
}

static void
print_next(struct days_at *d, uint32_t x, uint32_t y)
{
	const struct session *sx = &d->w->sessions.at.at[x], *sy = &d->w->sessions.at.at[y];
	const struct rule *rule = &d->w->in->rules[d->rule];
	struct account_day_sum sum = { 0 };
	enum judged j;

	if (!touches(d, sx) && !touches(d, sy))
		return;
	d->any = true;
	j = rule->detector->next(sx, sy, d->w->in->lookup, rule->param, &sum);
	out_printf(d->o, "  %-11s session %u, then %u after %lld s", rule->id, x + 1, y + 1,
		   (long long)((sy->a - sx->b) / 1000));
	if (j == JUDGED_HIT || j == JUDGED_SILENT)
		out_printf(d->o, ", %u km", sum.x);
	out_printf(d->o, ": %s\n", judged_words[j]);
	if (j == JUDGED_HIT)
		print_clears(d, &(struct occasion){ .rule = d->rule, .x = sx, .y = sy });
}

static void
print_steps(struct days_at *d)
{
	const struct sessions *s = &d->w->sessions;
	uint32_t *order = sessions_order(s, d->w->in);

	for (size_t i = 1; i < s->at.n; i++)
		print_next(d, order[i - 1], order[i]);
	free(order);
	if (!d->any)
		out_printf(d->o, "  %-11s silent: there is one session\n",
			   d->w->in->rules[d->rule].id);
}

void
explain_days(struct walk *w, const struct account_facts *facts, int64_t from, int64_t to,
	     struct out *o)
{
	struct days_at d = {
		.w = w, .facts = facts, .o = o, .from = jst_day(from), .to = jst_day(to)
	};

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

		d.any = false;
		if (rule_lacks(rule, w->in->lookup))
			continue;
		if (rule->detector->pair)
			print_pairs(&d);
		else if (rule->detector->next)
			print_steps(&d);
		else if (rule->detector->meets)
			print_presence(&d);
	}
	out_char(o, '\n');
	dossiers_reset(&w->dossiers);
	sessions_reset(&w->sessions);
	uses_reset(&w->uses);
	looks_reset(&w->looks);
}
