/*
 * hearing.h - when systems were heard, by JST day: noted by cursors while they read segments, so the events are read
 * once, and by all threads.  Sums and unions alone, so the order of threads and segments does not matter.
 */
#ifndef SEKISHO_FACTS_HEARING_H
#define SEKISHO_FACTS_HEARING_H

#include "model/fact.h"

struct hearing;

/* A cursor's share: what it hears of the day at hand. */
struct ear {
	struct hearing *of;
	struct heard *now; /* by system; `lines` 0: nothing yet, and the rest is zero */
};

struct hearing *hearing_new(int32_t *days, size_t n, size_t systems); /* takes the ascending days */
void hearing_free(struct hearing *h);

/* The first cursor of a partition listens, a later one (an explanation) would count twice: it gets no `now`. */
struct ear ear_open(struct hearing *h, unsigned partition);
void ear_close(struct ear *e);

/* All of the day was read: hands on what was heard. */
void ear_day(struct ear *e, size_t day);
/* A line handed on was a double: minutes stay, counts do not. */
void ear_double(const struct ear *e, uint16_t system, int64_t ts);

const struct heard *hearing_of(const struct hearing *h, unsigned system, int32_t jst_day);

static inline void
ear_line(const struct ear *e, uint16_t system, uint32_t ms)
{
	struct heard *h = &e->now[system];
	uint32_t minute = ms / 60000;

	if (h->lines++ == 0)
		h->first_ms = h->last_ms = ms;
	if (ms < h->first_ms)
		h->first_ms = ms;
	if (ms > h->last_ms)
		h->last_ms = ms;
	h->minute[minute >> 6] |= 1ULL << (minute & 63);
	h->hour[minute / 60]++;
}

#endif
