/*
 * ledger_index.c - brings rows of one key together, refuses overlaps, and finds a key again.
 *
 * Open addressing under the run's random key, with the slots some rows ahead already on their way into the cache.
 * Rows alone in their key stay where they are; the others move to the end, one group behind the other.
 */
#include "context/cell.h"

enum { AHEAD = 16 };

static struct row *
row_at(const struct ledger *l, size_t i)
{
	return (struct row *)(void *)(l->rows + i * l->table->row_size);
}

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

/*
 * Puts every row under its key.  next[] is a ring through the rows of a key that has several, index + 1; the first
 * of them counts them, the others count 0.  Returns how many rows are in rings.
 */
static size_t
fill(struct ledger *l, const uint64_t *hash, uint32_t *next)
{
	size_t ringed = 0;

	for (size_t i = 0; i < l->count; i++) {
		struct ledger_slot *slot;
		struct row *first;
		uint32_t *link;

		if (i + AHEAD < l->count)
			ledger_prefetch(l, hash[i + AHEAD]);
		slot = find_slot(l, row_at(l, i), hash[i]);
		if (LIKELY(!slot->first)) {
			*slot = (struct ledger_slot){ .tag = (uint32_t)(hash[i] >> 32),
						      .first = (uint32_t)i + 1 };
			continue;
		}
		first = row_at(l, slot->first - 1);
		link = &next[slot->first - 1];
		next[i] = *link ? *link : slot->first;
		*link = (uint32_t)i + 1;
		ringed += first->count++ == 1 ? 2 : 1;
		row_at(l, i)->count = 0;
	}
	return ringed;
}

/* Copies the rows of the ring that begins at `first`, and puts them in order. */
static size_t
copy_ring(struct ledger *l, const uint32_t *next, size_t first, char *group)
{
	size_t size = l->table->row_size, at = first, n = 0;

	do {
		memcpy(group + n++ * size, row_at(l, at), size);
		at = next[at] - 1;
	} while (at != first);
	qsort_r(group, n, size, order_r, l);
	for (size_t k = 0; k < n; k++)
		((struct row *)(void *)(group + k * size))->count = (uint32_t)(n - k);
	return n;
}

static struct ledger_slot *
slot_holding(const struct ledger *l, uint64_t hash, size_t row)
{
	size_t at = (size_t)hash & (l->slot_count - 1);

	while (l->slot[at].first != row + 1)
		at = (at + 1) & (l->slot_count - 1);
	return &l->slot[at];
}

/* Single rows that stand where groups will lie fill the places that the groups leave. */
static void
close_gaps(struct ledger *l, const uint64_t *hash, const uint32_t *next, size_t singles)
{
	size_t gap = 0;

	for (size_t i = singles; i < l->count; i++) {
		if (next[i])
			continue;
		while (!next[gap])
			gap++;
		memcpy(row_at(l, gap), row_at(l, i), l->table->row_size);
		slot_holding(l, hash[i], i)->first = (uint32_t)++gap;
	}
}

/* Groups in the order of their first rows; slots say where they lie now. */
static void
gather(struct ledger *l, const uint64_t *hash, const uint32_t *next, size_t ringed,
       struct errors *err)
{
	size_t size = l->table->row_size, singles = l->count - ringed, n = 0;
	char *groups = xalloc(ringed, size);
	struct ledger_slot **slot =
		xalloc(ringed, sizeof(*slot)); /* of a group, by its first row */

	for (size_t i = 0; i < l->count; i++) {
		if (!next[i] || row_at(l, i)->count == 0)
			continue;
		slot[n] = slot_holding(l, hash[i], i);
		n += copy_ring(l, next, i, groups + n * size);
	}
	close_gaps(l, hash, next, singles);
	memcpy(row_at(l, singles), groups, ringed * size);
	for (size_t i = 0; i < ringed; i++) {
		if (!slot[i])
			continue;
		slot[i]->first = (uint32_t)(singles + i) + 1;
		ledger_check_group(l, row_at(l, singles + i), err);
	}
	free(slot);
	free(groups);
}

/* Whatever begins before all earlier ones ended overlaps. */
void
ledger_check_group(const struct ledger *l, const struct row *row, struct errors *err)
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

bool
ledger_has_index(const struct ledger *l)
{
	return l->slot != NULL;
}

uint64_t
ledger_hash_columns(const struct ledger *l, const void *probe)
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
ledger_index(struct ledger *l, const uint64_t *hash, struct errors *err)
{
	uint32_t *next;
	size_t ringed;

	if (!l->key[0] || l->count == 0)
		return;
	l->slot_count = 16;
	while (l->slot_count < l->count * 2)
		l->slot_count *= 2;
	l->slot = table_alloc(l->slot_count * sizeof(*l->slot));
	next = table_alloc(l->count * sizeof(*next));
	ringed = fill(l, hash, next);
	if (ringed)
		gather(l, hash, next, ringed, err);
	table_free(next, l->count * sizeof(*next));
}
