/*
 * resolve_consumers.c - objects of the dictionary to rows of the consumers ledger, shared out to threads.
 */
#include "context/context_own.h"

#include <errno.h>
#include <pthread.h>

enum { BATCH = 64, MOST_JOBS = 256 };

struct consumer_job {
	struct index_share share;
	bool right;
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
	struct consumer_entry *e = &c->resolved.consumer[object];

	*e = (struct consumer_entry){ .span = row->span, .line = row->head.line };
	if (row->head.count > 1)
		e->several = (uint32_t)(row - c->resolved.several) + 1;
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
		probe[i].consumer = c->names.text(c->names.facts, DICT_OBJECT, at + i);
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
	struct consumer_job *job = arg;
	struct index_share *s = &job->share;

	if (s->c->indexed) {
		job->right = resolve_by_index(s);
		return NULL;
	}
	for (uint32_t at = s->from; at < s->to; at += BATCH)
		find_batch(s->c, at, s->to - at < BATCH ? s->to - at : BATCH);
	job->right = true;
	return NULL;
}

static void
run_jobs(struct context *c, struct consumer_job *job, unsigned jobs)
{
	uint64_t count = c->resolved.count[DICT_OBJECT];
	pthread_t thread[MOST_JOBS];
	bool started[MOST_JOBS] = { false };

	for (unsigned i = 0; i < jobs; i++) {
		job[i] = (struct consumer_job){
			.share = { .c = c,
				   .jobs = jobs,
				   .from = (uint32_t)(1 + count * i / jobs),
				   .to = (uint32_t)(1 + count * (i + 1) / jobs) },
		};
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

/* The rows of all shares behind each other, and entries that point to them there. */
static void
join_several(struct context *c, struct consumer_job *job, unsigned jobs)
{
	struct resolved *r = &c->resolved;
	size_t n = 0, at = 0;

	for (unsigned i = 0; i < jobs; i++)
		n += job[i].share.several.n;
	r->copied = xalloc(n, sizeof(*r->copied));
	r->several = r->copied;
	for (unsigned i = 0; i < jobs; i++) {
		struct index_share *s = &job[i].share;

		for (uint32_t k = s->from; k < s->to && at && s->several.n; k++) {
			if (r->consumer[k].several)
				r->consumer[k].several += (uint32_t)at;
		}
		if (s->several.n)
			memcpy(r->copied + at, s->several.at, s->several.n * sizeof(*r->copied));
		at += s->several.n;
		VEC_FREE(&s->several);
	}
}

static int
broken_index(const struct context *c, struct errors *err)
{
	return error_add(err,
			 "'" STR_FMT
			 "' is damaged, or was changed meanwhile; `sekisho ledger index` builds it "
			 "again",
			 STR_ARG(c->consumers.path));
}

int
resolve_consumers(struct context *c, unsigned jobs, struct errors *err)
{
	struct resolved *r = &c->resolved;
	struct consumer_job *job;
	bool right = true;

	r->consumer_bytes = (r->count[DICT_OBJECT] + (size_t)1) * sizeof(*r->consumer);
	r->consumer = table_alloc(r->consumer_bytes);
	r->several = (const struct consumer_row *)(const void *)c->ledger[LEDGER_consumers].rows;
	if (!c->indexed && !ledger_has_index(&c->ledger[LEDGER_consumers]))
		return 0;
	if (c->indexed && !consumer_index_map(&c->consumers, r->count[DICT_OBJECT]))
		return error_add(err, "'" STR_FMT "' cannot be mapped: %s",
				 STR_ARG(c->consumers.path), strerror(errno));
	jobs = jobs < 1 ? 1 : jobs > MOST_JOBS ? MOST_JOBS : jobs;
	job = xalloc(jobs, sizeof(*job));
	run_jobs(c, job, jobs);
	for (unsigned i = 0; i < jobs; i++)
		right &= job[i].right;
	if (c->indexed)
		join_several(c, job, jobs);
	free(job);
	consumer_index_unmap(&c->consumers);
	return right ? 0 : broken_index(c, err);
}
