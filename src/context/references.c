/*
 * references.c - names that one ledger uses and none tells of: what they say is silently nobody, so they are listed.
 *
 * A name is looked for where its kind is kept: organisations in orgs, systems and classes in the policy, and so on
 * (references_tell.c).  Where that ledger is not loaded there is nothing to look in, and nothing is said.
 */
#include "context/references.h"

static void
add(struct check *k, enum kind_of_name kind, struct str name, size_t ledger, struct place at)
{
	*VEC_PUSH(&k->list) =
		(struct dangling){ .kind = kind, .name = name, .ledger = ledger, .at = at };
	if (k->list.n >= k->settle_at)
		references_settle(k);
}

/* Any system's row makes an account known. */
static bool
account_known(const struct context *c, struct str name)
{
	struct account_row probe = { .account = name };

	for (size_t s = 0; s <= c->pool[POOL_SYSTEM].name.n; s++) {
		probe.system = (uint16_t)s;
		if (ledger_find(&c->ledger[LEDGER_accounts], &probe))
			return true;
	}
	return false;
}

/* As a finding names it: as the ledger writes it, or the /24 or /64 of an address that no ledger lists. */
static bool
network_known(const struct context *c, struct str name)
{
	const struct ledger *l = &c->ledger[LEDGER_networks];
	struct cidr block;

	for (size_t i = 0; i < l->count; i++) {
		if (str_eq(((const struct network_row *)ledger_row(l, i))->text, name))
			return true;
	}
	return cidr_parse(name, &block) == CIDR_OK &&
	       (block.bits == IPV4_BITS + 24 || block.bits == 64);
}

static bool
text_known(const struct context *c, enum kind_of_name kind, struct str name)
{
	struct person_row person = { .person = name };
	struct terminal_row terminal = { .terminal = name };

	if (!c->ledger[references_kinds[kind].ledger].loaded || name.n == 0)
		return true;
	if (kind == NAME_PERSON)
		return ledger_find(&c->ledger[LEDGER_people], &person) != NULL;
	if (kind == NAME_TERMINAL)
		return ledger_find(&c->ledger[LEDGER_terminals], &terminal) != NULL;
	return kind == NAME_ACCOUNT ? account_known(c, name) : network_known(c, name);
}

static enum kind_of_name
text_kind(const struct column *column, const void *row)
{
	static const enum kind_of_name granted[GRANT_KINDS] = {
		[GRANT_ACCOUNT] = NAME_ACCOUNT,
		[GRANT_TERMINAL] = NAME_TERMINAL,
		[GRANT_NETWORK] = NAME_NETWORK,
	};

	switch (column->refers) {
	case REFERS_PERSON:
		return NAME_PERSON;
	case REFERS_ACCOUNT:
		return NAME_ACCOUNT;
	case REFERS_TERMINAL:
		return NAME_TERMINAL;
	case REFERS_SUBJECT:
		return granted[((const struct grant_row *)row)->kind];
	case REFERS_NOWHERE:
		break;
	}
	BUG("the column '%s' refers nowhere", column->name);
}

/* The numbers of a cell of names; *room is for a single one. */
static struct name_list
names_of(const struct column *column, const void *row, uint16_t *room)
{
	struct name_list list = { .at = room, .count = 1 };

	if (column->type == CELL_NAME)
		memcpy(room, (const char *)row + column->at, sizeof(*room));
	else
		memcpy(&list, (const char *)row + column->at, sizeof(list));
	return list;
}

static void
check_name(struct check *k, enum pool_id pool, uint16_t number, size_t ledger, struct place at)
{
	if (number && k->known[pool] && !k->known[pool][number])
		add(k, references_of_pool[pool], pool_name(&k->c->pool[pool], number), ledger, at);
}

static void
check_cell(struct check *k, size_t ledger, size_t i, const void *row)
{
	const struct ledger *l = &k->c->ledger[ledger];
	const struct column *column = &l->table->column[i];
	struct place at = { .file = l->path,
			    .line = ((const struct row *)row)->line,
			    .column = l->cell[i] };
	struct name_list list = { 0 };
	struct str text;
	uint16_t room;

	if (column->type == CELL_NAME || column->type == CELL_NAMES)
		list = names_of(column, row, &room);
	for (size_t n = 0; n < list.count; n++)
		check_name(k, column->pool, list.at[n], ledger, at);
	if (column->refers == REFERS_NOWHERE)
		return;
	memcpy(&text, (const char *)row + column->at, sizeof(text));
	if (!text_known(k->c, text_kind(column, row), text))
		add(k, text_kind(column, row), text, ledger, at);
}

