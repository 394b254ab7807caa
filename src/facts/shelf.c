/*
 * shelf.c - see shelf.h.
 */
#include "facts/shelf.h"

#include "base/civil.h"
#include "base/read_at.h"
#include "facts/facts_own.h"

#include <unistd.h>

enum { AHEAD = 16 };

void
shelf_close(struct shelf *s)
{
	if (s->fd >= 0)
		close(s->fd);
	free(s->filing);
	free(s->object.to);
	free(s->bucket);
	free(s->heard);
	free(s);
}

void
shelf_begin(struct shelf *s, int32_t day)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->buckets; i++) {
		if (s->bucket[i].day >= day || s->bucket[i].day == REFUSED_ROW)
			s->bucket[kept++] = s->bucket[i];
	}
	s->buckets = kept;
	kept = 0;
	for (size_t i = 0; i < s->heards; i++) {
		if (s->heard[i].day >= day)
			s->heard[kept++] = s->heard[i];
	}
	s->heards = kept;
}

size_t
shelf_days(const struct shelf *s, int32_t *out)
{
	size_t n = 0;

	for (size_t i = 0; i < s->heards; i++) {
		if (n == 0 || out[n - 1] != s->heard[i].day)
			out[n++] = s->heard[i].day;
	}
	return n;
}

static const struct part_bucket *
find(const struct shelf *s, int32_t row, unsigned column)
{
	size_t lo = 0, hi = s->buckets;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		const struct part_bucket *b = &s->bucket[mid];

		if (b->column != column ? b->column < column : b->day < row)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == s->buckets || s->bucket[lo].column != column || s->bucket[lo].day != row)
		return NULL;
	return &s->bucket[lo];
}

uint64_t
shelf_count(const struct shelf *s, int32_t row, unsigned column)
{
	const struct part_bucket *b = find(s, row, column);

	return b ? b->n : 0;
}

uint64_t
shelf_events(const struct shelf *s)
{
	uint64_t n = 0;

	for (size_t i = 0; i < s->buckets; i++)
		n += s->bucket[i].day == REFUSED_ROW ? 0 : s->bucket[i].n;
	return n;
}

bool
shelf_heard(const struct shelf *s, uint16_t system, int32_t day)
{
	size_t lo = 0, hi = s->heards;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		const struct part_heard *h = &s->heard[mid];

		if (h->day != day ? h->day < day : h->system < system)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < s->heards && s->heard[lo].day == day && s->heard[lo].system == system;
}

void
shelf_span(const struct shelf *s, int64_t *first_ts, int64_t *last_ts)
{
	for (size_t i = 0; i < s->heards; i++) {
		int64_t start = jst_day_start(s->heard[i].day);

		*first_ts = min_i64(*first_ts, start + s->heard[i].first_ms);
		*last_ts = max_i64(*last_ts, start + s->heard[i].last_ms);
	}
}

/* False: it says what no event of this part can. */
static inline bool
translate(const struct shelf *s, unsigned column, struct packed_event *e)
{
	const struct filing *to;

	if (UNLIKELY(e->tuple == 0 || e->tuple > s->tuples || e->object > s->object.n ||
		     e->ms >= DAY_MS || where_file(e->where) >= s->files))
		return false;
	to = &s->filing[e->tuple];
	if (UNLIKELY(to->partition != column))
		return false;
	e->tuple = to->tuple;
	e->object = s->object.to[e->object];
	e->where += (uint64_t)s->first_file << WHERE_SHIFT;
	return true;
}

/* Numbers are looked at before, so a fetched address is only ever one of ours. */
static inline void
fetch(const struct shelf *s, const struct packed_event *e)
{
	__builtin_prefetch(&s->filing[e->tuple <= s->tuples ? e->tuple : 0]);
	__builtin_prefetch(&s->object.to[e->object <= s->object.n ? e->object : 0]);
}

bool
shelf_translate(const struct shelf *s, const struct part_bucket *b, struct packed_event *e)
{
	if (b->day == REFUSED_ROW) {
		for (uint64_t i = 0; i < b->n; i++) {
			if (where_file(e[i].where) >= s->files)
				return false;
			e[i].where += (uint64_t)s->first_file << WHERE_SHIFT;
		}
		return true;
	}
	for (uint64_t i = 0; i < b->n; i++) {
		if (i + AHEAD < b->n)
			fetch(s, &e[i + AHEAD]);
		if (!translate(s, b->column, &e[i]))
			return false;
	}
	return true;
}

bool
shelf_read(const struct shelf *s, int32_t row, unsigned column, struct packed_event *out)
{
	const struct part_bucket *b = find(s, row, column);

	return !b || (read_all_at(s->fd, out, b->n * sizeof(*out), s->events + b->offset) &&
		      shelf_translate(s, b, out));
}
