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

/* Sorts, keeps each once, and says how many are left. */
static inline size_t
order_unique(void *at, size_t n, size_t size, int (*order)(const void *a, const void *b))
{
	char *v = at;
	size_t kept = 0;

	if (n)
		qsort(v, n, size, order);
	for (size_t i = 0; i < n; i++) {
		if (kept && order(v + i * size, v + (kept - 1) * size) == 0)
			continue;
		memmove(v + kept++ * size, v + i * size, size);
	}
	return kept;
}

/* How many different ones there are but 0, which is "not said"; sorts them. */
static inline size_t
order_distinct(uint32_t *v, size_t n)
{
	n = order_unique(v, n, sizeof(*v), order_u32);
	return n - (n && v[0] == 0);
}

#endif
