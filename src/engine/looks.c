/*
 * looks.c - a small table of looked-up tuples, one account's worth.
 */
#include "engine/looks.h"

#include "base/civil.h"
#include "base/hash.h"

void
looks_init(struct looks *l, const struct engine_input *in, const uint8_t *shared,
	   struct rule_tally *tally)
{
	*l = (struct looks){ .in = in, .mask = 63, .shared = shared, .tally = tally };
	l->index = xalloc(l->mask + 1, sizeof(*l->index));
	if (in->rule_count > RULES_MOST)
		BUG("more than %d rules", RULES_MOST);
	for (size_t r = 0; r < in->rule_count; r++) {
		if (in->rules[r].where && !l->regex)
			l->regex = regex_room_new();
		if (!rule_lacks(&in->rules[r], in->lookup))
			l->able |= 1ULL << r;
		if (!in->rules[r].detector->viewless || in->rules[r].by_line)
			l->viewing |= 1ULL << r;
		if (l->able >> r & 1 && in->rules[r].detector->screen)
			l->screened |= 1ULL << r;
		l->rule[r] =
			(struct screener){ .screen = in->rules[r].detector->screen,
					   .param = in->rules[r].param,
					   .where = in->rules[r].where && !in->rules[r].by_line };
		if (in->rules[r].detector->hit)
			l->hits |= 1ULL << r;
		if (in->rules[r].by_line)
			l->by_line |= 1ULL << r;
		if (in->rules[r].detector->lines != LINES_FAILED)
			l->of[true] |= 1ULL << r;
		if (in->rules[r].detector->lines != LINES_OK)
			l->of[false] |= 1ULL << r;
		if (in->rules[r].detector->shared_terminals)
			l->of_shared |= 1ULL << r;
	}
}

void
looks_free(struct looks *l)
{
	free(l->at);
	free(l->index);
	free(l->by_system);
	regex_room_free(l->regex);
}

static enum judged
ask_where(const struct looks *l, const struct rule *rule, const struct event *ev)
{
	struct where_input in = { .event = ev,
				  .lookup = l->in->lookup,
				  .names = &l->in->source->names,
				  .policy = l->in->policy,
				  .room = l->regex };

	return where_ask(rule->where, &in);
}

/* The rules with a screen whose business such a tuple can be. */
static uint64_t
business(const struct looks *l, const struct seen *who)
{
	uint64_t rules = l->screened & l->of[who->tuple.ok];

	if (who->tuple.act == ACT_HEALTH)
		return 0;
	if (l->shared && !l->shared[who->tuple.text[DICT_TERMINAL]])
		rules &= ~l->of_shared;
	return rules;
}

/* A `where:` that the tuple decides comes before the detector's own screen. */
static inline enum judged
screen(const struct looks *l, uint32_t rule, const struct seen *who)
{
	const struct screener *s = &l->rule[rule];

	if (UNLIKELY(s->where)) {
		enum judged j = ask_where(l, &l->in->rules[rule], &(struct event){ .who = who });

		if (j != JUDGED_HIT)
			return j;
	}
	return s->screen(who, s->param);
}

/* Of rules whose screens said that it could be (`may`), or that it is their business (`inside`): which see the line itself? */
static uint64_t
seeing(const struct looks *l, uint64_t may, uint64_t inside)
{
	return l->hits & (may | (inside & l->by_line));
}

static void
screen_all(struct looks *l, struct look *k)
{
	uint64_t may = 0, inside = 0;

	k->told = business(l, &k->seen);
	for (uint64_t left = k->told; left; left &= left - 1) {
		uint32_t r = (uint32_t)__builtin_ctzll(left);
		enum judged j = screen(l, r, &k->seen);

		k->screen[r] = (uint8_t)j;
		may |= (uint64_t)(j == JUDGED_ASK || j == JUDGED_HIT) << r;
		inside |= (uint64_t)(j != JUDGED_OUTSIDE) << r;
	}
	k->ask = seeing(l, may, inside);
}

static void
count(struct looks *l, struct look *k)
{
	for (uint64_t left = l->tally ? k->told & ~k->ask : 0; left; left &= left - 1) {
		uint32_t r = (uint32_t)__builtin_ctzll(left);

		l->tally[r].judged[k->screen[r]] += k->lines;
		if (l->by_system)
			looks_of_system(l, k, r)->judged[k->screen[r]] += k->lines;
	}
	if (l->unresolved && k->counts && k->lines)
		unresolved_seen(l->unresolved, l->in->lookup, &k->seen, k->lines, k->first,
				k->last);
	k->lines = 0;
}

