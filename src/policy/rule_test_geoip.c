/*
 * rule_test_geoip.c - `geoip` of a rule test's world: blocks of addresses and the countries they are in.
 */
#include "policy/rule_test_read.h"

enum { BLOCKS_MOST = 1000 };

static bool
is_country(struct str s)
{
	return s.n == 2 && s.p[0] >= 'A' && s.p[0] <= 'Z' && s.p[1] >= 'A' && s.p[1] <= 'Z';
}

/* Wider blocks before those inside them. */
static int
width_order(const void *a, const void *b)
{
	const struct test_block *x = a, *y = b;

	return x->block.bits != y->block.bits
		       ? x->block.bits - y->block.bits
		       : memcmp(x->block.byte, y->block.byte, sizeof(x->block.byte));
}

static bool
read_block(struct policy_reader *r, const struct yaml *item, struct test_block *out)
{
	if (cidr_parse(item->key->text, &out->block) != CIDR_OK || out->block.bits == 0) {
		error_at(r->err, item->key->at,
			 "'" STR_FMT
			 "' is no block of addresses, such as 203.0.113.0/24 or 2001:db8::/32",
			 STR_ARG(item->key->text));
		return false;
	}
	if (!policy_is_text(r, item))
		return false;
	if (is_country(item->text)) {
		memcpy(out->country, item->text.p, sizeof(out->country));
		return true;
	}
	error_at(r->err, item->at, "'" STR_FMT "' is no country; write its two letters, such as JP",
		 STR_ARG(item->text));
	return false;
}

void
test_geoip_read(struct policy_reader *r, const struct yaml *value, void *filling)
{
	struct rule_test *t = ((struct test_filling *)filling)->test;

	if (!policy_is_map(r, value, "'geoip'"))
		return;
	if (value->count == 0 || value->count > BLOCKS_MOST) {
		error_at(r->err, value->at,
			 "'geoip' has %zu blocks; give from 1 to %d, such as {203.0.113.0/24: US}",
			 value->count, BLOCKS_MOST);
		return;
	}
	t->block = arena_alloc(&r->policy->arena, value->count * sizeof(*t->block));
	t->block_count = 0;
	for (const struct yaml *item = value->child; item; item = item->next)
		if (!item->again && read_block(r, item, &t->block[t->block_count]))
			t->block_count++;
	if (t->block_count)
		qsort(t->block, t->block_count, sizeof(*t->block), width_order);
}
