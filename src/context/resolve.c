/*
 * resolve.c - dictionary numbers to rows, once, so that judgement asks arrays and never hashes text.
 */
#include "context/context_own.h"

static struct str
text_of(const struct context *c, enum dict dict, uint32_t number)
{
	return c->names.text(c->names.facts, dict, number);
}

/* Stays NULL when nothing is granted. */
static void
resolve_grants(struct context *c, enum grant_kind kind, enum dict dict)
{
	uint32_t count = c->resolved.count[dict];

	if (c->grants.count == 0)
		return;
	c->resolved.grant[kind] = xalloc(count + (size_t)1, sizeof(uint32_t));
	for (uint32_t i = 1; i <= count; i++)
		c->resolved.grant[kind][i] = grants_find(&c->grants, kind, text_of(c, dict, i));
}

static void
resolve_accounts(struct context *c)
{
	struct resolved *r = &c->resolved;
	const struct ledger *l = &c->ledger[LEDGER_accounts];
	size_t systems = c->policy->system_count + 1;

	r->account = xalloc((r->count[DICT_ACCOUNT] + (size_t)1) * systems, sizeof(*r->account));
	for (uint32_t i = 1; i <= r->count[DICT_ACCOUNT]; i++) {
		struct account_row probe = { .account = text_of(c, DICT_ACCOUNT, i) };

		for (size_t s = 0; s < systems; s++) {
			probe.system = (uint16_t)s;
			r->account[i * systems + s] = ledger_find(l, &probe);
		}
	}
}

static void
resolve_terminals(struct context *c)
{
	struct resolved *r = &c->resolved;

	r->terminal = xalloc(r->count[DICT_TERMINAL] + (size_t)1, sizeof(*r->terminal));
	for (uint32_t i = 1; i <= r->count[DICT_TERMINAL]; i++) {
		struct terminal_row probe = { .terminal = text_of(c, DICT_TERMINAL, i) };

		r->terminal[i] = ledger_find(&c->ledger[LEDGER_terminals], &probe);
	}
}

static void
resolve_classes(struct context *c)
{
	struct resolved *r = &c->resolved;

	r->class = xalloc(r->count[DICT_CLASS] + (size_t)1, sizeof(*r->class));
	for (uint32_t i = 1; i <= r->count[DICT_CLASS]; i++) {
		uint16_t number = pool_find(&c->pool[POOL_CLASS], text_of(c, DICT_CLASS, i));

		if (number != POOL_FULL)
			r->class[i] = (struct class_entry){ number, c->class_public[number] };
	}
}

void
resolved_free(struct resolved *r)
{
	free(r->account);
	free(r->terminal);
	free(r->address);
	geo_table_free(&r->geo);
	free(r->class);
	free(r->loan);
	free(r->shared);
	for (int kind = 0; kind < PERMIT_KINDS; kind++)
		free(r->permit[kind]);
	for (int kind = 0; kind < GRANT_KINDS; kind++)
		free(r->grant[kind]);
	table_free(r->consumer, r->consumer_bytes);
	free(r->copied);
	arena_free(&r->arena);
	*r = (struct resolved){ .nets = NULL };
}

int
context_resolve(struct context *c, const struct names *names, unsigned jobs, struct errors *err)
{
	context_digest_wait(c);
	resolved_free(&c->resolved);
	c->names = *names;
	for (int d = 0; d < DICT_COUNT; d++)
		c->resolved.count[d] = names->count(names->facts, (enum dict)d);
	resolve_accounts(c);
	resolve_terminals(c);
	resolve_classes(c);
	resolve_standing(c);
	resolve_grants(c, GRANT_ACCOUNT, DICT_ACCOUNT);
	resolve_grants(c, GRANT_TERMINAL, DICT_TERMINAL);
	resolve_nets(c);
	return resolve_consumers(c, jobs, err);
}
