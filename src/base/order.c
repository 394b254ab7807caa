/*
 * order.c - numbers in order: short runs by insertion, and runs merged until there is one.
 */
#include "base/order.h"

enum { RUN = 12 };

static void
insert_all(uint64_t *v, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		uint64_t x = v[i];
		size_t at = i;

		for (; at && v[at - 1] > x; at--)
			v[at] = v[at - 1];
		v[at] = x;
	}
}

/* Two sorted runs of v, up to `middle` and from there to n, into one of `into`. */
static void
merge(const uint64_t *v, size_t middle, size_t n, uint64_t *into)
{
	size_t a = 0, b = middle;

	while (a < middle && b < n) {
		bool second = v[b] < v[a];

		*into++ = second ? v[b] : v[a];
		b += second;
		a += !second;
	}
	memcpy(into, v + a, (middle - a) * sizeof(*v));
	memcpy(into + (middle - a), v + b, (n - b) * sizeof(*v));
}

void
order_numbers(uint64_t *v, size_t n, uint64_t *room)
{
	uint64_t *from = v, *to = room;

	for (size_t i = 0; i < n; i += RUN)
		insert_all(v + i, min_size(RUN, n - i));
	for (size_t run = RUN; run < n; run *= 2) {
		uint64_t *merged = to;

		for (size_t i = 0; i < n; i += 2 * run)
			merge(from + i, min_size(run, n - i), min_size(2 * run, n - i), to + i);
		to = from;
		from = merged;
	}
	if (from != v)
		memcpy(v, from, n * sizeof(*v));
}
