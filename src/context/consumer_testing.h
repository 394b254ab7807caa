/*
 * consumer_testing.h - for tests of the index of consumers.csv: a ledger in a file, with an index beside it or without.
 */
#ifndef SEKISHO_CONTEXT_CONSUMER_TESTING_H
#define SEKISHO_CONTEXT_CONSUMER_TESTING_H

#include "context/context_testing.h"

#include "base/out.h"
#include "context/consumer_build.h"
#include "context/context_own.h"

#include <fcntl.h>
#include <sys/stat.h>

/* A bench whose only ledger is `consumers`; its file stays until shelf_free(). */
struct shelf {
	struct bench *b;
	char csv[48], index[56];
	struct errors err;
};

static inline struct shelf *
shelf_new(struct str text)
{
	struct shelf *s = xalloc(1, sizeof(*s));

	s->b = bench_new();
	bench_ledger(s->b, "consumers", text);
	snprintf(s->csv, sizeof(s->csv), "%s", s->b->path[0]);
	snprintf(s->index, sizeof(s->index), "%s.idx", s->csv);
	return s;
}

static inline int
shelf_build(struct shelf *s, size_t window, struct consumer_built *built)
{
	const struct consumer_build b = { .csv = str_of(s->csv),
					  .index = str_of(s->index),
					  .named_at = { .file = STR("sekisho.yaml"), .line = 9 },
					  .memory = 1 << 16,
					  .window = window,
					  .folder = "/tmp" };

	return consumer_build(&b, built, &s->err);
}

/* -1 when loading or resolving fails, with messages in b->err. */
static inline int
shelf_look(struct shelf *s, unsigned jobs)
{
	struct bench *b = s->b;

	context_free(b->c);
	b->c = NULL;
	errors_free(&b->err);
	if (context_load(&b->c, &b->policy, true, &b->err) ||
	    context_resolve(b->c, &b->names, jobs, &b->err))
		return -1;
	context_lookup(b->c, &b->look);
	return 0;
}

static inline void
shelf_free(struct shelf *s)
{
	unlink(s->csv);
	unlink(s->index);
	errors_free(&s->err);
	bench_free(s->b);
	free(s);
}

/* What is known of every object: rows with the names they stand for, as text. */
static inline void
shelf_tell(const struct shelf *s, struct out *o)
{
	const struct context *c = s->b->c;

	out_memory(o);
	for (uint32_t i = 1; i <= s->b->words[DICT_OBJECT]; i++) {
		const struct consumer_entry *e = &c->resolved.consumer[i];
		const struct consumer_row *rows =
			e->several ? &c->resolved.several[e->several - 1] : NULL;
		uint32_t n = rows ? rows->head.count : e->line ? 1 : 0;

		out_printf(o, "%u:", i);
		for (uint32_t k = 0; k < n; k++) {
			const struct consumer_span *r = rows ? &rows[k].span : &e->span;

			out_printf(o, " %u %lld..%lld type %u ", rows ? rows[k].head.line : e->line,
				   (long long)r->from, (long long)r->to, r->type);
			out_bytes(o, pool_name(&c->pool[POOL_ORG], r->supplier));
			out_char(o, '/');
			out_bytes(o, pool_name(&c->pool[POOL_AREA], r->area));
		}
		out_char(o, '\n');
	}
}

#endif
