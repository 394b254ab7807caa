/*
 * uses.c - see uses.h.
 */
#include "engine/uses.h"

#include "base/hash.h"

void
uses_free(struct uses *u)
{
	VEC_FREE(&u->at);
	VEC_FREE(&u->kind);
	VEC_FREE(&u->today);
	free(u->index);
	*u = (struct uses){ 0 };
}

void
uses_reset(struct uses *u)
{
	if (u->kind.n)
		u->index = index_empty(u->index, &u->mask, sizeof(*u->index));
	u->at.n = u->kind.n = u->today.n = 0;
	u->last = 0;
}

static bool
same(const struct day_use *x, const struct day_use *y)
{
	return x->net == y->net && x->terminal == y->terminal && x->client == y->client &&
	       x->created == y->created && x->country == y->country && x->net_kind == y->net_kind &&
	       x->terminal_kind == y->terminal_kind && x->client_use == y->client_use;
}

static size_t
slot_of(const struct uses *u, const struct day_use *use)
{
	uint64_t h = hash_mix((uint64_t)use->net << 32 | use->terminal);
	size_t at = hash_mix(h ^ use->client) & u->mask;

	while (u->index[at] && !same(&u->kind.at[u->index[at] - 1], use))
		at = (at + 1) & u->mask;
	return at;
}

static void
grow(struct uses *u)
{
	free(u->index);
	u->mask = u->mask ? u->mask * 4 + 3 : 15;
	u->index = xalloc(u->mask + 1, sizeof(*u->index));
	for (size_t i = 0; i < u->kind.n; i++)
		u->index[slot_of(u, &u->kind.at[i])] = (uint32_t)i + 1;
}

struct day_use
use_of(const struct seen *who)
{
	return (struct day_use){ .net = who->net,
				 .terminal = who->tuple.text[DICT_TERMINAL],
				 .client = who->tuple.text[DICT_CLIENT],
				 .created = who->standing.created,
				 .country = who->geo.country,
				 .net_kind = who->net_kind,
				 .terminal_kind = who->terminal_kind,
				 .client_use = who->standing.client };
}

uint32_t
uses_kind(struct uses *u, const struct seen *who)
{
	struct day_use use = use_of(who);
	size_t at;

	if (u->last && same(&u->kind.at[u->last - 1], &use))
		return u->last;
	if (u->kind.n * 2 >= u->mask)
		grow(u);
	at = slot_of(u, &use);
	if (u->index[at] == 0) {
		*VEC_PUSH(&u->kind) = use;
		u->index[at] = (uint32_t)u->kind.n;
	}
	u->last = u->index[at];
	return u->last;
}

void
uses_day_end(struct uses *u)
{
	for (size_t i = 0; i < u->today.n; i++) {
		struct day_use *kind = &u->kind.at[u->today.at[i]];

		*VEC_PUSH(&u->at) = *kind;
		kind->lines = 0;
	}
	u->today.n = 0;
}
