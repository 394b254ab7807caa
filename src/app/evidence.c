/*
 * evidence.c - sorted by file and offset, so every cited file is opened once and counted through once.
 */
#include "app/evidence.h"

#include "app/lines.h"
#include "app/night.h"
#include "base/hash.h"
#include "input/refetch.h"

enum { RAW_MOST = 4096, READ_MOST = LINE_MOST + 2 };

static int
where_order(const void *a, const void *b)
{
	const struct evidence *x = *(struct evidence *const *)a, *y = *(struct evidence *const *)b;

	return (x->fact.where > y->fact.where) - (x->fact.where < y->fact.where);
}

struct fetch {
	const struct hash_key *key;
	const struct source *source;
	struct arena *arena;
	struct refetch *bytes; /* NULL: the file is gone */
};

/* The last mark not behind offset saves counting from the beginning. */
static void
skip_to_mark(struct refetch *bytes, const struct logfile *file, uint64_t offset)
{
	size_t lo = 0, hi = file->mark.n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (file->mark.at[mid].offset <= offset)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo)
		refetch_skip(bytes, file->mark.at[lo - 1].offset, file->mark.at[lo - 1].line);
}

static void
fetch_line(struct fetch *f, const struct logfile *file, struct evidence *e)
{
	uint64_t offset = where_offset(e->fact.where), before;
	struct line_reader lr;
	struct piece piece;

	skip_to_mark(f->bytes, file, offset);
	lines_begin(&lr, &f->source[file->system], (struct room){ 0 });
	piece = lines_record(&lr, refetch_at(f->bytes, offset, READ_MOST, &before));
	lines_end(&lr);
	if ((uint32_t)hash128(f->key, piece.text).lo != e->fact.digest)
		return;
	e->raw = arena_str(f->arena, str_head(piece.text, RAW_MOST));
	e->fetched = true;
	e->unverified = logfile_unverified(file, offset + piece.taken);
	e->line = file->mark.n ? before + 1 : 0;
}

void
evidence_fetch_all(struct evidence **all, size_t n, struct arena *arena,
		   const struct fact_source *facts, const struct policy *policy,
		   const struct source *sources, const struct reader_options *options,
		   const struct night *night)
{
	struct hash_key key;
	struct reader_options o = *options;
	struct fetch f = { .key = &key, .source = sources, .arena = arena };
	uint32_t open_file = UINT32_MAX;

	hash_key_from(&key, (struct str){ .p = (const char *)policy->parse_digest, .n = 32 });
	if (n)
		qsort(all, n, sizeof(*all), where_order);
	for (size_t i = 0; i < n; i++) {
		uint32_t number = where_file(all[i]->fact.where);
		const struct logfile *file = facts->file(facts->facts, number);

		if (night_line(night, all[i]))
			continue;
		if (number != open_file) {
			refetch_close(f.bytes);
			o.encoding = sources[file->system].encoding;
			f.bytes = refetch_open(file->path.p, &o);
			open_file = number;
		}
		if (f.bytes)
			fetch_line(&f, file, all[i]);
	}
	refetch_close(f.bytes);
}

void
evidence_fetch(struct verdicts *v, const struct fact_source *facts, const struct policy *policy,
	       const struct source *sources, const struct reader_options *options,
	       const struct night *night)
{
	VEC(struct evidence *) all = { 0 };

	for (size_t i = 0; i < v->finding.n; i++) {
		for (size_t k = 0; k < v->finding.at[i]->sample_count; k++)
			*VEC_PUSH(&all) = &v->finding.at[i]->sample[k];
	}
	evidence_fetch_all(all.at, all.n, &v->arena, facts, policy, sources, options, night);
	VEC_FREE(&all);
}
