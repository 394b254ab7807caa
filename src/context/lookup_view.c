/*
 * lookup_view.c - what the consumer of a view adds.  Asked for every view: one array, no hash.
 */
#include "base/civil.h"
#include "context/context_own.h"

enum { SWITCH_DAYS = 3 };

static enum relation
relation_of(const struct consumer_span *r, uint16_t account_org)
{
	static const enum relation by_type[CONSUMER_TYPES] = {
		[CONSUMER_LAST] = REL_LAST,
		[CONSUMER_FIT] = REL_FIT,
	};

	if (by_type[r->type] != REL_UNKNOWN)
		return by_type[r->type];
	return r->supplier == account_org && account_org != ORG_NONE ? REL_OWN : REL_OTHER;
}

static bool
near_edge(int64_t edge, int64_t ts)
{
	return edge >= ts - SWITCH_DAYS * (int64_t)DAY_MS &&
	       edge <= ts + SWITCH_DAYS * (int64_t)DAY_MS;
}

/* A change is any begin but the first one, and any end. */
static bool
changes_near(const struct consumer_span *r, int64_t first_from, int64_t ts)
{
	return (r->from != first_from && near_edge(r->from, ts)) ||
	       (r->to != INT64_MAX && near_edge(r->to, ts));
}

/* The one miss more that a consumer with several rows costs.  False: none of them holds at ts. */
static bool
one_of_several(const struct context *c, int64_t ts, struct consumer_entry *e, struct regard *out)
{
	const struct consumer_row *row = &c->resolved.several[e->several - 1];
	int64_t first_from = row->span.from;
	bool found = false;

	for (uint32_t left = row->head.count; left; left--, row++) {
		if (changes_near(&row->span, first_from, ts))
			out->switch_boundary = true;
		if (found || row->span.from > ts || ts >= row->span.to)
			continue;
		e->span = row->span;
		e->line = row->head.line;
		found = true;
	}
	return found;
}

void
lookup_prefetch(const void *context, uint32_t object)
{
	__builtin_prefetch(&((const struct context *)context)->resolved.consumer[object]);
}

bool
lookup_consumer_known(const void *context, uint32_t object, int64_t ts)
{
	const struct context *c = context;
	const struct consumer_entry *e = &c->resolved.consumer[object];
	struct consumer_entry copy = *e;
	struct regard unused;

	return UNLIKELY(e->several) ? one_of_several(c, ts, &copy, &unused)
				    : e->line && e->span.from <= ts && ts < e->span.to;
}

void
lookup_view(const void *context, const struct seen *s, uint32_t object, int64_t ts,
	    struct regard *out)
{
	const struct context *c = context;
	struct consumer_entry e = c->resolved.consumer[object];
	uint16_t area = 0;
	bool found;

	*out = (struct regard){ .relation = REL_UNKNOWN };
	if (UNLIKELY(e.several)) {
		found = one_of_several(c, ts, &e, out);
	} else {
		found = e.line && e.span.from <= ts && ts < e.span.to;
		out->switch_boundary = e.line && changes_near(&e.span, e.span.from, ts);
	}
	if (found) {
		out->relation = relation_of(&e.span, s->account_org);
		out->consumer_row = e.line;
		area = e.span.area;
	}
	if (s->windowed)
		out->dstate = disasters_state(&c->disasters, s->account_org, area, ts);
	out->area = area;
	out->verdict = s->verdict[out->relation][out->dstate];
}

void
lookup_served(const void *context, uint32_t object, int64_t ts, struct served *out)
{
	const struct context *c = context;
	struct consumer_entry e = c->resolved.consumer[object];
	struct regard changes;

	*out = (struct served){ .row = 0 };
	if (e.several ? !one_of_several(c, ts, &e, &changes)
		      : !e.line || e.span.from > ts || ts >= e.span.to)
		return;
	*out = (struct served){
		.row = e.line, .supplier = e.span.supplier, .area = e.span.area, .type = e.span.type
	};
}
