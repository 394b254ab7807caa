/*
 * posts.c - what hangs on a row and not on the instant, found once: an owner's posts, an organisation's contracts.
 */
#include "context/context_own.h"

static const struct person_row *
posts_of(const struct context *c, struct str person)
{
	struct person_row probe = { .person = person };

	return person.n ? ledger_find(&c->ledger[LEDGER_people], &probe) : NULL;
}

static void
build_people(struct context *c)
{
	const struct ledger *accounts = &c->ledger[LEDGER_accounts];
	const struct ledger *terminals = &c->ledger[LEDGER_terminals];
	struct posts *p = &c->posts;

	p->owner = arena_alloc(&c->arena, (accounts->count + 1) * sizeof(*p->owner));
	for (size_t i = 0; i < accounts->count; i++) {
		const struct account_row *r = ledger_row(accounts, i);

		p->owner[i] = posts_of(c, r->owner);
	}
	p->assignee = arena_alloc(&c->arena, (terminals->count + 1) * sizeof(*p->assignee));
	for (size_t i = 0; i < terminals->count; i++) {
		const struct terminal_row *r = ledger_row(terminals, i);

		p->assignee[i] = posts_of(c, r->assignee);
	}
}

static void
build_orgs(struct context *c)
{
	size_t orgs = c->pool[POOL_ORG].name.n + 1;
	struct posts *p = &c->posts;

	p->contract = arena_alloc(&c->arena, orgs * sizeof(*p->contract));
	p->org = arena_alloc(&c->arena, orgs * sizeof(*p->org));
	p->schedule = arena_alloc(&c->arena, orgs * sizeof(*p->schedule));
	for (size_t o = 1; o < orgs; o++) {
		struct contractor_row contract = { .org = (uint16_t)o };
		struct org_row org = { .org = (uint16_t)o };
		uint16_t schedule = pool_find(&c->pool[POOL_SCHEDULE],
					      pool_name(&c->pool[POOL_ORG], (uint16_t)o));

		p->contract[o] = ledger_find(&c->ledger[LEDGER_contractors], &contract);
		p->org[o] = ledger_find(&c->ledger[LEDGER_orgs], &org);
		p->schedule[o] =
			schedule != POOL_FULL && shifts_known(&c->shifts, schedule) ? schedule : 0;
	}
}

/* An organisation that no ledger names cannot be anybody's. */
static void
build_permitted(struct context *c)
{
	struct posts *p = &c->posts;

	p->permitted =
		arena_alloc(&c->arena, (c->policy->system_count + 1) * sizeof(*p->permitted));
	for (size_t i = 0; i < c->policy->system_count; i++) {
		const struct policy_system *s = &c->policy->system[i];
		struct permitted *list =
			arena_alloc(&c->arena, (s->permitted_count + 1) * sizeof(*list));

		for (size_t k = 0; k < s->permitted_count; k++)
			list[k] = (struct permitted){
				.org = pool_find(&c->pool[POOL_ORG], s->permitted[k].org),
				.from = s->permitted[k].from,
				.to = s->permitted[k].to,
			};
		p->permitted[i] =
			(struct permitted_list){ .at = list, .count = s->permitted_count };
	}
}

/* A chain through the entries of an ID that nobody closed, so that the last one before an instant is a step away. */
static void
build_open_entries(struct context *c)
{
	const struct ledger *l = &c->ledger[LEDGER_shared_ids];
	uint32_t *before = arena_alloc(&c->arena, (l->count + 1) * sizeof(*before));

	for (size_t i = 0; i + 1 < l->count; i++) {
		const struct shared_id_row *r = ledger_row(l, i);

		if (r->head.count > 1)
			before[i + 1] = r->in == INT64_MAX ? (uint32_t)i + 1 : before[i];
	}
	c->posts.open_before = before;
}

/* What failed gave nobody a new secret. */
static bool
is_reset(const struct auth_event_row *r)
{
	return (r->kind == AUTH_RESET || r->kind == AUTH_ISSUE) && r->ok != EVENT_FAILED;
}

