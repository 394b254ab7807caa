/*
 * finish.c - from a dossier to a finding: counts, cases, points and evidence, all taken from its lines, each once.
 */
#include "engine/dossier.h"

#include "base/civil.h"
#include "base/order.h"
#include "engine/naming.h"

#include <limits.h>

#define CASE_GAP_MS (30LL * DAY_MS)

enum {
	NIGHT_FROM_MS = 22 * 3600000,
	NIGHT_TO_MS = 5 * 3600000,
	MANY_CONSUMERS = 100,
	TOLD_REASONS = 20,
	ANOMALY_MOST = 89
};

/* A consumer viewed, in the order of the lines: case and day never go back. */
struct shown {
	uint32_t unit_case, day; /* indexes */
	uint32_t windows;        /* bit w: viewed in window w */
};

struct day_lines {
	int32_t day;
	uint32_t first; /* index into dossier.line */
	uint64_t lines, consumers;
};

struct numbers {
	VEC(uint64_t) of;
};

/* Growing work space; emptied, not freed, between findings. */
struct scratch {
	VEC(struct shown) shown;
	struct numbers by_object; /* object << 32 | index of shown */
	struct numbers nets;      /* net << 32 | lines of it in a row */
	struct numbers account_day, terminal, account, system;
	struct numbers room; /* to sort in */
	VEC(struct day_lines) day;
};

struct scratch *
scratch_new(void)
{
	return xalloc(1, sizeof(struct scratch));
}

void
scratch_free(struct scratch *s)
{
	VEC_FREE(&s->shown);
	VEC_FREE(&s->by_object.of);
	VEC_FREE(&s->nets.of);
	VEC_FREE(&s->account_day.of);
	VEC_FREE(&s->terminal.of);
	VEC_FREE(&s->account.of);
	VEC_FREE(&s->system.of);
	VEC_FREE(&s->room.of);
	VEC_FREE(&s->day);
	free(s);
}

static int
unit_order(const void *a, const void *b)
{
	const struct dossier_unit *x = a, *y = b;

	if (x->first != y->first)
		return (x->first > y->first) - (x->first < y->first);
	return (x->last > y->last) - (x->last < y->last);
}

/* Lines first by count, then by day. */
static int
day_order(const void *a, const void *b)
{
	const struct day_lines *x = a, *y = b;

	if (x->lines != y->lines)
		return (x->lines < y->lines) - (x->lines > y->lines);
	return (x->day > y->day) - (x->day < y->day);
}

static size_t
different(struct numbers *v)
{
	return order_unique(v->of.at, v->of.n, sizeof(*v->of.at), order_u64);
}

/* Most lines say what the one before them said. */
static void
note(struct numbers *v, uint64_t number)
{
	if (v->of.n == 0 || v->of.at[v->of.n - 1] != number)
		*VEC_PUSH(&v->of) = number;
}

static void
sort(struct numbers *v, struct scratch *s)
{
	while (s->room.of.room < v->of.n)
		s->room.of.at = vec_grow(s->room.of.at, &s->room.of.room, sizeof(*s->room.of.at));
	order_numbers(v->of.at, v->of.n, s->room.of.at);
}

/* Units sorted by start; those at most 30 days apart are one case. */
static void
make_cases(struct dossier *d, struct finding *f, struct arena *a)
{
	if (d->unit.n)
		qsort(d->unit.at, d->unit.n, sizeof(*d->unit.at), unit_order);
	f->units = arena_alloc(a, d->unit.n * sizeof(*f->units));
	f->cases = arena_alloc(a, d->unit.n * sizeof(*f->cases));
	f->unit_count = d->unit.n;
	for (size_t i = 0; i < d->unit.n; i++) {
		const struct dossier_unit *u = &d->unit.at[i];
		struct finding_case *c;

		f->units[i] = (struct unit){ .first = u->first,
					     .last = u->last,
					     .lines = u->line_to - u->line_from,
					     .pairs = u->pairs };
		if (i == 0 || u->first - f->cases[f->case_count - 1].last > CASE_GAP_MS)
			f->cases[f->case_count++] = (struct finding_case){ .first = u->first,
									   .last = u->last,
									   .unit_from = i };
		c = &f->cases[f->case_count - 1];
		c->last = max_i64(c->last, u->last);
		c->unit_to = i + 1;
		c->counts.episodes += u->pairs ? u->pairs : 1;
		f->counts.episodes += u->pairs ? u->pairs : 1;
	}
	f->first = f->cases[0].first;
	f->last = f->cases[f->case_count - 1].last;
}

