/*
 * where_item.h - an item of a selection while it is read: where_key.c its field and modifiers, where_item.c its values.
 */
#ifndef SEKISHO_POLICY_WHERE_ITEM_H
#define SEKISHO_POLICY_WHERE_ITEM_H

#include "policy/where_read.h"

enum modifier {
	MOD_CONTAINS,
	MOD_STARTS,
	MOD_ENDS,
	MOD_RE,
	MOD_CIDR,
	MOD_EXISTS,
	MOD_GT,
	MOD_GTE,
	MOD_LT,
	MOD_LTE,
	MOD_ALL,
	MOD_CASED,
	MOD_I,
	MOD_M,
	MOD_S,
	MODS
};

#define BIT(m) (1U << (m))
enum { LIKES = BIT(MOD_CONTAINS) | BIT(MOD_STARTS) | BIT(MOD_ENDS) };
enum { NUMBERS = BIT(MOD_GT) | BIT(MOD_GTE) | BIT(MOD_LT) | BIT(MOD_LTE) };

struct where_reading {
	struct policy_reader *r;
	const struct yaml *key;
	const struct policy *against;
	unsigned mods;
	struct where_item *item;
	const struct where_info *info;
};

/* `field|modifier|modifier`, into x->item->field, x->info and x->mods; -1 after a mistake. */
int where_read_key(struct where_reading *x);

/* A plain value with its wildcards, and a regex; told when they hold for everything or do not compile. */
int where_read_pattern(struct where_reading *x, const struct yaml *value, struct str *out);
struct regex *where_read_re(struct where_reading *x, const struct yaml *value);

/* One value of a field of words, into x->item->words. */
int where_read_words(struct where_reading *x, const struct yaml *value);

#endif
