/*
 * consumers_ask.c - the rows of one consumer out of the index, for people who ask about one.
 */
#include "base/guard.h"
#include "context/context_own.h"

static int
rows_of_slot(const struct consumer_index *ix, const struct index_slot *slot, struct arena *a,
	     struct consumer_row **rows)
{
	uint32_t count = slot_is_apart(slot) ? consumer_index_rows_fit(ix, slot) : 1;

	*rows = arena_alloc(a, (count + 1) * sizeof(**rows));
	if (!slot_is_apart(slot)) {
		(*rows)->head = (struct row){ .line = slot_line(slot), .count = 1 };
		return consumer_index_row(ix, slot, &(*rows)->span) ? 1 : -1;
	}
	return count && consumer_index_rows(ix, slot, *rows) ? (int)count : -1;
}

static int
ask_mapped(const struct consumer_index *ix, struct str id, struct arena *a,
	   struct consumer_row **rows)
{
	struct consumer_probe probe UNINITIALIZED;
	struct index_slot slot UNINITIALIZED;
	int count = 0;

	if (!consumer_probe_set(ix, id, &probe))
		return 0;
	consumer_index_watch(ix);
	switch (consumer_index_find(ix, &probe, id, &slot)) {
	case CONSUMER_ABSENT:
		break;
	case CONSUMER_FOUND:
		count = rows_of_slot(ix, &slot, a, rows);
		break;
	case CONSUMER_BROKEN:
		count = -1;
		break;
	}
	guard_watch(NULL, 0);
	return count;
}

int
consumers_ask(struct context *c, struct str id, struct arena *a, struct consumer_row **rows)
{
	int count;

	if (!consumer_index_map(&c->consumers, 1))
		return -1;
	count = ask_mapped(&c->consumers, id, a, rows);
	consumer_index_unmap(&c->consumers);
	for (int i = 0; i < count; i++)
		(*rows)[i].consumer = id;
	return count;
}