/* What the points are taken from. */
struct gravity {
	bool shown_outside, privileged, night, all_boundary;
	int points; /* the rule's own, of its heaviest line */
};

static uint32_t
windows_of(const struct engine_input *in, int64_t ts)
{
	uint32_t bits = 0;

	for (size_t w = 0; w < in->window_count; w++) {
		if (ts >= in->windows[w].from && ts < in->windows[w].to)
			bits |= 1U << w;
	}
	return bits;
}

/* A view by B.13.14: failed ones count only where nothing else is looked at. */
static bool
is_view(const struct detector *d, const struct event *ev)
{
	return ev->view && (ev->who->tuple.ok || d->lines == LINES_FAILED);
}

static void
weigh(const struct rule *rule, const struct event *ev, int64_t ms_of_day, struct gravity *g)
{
	const struct detector *detector = rule->detector;
	const struct seen *who = ev->who;

	if (detector->line_points) {
		int points = detector->line_points(ev, rule->param);

		g->points = points > g->points ? points : g->points;
	}
	g->privileged |= who->privileged;
	if (!is_view(detector, ev)) {
		g->all_boundary = false;
		return;
	}
	g->night |= ms_of_day >= NIGHT_FROM_MS || ms_of_day < NIGHT_TO_MS;
	g->all_boundary &= ev->view->switch_boundary;
	if (ev->fact->object && who->tuple.ok && who->tuple.masked != MASKED_YES &&
	    !who->class_public)
		g->shown_outside |=
			detector->origin_foreign || ev->view->verdict.barred == BARRED_YES;
}

static void
note_net(struct numbers *nets, uint32_t net)
{
	if (nets->of.n && nets->of.at[nets->of.n - 1] >> 32 == net)
		nets->of.at[nets->of.n - 1]++;
	else
		*VEC_PUSH(&nets->of) = (uint64_t)net << 32 | 1;
}

static void
note_line(struct scratch *s, const struct look *k, const struct fact *fact, uint32_t index,
	  int32_t day)
{
	struct day_lines *last = s->day.n ? &s->day.at[s->day.n - 1] : NULL;

	if (last && last->day == day)
		last->lines++;
	else
		*VEC_PUSH(&s->day) = (struct day_lines){ .day = day, .first = index, .lines = 1 };
	note(&s->account_day, (uint64_t)fact->account << 32 | (uint32_t)day);
	note(&s->account, fact->account);
	note(&s->system, k->seen.tuple.system);
	if (k->seen.net)
		note_net(&s->nets, k->seen.net);
	if (k->seen.tuple.text[DICT_TERMINAL])
		note(&s->terminal, k->seen.tuple.text[DICT_TERMINAL]);
}

static void
note_shown(struct scratch *s, uint32_t object, size_t unit_case, uint32_t windows)
{
	*VEC_PUSH(&s->by_object.of) = (uint64_t)object << 32 | s->shown.n;
	*VEC_PUSH(&s->shown) = (struct shown){ .unit_case = (uint32_t)unit_case,
					       .day = (uint32_t)s->day.n - 1,
					       .windows = windows };
}

static void
empty(struct scratch *s)
{
	s->shown.n = s->by_object.of.n = s->nets.of.n = s->day.n = 0;
	s->account_day.of.n = s->terminal.of.n = s->account.of.n = s->system.of.n = 0;
}

static struct gravity
read_lines(struct dossier *d, const struct fact *facts, const struct finish *fin, struct finding *f)
{
	struct gravity g = { .all_boundary = true };
	bool violation = rule_kind(f->rule) == FINDING_VIOLATION;
	struct scratch *s = fin->scratch;
	size_t c = 0;

	empty(s);
	for (size_t i = 0; i < d->line.n; i++) {
		const struct fact *fact = &facts[d->line.at[i]];
		struct look *k = looks_get(fin->looks, fact->tuple, fact->ts);
		int32_t day = jst_day(fact->ts);
		struct regard regard;
		struct event ev = looks_event(fin->looks, k, fact, &regard);

		while (c + 1 < f->case_count && fact->ts > f->cases[c].last)
			c++;
		f->cases[c].counts.lines++;
		weigh(f->rule, &ev, fact->ts - jst_day_start(day), &g);
		note_line(s, k, fact, (uint32_t)i, day);
		if (fin->survey && violation)
			survey_affected(fin->survey, k, fact, ev.view,
					windows_of(fin->in, fact->ts));
		if (!is_view(f->rule->detector, &ev))
			continue;
		f->cases[c].counts.views++;
		f->counts.views++;
		if (!fact->object)
			continue;
		note_shown(s, fact->object, c, windows_of(fin->in, fact->ts));
	}
	f->counts.lines = d->line.n;
	return g;
}

