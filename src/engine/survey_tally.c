/*
 * survey_tally.c - see survey_tally.h.
 */
#include "engine/survey_tally.h"

#include "base/order.h"

#include <limits.h>

/* As the store keeps it. */
struct valued {
	uint64_t group, value, bits;
};

void
tally_init(struct tally *t, size_t memory, const char *spill_dir)
{
	*t = (struct tally){ .sum_mask = 255, .seen_mask = 1023, .age = 1 };
	t->sum = xalloc(t->sum_mask + 1, sizeof(*t->sum));
	t->seen = xalloc(t->seen_mask + 1, sizeof(*t->seen));
	t->store = store_new(sizeof(struct valued), memory, spill_dir);
}

void
tally_free(struct tally *t)
{
	free(t->sum);
	free(t->seen);
	store_free(t->store);
}

static struct tally_sum *
sum_slot(const struct tally *t, uint64_t group)
{
	size_t at = hash_mix(group) & t->sum_mask;

	while (t->sum[at].group && t->sum[at].group != group)
		at = (at + 1) & t->sum_mask;
	return &t->sum[at];
}

static void
grow_sums(struct tally *t)
{
	struct tally_sum *old = t->sum;
	size_t slots = t->sum_mask + 1;

	t->sum_mask = slots * 4 - 1;
	t->sum = xalloc(t->sum_mask + 1, sizeof(*t->sum));
	for (size_t i = 0; i < slots; i++) {
		if (old[i].group)
			*sum_slot(t, old[i].group) = old[i];
	}
	free(old);
}

void
tally_sum(struct tally *t, uint64_t group, uint64_t n, int64_t first, int64_t last)
{
	struct tally_sum *s = sum_slot(t, group);

	if (s->group == 0) {
		*s = (struct tally_sum){ group, n, first, last };
		if (++t->sums * 2 > t->sum_mask)
			grow_sums(t);
		return;
	}
	s->n += n;
	s->first = min_i64(s->first, first);
	s->last = max_i64(s->last, last);
}

static struct tally_seen *
seen_slot(const struct tally *t, uint64_t group, uint64_t value)
{
	size_t at = hash_mix(group ^ hash_mix(value)) & t->seen_mask;
	struct tally_seen *s;

	for (s = &t->seen[at]; s->age == t->age; s = &t->seen[at]) {
		if (s->group == group && s->value == value)
			break;
		at = (at + 1) & t->seen_mask;
	}
	return s;
}

static void
grow_seen(struct tally *t)
{
	struct tally_seen *old = t->seen;
	size_t slots = t->seen_mask + 1;

	t->seen_mask = slots * 4 - 1;
	t->seen = xalloc(t->seen_mask + 1, sizeof(*t->seen));
	for (size_t i = 0; i < slots; i++) {
		if (old[i].age == t->age)
			*seen_slot(t, old[i].group, old[i].value) = old[i];
	}
	free(old);
}

/* The bits that are new. */
static uint64_t
see(struct tally *t, uint64_t group, uint64_t value, uint64_t bits)
{
	struct tally_seen *s = seen_slot(t, group, value);

	if (s->age == t->age) {
		bits &= ~s->bits;
		s->bits |= bits;
		return bits;
	}
	*s = (struct tally_seen){ group, value, bits, t->age };
	if (++t->seen_n * 2 > t->seen_mask)
		grow_seen(t);
	return bits;
}

bool
tally_distinct(struct tally *t, uint64_t group, uint64_t value, uint64_t bits)
{
	uint64_t fresh = see(t, group, value, bits);
	struct valued v = { group, value, fresh };

	if (fresh)
		store_add(t->store, 0, hash_mix(value) % STORE_COLUMNS, &v);
	return fresh & 1;
}

bool
tally_new(struct tally *t, uint64_t group, uint64_t value)
{
	return see(t, group, value, 1) != 0;
}

void
tally_forget(struct tally *t)
{
	t->seen_n = 0;
	if (++t->age == 0) { /* slots of the first age would be of this one */
		memset(t->seen, 0, (t->seen_mask + 1) * sizeof(*t->seen));
		t->age = 1;
	}
}

bool
tally_column(struct tally *t, const struct tally *const *all, size_t n, unsigned column)
{
	bool good = true;

	tally_forget(t);
	for (size_t k = 0; k < n; k++) {
		uint64_t count = store_count(all[k]->store, 0, column);
		struct valued *v = xrealloc(NULL, count + 1, sizeof(*v));

		good &= store_ok(all[k]->store) && store_read(all[k]->store, 0, column, v);
		for (uint64_t i = 0; good && i < count; i++) {
			uint64_t fresh = see(t, v[i].group, v[i].value, v[i].bits);

			for (; fresh; fresh &= fresh - 1) {
				uint64_t bit = (uint64_t)__builtin_ctzll(fresh);

				tally_sum(t, v[i].group | bit << TALLY_BIT, 1, INT64_MAX,
					  INT64_MIN);
			}
		}
		free(v);
	}
	return good;
}

void
tally_unite(struct tally *into, const struct tally *from)
{
	for (size_t i = 0; i <= from->sum_mask; i++) {
		const struct tally_sum *s = &from->sum[i];

		if (s->group)
			tally_sum(into, s->group, s->n, s->first, s->last);
	}
}

struct tally_sum
tally_of(const struct tally *t, uint64_t group)
{
	const struct tally_sum *s = sum_slot(t, group);

	return s->group ? *s : (struct tally_sum){ group, 0, INT64_MAX, INT64_MIN };
}

uint64_t
tally_bit(const struct tally *t, uint64_t group, unsigned bit)
{
	return tally_of(t, group | (uint64_t)bit << TALLY_BIT).n;
}

uint64_t *
tally_groups(const struct tally *t, unsigned what, size_t *n)
{
	uint64_t *group = xalloc(t->sums + 1, sizeof(*group));

	*n = 0;
	for (size_t i = 0; i <= t->sum_mask; i++) {
		uint64_t g = t->sum[i].group;

		if (g && tally_what(g) == what && (g >> TALLY_BIT & 63) == 0)
			group[(*n)++] = g;
	}
	if (*n)
		qsort(group, *n, sizeof(*group), order_u64);
	return group;
}
