/*
 * presence.c - rules on what an account meets that it has not met for long, or never.
 *
 * A day with fewer lines than would fire is a day on which the thing was met, all the same.
 */
#include "engine/walk_own.h"

#include "base/civil.h"
#include "base/hash.h"

void
presence_free(struct presence *p)
{
	VEC_FREE(&p->at);
	VEC_FREE(&p->today);
	free(p->index);
	*p = (struct presence){ 0 };
}

static void
reset(struct presence *p)
{
	if (p->at.n)
		p->index = index_empty(p->index, &p->mask, sizeof(*p->index));
	p->at.n = 0;
}

static size_t
slot_of(const struct presence *p, struct met met)
{
	size_t at = hash_mix((uint64_t)met.kind << 32 | met.number) & p->mask;

	for (; p->index[at]; at = (at + 1) & p->mask) {
		const struct presence_entry *e = &p->at.at[p->index[at] - 1];

		if (e->met.kind == met.kind && e->met.number == met.number)
			break;
	}
	return at;
}

static void
grow(struct presence *p)
{
	free(p->index);
	p->mask = p->mask ? p->mask * 4 + 3 : 15;
	p->index = xalloc(p->mask + 1, sizeof(*p->index));
	for (size_t i = 0; i < p->at.n; i++)
		p->index[slot_of(p, p->at.at[i].met)] = (uint32_t)i + 1;
}

static struct presence_entry *
entry_of(struct presence *p, struct met met)
{
	size_t at;

	if (p->at.n * 2 >= p->mask)
		grow(p);
	at = slot_of(p, met);
	if (p->index[at] == 0) {
		*VEC_PUSH(&p->at) = (struct presence_entry){
			.met = met, .day = INT32_MIN, .before = INT32_MIN, .fired = INT32_MIN
		};
		p->index[at] = (uint32_t)p->at.n;
	}
	return &p->at.at[p->index[at] - 1];
}

static void
meet(struct presence *p, struct met met, const struct day_use *use, int32_t day, uint32_t lines)
{
	struct presence_entry *e = entry_of(p, met);

	if (e->day != day) {
		e->before = e->day;
		e->day = day;
		e->lines = 0;
		e->created = INT64_MIN;
		*VEC_PUSH(&p->today) = (uint32_t)(e - p->at.at);
	}
	e->lines += lines;
	e->created = max_i64(use->created, e->created);
}

static enum judged
judge(const struct presence_entry *e, const struct wont *by)
{
	int64_t known_from = by->first_day;

	if (e->lines < by->min_events)
		return JUDGED_SILENT;
	if (e->before != INT32_MIN && (int64_t)e->day - e->before <= by->window)
		return JUDGED_SILENT;
	if (e->created != INT64_MIN)
		known_from = max_i64(known_from, jst_day(e->created));
	return e->day - known_from < by->learn ? JUDGED_LEARNING : JUDGED_HIT;
}

/* A line of the day that the rule looks at: what it meets.  False: it is none, or excused. */
static bool
line_meets(struct walk *w, const struct detector *d, const struct fact *f, struct day_use *use,
	   struct met met[METS_MOST], bool *alone)
{
	struct look *k = looks_get(&w->print_looks, f->tuple, f->ts);
	struct regard regard;
	struct event ev;

	if (!k->counts || !k->seen.person)
		return false;
	*use = use_of(&k->seen);
	memset(met, 0, METS_MOST * sizeof(*met));
	*alone = d->meets(use, met);
	if (!d->excused || (!met[0].number && !met[1].number))
		return true;
	ev = looks_event(&w->print_looks, k, f, &regard);
	return !d->excused(&ev);
}

static void
meet_lines(struct walk *w, const struct detector *d, const struct account_facts *facts, size_t at)
{
	for (uint32_t i = w->range.at[at].from; i < w->range.at[at].to; i++) {
		struct day_use use;
		struct met met[METS_MOST];
		bool alone;

		if (!line_meets(w, d, &facts->at[i], &use, met, &alone))
			continue;
		for (int m = 0; m < METS_MOST; m++) {
			if (met[m].number)
				meet(&w->presence, met[m], &use, w->day.at[at].day, 1);
		}
	}
}

