/*
 * explain_shapes.c - the replay of what judges days, sessions and what is met on days.
 */
#include "engine/explain_own.h"

#include "base/civil.h"
#include "engine/naming.h"

void
explain_moment(struct out *o, int64_t ts)
{
	char buf[CIVIL_TEXT];

	out_bytes(o, civil_print_jst(buf, ts));
}

void
explain_value(struct out *o, const char *name, struct str value)
{
	out_printf(o, " %s=", name);
	if (value.n)
		out_tty(o, value);
	else
		out_char(o, '-');
}

static void
print_pair(void *arg, uint32_t x, uint32_t y)
{
	struct replay *r = arg;
	const struct session *sx = &r->walk->sessions.at.at[x], *sy = &r->walk->sessions.at.at[y];
	int extra = 0;
	const struct rule *rule = r->f->rule;
	enum judged j = rule->detector->pair(sx, sy, rule->param, &extra);

	out_printf(r->o, "sessions %u and %u overlap %lld s: %s\n", x + 1, y + 1,
		   (long long)((min_i64(sx->b, sy->b) - max_i64(sx->a, sy->a)) / 1000),
		   judged_names[j]);
}

/* Each session against the one that began before it. */
static void
print_steps(struct replay *r)
{
	const struct sessions *s = &r->walk->sessions;
	const struct rule *rule = r->f->rule;
	uint32_t *order = sessions_order(s, r->in);

	for (size_t i = 1; i < s->at.n; i++) {
		const struct session *x = &s->at.at[order[i - 1]], *y = &s->at.at[order[i]];
		struct account_day_sum sum = { 0 };
		enum judged j = rule->detector->next(x, y, r->in->lookup, rule->param, &sum);

		out_printf(r->o, "session %u, then %u after %lld s", order[i - 1] + 1, order[i] + 1,
			   (long long)((y->a - x->b) / 1000));
		if (j == JUDGED_HIT || j == JUDGED_SILENT)
			out_printf(r->o, ", %u km", sum.x);
		out_printf(r->o, ": %s\n", judged_names[j]);
	}
	free(order);
}

static void
replay_sessions(struct replay *r, const struct account_facts *facts)
{
	const struct names *n = &r->in->source->names;
	const struct lookup *l = r->in->lookup;
	const struct sessions *s = &r->walk->sessions;

	walk_lines(r->walk, facts);
	for (size_t i = 0; i < s->at.n; i++) {
		const struct session *x = &s->at.at[i];

		out_printf(r->o, "session %zu: ", i + 1);
		explain_moment(r->o, x->a);
		out_text(r->o, " to ");
		explain_moment(r->o, x->b);
		out_printf(r->o, " lines=%u", x->n);
		explain_value(r->o, "net", l->net_name(l->context, x->net));
		explain_value(r->o, "net.org", l->org_name(l->context, x->net_org));
		explain_value(r->o, "term", n->text(n->facts, DICT_TERMINAL, x->terminal));
		out_char(r->o, '\n');
	}
	if (r->f->rule->detector->next)
		print_steps(r);
	else
		sessions_sweep(s, print_pair, r);
}

void
explain_date(struct out *o, int32_t day)
{
	struct civil c = civil_from_day(day);

	out_printf(o, "%04d-%02d-%02d", c.year, c.month, c.day);
}

static void
print_day(struct replay *r, const struct account_day *d)
{
	const struct lookup *l = r->in->lookup;

	explain_date(r->o, d->day);
	out_text(r->o, l->day_kind(l->context, d->day) == DAY_HOL ? " hol" : " biz");
}

/* Whence and with what, of a day that fired. */
static void
print_uses(struct replay *r, const struct account_day *d)
{
	const struct names *n = &r->in->source->names;
	const struct lookup *l = r->in->lookup;

	for (uint32_t i = 0; i < d->use_count; i++) {
		const struct day_use *u = &d->use[i];

		out_printf(r->o, "  lines=%u", u->lines);
		explain_value(r->o, "net", l->net_name(l->context, u->net));
		out_printf(r->o, " kind=%s", net_kind_names[u->net_kind]);
		explain_value(r->o, "term", n->text(n->facts, DICT_TERMINAL, u->terminal));
		explain_value(r->o, "client", n->text(n->facts, DICT_CLIENT, u->client));
		out_char(r->o, '\n');
	}
}

static void
print_hours(struct replay *r, const char *name, uint32_t hours)
{
	const char *before = "";

	out_printf(r->o, " %s=", name);
	for (unsigned h = 0; h < 24; h++) {
		if (hours >> h & 1) {
			out_printf(r->o, "%s%u", before, h);
			before = ",";
		}
	}
	if (hours == 0)
		out_char(r->o, '-');
}

static void
replay_days(struct replay *r, const struct account_facts *facts)
{
	const struct walk *w = r->walk;
	const struct rule *rule = r->f->rule;

	walk_lines(r->walk, facts);
	for (size_t i = 0; i < w->day.n; i++) {
		const struct account_day *d = &w->day.at[i];
		struct account_day_sum sum = { 0 };
		enum judged j = rule->detector->day(w->day.at, i, rule->param, &sum);

		print_day(r, d);
		out_printf(r->o, " consumers=%u", d->consumers);
		print_hours(r, "hours", d->hours);
		out_printf(r->o, " site_changes=%u%s: %s", d->site_changes,
			   d->left_out ? " left out" : "", judged_names[j]);
		if (sum.median)
			out_printf(r->o, "; median %u, MAD %u of %u days", sum.median, sum.mad,
				   sum.days);
		if (sum.hours)
			print_hours(r, "rare", sum.hours);
		out_char(r->o, '\n');
		if (j == JUDGED_HIT)
			print_uses(r, d);
	}
}

void
explain_met(struct out *o, const struct finish *fin, const struct detector *d,
	    const struct presence_entry *e)
{
	static const char *const kinds[] = { [KEY_TERMINAL] = "term",
					     [KEY_CLIENT] = "client",
					     [KEY_NET] = "net",
					     [KEY_COUNTRY] = "country" };

	explain_value(o, kinds[e->met.kind], name_part(fin, d, e->met.kind, e->met.number));
	out_printf(o, " lines=%u, ", e->lines);
	if (e->before == INT32_MIN) {
		out_text(o, "not met before");
	} else {
		out_text(o, "last met on ");
		explain_date(o, e->before);
	}
}

/* Of a rule whose key says what was met, that alone. */
static void
print_met(void *arg, const struct account_day *day, const struct presence_entry *e,
	  enum judged judged)
{
	struct replay *r = arg;
	const struct detector *d = r->f->rule->detector;

	if (d->key[1].name && e->met.number != r->f->key.part[1])
		return;
	print_day(r, day);
	explain_met(r->o, &r->walk->finish, d, e);
	out_printf(r->o, ": %s\n", judged_names[judged]);
}

static void
replay_presence(struct replay *r, const struct account_facts *facts)
{
	walk_lines(r->walk, facts);
	walk_presence(r->walk, r->f->rule_number, facts, print_met, r);
}

bool
explain_shape(struct replay *r, const struct account_facts *facts)
{
	const struct detector *d = r->f->rule->detector;

	if (d->pair || d->next)
		replay_sessions(r, facts);
	else if (d->day)
		replay_days(r, facts);
	else if (d->meets)
		replay_presence(r, facts);
	return d->pair || d->next || d->day || d->meets;
}