/* One consumer's views, from..to of by_object: counted once, and once in each case and day. */
static void
count_consumer(struct scratch *s, size_t from, size_t to, struct finding *f, size_t window_count)
{
	const struct shown *last = NULL;
	uint32_t windows = 0;

	for (size_t i = from; i < to; i++) {
		const struct shown *v = &s->shown.at[(uint32_t)s->by_object.of.at[i]];

		windows |= v->windows;
		if (!last || last->unit_case != v->unit_case)
			f->cases[v->unit_case].counts.consumers++;
		if (!last || last->day != v->day)
			s->day.at[v->day].consumers++;
		last = v;
	}
	f->counts.consumers++;
	for (size_t w = 0; w < window_count; w++)
		f->by_window[w] += windows >> w & 1;
}

static void
count_consumers(struct scratch *s, struct finding *f, size_t window_count)
{
	const struct numbers *v = &s->by_object;

	sort(&s->by_object, s);
	for (size_t i = 0, j; i < v->of.n; i = j) {
		for (j = i; j < v->of.n && v->of.at[j] >> 32 == v->of.at[i] >> 32; j++)
			;
		count_consumer(s, i, j, f, window_count);
	}
	/* The most of one day are what a disposition caps. */
	for (size_t i = 0; i < s->day.n; i++)
		f->consumers_a_day = max_u64(f->consumers_a_day, s->day.at[i].consumers);
}

static int
origin_order(const void *a, const void *b)
{
	const struct origin *x = a, *y = b;

	if (x->lines != y->lines)
		return (x->lines < y->lines) - (x->lines > y->lines);
	return str_cmp(x->net, y->net);
}

/* Networks by lines. */
static void
count_origins(struct scratch *s, struct finding *f, const struct finish *fin)
{
	const struct lookup *l = fin->in->lookup;
	const struct numbers *v = &s->nets;
	size_t distinct = 0;

	sort(&s->nets, s);
	for (size_t i = 0; i < v->of.n; i++)
		distinct += i == 0 || v->of.at[i] >> 32 != v->of.at[i - 1] >> 32;
	f->counts.networks = distinct;
	f->origins = arena_alloc(fin->arena, distinct * sizeof(*f->origins));
	for (size_t i = 0, j; i < v->of.n; i = j) {
		uint32_t net = (uint32_t)(v->of.at[i] >> 32);
		struct origin *o = &f->origins[f->origin_count++];

		for (j = i; j < v->of.n && v->of.at[j] >> 32 == net; j++)
			o->lines += (uint32_t)v->of.at[j];
		o->net = l->net_name(l->context, net);
		o->org = l->org_name(l->context, l->net_org(l->context, net));
		o->site = l->site_name(l->context, l->net_site(l->context, net));
	}
	if (f->origin_count)
		qsort(f->origins, f->origin_count, sizeof(*f->origins), origin_order);
}

static void
count_rest(struct scratch *s, struct finding *f, const struct finish *fin)
{
	f->counts.person_days = different(&s->account_day);
	f->counts.accounts = different(&s->account);
	f->counts.terminals = different(&s->terminal);
	f->system_count = different(&s->system);
	f->systems = arena_alloc(fin->arena, f->system_count * sizeof(*f->systems));
	for (size_t i = 0; i < f->system_count; i++)
		f->systems[i] = fin->in->policy->system[s->system.of.at[i]].id;
	qsort(f->systems, f->system_count, sizeof(*f->systems), order_str);
}

/* First, last, and the first line of each of the three days with most lines. */
static void
take_samples(const struct dossier *d, const struct fact *facts, struct scratch *s,
	     struct finding *f)
{
	f->sample[f->sample_count++].fact = facts[d->line.at[0]];
	f->sample[f->sample_count++].fact = facts[d->line.at[d->line.n - 1]];
	qsort(s->day.at, s->day.n, sizeof(*s->day.at), day_order);
	for (size_t i = 0; i < s->day.n && i < SAMPLES - 2; i++)
		f->sample[f->sample_count++].fact = facts[d->line.at[s->day.at[i].first]];
}

