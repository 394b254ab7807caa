/*
 * lookup_view.c - what the consumer of a view adds.  Asked for every view: one array, one row, no hash.
 */
#include "base/civil.h"
#include "context/context_own.h"

enum { SWITCH_DAYS = 3 };

static const struct consumer_row *
first_row(const struct context *c, uint32_t object)
{
	uint32_t at = c->resolved.consumer[object];

	return at ? ledger_row(&c->ledger[LEDGER_consumers], at - 1) : NULL;
}

static enum relation
relation_of(const struct consumer_row *r, uint16_t account_org)
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
switches_near(const struct consumer_row *first, int64_t ts)
{
	for (uint32_t i = 0; i < first->head.count; i++) {
		if (first[i].from != first->from && near_edge(first[i].from, ts))
			return true;
		if (first[i].to != INT64_MAX && near_edge(first[i].to, ts))
			return true;
	}
	return false;
}

void
lookup_prefetch(const void *context, uint32_t object)
{
	const struct consumer_row *r = first_row(context, object);

	if (r)
		__builtin_prefetch(r);
}

void
lookup_view(const void *context, const struct seen *s, uint32_t object, int64_t ts,
	    struct regard *out)
{
	const struct context *c = context;
	const struct consumer_row *first = first_row(c, object), *row = NULL;
	uint16_t area = 0;

	*out = (struct regard){ .relation = REL_UNKNOWN };
	for (uint32_t i = 0; first && i < first->head.count && !row; i++) {
		if (first[i].from <= ts && ts < first[i].to)
			row = &first[i];
	}
	if (row) {
		out->relation = relation_of(row, s->account_org);
		out->consumer_row = row->head.line;
		area = row->area;
	}
	if (first)
		out->switch_boundary = switches_near(first, ts);
	if (s->windowed)
		out->dstate = disasters_state(&c->disasters, s->account_org, area, ts);
	out->verdict = s->verdict[out->relation][out->dstate];
}
