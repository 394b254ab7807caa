/*
 * range.h - a byte range of a log file to facts, and the account of its lines.  A parser belongs to one thread; what it
 * keeps from range to range are caches.
 */
#ifndef SEKISHO_APP_RANGE_H
#define SEKISHO_APP_RANGE_H

#include "app/ingest.h"
#include "base/hash.h"

/* A byte range of a file, and what became of it. */
struct range {
	uint32_t file;
	uint64_t from, to;
	uint64_t weight; /* of a stream, which is one range: its packed bytes; 0: plain */
	uint64_t lines, bucket[BUCKET_COUNT], note[NOTE_COUNT], bytes;
	struct line_order order;
	uint64_t proved; /* of a packed file: vouched for by checksums up to there */
	bool unterminated, overshot;
	enum file_end end;
	const char *packing;
	uint64_t trailing, max_ratio;
	struct refused sample[REFUSED_SAMPLES];
	size_t sample_count;
	VEC(struct line_mark) mark; /* line: from the range's first */
};

struct parser;

/* Takes a writer of the facts, which outlives it; line_key is borrowed; `bytes`: of text, as for tuple_memo_new(). */
struct parser *range_parser_new(const struct ingest *in, const struct hash_key *line_key,
				uint64_t bytes);

/* r->mark is the caller's to free. */
void range_parse(struct parser *p, struct range *r);

void range_parser_free(struct parser *p);

#endif
