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
	VEC(struct day_use) at; /* day by day, those that are over */
	VEC(struct day_use)
	kind;                /* each that the account has; `lines` are those of the day at hand */
	VEC(uint32_t) today; /* kinds met on it, in order of arrival */
	uint32_t *index;     /* open addressing: kind + 1 */
	size_t mask;
	uint32_t last; /* kind + 1 that was asked for last: most looks of an account are alike */
};

void uses_free(struct uses *u);
void uses_reset(struct uses *u);

/* What a line like that is a use of. */
struct day_use use_of(const struct seen *who);

/* For uses_add(): the number, from 1, of what the look is a use of. */
uint32_t uses_kind(struct uses *u, const struct seen *who);

static inline void
uses_add(struct uses *u, struct look *k)
{
	if (UNLIKELY(k->use == 0))
		k->use = uses_kind(u, &k->seen);
	if (UNLIKELY(u->kind.at[k->use - 1].lines++ == 0))
		*VEC_PUSH(&u->today) = k->use - 1;
}

/* The day is over: its uses go to the end of `at`. */
void uses_day_end(struct uses *u);

#endif
