/*
 * uses.h - whence and with what an account's lines come, counted by day.
 *
 * Tuples differ by screen and act, too, so an account has far fewer uses than looks.  A look finds its use once and
 * keeps the number; a line then costs a counter.
 */
#ifndef SEKISHO_ENGINE_USES_H
#define SEKISHO_ENGINE_USES_H

#include "engine/looks.h"

/* Zeroed is empty. */
struct uses {
	VEC(struct day_use) at;   /* day by day */
	VEC(struct day_use) kind; /* each that the account has, without lines */
	VEC(uint32_t) current;    /* by kind: index + 1 of its latest in `at` */
	uint32_t *index;          /* open addressing: kind + 1 */
	size_t mask;
	uint32_t day_from; /* of `at`: the day at hand */
};

void uses_free(struct uses *u);
void uses_reset(struct uses *u);

/* What a line like that is a use of. */
struct day_use use_of(const struct seen *who);

/* For uses_add(): the number, from 1, of what the look is a use of; the first line of it on this day. */
uint32_t uses_kind(struct uses *u, const struct seen *who);
void uses_begin(struct uses *u, uint32_t kind);

static inline void
uses_day(struct uses *u)
{
	u->day_from = (uint32_t)u->at.n;
}

static inline void
uses_add(struct uses *u, struct look *k)
{
	if (UNLIKELY(k->use == 0))
		k->use = uses_kind(u, &k->seen);
	if (UNLIKELY(u->current.at[k->use - 1] <= u->day_from))
		uses_begin(u, k->use);
	u->at.at[u->current.at[k->use - 1] - 1].lines++;
}

#endif
