/*
 * references_tell.c - names that dangle, each once, where it stands first, with the name that may be meant.
 */
#include "context/references.h"

#include "context/cell.h"

enum { SHOWN_MOST = 20 };

const struct kind_said references_kinds[NAME_KINDS] = {
	[NAME_ORG] = { "organisation", "organisations", "in no row of orgs", LEDGER_orgs, "org" },
	[NAME_SYSTEM] = { "system", "systems", "not among the systems of the policy", LEDGER_COUNT,
			  NULL },
	[NAME_AREA] = { "area", "areas", "with no organisation of orgs", LEDGER_orgs, "areas" },
	[NAME_SITE] = { "site", "sites", "in no row of networks", LEDGER_networks, "site" },
	[NAME_CLASS] = { "class", "classes", "not among the resources of the policy", LEDGER_COUNT,
			 NULL },
	[NAME_ROLE] = { "role", "roles", "in no row of accounts", LEDGER_accounts, "role" },
	[NAME_SCHEDULE] = { "schedule", "schedules", "in no row of schedules", LEDGER_schedules,
			    "schedule" },
	[NAME_PERSON] = { "person", "persons", "in no row of people", LEDGER_people, "person" },
	[NAME_ACCOUNT] = { "account", "accounts", "in no row of accounts", LEDGER_accounts,
			   "account" },
	[NAME_TERMINAL] = { "terminal", "terminals", "in no row of terminals", LEDGER_terminals,
			    "terminal" },
	[NAME_NETWORK] = { "network", "networks", "in no row of networks, as it is written there",
			   LEDGER_networks, "cidr" },
};

const enum kind_of_name references_of_pool[POOL_COUNT] = {
	[POOL_ORG] = NAME_ORG,           [POOL_SYSTEM] = NAME_SYSTEM, [POOL_AREA] = NAME_AREA,
	[POOL_SITE] = NAME_SITE,         [POOL_CLASS] = NAME_CLASS,   [POOL_ROLE] = NAME_ROLE,
	[POOL_SCHEDULE] = NAME_SCHEDULE,
};

static int
place_cmp(const struct dangling *a, const struct dangling *b)
{
	if (a->ledger != b->ledger)
		return a->ledger < b->ledger ? -1 : 1;
	if (a->at.line != b->at.line)
		return a->at.line < b->at.line ? -1 : 1;
	return (a->at.column > b->at.column) - (a->at.column < b->at.column);
}

static int
name_cmp(const void *a, const void *b)
{
	const struct dangling *x = a, *y = b;
	int c = x->kind != y->kind ? (x->kind < y->kind ? -1 : 1) : str_cmp(x->name, y->name);

	return c ? c : place_cmp(x, y);
}

static int
shown_cmp(const void *a, const void *b)
{
	const struct dangling *x = a, *y = b;
	int c = x->kind != y->kind ? (x->kind < y->kind ? -1 : 1) : place_cmp(x, y);

	return c ? c : str_cmp(x->name, y->name);
}

/* Of each name only the place where it stands first. */
void
references_settle(struct check *k)
{
	size_t n = 0;

	if (k->list.n)
		qsort(k->list.at, k->list.n, sizeof(*k->list.at), name_cmp);
	for (size_t i = 0; i < k->list.n; i++) {
		const struct dangling *d = &k->list.at[i];

		if (n && k->list.at[n - 1].kind == d->kind &&
		    str_eq(k->list.at[n - 1].name, d->name))
			continue;
		k->list.at[n++] = *d;
	}
	k->list.n = n;
	k->settle_at = n * 2 > SETTLE_FIRST ? n * 2 : SETTLE_FIRST;
}

/* The known name that a slip of the finger makes of this one; empty when none is near. */
static struct str
nearest_of_pool(const struct check *k, enum pool_id pool, struct str name, unsigned most)
{
	const struct pool *p = &k->c->pool[pool];
	struct str best = { 0 };

	for (size_t i = 0; i < p->name.n; i++) {
		unsigned d = k->known[pool][i + 1] ? str_distance(name, p->name.at[i]) : most + 1;

		if (d < most || (d == most && (best.n == 0 || str_cmp(p->name.at[i], best) < 0))) {
			most = d;
			best = p->name.at[i];
		}
	}
	return best;
}

static struct str
nearest_of_rows(const struct check *k, enum kind_of_name kind, struct str name, unsigned most)
{
	const struct ledger *l = &k->c->ledger[references_kinds[kind].ledger];
	const struct column *column =
		ledger_column(l->table, str_of(references_kinds[kind].column));
	struct str best = { 0 };

	for (size_t i = 0; i < l->count && kind != NAME_NETWORK; i++) {
		struct str one = cell_bytes(column, ledger_row(l, i));
		unsigned d = str_distance(name, one);

		if (d < most || (d == most && (best.n == 0 || str_cmp(one, best) < 0))) {
			most = d;
			best = one;
		}
	}
	return best;
}

static struct str
nearest(const struct check *k, const struct dangling *d)
{
	unsigned most = d->name.n < 6 ? 1 : 2;

	if (d->name.n < 3)
		return (struct str){ 0 };
	for (int pool = 0; pool < POOL_COUNT; pool++) {
		if (references_of_pool[pool] == d->kind)
			return nearest_of_pool(k, (enum pool_id)pool, d->name, most);
	}
	return nearest_of_rows(k, d->kind, d->name, most);
}

static void
tell_one(const struct check *k, const struct dangling *d, struct errors *warn)
{
	struct str near = nearest(k, d);
	const char *one = references_kinds[d->kind].one, *where = references_kinds[d->kind].where;

	if (near.n)
		error_at(warn, d->at,
			 "the %s '" STR_FMT "' stands here and %s; did you mean '" STR_FMT "'?",
			 one, STR_ARG(d->name), where, STR_ARG(near));
	else
		error_at(warn, d->at, "the %s '" STR_FMT "' stands here and %s", one,
			 STR_ARG(d->name), where);
}

void
references_tell(struct check *k, struct errors *warn)
{
	size_t end;

	references_settle(k);
	if (k->list.n)
		qsort(k->list.at, k->list.n, sizeof(*k->list.at), shown_cmp);
	for (size_t i = 0; i < k->list.n; i = end) {
		enum kind_of_name kind = k->list.at[i].kind;

		for (end = i; end < k->list.n && k->list.at[end].kind == kind; end++) {
			if (end - i < SHOWN_MOST)
				tell_one(k, &k->list.at[end], warn);
		}
		if (end - i > SHOWN_MOST)
			error_add(warn, "%zu more %s %s %s", end - i - SHOWN_MOST,
				  end - i - SHOWN_MOST == 1 ? references_kinds[kind].one
							    : references_kinds[kind].many,
				  end - i - SHOWN_MOST == 1 ? "stands" : "stand",
				  references_kinds[kind].where);
	}
}