/* Names of the column that makes names of its pool known; false: no such ledger, or it says none. */
static bool
learn(struct check *k, enum pool_id pool, bool *known)
{
	const struct ledger *l = &k->c->ledger[references_kinds[references_of_pool[pool]].ledger];
	const struct column *column =
		ledger_column(l->table, str_of(references_kinds[references_of_pool[pool]].column));
	bool any = false;
	uint16_t room;

	for (size_t i = 0; i < l->count; i++) {
		struct name_list list = names_of(column, ledger_row(l, i), &room);

		for (size_t n = 0; n < list.count; n++) {
			known[list.at[n]] = true;
			any = any || list.at[n];
		}
	}
	return any;
}

/* Lines themselves may name classes that no resource does. */
static bool
classes_are_the_policys(const struct policy *p)
{
	for (size_t i = 0; i < p->system_count; i++) {
		const struct policy_system *s = &p->system[i];

		for (size_t k = 0; k < s->extract_count; k++) {
			const struct extract *e = &s->extract[k];

			if (e->kind != SOURCE_PATH && e->field == FIELD_CLASS)
				return false;
			for (size_t n = 0; n < e->template.count; n++) {
				if (e->template.piece[n].field == FIELD_CLASS)
					return false;
			}
		}
	}
	return p->resource_count > 0;
}

static void
learn_all(struct check *k, struct arena *a)
{
	const struct context *c = k->c;

	for (int pool = 0; pool < POOL_COUNT; pool++) {
		bool *known = arena_alloc(a, c->pool[pool].name.n + 1);
		bool told = true;

		if (pool == POOL_SYSTEM) {
			memset(known, 1, c->policy->system_count + 1);
		} else if (pool == POOL_CLASS) {
			told = classes_are_the_policys(c->policy);
			for (size_t i = 0; i < c->policy->resource_count; i++)
				known[pool_find(&c->pool[pool], c->policy->resource[i].class)] =
					true;
		} else {
			told = learn(k, (enum pool_id)pool, known);
		}
		k->known[pool] = told ? known : NULL;
	}
}

static void
check_org(struct check *k, struct str name, struct place at)
{
	uint16_t number = name.n ? pool_find(&k->c->pool[POOL_ORG], name) : 0;

	if (name.n && (number == POOL_FULL || !k->known[POOL_ORG][number]))
		add(k, NAME_ORG, name, 0, at);
}

/* What the policy says of systems; it stands before all ledgers. */
static void
check_systems(struct check *k)
{
	const struct policy *p = k->c->policy;

	for (size_t i = 0; k->known[POOL_ORG] && i < p->system_count; i++) {
		const struct policy_system *s = &p->system[i];

		check_org(k, s->owner, s->owner_at);
		for (size_t n = 0; n < s->permitted_count; n++)
			check_org(k, s->permitted[n].org, s->permitted[n].at);
	}
}

/* An index has no rows at hand, but the names that stand in them; it does not say where. */
static void
check_indexed(struct check *k)
{
	const struct consumer_index *ix = &k->c->consumers;
	struct place at = { .file = k->c->ledger[LEDGER_consumers].path };

	for (uint32_t i = 1; i <= ix->head.suppliers; i++)
		check_name(k, POOL_ORG, ix->supplier[i], LEDGER_consumers, at);
	for (uint32_t i = 1; i <= ix->head.areas; i++)
		check_name(k, POOL_AREA, ix->area[i], LEDGER_consumers, at);
}

static void
check_ledgers(struct check *k)
{
	for (size_t l = 0; l < LEDGER_COUNT; l++) {
		const struct ledger *ledger = &k->c->ledger[l];

		for (size_t i = 0; ledger->loaded && i < ledger->count; i++) {
			for (size_t n = 0; n < ledger->table->column_count; n++)
				check_cell(k, l, n, ledger_row(ledger, i));
		}
	}
}

void
context_check(const struct context *c, struct errors *warn)
{
	struct check k = { .c = c, .settle_at = SETTLE_FIRST };
	struct arena a = { 0 };

	learn_all(&k, &a);
	check_systems(&k);
	check_ledgers(&k);
	if (c->indexed)
		check_indexed(&k);
	references_tell(&k, warn);
	VEC_FREE(&k.list);
	arena_free(&a);
}

void
context_check_days(const struct context *c, int32_t first_jst_day, int32_t last_jst_day,
		   struct errors *warn)
{
	calendar_check(&c->ledger[LEDGER_holidays], first_jst_day, last_jst_day, warn);
}
