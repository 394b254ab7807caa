/*
 * hearing.c - see hearing.h.
 */
#include "facts/hearing.h"

#include "base/civil.h"
#include "base/mem.h"
#include "base/store.h"

#include <pthread.h>

struct hearing {
	pthread_mutex_t lock;
	struct arena arena;
	int32_t *day;
	size_t days, systems;
	struct heard **at; /* [day * systems + system], NULL: not heard */
	bool taken[STORE_COLUMNS];
};

struct hearing *
hearing_new(int32_t *days, size_t n, size_t systems)
{
	struct hearing *h = xalloc(1, sizeof(*h));

	h->day = days;
	h->days = n;
	h->systems = systems;
	h->at = xalloc(n * systems + 1, sizeof(struct heard *));
	pthread_mutex_init(&h->lock, NULL);
	return h;
}

void
hearing_free(struct hearing *h)
{
	if (!h)
		return;
	free(h->day);
	free(h->at);
	arena_free(&h->arena);
	pthread_mutex_destroy(&h->lock);
	free(h);
}

struct ear
ear_open(struct hearing *h, unsigned partition)
{
	struct ear e = { .of = h };

	if (!h || h->taken[partition])
		return e;
	h->taken[partition] = true;
	e.now = xalloc(h->systems, sizeof(*e.now));
	return e;
}

void
ear_close(struct ear *e)
{
	free(e->now);
}

static void
unite(struct heard *into, const struct heard *h)
{
	into->first_ms = into->lines && into->first_ms < h->first_ms ? into->first_ms : h->first_ms;
	into->last_ms = into->last_ms > h->last_ms ? into->last_ms : h->last_ms;
	into->lines += h->lines;
	for (size_t i = 0; i < COUNT(h->minute); i++)
		into->minute[i] |= h->minute[i];
	for (size_t i = 0; i < COUNT(h->hour); i++)
		into->hour[i] += h->hour[i];
}

void
ear_day(struct ear *e, size_t day)
{
	struct hearing *h = e->of;

	pthread_mutex_lock(&h->lock);
	for (size_t s = 0; s < h->systems; s++) {
		struct heard **at = &h->at[day * h->systems + s];

		if (e->now[s].lines == 0)
			continue;
		if (!*at)
			*at = arena_alloc(&h->arena, sizeof(**at));
		unite(*at, &e->now[s]);
		e->now[s] = (struct heard){ 0 };
	}
	pthread_mutex_unlock(&h->lock);
}

static struct heard *
find(const struct hearing *h, unsigned system, int32_t day)
{
	size_t lo = 0, hi = h->days;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (h->day[mid] < day)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < h->days && h->day[lo] == day && system < h->systems
		       ? h->at[lo * h->systems + system]
		       : NULL;
}

void
ear_double(const struct ear *e, uint16_t system, int64_t ts)
{
	int32_t day = jst_day(ts);
	struct heard *at = find(e->of, system, day);

	pthread_mutex_lock(&e->of->lock);
	at->lines--;
	at->hour[(ts - jst_day_start(day)) / 3600000]--;
	pthread_mutex_unlock(&e->of->lock);
}

const struct heard *
hearing_of(const struct hearing *h, unsigned system, int32_t jst_day)
{
	return h ? find(h, system, jst_day) : NULL;
}
