/*
 * resolve.c - dictionary numbers to rows, once, so that judgement asks arrays and never hashes text.
 */
#include "context/context_own.h"

#include <pthread.h>

enum { BATCH = 64, MOST_JOBS = 256 };

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

struct consumer_job {
	struct context *c;
	uint32_t from, to; /* objects */
};

/* A few dozen bytes that may lie across two cache lines. */
static inline void
fetch(const void *p, size_t n)
{
	__builtin_prefetch(p);
	__builtin_prefetch((const char *)p + n - 1);
}

static void
fill_entry(struct context *c, uint32_t object, const struct consumer_row *row)
{
	const char *rows = c->ledger[LEDGER_consumers].rows;

	c->resolved.consumer[object] =
		(struct consumer_entry){ .span = row->span, .line = row->head.line };
	if (row->head.count > 1)
		c->resolved.consumer[object].several =
			(uint32_t)((size_t)((const char *)row - rows) / sizeof(*row)) + 1;
}

/* Slot, row and id lie apart: each is asked for a batch before it is needed. */
static void
find_batch(struct context *c, uint32_t at, uint32_t n)
{
	const struct ledger *l = &c->ledger[LEDGER_consumers];
	struct consumer_row probe[BATCH] UNINITIALIZED;
	const struct consumer_row *row[BATCH] UNINITIALIZED;
	uint64_t hash[BATCH] UNINITIALIZED;

	for (uint32_t i = 0; i < n; i++) {
		probe[i].consumer = text_of(c, DICT_OBJECT, at + i);
		hash[i] = ledger_hash(l, &probe[i]);
		ledger_prefetch(l, hash[i]);
	}
	for (uint32_t i = 0; i < n; i++) {
		row[i] = ledger_guess(l, hash[i]);
		if (row[i])
			fetch(row[i], sizeof(*row[i]));
	}
	for (uint32_t i = 0; i < n; i++) {
		if (row[i])
			fetch(row[i]->consumer.p, row[i]->consumer.n);
	}
	for (uint32_t i = 0; i < n; i++) {
		if (row[i] && !str_eq(row[i]->consumer, probe[i].consumer))
			row[i] = ledger_find_hashed(l, &probe[i], hash[i]);
		if (row[i])
			fill_entry(c, at + i, row[i]);
	}
}

static void *
consumer_worker(void *arg)
{
	const struct consumer_job *job = arg;

	for (uint32_t at = job->from; at < job->to; at += BATCH)
		find_batch(job->c, at, job->to - at < BATCH ? job->to - at : BATCH);
	return NULL;
}

void
resolve_consumers(struct context *c, unsigned jobs)
{
	struct resolved *r = &c->resolved;
	uint64_t count = r->count[DICT_OBJECT];
	struct consumer_job job[MOST_JOBS];
	pthread_t thread[MOST_JOBS];
	bool started[MOST_JOBS] = { false };

	r->consumer_bytes = (count + 1) * sizeof(*r->consumer);
	r->consumer = table_alloc(r->consumer_bytes);
	if (!ledger_has_index(&c->ledger[LEDGER_consumers]))
		return;
	jobs = jobs < 1 ? 1 : jobs > MOST_JOBS ? MOST_JOBS : jobs;
	for (unsigned i = 0; i < jobs; i++) {
		job[i] = (struct consumer_job){ .c = c,
						.from = (uint32_t)(1 + count * i / jobs),
						.to = (uint32_t)(1 + count * (i + 1) / jobs) };
		/* The last share is ours; a share whose thread does not start is, too. */
		started[i] = i + 1 < jobs &&
			     pthread_create(&thread[i], NULL, consumer_worker, &job[i]) == 0;
		if (!started[i])
			consumer_worker(&job[i]);
	}
	for (unsigned i = 0; i < jobs; i++) {
		if (started[i])
			pthread_join(thread[i], NULL);
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
	arena_free(&r->arena);
	*r = (struct resolved){ .nets = NULL };
}

void
context_resolve(struct context *c, const struct names *names, unsigned jobs)
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
	resolve_consumers(c, jobs);
}
