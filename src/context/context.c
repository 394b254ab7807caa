/*
 * context.c - loads the ledgers and GeoIP databases a policy names, and what is compiled from them once.
 */
#include "context/context_own.h"
#include "context/ledger_digest.h"

static const struct ledger_table *const tables[LEDGER_COUNT] = {
#define LEDGER(name) [LEDGER_##name] = &led_##name,
#include "context/ledgers.def"
#undef LEDGER
};

static struct ledger *
ledger_named(struct context *c, struct str name)
{
	for (size_t i = 0; i < LEDGER_COUNT; i++) {
		if (str_is(name, tables[i]->name))
			return &c->ledger[i];
	}
	return NULL;
}

static int
unknown_ledger(const struct policy_ledger *p, struct errors *err)
{
	size_t best = 0;
	unsigned least = UINT32_MAX;

	for (size_t i = 0; i < LEDGER_COUNT; i++) {
		unsigned d = str_distance(p->name, str_of(tables[i]->name));

		if (d < least) {
			least = d;
			best = i;
		}
	}
	if (least > 2)
		return error_at(err, p->at, "unknown ledger '" STR_FMT "'", STR_ARG(p->name));
	return error_at(err, p->at, "unknown ledger '" STR_FMT "'; did you mean '%s'?",
			STR_ARG(p->name), tables[best]->name);
}

/* In memory, or where an index says that they are. */
static size_t
ledger_rows(const struct context *c, const struct ledger *l)
{
	return c->indexed && l == &c->ledger[LEDGER_consumers] ? c->consumers.head.rows : l->count;
}

static void
load_one(struct context *c, const struct policy_ledger *p, bool digest, struct errors *err)
{
	struct ledger *l = ledger_named(c, p->name);

	if (!l) {
		unknown_ledger(p, err);
		return;
	}
	if (l->path.p) {
		error_at(err, p->at, "the ledger '" STR_FMT "' is named twice", STR_ARG(p->name));
		return;
	}
	if (l == &c->ledger[LEDGER_consumers]
		    ? consumers_load(c, p, digest, err) == 0
		    : ledger_load(l, p->path, p->at, c->pool, digest, err) == 0)
		c->info[c->info_count++] = (struct ledger_info){ .name = l->table->name,
								 .path = l->path,
								 .rows = ledger_rows(c, l),
								 .sha256 = l->sha256 };
}

/* The policy's systems come first, so that their pool numbers are register index + 1. */
static void
seed_pools(struct context *c)
{
	for (size_t i = 0; i < POOL_COUNT; i++)
		pool_init(&c->pool[i], &c->key);
	for (size_t i = 0; i < c->policy->system_count; i++) {
		if (pool_add(&c->pool[POOL_SYSTEM], c->policy->system[i].id) != i + 1)
			BUG("the register names system %zu twice", i);
	}
	for (size_t i = 0; i < c->policy->resource_count; i++)
		pool_add(&c->pool[POOL_CLASS], c->policy->resource[i].class);
}

static void
build_classes(struct context *c)
{
	c->class_public = arena_alloc(&c->arena, (c->pool[POOL_CLASS].name.n + 1) * sizeof(bool));
	for (size_t i = 0; i < c->policy->resource_count; i++) {
		const struct resource *r = &c->policy->resource[i];

		uint16_t number = pool_find(&c->pool[POOL_CLASS], r->class);

		if (number && number != POOL_FULL && r->sensitivity == SENSITIVITY_PUBLIC)
			c->class_public[number] = true;
	}
	c->org_class = arena_alloc(&c->arena, c->pool[POOL_ORG].name.n + 1);
	for (size_t i = 0; i < c->ledger[LEDGER_orgs].count; i++) {
		const struct org_row *r = ledger_row(&c->ledger[LEDGER_orgs], i);

		c->org_class[r->org] = r->class;
	}
}

void
context_grace(struct context *c, int64_t grace_ms)
{
	shifts_build(&c->shifts, &c->ledger[LEDGER_schedules],
		     (uint32_t)c->pool[POOL_SCHEDULE].name.n + 1, grace_ms, &c->arena);
}

static void
build_hours(struct context *c)
{
	const struct ledger *days[] = { &c->ledger[LEDGER_holidays], &c->ledger[LEDGER_closures] };

	calendar_compile(&c->calendar, days, COUNT(days), &c->arena);
	context_grace(c, SHIFT_GRACE_MS);
}

