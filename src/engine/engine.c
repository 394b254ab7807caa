/*
 * engine.c - judgement on all cores: partitions of accounts, then partitions of other keys, then one sorted list.
 */
#include "engine/engine.h"

#include "engine/incident.h"
#include "engine/walk.h"

#include <pthread.h>
#include <stdatomic.h>

enum { COLUMNS = 256 };

struct worker {
	pthread_t thread;
	struct engine_run *run;
	struct walk *walk;
	struct arena arena;
};

struct engine_run {
	const struct engine_input *in;
	struct worker *worker;
	unsigned workers;
	atomic_uint next; /* partition to take */
	atomic_bool failed;
};

static void *
judge_accounts(void *arg)
{
	struct worker *me = arg;
	const struct fact_source *s = me->run->in->source;
	unsigned p;

	while ((p = atomic_fetch_add(&me->run->next, 1)) < s->partitions) {
		struct fact_cursor *c = s->open(s->facts, p);
		struct account_facts facts;

		while (s->next(c, &facts))
			walk_account(me->walk, &facts);
		s->close(c);
	}
	return NULL;
}

static void *
judge_across(void *arg)
{
	struct worker *me = arg;
	struct engine_run *run = me->run;
	unsigned column;

	while ((column = atomic_fetch_add(&run->next, 1)) < COLUMNS) {
		struct across_hit *hits;
		uint64_t n = 0, at = 0;

		for (unsigned i = 0; i < run->workers; i++)
			n += walk_across_count(run->worker[i].walk, column);
		if (n == 0)
			continue;
		hits = xrealloc(NULL, n, sizeof(*hits));
		for (unsigned i = 0; i < run->workers; i++) {
			if (!walk_across_read(run->worker[i].walk, column, hits + at))
				atomic_store(&run->failed, true);
			at += walk_across_count(run->worker[i].walk, column);
		}
		if (!atomic_load(&run->failed))
			walk_across(me->walk, hits, n);
		free(hits);
	}
	return NULL;
}

/* The shares of accounts that several partitions have. */
static void *
count_columns(void *arg)
{
	struct worker *me = arg;
	struct engine_run *run = me->run;
	struct survey_walk **all = xalloc(run->workers, sizeof(struct survey_walk *));
	unsigned column;

	for (unsigned i = 0; i < run->workers; i++)
		all[i] = walk_survey(run->worker[i].walk);
	while ((column = atomic_fetch_add(&run->next, 1)) < COLUMNS) {
		if (!survey_column(walk_survey(me->walk), all, run->workers, column))
			atomic_store(&run->failed, true);
	}
	free(all);
	return NULL;
}

static void
on_all(struct engine_run *run, void *(*work)(void *))
{
	atomic_store(&run->next, 0);
	for (unsigned i = 1; i < run->workers; i++) {
		if (pthread_create(&run->worker[i].thread, NULL, work, &run->worker[i]) != 0)
			BUG("cannot start a thread");
	}
	work(&run->worker[0]);
	for (unsigned i = 1; i < run->workers; i++)
		pthread_join(run->worker[i].thread, NULL);
}

/* Cursors note when systems are heard, if any rule asks, or a survey. */
static void
listen(const struct engine_input *in)
{
	bool asked = in->survey;

	for (size_t r = 0; r < in->rule_count; r++)
		asked |= in->rules[r].detector->listens && !rule_lacks(&in->rules[r], in->lookup);
	if (asked)
		in->source->listen(in->source->facts);
}

static int
finding_order(const void *a, const void *b)
{
	const struct finding *x = *(struct finding *const *)a, *y = *(struct finding *const *)b;
	int c = (x->severity < y->severity) - (x->severity > y->severity);

	if (c == 0)
		c = strcmp(x->rule->id, y->rule->id);
	for (int i = 0; i < KEY_PARTS && c == 0; i++)
		c = str_cmp(x->key_text[i], y->key_text[i]);
	return c ? c : (x->first > y->first) - (x->first < y->first);
}

static int
child_order(const struct adoption *x, const struct adoption *y)
{
	return x->rule != y->rule ? (x->rule > y->rule) - (x->rule < y->rule)
				  : memcmp(&x->key, &y->key, sizeof(x->key));
}

static int
adoption_order(const void *a, const void *b)
{
	const struct adoption *x = a, *y = b;
	int c = child_order(x, y);

	return c ? c : strcmp(x->parent->fp_case, y->parent->fp_case);
}

