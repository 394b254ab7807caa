/*
 * resolve_net.c - addresses to networks: the longest registered block, else a derived one with a name: the operator's
 * when the address is public and a database knows it, else a block around it.  What databases say is asked here, too.
 */
#include "context/context_own.h"

struct unlisted {
	uint32_t asn; /* 0: the block */
	struct cidr cidr;
	uint32_t address;
};

static int
unlisted_cmp(const void *a, const void *b)
{
	const struct unlisted *x = a, *y = b;

	if (x->asn != y->asn)
		return (x->asn > y->asn) - (x->asn < y->asn);
	return memcmp(&x->cidr, &y->cidr, sizeof(x->cidr));
}

static struct unlisted
derive(const struct resolved *r, const uint8_t *address, uint32_t number)
{
	struct unlisted u = { .address = number };

	u.asn = geo_answered(&r->geo, r->address[number].geo).asn;
	if (u.asn == 0)
		u.cidr = cidr_derived(address);
	return u;
}

static struct str
derived_name(struct arena *a, const struct unlisted *u)
{
	return u->asn ? arena_printf(a, "asn:AS%u", u->asn) : cidr_print_derived(a, &u->cidr);
}

/* Equal ones lie together after sorting, so each gets one number. */
static void
number_unlisted(struct resolved *r, const struct unlisted *u, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i == 0 || unlisted_cmp(&u[i - 1], &u[i]))
			r->nets[r->net_count++].name = derived_name(&r->arena, &u[i]);
		r->address[u[i].address].net = (uint32_t)r->net_count;
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

	r->address = xalloc(addresses + (size_t)1, sizeof(*r->address));
	for (uint32_t i = 1; i <= addresses; i++) {
		struct str text = c->names.text(c->names.facts, DICT_ADDRESS, i);
		uint8_t address[ADDRESS_SIZE];

		if (text.n != ADDRESS_SIZE)
			BUG("address %u has %zu bytes", i, text.n);
		memcpy(address, text.p, sizeof(address));
		r->address[i].net = prefixes_find(&c->prefixes, address);
		r->address[i].geo = geo_ask(&c->geo, &r->geo, address);
		if (r->address[i].net == 0)
			*VEC_PUSH(&unlisted) = derive(r, address, i);
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
