/*
 * ledger_index.c - brings rows of one key together, refuses overlaps, and finds a key again.
 *
 * Open addressing under the run's random key; hashes of all rows first, then insertion with the slots some
 * rows ahead already on their way into the cache.
 */
#include "context/cell.h"

enum { AHEAD = 16 };

/* While grouping: the rows of a key as a chain of file positions. */
struct chain {
	uint32_t next; /* index + 1 */
	uint32_t last; /* of a head: its chain's last; 0 = not a head */
};

static bool
same_key(const struct ledger *l, const void *a, const void *b)
{
	for (size_t i = 0; i < KEY_MOST && l->key[i]; i++) {
		if (!str_eq(cell_bytes(l->key[i], a), cell_bytes(l->key[i], b)))
			return false;
	}
	return true;
}

/* The slot of a key, or the free one where it would lie. */
static struct ledger_slot *
find_slot(const struct ledger *l, const void *probe, uint64_t hash)
{
	size_t at = (size_t)hash & (l->slot_count - 1);
	uint32_t tag = (uint32_t)(hash >> 32);

	while (l->slot[at].first && (l->slot[at].tag != tag ||
				     !same_key(l, ledger_row(l, l->slot[at].first - 1), probe)))
		at = (at + 1) & (l->slot_count - 1);
	return &l->slot[at];
}

static int
order(const struct ledger *l, const void *a, const void *b)
{
	int c = l->within ? str_cmp(cell_bytes(l->within, a), cell_bytes(l->within, b)) : 0;
	int64_t x = ledger_from(l, a), y = ledger_from(l, b);
	const struct row *p = a, *q = b;

	if (c == 0)
		c = (x > y) - (x < y);
	return c ? c : (p->line > q->line) - (p->line < q->line);
}

static int
order_r(const void *a, const void *b, void *ledger)
{
	return order(ledger, a, b);
}

static void
overlap(const struct ledger *l, const struct row *a, const struct row *b, struct errors *err)
{
	unsigned first = a->line < b->line ? a->line : b->line;
	struct place at = { .file = l->path, .line = a->line < b->line ? b->line : a->line };

	error_at(err, at,
		 l->from || l->to
			 ? "this row and line %u hold for the same '%s' at the same time; one "
			   "must end before the other begins"
			 : "this row and line %u are of the same '%s'; only one may stay",
		 first, l->key[0]->name);
}

/* `row` heads a group of row->count in order: whatever begins before all earlier ones ended overlaps. */
static void
check_group(const struct ledger *l, const struct row *row, struct errors *err)
{
	const struct row *widest = row;

	if (l->table->may_overlap)
		return;
	for (size_t left = row->count - 1; left; left--) {
		row = ledger_next(l, row);
		if (ledger_from(l, row) >= ledger_to(l, row))
			continue;
		if (l->within && !str_eq(cell_bytes(l->within, row), cell_bytes(l->within, widest)))
			widest = row;
		else if (ledger_from(l, widest) < ledger_to(l, widest) &&
			 ledger_to(l, widest) > ledger_from(l, row))
			overlap(l, widest, row, err);
		if (ledger_to(l, row) > ledger_to(l, widest))
			widest = row;
	}
}

/* Chains rows of one key behind the first of them; returns how many keys there are. */
static size_t
chain_rows(struct ledger *l, struct chain *chain)
{
	uint64_t *hash = xalloc(l->count, sizeof(*hash));
	size_t keys = 0;

	for (size_t i = 0; i < l->count; i++)
		hash[i] = ledger_hash(l, ledger_row(l, i));
	for (size_t i = 0; i < l->count; i++) {
		struct ledger_slot *slot;

		if (i + AHEAD < l->count)
			ledger_prefetch(l, hash[i + AHEAD]);
		slot = find_slot(l, ledger_row(l, i), hash[i]);
		if (slot->first) {
			struct chain *head = &chain[slot->first - 1];

			chain[head->last - 1].next = (uint32_t)i + 1;
			head->last = (uint32_t)i + 1;
			continue;
		}
		*slot = (struct ledger_slot){ .tag = (uint32_t)(hash[i] >> 32),
					      .first = (uint32_t)i + 1 };
		chain[i].last = (uint32_t)i + 1;
		keys++;
	}
	free(hash);
	return keys;
}

/* Copies the rows chain by chain; chain[head].last becomes where its group lies now. */
static void
gather(struct ledger *l, struct chain *chain, struct errors *err)
{
	size_t size = l->table->row_size, to = 0;
	char *rows = xalloc(l->count, size);

	for (size_t i = 0; i < l->count; i++) {
		char *group = rows + to * size;
		size_t n = 0;

		if (chain[i].last == 0)
			continue;
		for (size_t at = i + 1; at; at = chain[at - 1].next)
			memcpy(group + n++ * size, ledger_row(l, at - 1), size);
		chain[i].last = (uint32_t)to + 1;
		to += n;
		if (n == 1)
			continue;
		qsort_r(group, n, size, order_r, l);
		for (size_t k = 0; k < n; k++)
			((struct row *)(void *)(group + k * size))->count = (uint32_t)(n - k);
		check_group(l, (struct row *)(void *)group, err);
	}
	free(l->rows);
	l->rows = rows;
	for (size_t i = 0; i < l->slot_count; i++) {
		if (l->slot[i].first)
			l->slot[i].first = chain[l->slot[i].first - 1].last;
	}
}

bool
ledger_has_index(const struct ledger *l)
{
	return l->slot != NULL;
}

uint64_t
ledger_hash(const struct ledger *l, const void *probe)
{
	struct hash128 h = hash128(l->hash_key, cell_bytes(l->key[0], probe));

	for (size_t i = 1; i < KEY_MOST && l->key[i]; i++)
		h = hash_join(l->hash_key, h, hash128(l->hash_key, cell_bytes(l->key[i], probe)));
	return h.lo;
}

void
ledger_prefetch(const struct ledger *l, uint64_t hash)
{
	__builtin_prefetch(&l->slot[(size_t)hash & (l->slot_count - 1)]);
}

const void *
ledger_guess(const struct ledger *l, uint64_t hash)
{
	size_t at = (size_t)hash & (l->slot_count - 1);

	while (l->slot[at].first && l->slot[at].tag != (uint32_t)(hash >> 32))
		at = (at + 1) & (l->slot_count - 1);
	return l->slot[at].first ? ledger_row(l, l->slot[at].first - 1) : NULL;
}

const void *
ledger_find_hashed(const struct ledger *l, const void *probe, uint64_t hash)
{
	const struct ledger_slot *slot = find_slot(l, probe, hash);

	return slot->first ? ledger_row(l, slot->first - 1) : NULL;
}

const void *
ledger_find(const struct ledger *l, const void *probe)
{
	return l->slot ? ledger_find_hashed(l, probe, ledger_hash(l, probe)) : NULL;
}

void
ledger_index(struct ledger *l, struct errors *err)
{
	struct chain *chain;

	if (!l->key[0] || l->count == 0)
		return;
	l->slot_count = 16;
	while (l->slot_count < l->count * 2)
		l->slot_count *= 2;
	l->slot = xalloc(l->slot_count, sizeof(*l->slot));
	chain = xalloc(l->count, sizeof(*chain));
	if (chain_rows(l, chain) < l->count)
		gather(l, chain, err);
	free(chain);
}
