/*
 * resolve_index.c - objects of the dictionary to rows of an index of 1 GB, in the order of where they lie there.
 *
 * Asked in the order of the dictionary, every look-up is a page of its own, and looking up the page costs more than
 * the cache line: prefetches wait for it, and a look-up takes half as long again (30 million rows, a virtual machine,
 * 2026-11).  So probes are first cast by bucket; what is drained together lies in a few megabytes at most, whose pages are
 * at hand.
 */
#include "base/guard.h"
#include "context/context_own.h"

enum {
	PROBES = 1 << 19, /* held by all shares together: 12 MB */
	CAST_LEAST = 16,
	CASTS_MOST = 512, /* their ends, a cache line each, are at hand */
	CAST_SHIFT = 12,  /* buckets of a cast, at least: half a megabyte */
	AHEAD = 16,
	APARTS = 64
};

struct casting {
	struct index_share *share;
	const struct consumer_index *ix;
	struct consumer_probe *probe; /* `room` of each cast */
	uint32_t *n;
	size_t casts, bytes;
	uint32_t room, shift;

	/* Objects whose rows lie apart, which are on their way into the cache. */
	struct index_slot apart[APARTS];
	uint32_t object[APARTS];
	uint32_t aparts;
};

static void
casting_new(struct casting *t, struct index_share *share)
{
	uint64_t buckets = share->c->consumers.head.buckets;
	size_t probes = PROBES / share->jobs, most = min_size(CASTS_MOST, probes / CAST_LEAST);

	t->share = share;
	t->ix = &share->c->consumers;
	t->shift = CAST_SHIFT;
	while (buckets >> t->shift >= most)
		t->shift++;
	t->casts = (size_t)(buckets >> t->shift) + 1;
	t->room = (uint32_t)min_size(probes / t->casts, (share->to - share->from) + 1);
	t->bytes = t->casts * t->room * sizeof(*t->probe);
	t->probe = table_alloc(t->bytes);
	t->n = xalloc(t->casts, sizeof(*t->n));
	t->aparts = 0;
}

static void
casting_free(struct casting *t)
{
	table_free(t->probe, t->bytes);
	free(t->n);
}

static bool
take_apart(struct casting *t, uint32_t object, const struct index_slot *slot)
{
	struct index_share *share = t->share;
	struct consumer_entry *e = &share->c->resolved.consumer[object];
	uint32_t count = consumer_index_rows_fit(t->ix, slot);
	struct consumer_row *rows;

	if (count == 0)
		return false;
	while (share->several.room - share->several.n < count)
		share->several.at = vec_grow(share->several.at, &share->several.room,
					     sizeof(*share->several.at));
	rows = share->several.at + share->several.n;
	if (!consumer_index_rows(t->ix, slot, rows))
		return false;
	e->span = rows->span;
	e->line = rows->head.line;
	if (count == 1)
		return true;
	e->several = (uint32_t)share->several.n + 1;
	share->several.n += count;
	return true;
}

static bool
take_aparts(struct casting *t)
{
	uint32_t n = t->aparts;

	t->aparts = 0;
	for (uint32_t i = 0; i < n; i++) {
		if (!take_apart(t, t->object[i], &t->apart[i]))
			return false;
	}
	return true;
}

/* False: broken. */
static inline bool
take_slot(struct casting *t, uint32_t object, const struct index_slot *slot)
{
	struct consumer_entry *e = &t->share->c->resolved.consumer[object];

	if (LIKELY(!slot_is_apart(slot))) {
		e->line = slot_line(slot);
		return consumer_index_row(t->ix, slot, &e->span);
	}
	if (t->aparts == APARTS && !take_aparts(t))
		return false;
	consumer_index_fetch(t->ix, slot);
	t->apart[t->aparts] = *slot;
	t->object[t->aparts++] = object;
	return true;
}

static inline bool
take_probe(struct casting *t, const struct consumer_probe *p)
{
	const struct context *c = t->share->c;
	struct index_slot slot UNINITIALIZED;
	struct str id = { 0 };

	if (UNLIKELY(consumer_probe_is_text(p)))
		id = c->names.text(c->names.facts, DICT_OBJECT, p->object);
	switch (consumer_index_find(t->ix, p, id, &slot)) {
	case CONSUMER_ABSENT:
		return true;
	case CONSUMER_FOUND:
		return take_slot(t, p->object, &slot);
	case CONSUMER_BROKEN:
		break;
	}
	return false;
}

static bool
drain(struct casting *t, size_t cast)
{
	const struct consumer_probe *p = t->probe + cast * t->room;
	struct consumer_entry *entry = t->share->c->resolved.consumer;
	uint32_t n = t->n[cast];

	t->n[cast] = 0;
	for (uint32_t i = 0; i < n && i < AHEAD; i++)
		consumer_probe_fetch(t->ix, &p[i]);
	for (uint32_t i = 0; i < n; i++) {
		if (i + AHEAD < n) {
			consumer_probe_fetch(t->ix, &p[i + AHEAD]);
			__builtin_prefetch(&entry[p[i + AHEAD].object], 1);
		}
		if (!take_probe(t, &p[i]))
			return false;
	}
	return true;
}

static bool
cast_all(struct casting *t)
{
	const struct context *c = t->share->c;

	for (uint32_t object = t->share->from; object < t->share->to; object++) {
		struct consumer_probe p UNINITIALIZED;
		size_t cast;

		if (!consumer_probe_set(t->ix, c->names.text(c->names.facts, DICT_OBJECT, object),
					&p))
			continue;
		p.object = object;
		cast = p.bucket >> t->shift;
		if (t->n[cast] == t->room && !drain(t, cast))
			return false;
		t->probe[cast * t->room + t->n[cast]++] = p;
	}
	for (size_t cast = 0; cast < t->casts; cast++) {
		if (!drain(t, cast))
			return false;
	}
	return take_aparts(t);
}

bool
resolve_by_index(struct index_share *share)
{
	struct casting t UNINITIALIZED;
	bool right;

	casting_new(&t, share);
	consumer_index_watch(t.ix);
	right = cast_all(&t);
	guard_watch(NULL, 0);
	casting_free(&t);
	return right;
}
