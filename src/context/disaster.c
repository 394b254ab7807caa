/*
 * disaster.c - windows by organisation; those without one hold for all and lie under organisation 0.
 */
#include "context/disaster.h"

static int
window_cmp(const void *a, const void *b)
{
	const struct disaster_window *x = a, *y = b;

	if (x->org != y->org)
		return x->org < y->org ? -1 : 1;
	return (x->from > y->from) - (x->from < y->from);
}

int64_t
disaster_tail_end(int64_t to)
{
	return to > INT64_MAX - DISASTER_TAIL_MS ? INT64_MAX : to + DISASTER_TAIL_MS;
}

static int64_t
early_start(int64_t from)
{
	return from < INT64_MIN + DISASTER_EARLY_MS ? INT64_MIN : from - DISASTER_EARLY_MS;
}

/* The area counts only where both sides say one. */
static bool
covers(const struct disaster_window *w, uint16_t area)
{
	if (w->areas->count == 0 || area == 0)
		return true;
	for (size_t i = 0; i < w->areas->count; i++) {
		if (w->areas->at[i] == area)
			return true;
	}
	return false;
}

static enum dstate
window_state(const struct disaster_window *w, int64_t ts)
{
	if (ts >= w->from)
		return ts < w->to                      ? DSTATE_IN
		       : ts < disaster_tail_end(w->to) ? DSTATE_TAIL
						       : DSTATE_PEACE;
	return ts >= early_start(w->from) ? DSTATE_EARLY : DSTATE_PEACE;
}

static uint32_t
window_count(const struct disasters *d, uint16_t org)
{
	return org < d->orgs ? d->first[org + 1] - d->first[org] : 0;
}

/* Backwards from the last window that has begun (or is about to), until none before can still reach ts. */
static enum dstate
org_state(const struct disasters *d, uint16_t org, uint16_t area, int64_t ts)
{
	const struct disaster_window *w = d->at + (org < d->orgs ? d->first[org] : 0);
	uint32_t low = 0, high = window_count(d, org);
	enum dstate state = DSTATE_PEACE;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (early_start(w[mid].from) <= ts)
			low = mid + 1;
		else
			high = mid;
	}
	while (low-- > 0 && w[low].reach > ts && state != DSTATE_IN) {
		enum dstate one = covers(&w[low], area) ? window_state(&w[low], ts) : DSTATE_PEACE;

		if (one > state)
			state = one;
	}
	return state;
}

static bool
org_touch(const struct disasters *d, uint16_t org, int64_t from, int64_t to)
{
	for (uint32_t i = 0, n = window_count(d, org); i < n; i++) {
		const struct disaster_window *w = &d->at[d->first[org] + i];

		if (w->from < w->to && w->from < to && w->to > from)
			return true;
	}
	return false;
}

bool
disasters_any(const struct disasters *d, uint16_t org)
{
	return window_count(d, 0) || window_count(d, org);
}

bool
disasters_touch(const struct disasters *d, uint16_t org, int64_t from, int64_t to)
{
	return org_touch(d, 0, from, to) || org_touch(d, org, from, to);
}

enum dstate
disasters_state(const struct disasters *d, uint16_t org, uint16_t area, int64_t ts)
{
	enum dstate all = org_state(d, 0, area, ts);
	enum dstate own = org ? org_state(d, org, area, ts) : DSTATE_PEACE;

	return all > own ? all : own;
}

/* How far ts is from a window that does not hold it. */
static int64_t
distance(const struct disaster_window *w, int64_t ts)
{
	int64_t edge = ts < w->from ? w->from : w->to;

	/* An open edge is on the other side: no difference of two times of years overflows. */
	return edge == INT64_MIN || edge == INT64_MAX ? INT64_MAX
	       : ts < w->from                         ? w->from - ts
						      : ts - w->to;
}

/*
 * Is `a` the better window to name?  By state; in it the one begun last, and of two the later line (DIS-06 tells windows
 * apart so); outside the nearest, and of two the earlier line.
 */
static bool
names_better(const struct disaster_window *a, enum dstate a_state, const struct disaster_window *b,
	     enum dstate b_state, int64_t ts)
{
	if (!b || a_state != b_state)
		return !b || a_state > b_state;
	if (a_state != DSTATE_IN && distance(a, ts) != distance(b, ts))
		return distance(a, ts) < distance(b, ts);
	if (a->from != b->from)
		return a->from > b->from;
	return (a->row->head.line < b->row->head.line) == (a_state != DSTATE_IN);
}

struct disaster_said
disasters_look(const struct disasters *d, uint16_t org, uint16_t area, int64_t ts)
{
	const uint16_t of[] = { org, 0 };
	const struct disaster_window *best = NULL;
	enum dstate best_state = DSTATE_PEACE;

	for (size_t k = 0; k < (org ? 2U : 1U); k++) {
		for (uint32_t i = 0, n = window_count(d, of[k]); i < n; i++) {
			const struct disaster_window *w = &d->at[d->first[of[k]] + i];
			enum dstate state = window_state(w, ts);

			if (!covers(w, area) || !names_better(w, state, best, best_state, ts))
				continue;
			best = w;
			best_state = state;
		}
	}
	return (struct disaster_said){ .state = best_state,
				       .row = best ? best->row->head.line : 0,
				       .from = best ? best->from : INT64_MIN,
				       .to = best ? best->to : INT64_MAX };
}

static bool
named(const struct name_list *list, uint16_t name)
{
	for (size_t i = 0; i < list->count; i++) {
		if (list->at[i] == name)
			return true;
	}
	return false;
}

bool
disasters_share(const struct disasters *d, uint16_t org, uint16_t class, int64_t ts)
{
	const uint16_t of[] = { org, 0 };

	for (size_t k = 0; k < (org ? 2U : 1U); k++) {
		for (uint32_t i = 0, n = window_count(d, of[k]); i < n; i++) {
			const struct disaster_window *w = &d->at[d->first[of[k]] + i];

			if (window_state(w, ts) == DSTATE_IN &&
			    named(&w->row->shared_classes, class))
				return true;
		}
	}
	return false;
}

bool
disasters_reach(const struct disasters *d, uint16_t org, uint16_t area, int64_t ts)
{
	return disasters_state(d, org, area, ts) == DSTATE_IN;
}

/* Windows without coordination do not exist for the state; drills are like real ones (B.13.29). */
void
disasters_build(struct disasters *d, const struct ledger *l, uint32_t orgs, struct arena *a)
{
	uint32_t n = 0;

	d->orgs = orgs;
	d->at = arena_alloc(a, (l->count + 1) * sizeof(*d->at));
	d->first = arena_alloc(a, ((size_t)orgs + 1) * sizeof(*d->first));
	for (size_t i = 0; i < l->count; i++) {
		const struct disaster_row *r = ledger_row(l, i);

		if (r->coordination)
			d->at[n++] = (struct disaster_window){
				.from = r->from,
				.to = r->to,
				.org = r->org,
				.areas = &r->areas,
				.row = r,
			};
	}
	if (n)
		qsort(d->at, n, sizeof(*d->at), window_cmp);
	for (uint32_t i = 0; i < n; i++) {
		bool same = i && d->at[i - 1].org == d->at[i].org;

		d->at[i].reach = max_i64(disaster_tail_end(d->at[i].to),
					 same ? d->at[i - 1].reach : INT64_MIN);
		d->first[d->at[i].org + 1] = i + 1;
	}
	for (uint32_t o = 1; o <= orgs; o++) {
		if (d->first[o] < d->first[o - 1])
			d->first[o] = d->first[o - 1];
	}
}