static void
ask(struct looks *l, struct look *k, uint32_t tuple, int64_t ts)
{
	l->in->lookup->tuple(l->in->lookup->context, tuple, ts, &k->seen);
	if (UNLIKELY(l->otherwise != NULL))
		l->otherwise(l->otherwise_by, &k->seen);
	k->seen.id = tuple;
	k->use = k->survey = 0;
	k->first = ts;
	k->counts = k->seen.tuple.ok && k->seen.tuple.act != ACT_HEALTH;
	k->told = 0;
	if (l->tally)
		screen_all(l, k);
}

static void
grow(struct looks *l)
{
	free(l->index);
	l->mask = l->mask * 4 + 3;
	l->index = xalloc(l->mask + 1, sizeof(*l->index));
	for (size_t i = 0; i < l->n; i++) {
		size_t at = hash_mix(l->at[i].seen.id) & l->mask;

		while (l->index[at])
			at = (at + 1) & l->mask;
		l->index[at] = (uint32_t)i + 1;
		l->at[i].place = at;
	}
}

struct look *
looks_get(struct looks *l, uint32_t tuple, int64_t ts)
{
	size_t at = hash_mix(tuple) & l->mask;
	struct look *k;

	for (; l->index[at]; at = (at + 1) & l->mask) {
		k = &l->at[l->index[at] - 1];
		if (k->seen.id != tuple)
			continue;
		if (UNLIKELY(ts < k->seen.from || ts >= k->seen.until)) {
			count(l, k);
			ask(l, k, tuple, ts);
		}
		return k;
	}
	if (l->n == l->room)
		l->at = vec_grow(l->at, &l->room, sizeof(*l->at));
	k = &l->at[l->n++];
	k->lines =
		0; /* ask() fills in the rest: zeroing all of it was 36 instructions a look, 2026-11 */
	k->session = 0;
	ask(l, k, tuple, ts);
	k->place = at;
	l->index[at] = (uint32_t)l->n;
	if (l->n * 2 > l->mask)
		grow(l);
	return &l->at[l->n - 1];
}

void
looks_reset(struct looks *l)
{
	for (size_t i = 0; i < l->n; i++) {
		count(l, &l->at[i]);
		l->index[l->at[i].place] = 0;
	}
	l->n = 0;
}

enum judged
looks_judge(const struct looks *l, const struct look *look, uint32_t rule, const struct event *ev,
	    struct key key[KEYS_MOST], int *keys)
{
	const struct rule *r = &l->in->rules[rule];

	if (UNLIKELY(r->by_line)) {
		enum judged screened = (enum judged)look->screen[rule];
		enum judged j = ask_where(l, r, ev);

		if (j != JUDGED_HIT)
			return j;
		if (screened != JUDGED_HIT && screened != JUDGED_ASK)
			return screened;
	}
	return r->detector->hit(ev, r->param, key, keys);
}

enum judged
looks_verdict(const struct looks *l, struct look *look, uint32_t rule, const struct event *ev,
	      struct key key[KEYS_MOST], int *keys)
{
	enum judged j;

	*keys = 0;
	if (!(look->told >> rule & 1)) {
		look->screen[rule] = (uint8_t)looks_screen(l, rule, &look->seen);
		look->told |= 1ULL << rule;
	}
	j = (enum judged)look->screen[rule];
	if (seeing(l, (uint64_t)(j == JUDGED_ASK || j == JUDGED_HIT) << rule,
		   (uint64_t)(j != JUDGED_OUTSIDE) << rule))
		return looks_judge(l, look, rule, ev, key, keys);
	return j;
}

uint32_t
looks_unit(const struct rule *rule, const struct event *ev)
{
	switch (rule->detector->ends) {
	case ENDS_PAUSE:
	case ENDS_NEVER:
		break;
	case ENDS_DAY:
		return looks_day(jst_day(ev->fact->ts));
	case ENDS_CHANGE:
		return rule->detector->unit(ev);
	}
	return 0;
}

struct event
looks_event(const struct looks *l, const struct look *look, const struct fact *f,
	    struct regard *regard)
{
	const struct lookup *lookup = l->in->lookup;
	struct event ev = { .fact = f, .who = &look->seen, .lookup = lookup };

	if (regard && look->seen.views) {
		lookup->view(lookup->context, &look->seen, f->object, f->ts, regard);
		ev.view = regard;
	}
	return ev;
}

enum judged
looks_screen(const struct looks *l, uint32_t rule, const struct seen *who)
{
	return business(l, who) >> rule & 1 ? screen(l, rule, who) : JUDGED_OUTSIDE;
}

enum judged
looks_where(const struct looks *l, uint32_t rule, const struct event *ev)
{
	const struct rule *r = &l->in->rules[rule];

	return r->where ? ask_where(l, r, ev) : JUDGED_HIT;
}
