/*
 * order.h - comparisons for qsort() and bsearch(), one of each kind; and what is different in a list.
 */
#ifndef SEKISHO_BASE_ORDER_H
#define SEKISHO_BASE_ORDER_H

#include "base/str.h"

static inline int
order_i32(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x > y) - (x < y);
}

static inline int
order_u32(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static inline int
order_u64(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static inline int
order_str(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* Keeps one of equal neighbours, and says how many are left; *sorted: each is greater than the one before it. */
static inline size_t
order_squeeze(char *v, size_t n, size_t size, int (*order)(const void *a, const void *b),
	      bool *sorted)
{
	size_t kept = 0;

	*sorted = true;
	for (size_t i = 0; i < n; i++) {
		int c = kept ? order(v + i * size, v + (kept - 1) * size) : 1;

		if (c == 0)
			continue;
		*sorted &= c > 0;
		if (kept != i)
			memcpy(v + kept * size, v + i * size, size);
		kept++;
	}
	return kept;
}

/* Sorts, keeps each once, and says how many are left.  What comes from lines in order is sorted already, as a rule. */
static inline size_t
order_unique(void *at, size_t n, size_t size, int (*order)(const void *a, const void *b))
{
	bool sorted;

	n = order_squeeze(at, n, size, order, &sorted);
	if (sorted)
		return n;
	qsort(at, n, size, order);
	return order_squeeze(at, n, size, order, &sorted);
}

/* Sorts v without a call a comparison; room for as many beside it. */
void order_numbers(uint64_t *v, size_t n, uint64_t *room);

/* How many different ones there are but 0, which is "not said"; sorts them. */
static inline size_t
order_distinct(uint32_t *v, size_t n)
{
	n = order_unique(v, n, sizeof(*v), order_u32);
	return n - (n && v[0] == 0);
}

#endif
