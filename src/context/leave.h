/*
 * leave.h - allow_pairs and grants, sorted so that a look-up asks by number and never hashes.
 */
#ifndef SEKISHO_CONTEXT_LEAVE_H
#define SEKISHO_CONTEXT_LEAVE_H

#include "context/rows.h"

/* Rows of one key: the first, and behind it its other times. */
struct pair {
	const struct allow_pair_row *row;
	uint16_t origin, system;
};

/* Sorted by (account org, origin, system); those of account org o lie in at[first[o] .. first[o + 1]). */
struct pairs {
	struct pair *at;
	uint32_t *first;
};

struct grant {
	const struct grant_row *row;
	uint32_t left; /* keys of this kind and subject, one a system, from here on */
};

/* Sorted by (kind, subject, system). */
struct grants {
	struct grant *at;
	uint32_t count;
};

void pairs_build(struct pairs *p, const struct ledger *l, size_t orgs, struct arena *a);
void grants_build(struct grants *g, const struct ledger *l, struct arena *a);

/* Index + 1 of the subject's first key, 0 = none. */
uint32_t grants_find(const struct grants *g, enum grant_kind kind, struct str subject);

/* The pairs of two organisations, one a system: *n of them. */
static inline const struct pair *
pairs_find(const struct pairs *p, uint16_t account_org, uint16_t origin, size_t *n)
{
	uint32_t low = p->first[account_org], end = p->first[account_org + 1], high = end;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (p->at[mid].origin < origin)
			low = mid + 1;
		else
			high = mid;
	}
	while (high < end && p->at[high].origin == origin)
		high++;
	*n = high - low;
	return p->at + low;
}

#endif