/* The last reset of an account among its events so far: others lie between, a second factor every morning. */
static void
build_resets(struct context *c)
{
	const struct ledger *l = &c->ledger[LEDGER_auth_events];
	uint32_t *upto = arena_alloc(&c->arena, (l->count + 1) * sizeof(*upto));

	for (size_t i = 0; i < l->count; i++) {
		const struct auth_event_row *r = ledger_row(l, i);

		if (is_reset(r))
			upto[i] = (uint32_t)i + 1;
		if (r->head.count > 1)
			upto[i + 1] = upto[i];
	}
	c->posts.reset_upto = upto;
}

static uint32_t
what_it_gives(const struct context *c)
{
	static const struct {
		enum ledger_id ledger;
		enum gives gives;
	} table[] = {
		{ LEDGER_people, GIVES_PEOPLE },
		{ LEDGER_terminal_loans, GIVES_LOANS },
		{ LEDGER_schedules, GIVES_SCHEDULES },
		{ LEDGER_permits, GIVES_PERMITS },
		{ LEDGER_shared_ids, GIVES_SHARED_IDS },
		{ LEDGER_substitutes, GIVES_SUBSTITUTES },
		{ LEDGER_clients, GIVES_CLIENTS },
		{ LEDGER_contractors, GIVES_CONTRACTORS },
		{ LEDGER_work_orders, GIVES_WORK_ORDERS },
		{ LEDGER_disasters, GIVES_DISASTERS },
		{ LEDGER_grants, GIVES_GRANTS },
		{ LEDGER_holidays, GIVES_HOLIDAYS },
		{ LEDGER_accounts, GIVES_ACCOUNTS },
		{ LEDGER_terminals, GIVES_TERMINALS },
		{ LEDGER_auth_events, GIVES_AUTH_EVENTS },
		{ LEDGER_barrier, GIVES_BARRIER },
		{ LEDGER_consumers, GIVES_CONSUMERS },
		{ LEDGER_networks, GIVES_NETWORKS },
		{ LEDGER_records, GIVES_RECORDS },
	};
	uint32_t gives = geo_has(&c->geo) & GEO_HAS_COUNTRY ? GIVES_GEOIP : 0;

	for (size_t i = 0; i < COUNT(table); i++) {
		if (c->ledger[table[i].ledger].loaded)
			gives |= table[i].gives;
	}
	return gives;
}

void
resolve_standing(struct context *c)
{
	struct resolved *r = &c->resolved;
	uint32_t accounts = r->count[DICT_ACCOUNT], terminals = r->count[DICT_TERMINAL];

	r->loan = xalloc(terminals + (size_t)1, sizeof(*r->loan));
	for (uint32_t i = 1; i <= terminals; i++) {
		struct loan_row probe = { .terminal =
						  c->names.text(c->names.facts, DICT_TERMINAL, i) };

		r->loan[i] = ledger_find(&c->ledger[LEDGER_terminal_loans], &probe);
	}
	r->shared = xalloc(accounts + (size_t)1, sizeof(*r->shared));
	for (int kind = 0; kind < PERMIT_KINDS; kind++)
		r->permit[kind] = xalloc(accounts + (size_t)1, sizeof(*r->permit[kind]));
	for (uint32_t i = 1; i <= accounts; i++) {
		struct str text = c->names.text(c->names.facts, DICT_ACCOUNT, i);
		struct shared_id_row shared = { .account = text };
		struct permit_row permit = { .account = text };

		r->shared[i] = ledger_find(&c->ledger[LEDGER_shared_ids], &shared);
		for (int kind = 0; kind < PERMIT_KINDS; kind++) {
			permit.kind = (uint8_t)kind;
			r->permit[kind][i] = ledger_find(&c->ledger[LEDGER_permits], &permit);
		}
	}
}

void
posts_build(struct context *c)
{
	build_people(c);
	build_orgs(c);
	build_permitted(c);
	build_open_entries(c);
	build_resets(c);
	c->gives = what_it_gives(c);
}
