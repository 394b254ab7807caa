/*
 * sight_sums.h - a list of sightings in sums: by person, and by organisation; or by consumer, and by whose they are.
 *
 * Keys are three texts, in the order in which sums are sorted and printed.
 */
#ifndef SEKISHO_APP_SIGHT_SUMS_H
#define SEKISHO_APP_SIGHT_SUMS_H

#include "app/sighting.h"
#include "base/hash.h"

enum { SUM_KEYS = 3 };

struct sight_sum {
	struct str key[SUM_KEYS]; /* of the group; empty: nobody knows */
	int64_t first, last;
	uint64_t lines, views;
	uint64_t denied, unexplained, undetermined; /* of views; of the last something is */
};

/* What is seen of: one consumer (by organisation, person, account), else one account (by supplier, consumer). */
struct sight_sums {
	bool of_account;
	struct arena arena;
	struct dictionary *numbers; /* of keys that are joined */
	struct hash_key key;
	struct sight_sum all;
	VEC(struct sight_sum) one;   /* by all keys */
	VEC(struct sight_sum) whole; /* by the first; when sorted */
};

void sight_sums_open(struct sight_sums *s, bool of_account);
void sight_sums_add(struct sight_sums *s, const struct sighting *sight);
void sight_sums_sort(struct sight_sums *s); /* and makes the sums of wholes */
void sight_sums_close(struct sight_sums *s);

#endif
