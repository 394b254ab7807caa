/*
 * references.h - what the files of context_check() share: the kinds of names, and those that dangle.
 */
#ifndef SEKISHO_CONTEXT_REFERENCES_H
#define SEKISHO_CONTEXT_REFERENCES_H

#include "context/context_own.h"

enum kind_of_name {
	NAME_ORG,
	NAME_SYSTEM,
	NAME_AREA,
	NAME_SITE,
	NAME_CLASS,
	NAME_ROLE,
	NAME_SCHEDULE,
	NAME_PERSON,
	NAME_ACCOUNT,
	NAME_TERMINAL,
	NAME_NETWORK,
	NAME_KINDS
};

/* The ledger and column that make a name known; without one, the policy does. */
struct kind_said {
	const char *one, *many, *where;
	enum ledger_id ledger;
	const char *column;
};

extern const struct kind_said references_kinds[NAME_KINDS];
extern const enum kind_of_name references_of_pool[POOL_COUNT];

struct dangling {
	enum kind_of_name kind;
	struct str name;
	size_t ledger;
	struct place at;
};

enum { SETTLE_FIRST = 65536 };

struct check {
	const struct context *c;
	bool *known[POOL_COUNT]; /* by number; NULL: not to be told */
	VEC(struct dangling) list;
	size_t settle_at; /* names told twice are brought together when there are so many */
};

void references_settle(struct check *k); /* keeps of each name the place where it stands first */
void references_tell(struct check *k, struct errors *warn);

#endif
