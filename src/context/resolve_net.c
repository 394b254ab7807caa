/*
 * resolve_net.c - addresses to networks: the longest registered block, else a derived one with a name.
 */
#include "context/context_own.h"

struct unlisted {
	struct cidr cidr;
	uint32_t address;
};

static int
unlisted_cmp(const void *a, const void *b)
{
	const struct unlisted *x = a, *y = b;

	return memcmp(&x->cidr, &y->cidr, sizeof(x->cidr));
}

/* Equal blocks lie together after sorting, so each gets one number. */
static void
number_unlisted(struct resolved *r, const struct unlisted *u, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i == 0 || unlisted_cmp(&u[i - 1], &u[i]))
			r->nets[r->net_count++].name = cidr_print_derived(&r->arena, &u[i].cidr);
		r->net[u[i].address] = (uint32_t)r->net_count;
	}
}

/* A grant names a block as findings do. */
static void
grant_nets(struct context *c)
{
	struct resolved *r = &c->resolved;

	if (c->grants.count == 0)
		return;
	r->grant[GRANT_NETWORK] = xalloc(r->net_count + 1, sizeof(uint32_t));
	for (size_t i = 1; i <= r->net_count; i++)
		r->grant[GRANT_NETWORK][i] =
			grants_find(&c->grants, GRANT_NETWORK, r->nets[i - 1].name);
}

void
resolve_nets(struct context *c)
{
	struct resolved *r = &c->resolved;
	const struct ledger *l = &c->ledger[LEDGER_networks];
	uint32_t addresses = r->count[DICT_ADDRESS];
	VEC(struct unlisted) unlisted = { 0 };

	r->net = xalloc(addresses + (size_t)1, sizeof(*r->net));
	for (uint32_t i = 1; i <= addresses; i++) {
		struct str text = c->names.text(c->names.facts, DICT_ADDRESS, i);
		uint8_t address[ADDRESS_SIZE];

		if (text.n != ADDRESS_SIZE)
			BUG("address %u has %zu bytes", i, text.n);
		memcpy(address, text.p, sizeof(address));
		r->net[i] = prefixes_find(&c->prefixes, address);
		if (r->net[i] == 0)
			*VEC_PUSH(&unlisted) =
				(struct unlisted){ .cidr = cidr_derived(address), .address = i };
	}
	if (unlisted.n)
		qsort(unlisted.at, unlisted.n, sizeof(*unlisted.at), unlisted_cmp);
	r->nets = arena_alloc(&r->arena, (l->count + unlisted.n + 1) * sizeof(*r->nets));
	for (; r->net_count < l->count; r->net_count++) {
		const struct network_row *row = ledger_row(l, r->net_count);

		r->nets[r->net_count] = (struct net){ .name = row->text, .row = row };
	}
	number_unlisted(r, unlisted.at, unlisted.n);
	VEC_FREE(&unlisted);
	grant_nets(c);
}
