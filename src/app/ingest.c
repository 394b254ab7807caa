/*
 * ingest.c - files to ranges, ranges to threads, and what became of them to the files' accounts.
 */
#include "app/ingest.h"

#include "app/lines.h"
#include "app/progress.h"
#include "app/range.h"
#include "base/guard.h"

#include <pthread.h>
#include <stdatomic.h>

enum { RANGE = 32 << 20 };

struct crew {
	const struct ingest *in;
	struct hash_key line_key;
	VEC(struct range) range;
	atomic_size_t next;
	pthread_mutex_t lock; /* of err */
	struct errors *err;
};

struct worker {
	struct crew *crew;
	struct parser *parser;
	pthread_t thread;
};

static void *
parse_ranges(void *arg)
{
	struct worker *w = arg;
	struct crew *crew = w->crew;
	size_t i;

	while ((i = atomic_fetch_add(&crew->next, 1)) < crew->range.n) {
		/* Counted on our own stack: neighbours in the list share a cache line with another thread. */
		struct range r = crew->range.at[i];

		range_parse(w->parser, &r);
		crew->range.at[i] = r;
		if (r.end == END_BOMB && crew->in->hashing)
			hashing_leave(crew->in->hashing, r.file);
	}
	return NULL;
}

/* Cuts a file into ranges; with one thread there is nothing to share out. */
static void
plan(struct crew *crew, uint32_t file)
{
	const struct ingest_options *o = &crew->in->options;
	struct logfile *f = facts_file(crew->in->facts, file);
	uint64_t step = o->range ? o->range : o->jobs > 1 ? (uint64_t)RANGE : UINT64_MAX;
	uint64_t size, weight;
	const struct source *source = &crew->in->source[f->system];
	struct reader *r = lines_open(source, f->path, &o->reader, crew->err);

	if (!r) {
		f->end = END_NOT_OPENED;
		if (crew->in->hashing)
			hashing_leave(crew->in->hashing, file);
		return;
	}
	size = reader_size(r);
	weight = reader_packed(r);
	reader_close(r);
	if (source->format->whole)
		step = UINT64_MAX;
	if (size == UINT64_MAX) {
		*VEC_PUSH(&crew->range) =
			(struct range){ .file = file, .to = UINT64_MAX, .weight = weight };
		return;
	}
	if (f->limit && f->limit < size)
		size = f->limit;
	for (uint64_t at = f->from; at < size; at += size - at < step ? size - at : step)
		*VEC_PUSH(&crew->range) = (struct range){
			.file = file, .from = at, .to = size - at < step ? size : at + step
		};
}

static void
add_range(struct logfile *f, struct range *r)
{
	for (size_t i = 0; i < r->mark.n; i++)
		*VEC_PUSH(&f->mark) = (struct line_mark){ .offset = r->mark.at[i].offset,
							  .line = f->lines_before + f->lines +
								  r->mark.at[i].line };
	for (size_t i = 0; i < r->sample_count && f->sample_count < REFUSED_SAMPLES; i++)
		f->sample[f->sample_count++] = r->sample[i];
	for (int b = 0; b < BUCKET_COUNT; b++)
		f->bucket[b] += r->bucket[b];
	notes_join(f->note, r->note);
	line_order_join(&f->order, &r->order);
	f->note[NOTE_DISORDER_MS] = (uint64_t)f->order.back;
	f->proved = r->proved;
	f->lines += r->lines;
	f->bytes += r->bytes;
	f->unterminated |= r->unterminated;
	if (f->end == END_WHOLE)
		f->end = r->end;
	f->packing = r->packing;
	f->trailing += r->trailing;
	f->max_ratio = r->max_ratio;
	VEC_FREE(&r->mark);
}

/* What cannot be shared out begins first, the largest before the others: it must not be what all wait for. */
static int
range_order(const void *a, const void *b)
{
	const struct range *x = a, *y = b;

	if (x->weight != y->weight)
		return (x->weight < y->weight) - (x->weight > y->weight);
	if (x->file != y->file)
		return (x->file > y->file) - (x->file < y->file);
	return (x->from > y->from) - (x->from < y->from);
}

/* Packed text is seldom more than twenty times as long; what is sized by this need only be about right. */
enum { UNPACKED = 20 };

/*
 * Bytes to read as they lie, or about so many of text, when a packed one counts for `unpacked`; UINT64_MAX: nobody
 * knows, for one of them is standard input.
 */
static uint64_t
size_of(const struct crew *crew, uint64_t unpacked)
{
	uint64_t all = 0;

	for (size_t i = 0; i < crew->range.n && all != UINT64_MAX; i++) {
		const struct range *r = &crew->range.at[i];
		uint64_t size = r->to == UINT64_MAX ? r->weight : r->to - r->from;

		if (r->to == UINT64_MAX && size < UINT64_MAX / UNPACKED)
			size *= unpacked;
		all = size == UINT64_MAX ? UINT64_MAX : all + size;
	}
	return all;
}

bool
ingest_files(const struct ingest *in, uint32_t from, uint32_t to, struct errors *err)
{
	struct crew crew = { .in = in, .err = err };
	unsigned jobs = in->options.jobs ? in->options.jobs : 1;
	struct worker *worker = xalloc(jobs, sizeof(*worker));
	bool overshot = false;
	uint64_t text;

	guard_install();
	hash_key_from(&crew.line_key,
		      (struct str){ .p = (const char *)in->policy->parse_digest, .n = 32 });
	for (uint32_t f = from; f < to; f++)
		plan(&crew, f);
	if (crew.range.n)
		qsort(crew.range.at, crew.range.n, sizeof(*crew.range.at), range_order);
	progress_stage("reading", size_of(&crew, 1));
	text = size_of(&crew, UNPACKED);
	for (unsigned i = 0; i < jobs; i++)
		worker[i] = (struct worker){ .crew = &crew,
					     .parser = range_parser_new(in, &crew.line_key, text) };
	for (unsigned i = 1; i < jobs; i++) {
		if (pthread_create(&worker[i].thread, NULL, parse_ranges, &worker[i]) != 0)
			BUG("cannot start a thread");
	}
	parse_ranges(&worker[0]);
	for (unsigned i = 1; i < jobs; i++)
		pthread_join(worker[i].thread, NULL);
	progress_end();
	for (size_t i = 0; i < crew.range.n; i++) {
		overshot |= crew.range.at[i].overshot;
		add_range(facts_file(in->facts, crew.range.at[i].file), &crew.range.at[i]);
	}
	for (unsigned i = 0; i < jobs; i++)
		range_parser_free(worker[i].parser);
	VEC_FREE(&crew.range);
	free(worker);
	return !overshot;
}