static void
build_prefixes(struct context *c)
{
	const struct ledger *l = &c->ledger[LEDGER_networks];

	c->prefixes.count = l->count;
	c->prefixes.at = arena_alloc(&c->arena, (l->count + 1) * sizeof(*c->prefixes.at));
	for (size_t i = 0; i < l->count; i++) {
		const struct network_row *r = ledger_row(l, i);

		c->prefixes.at[i] = (struct prefix){ .cidr = r->cidr, .number = (uint32_t)i + 1 };
	}
	prefixes_sort(&c->prefixes);
}

static void
build_account_lines(struct context *c)
{
	const struct ledger *l = &c->ledger[LEDGER_accounts];

	for (size_t i = 0; i < l->count; i++) {
		const struct account_row *r = ledger_row(l, i);

		if (r->head.line >= c->account_lines)
			c->account_lines = r->head.line + 1;
	}
	c->account_line =
		arena_alloc(&c->arena, (c->account_lines + (size_t)1) * sizeof(*c->account_line));
	for (size_t i = 0; i < l->count; i++) {
		const struct account_row *r = ledger_row(l, i);

		c->account_line[r->head.line] = r;
	}
}

static void
build(struct context *c, struct errors *err)
{
	uint32_t orgs = (uint32_t)c->pool[POOL_ORG].name.n + 1;

	build_classes(c);
	build_hours(c);
	build_prefixes(c);
	build_account_lines(c);
	posts_build(c);
	spelling_build(c);
	disasters_build(&c->disasters, &c->ledger[LEDGER_disasters], orgs, &c->arena);
	pairs_build(&c->pairs, &c->ledger[LEDGER_allow_pairs], orgs, &c->arena);
	grants_build(&c->grants, &c->ledger[LEDGER_grants], &c->arena);
	if (c->ledger[LEDGER_barrier].loaded &&
	    barrier_build(&c->barrier, &c->ledger[LEDGER_barrier], &c->arena, err))
		return;
	barrier_compile(&c->barrier, c->pool, c->org_class, BARRIER_CELLS_MOST, &c->arena);
}

void
context_digest_wait(struct context *c)
{
	for (size_t i = 0; i < LEDGER_COUNT; i++)
		ledger_digest_wait(&c->ledger[i]);
}

const struct errors *
context_notes(const struct context *c)
{
	return &c->notes;
}

const struct ledger_info *
context_ledgers(struct context *c, size_t *count)
{
	context_digest_wait(c);
	*count = c->info_count;
	return c->info;
}

const struct geo_info *
context_geo(struct context *c, size_t *count)
{
	*count = c->geo_info_count;
	for (size_t i = 0; i < c->geo_info_count; i++)
		c->geo_info[i].odd = c->resolved.geo.odd[c->geo_info[i].key];
	return c->geo_info;
}

void
context_free(struct context *c)
{
	if (!c)
		return;
	resolved_free(&c->resolved);
	consumer_index_close(&c->consumers);
	errors_free(&c->notes);
	for (size_t i = 0; i < LEDGER_COUNT; i++)
		ledger_free(&c->ledger[i]);
	for (size_t i = 0; i < POOL_COUNT; i++)
		pool_free(&c->pool[i]);
	geo_close(&c->geo);
	arena_free(&c->arena);
	free(c);
}

static void
load_geo(struct context *c, bool digest, struct errors *err)
{
	geo_open(&c->geo, c->policy, digest, err, &c->notes);
	for (int key = 0; key < GEOIP_COUNT; key++) {
		const struct geo_file *f = &c->geo.file[key];

		if (f->opened)
			c->geo_info[c->geo_info_count++] = (struct geo_info){
				.key = (enum geoip)key,
				.path = c->policy->geoip[key].path,
				.type = f->db.metadata.database_type,
				.build_epoch = f->db.metadata.build_epoch,
				.sha256 = f->sha256,
			};
	}
}

int
context_load(struct context **out, const struct policy *policy, bool digest, struct errors *err)
{
	size_t before = err->list.n + err->dropped;
	struct context *c = xalloc(1, sizeof(*c));

	c->policy = policy;
	hash_key_random(&c->key);
	seed_pools(c);
	for (size_t i = 0; i < LEDGER_COUNT; i++)
		ledger_init(&c->ledger[i], tables[i], &c->key);
	for (size_t i = 0; i < policy->ledger_count; i++)
		load_one(c, &policy->ledger[i], digest, err);
	load_geo(c, digest, err);
	build(c, err);
	if (err->list.n + err->dropped > before) {
		context_free(c);
		*out = NULL;
		return -1;
	}
	*out = c;
	return 0;
}