static void
set_points(struct finding *f, const struct dossier *d, const struct gravity *g, size_t days)
{
	const struct detector *detector = f->rule->detector;
	int p = f->rule->base + d->extra_points + g->points;
	int most = detector->most_points;

	p += detector->consumer_points ? detector->consumer_points(f->counts.consumers) : 0;
	p += g->shown_outside ? 15 : 0;
	p += days >= 2 ? 5 : 0;
	p += f->counts.consumers >= MANY_CONSUMERS ? 5 : 0;
	p += g->privileged ? 10 : 0;
	p += g->night ? 10 : 0;
	p -= detector->switch_discount && g->all_boundary ? 15 : 0;
	if (most == 0)
		most = rule_kind(f->rule) == FINDING_VIOLATION ? INT_MAX : ANOMALY_MOST;
	f->points = p < most ? p : most;
	f->severity = severity_of(f->points);
}

static void
set_because(struct finding *f, const struct finish *fin, const struct event *first,
	    const struct account_day_sum *day)
{
	struct because b = { .arena = fin->arena,
			     .lookup = fin->in->lookup,
			     .names = &fin->in->source->names,
			     .policy = fin->in->policy };

	if (f->rule->detector->because)
		f->rule->detector->because(first, &f->key, &b);
	if (f->rule->detector->because_sum)
		f->rule->detector->because_sum(day, f->rule->param, &b);
	f->because = arena_alloc(fin->arena, b.line.n * sizeof(*f->because));
	f->because_count = b.line.n;
	if (b.line.n)
		memcpy(f->because, b.line.at, b.line.n * sizeof(*f->because));
	VEC_FREE(&b.line);
}

/* Lines of pairs are gathered session by session: bring them in order, each once. */
static void
settle_lines(struct dossier *d)
{
	d->line.n = order_unique(d->line.at, d->line.n, sizeof(*d->line.at), order_u32);
}

struct finding *
dossier_finish(struct dossier *d, const struct fact *facts, const struct finish *fin)
{
	struct finding *f = arena_alloc(fin->arena, sizeof(*f));
	const struct engine_input *in = fin->in;
	struct gravity g;
	struct regard regard;
	struct event first;
	const struct fact *fact;
	int64_t start = in->from == INT64_MIN ? fin->first_ts : in->from;

	f->rule = &in->rules[d->rule];
	f->rule_number = d->rule;
	f->key = d->key;
	f->day = d->day;
	make_cases(d, f, fin->arena);
	settle_lines(d);
	g = read_lines(d, facts, fin, f);
	count_consumers(fin->scratch, f, in->window_count);
	take_samples(d, facts, fin->scratch, f);
	count_origins(fin->scratch, f, fin);
	count_rest(fin->scratch, f, fin);
	set_points(f, d, &g, fin->scratch->day.n);
	name_key(f, fin);
	f->open = f->last + f->rule->gap_ms >= fin->last_ts;
	f->left_censored = f->first - start <= f->rule->gap_ms;
	fact = &f->sample[0].fact;
	first = looks_event(fin->looks, looks_get(fin->looks, fact->tuple, fact->ts), fact,
			    &regard);
	name_occurrence(f, fin, &first);
	set_because(f, fin, &first, &d->day);
	return f;
}

/* The units of what was told carry their lines as a count: there are none to look at. */
static void
take_told(struct dossier *d, struct finding *f, const struct told *t, size_t n,
	  const struct finish *fin)
{
	size_t reasons = n;

	for (size_t i = 0; i < n; i++)
		reasons += t[i].also_count;
	f->because = arena_alloc(fin->arena, reasons * sizeof(*f->because));
	for (size_t i = 0; i < n; i++) {
		*VEC_PUSH(&d->unit) = (struct dossier_unit){ .first = t[i].first,
							     .last = t[i].last,
							     .pairs = t[i].units };
		f->counts.lines += t[i].lines;
		if (t[i].why.pred.n && f->because_count < TOLD_REASONS)
			f->because[f->because_count++] = t[i].why;
		for (size_t k = 0; k < t[i].also_count; k++)
			f->because[f->because_count++] = t[i].also[k];
	}
}

struct finding *
told_finish(uint32_t rule, const struct told *t, size_t n, const struct finish *fin)
{
	struct finding *f = arena_alloc(fin->arena, sizeof(*f));
	struct dossier d = { .rule = rule, .key = t->key };
	struct gravity g = { 0 };

	f->rule = &fin->in->rules[rule];
	f->rule_number = rule;
	f->key = t->key;
	take_told(&d, f, t, n, fin);
	make_cases(&d, f, fin->arena);
	set_points(f, &d, &g, 0); /* days of activity are days of lines */
	f->open = f->last >= fin->last_ts;
	name_key(f, fin);
	name_unlined(f, fin);
	VEC_FREE(&d.unit);
	return f;
}
