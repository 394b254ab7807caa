/*
 * presence.h - what an account met on its days, and when it last had: networks, countries, terminals, clients.
 *
 * Made after the walk, from the days' uses; a day's lines are only looked at again where one fires.
 */
#ifndef SEKISHO_ENGINE_PRESENCE_H
#define SEKISHO_ENGINE_PRESENCE_H

#include "model/rule.h"

struct presence_entry {
	struct met met;
	int32_t day, before; /* met, and the day before that; INT32_MIN = never */
	int32_t fired;       /* the latest day that did */
	int64_t created;     /* latest of the rows of the account that met it on `day` */
	uint32_t lines;      /* on `day` */
};

/* Zeroed is empty.  One rule's at a time. */
struct presence {
	VEC(struct presence_entry) at;
	uint32_t *index; /* open addressing: entry + 1 */
	size_t mask;
	VEC(uint32_t) today; /* entries met on the day at hand */
};

/* The engine's share of a rule's numbers, in days. */
struct wont {
	int64_t window, learn, min_events;
	int64_t first_day; /* of the input */
};

struct wont presence_wont(const struct rule *rule, int64_t first_ts);

typedef void presence_told(void *arg, const struct account_day *day,
			   const struct presence_entry *entry, enum judged judged);

void presence_free(struct presence *p);

#endif