/* True: some line of the day fires alone. */
static bool
meet_uses(struct walk *w, const struct detector *d, const struct account_facts *facts, size_t at)
{
	const struct account_day *day = &w->day.at[at];
	bool any = false, fires = false;

	for (uint32_t i = 0; i < day->use_count; i++) {
		const struct day_use *use = &day->use[i];
		struct met met[METS_MOST] = { { 0 } };

		fires |= d->meets(use, met);
		for (int m = 0; m < METS_MOST; m++) {
			any |= met[m].number != 0;
			if (met[m].number && !d->excused)
				meet(&w->presence, met[m], use, day->day, use->lines);
		}
	}
	if (any && d->excused)
		meet_lines(w, d, facts, at);
	return fires;
}

static void
take_line(struct walk *w, uint32_t rule, const struct key *key, const struct account_facts *facts,
	  uint32_t line, const struct account_day *day, const struct wont *by)
{
	struct dossier *d = dossiers_get(&w->dossiers, rule, key);

	walk_take_line(d, facts, line, day->day);
	if (d->unit.n > 1)
		return;
	d->day.x++;
	d->day.days = (uint32_t)by->window;
}

static void
take_day(struct walk *w, uint32_t rule, const struct account_facts *facts, size_t at,
	 const struct wont *by)
{
	const struct detector *d = w->in->rules[rule].detector;
	const struct account_day *day = &w->day.at[at];
	bool keyed = d->key[1].name != NULL;

	for (uint32_t i = w->range.at[at].from; i < w->range.at[at].to; i++) {
		struct day_use use;
		struct met met[METS_MOST];
		struct key key = { { facts->account } };
		bool fires;

		if (!line_meets(w, d, &facts->at[i], &use, met, &fires))
			continue;
		for (int m = 0; m < METS_MOST; m++) {
			if (!met[m].number || entry_of(&w->presence, met[m])->fired != day->day)
				continue;
			fires = true;
			key.part[1] = keyed ? met[m].number : 0;
			if (keyed)
				take_line(w, rule, &key, facts, i, day, by);
		}
		if (fires && !keyed)
			take_line(w, rule, &key, facts, i, day, by);
	}
}

static int64_t
number_of(const struct rule *rule, const char *name, int64_t absent)
{
	const struct param *p = rule->detector->param;

	for (int i = 0; i < PARAMS_MOST && p[i].name; i++) {
		if (strcmp(p[i].name, name) == 0)
			return p[i].unit == PARAM_TIME ? rule->param[i] / DAY_MS : rule->param[i];
	}
	return absent;
}

struct wont
presence_wont(const struct rule *rule, int64_t first_ts)
{
	/* Without any fact there is no first one, and nobody is asked. */
	return (struct wont){ .window = number_of(rule, "window", 0),
			      .learn = number_of(rule, "learn", INT32_MIN),
			      .min_events = number_of(rule, "min_events", 1),
			      .first_day = first_ts == INT64_MAX ? 0 : jst_day(first_ts) };
}

void
walk_presence(struct walk *w, uint32_t rule, const struct account_facts *facts, presence_told *tell,
	      void *arg)
{
	const struct rule *by = &w->in->rules[rule];
	struct presence *p = &w->presence;
	const struct wont *wont = &w->wont[rule];

	reset(p);
	for (size_t i = 0; i < w->day.n; i++) {
		bool fires;

		p->today.n = 0;
		fires = meet_uses(w, by->detector, facts, i);
		w->tally[rule].judged[JUDGED_HIT] += fires;
		for (size_t k = 0; k < p->today.n; k++) {
			struct presence_entry *e = &p->at.at[p->today.at[k]];
			enum judged j = judge(e, wont);

			w->tally[rule].judged[j]++;
			if (j == JUDGED_HIT)
				e->fired = e->day;
			fires |= j == JUDGED_HIT;
			if (tell)
				tell(arg, &w->day.at[i], e, j);
		}
		if (fires)
			take_day(w, rule, facts, i, wont);
	}
}

void
walk_judge_presence(struct walk *w, const struct account_facts *facts)
{
	for (uint32_t r = 0; r < w->in->rule_count; r++) {
		if (w->in->rules[r].detector->meets && w->looks.able >> r & 1)
			walk_presence(w, r, facts, NULL, NULL);
	}
}