/* Of several parents (an account that changed organisation) the smallest fingerprint, whatever the order. */
static void
give_parents(struct verdicts *v, struct adoption *adoption, size_t n)
{
	if (n == 0)
		return;
	qsort(adoption, n, sizeof(*adoption), adoption_order);
	for (size_t i = 0; i < v->finding.n; i++) {
		struct finding *f = v->finding.at[i];
		struct adoption want = { .rule = f->rule_number, .key = f->key };
		size_t lo = 0, hi = n;

		while (lo < hi) {
			size_t mid = (lo + hi) / 2;

			if (child_order(&adoption[mid], &want) < 0)
				lo = mid + 1;
			else
				hi = mid;
		}
		if (lo < n && child_order(&adoption[lo], &want) == 0)
			f->parent = adoption[lo].parent;
	}
}

/* Of rules that judge lines one by one: each is of one system. */
static void
gather_systems(struct engine_run *run, struct verdicts *out)
{
	const struct engine_input *in = run->in;

	for (size_t r = 0; r < in->rule_count; r++) {
		size_t systems = in->policy->system_count;
		struct judged_counts *sum;

		if (!in->rules[r].detector->hit)
			continue;
		sum = arena_alloc(&out->arena, (systems + 1) * sizeof(*sum));
		for (unsigned i = 0; i < run->workers; i++) {
			const struct judged_counts *c = walk_by_system(run->worker[i].walk) + r;

			for (size_t s = 0; s < systems; s++) {
				for (int j = 0; j < JUDGED_COUNT; j++)
					sum[s].judged[j] += c[s * in->rule_count].judged[j];
			}
		}
		out->tally[r].system = sum;
	}
}

static void
gather(struct engine_run *run, struct verdicts *out)
{
	VEC(struct adoption) adoption = { 0 };

	for (unsigned i = 0; i < run->workers; i++) {
		struct findings *f = walk_findings(run->worker[i].walk);
		const struct rule_tally *t = walk_tally(run->worker[i].walk);

		for (size_t k = 0; k < f->list.n; k++)
			*VEC_PUSH(&out->finding) = f->list.at[k];
		for (size_t k = 0; k < f->adoption.n; k++)
			*VEC_PUSH(&adoption) = f->adoption.at[k];
		for (size_t r = 0; r < run->in->rule_count; r++) {
			out->tally[r].rule = t[r].rule;
			out->tally[r].lacks = rule_lacks(t[r].rule, run->in->lookup);
			for (int j = 0; j < JUDGED_COUNT; j++)
				out->tally[r].judged[j] += t[r].judged[j];
		}
	}
	if (out->finding.n)
		qsort(out->finding.at, out->finding.n, sizeof(*out->finding.at), finding_order);
	give_parents(out, adoption.at, adoption.n);
	incidents_find(out);
	VEC_FREE(&adoption);
}

static void
survey(struct engine_run *run, struct verdicts *out)
{
	struct survey_walk **all = xalloc(run->workers, sizeof(struct survey_walk *));

	for (unsigned i = 0; i < run->workers; i++)
		all[i] = walk_survey(run->worker[i].walk);
	out->survey =
		survey_finish(all, run->workers, out->finding.at, out->finding.n, &out->arena);
	free(all);
}

int
engine_judge(const struct engine_input *in, struct verdicts *out, struct errors *err)
{
	struct engine_run run = { .in = in, .workers = in->jobs ? in->jobs : 1 };
	int64_t first_ts, last_ts;
	uint8_t *shared;

	*out = (struct verdicts){ .rule_count = in->rule_count };
	out->tally = xalloc(in->rule_count, sizeof(*out->tally));
	in->source->span(in->source->facts, &first_ts, &last_ts);
	shared = walk_shared_terminals(in);
	run.worker = xalloc(run.workers, sizeof(*run.worker));
	for (unsigned i = 0; i < run.workers; i++) {
		run.worker[i].run = &run;
		run.worker[i].walk = walk_new(in, &run.worker[i].arena, first_ts, last_ts, shared);
	}
	listen(in);
	on_all(&run, judge_accounts);
	on_all(&run, judge_across);
	if (in->survey)
		on_all(&run, count_columns);
	for (unsigned i = 1; i < run.workers; i++)
		walk_unite(run.worker[0].walk, run.worker[i].walk);
	walk_roster(run.worker[0].walk);
	gather(&run, out);
	if (in->survey) {
		gather_systems(&run, out);
		survey(&run, out);
	}
	for (unsigned i = 0; i < run.workers; i++) {
		if (!walk_ok(run.worker[i].walk))
			run.failed = true;
		walk_free(run.worker[i].walk);
		arena_join(&out->arena, &run.worker[i].arena);
	}
	free(run.worker);
	free(shared);
	return run.failed ? error_add(err, "spilled hits could not be written or read back") : 0;
}

void
verdicts_free(struct verdicts *v)
{
	arena_free(&v->arena);
	VEC_FREE(&v->finding);
	VEC_FREE(&v->incident);
	free(v->tally);
	*v = (struct verdicts){ 0 };
}
