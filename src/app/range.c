/*
 * range.c - the hot loop: see range.h, and ingest.h for the way of the data.
 */
#include "app/range.h"

#include "app/lines.h"
#include "app/progress.h"
#include "app/tuple_memo.h"
#include "base/civil.h"

enum { BATCH = 64, REFUSED_BATCH = 1024, MARK_EVERY = 4 << 20, ROOM = 512 * 1024 };

_Static_assert((int)ROOM >= (int)ROOM_LEAST, "a record of LINE_MOST bytes must fit an empty room");

/*
 * A line between the passes over its batch: what it needs next is being fetched while its neighbours are served.  Small,
 * so that a batch stays in the first cache.
 */
struct pending {
	struct tuple_ask ask;
	struct hash128 object_hash;
	struct str object;
	int64_t ts;
	uint64_t where;
	uint32_t digest;
};

struct refused_line {
	struct hash128 digest;
	uint64_t where;
};

struct parser {
	const struct ingest *in;
	const struct hash_key *line_key;
	struct facts_writer *writer;
	struct canon_matcher *matcher;
	const struct hash_key *key;
	struct tuple_memo *memo;
	struct pending *batch;
	struct record record; /* of the line at hand */
	struct canon canon;
	char *room;
	unsigned n;
	VEC(struct refused_line) refused; /* of the batch */
	int64_t day_from, day_until;
	int32_t day;
	uint64_t told_bytes, told_lines; /* of the range, to progress.h */
	char apart[128];                 /* no cache line is shared with the next parser */
};

static void
keep(struct parser *p, const struct pending *l, unsigned system)
{
	struct facts *f = p->in->facts;
	struct packed_event e;

	if (UNLIKELY(l->ts < p->day_from || l->ts >= p->day_until)) {
		p->day = jst_day(l->ts);
		p->day_from = jst_day_start(p->day);
		p->day_until = jst_day_start(p->day + 1);
	}
	e = (struct packed_event){
		.tuple = tuple_memo_number(p->memo, &l->ask),
		.ms = (uint32_t)(l->ts - p->day_from),
		.object = l->object.n ? dict_intern(facts_dict(f, DICT_OBJECT), l->object,
						    l->object_hash)
				      : 0,
		.digest = l->digest,
		.where = l->where,
	};
	facts_add(p->writer, p->day, l->ask.partition, (uint16_t)system, &e);
}

/* Each pass asks for what the next one will touch. */
static void
flush(struct parser *p, unsigned system)
{
	const struct dictionary *objects = facts_dict(p->in->facts, DICT_OBJECT);

	for (unsigned i = 0; i < p->n; i++) {
		tuple_memo_look(p->memo, &p->batch[i].ask);
		if (p->batch[i].object.n)
			dict_fetch_entry(objects, p->batch[i].object_hash);
	}
	for (unsigned i = 0; i < p->n; i++) {
		tuple_memo_fetch(p->memo, &p->batch[i].ask);
		facts_fetch(p->writer, p->batch[i].ask.partition);
	}
	for (unsigned i = 0; i < p->n; i++)
		keep(p, &p->batch[i], system);
	for (size_t i = 0; i < p->refused.n; i++)
		facts_refuse(p->writer, p->refused.at[i].digest, p->refused.at[i].where);
	p->n = 0;
	p->refused.n = 0;
}

static void
accept(struct parser *p, struct str line, uint64_t where, unsigned system)
{
	struct pending *l = &p->batch[p->n++];

	tuple_memo_ask(p->memo, system, &p->record, &p->canon, &l->ask);
	l->object = p->canon.field[FIELD_OBJECT];
	if (l->object.n) {
		l->object_hash = hash128(p->key, l->object);
		dict_fetch_slot(facts_dict(p->in->facts, DICT_OBJECT), l->object_hash);
	}
	l->ts = p->record.ts;
	l->digest = (uint32_t)hash128(p->line_key, line).lo;
	l->where = where;
}

static void
refuse(struct range *r, uint64_t offset, const struct refusal *why)
{
	r->bucket[BUCKET_REFUSED]++;
	if (r->sample_count < REFUSED_SAMPLES)
		r->sample[r->sample_count++] = (struct refused){ .offset = offset,
								 .byte = why->byte,
								 .expected = why->expected };
}

/* Into the batch, for it may have to be forgotten with it. */
static void
keep_refused(struct parser *p, const struct range *r, struct str line, uint64_t offset)
{
	*VEC_PUSH(&p->refused) =
		(struct refused_line){ .digest = hash128(p->line_key, line),
				       .where = (uint64_t)r->file << WHERE_SHIFT | offset };
}

static void
mark_lines(struct range *r, uint64_t offset, uint32_t lines)
{
	if (r->mark.n == 0 || offset - r->mark.at[r->mark.n - 1].offset >= MARK_EVERY)
		*VEC_PUSH(&r->mark) = (struct line_mark){ .offset = offset, .line = r->lines };
	r->lines += lines;
}

/* What a range has counted, to be put back when a batch turns out not to have been there. */
struct counted {
	uint64_t lines, bucket[BUCKET_COUNT], future;
	struct line_order order;
	size_t samples, marks;
};

static struct counted
counted(const struct range *r)
{
	struct counted c = { .lines = r->lines,
			     .future = r->note[NOTE_FUTURE],
			     .order = r->order,
			     .samples = r->sample_count,
			     .marks = r->mark.n };

	memcpy(c.bucket, r->bucket, sizeof(c.bucket));
	return c;
}

static void
put_back(struct range *r, const struct counted *c)
{
	r->lines = c->lines;
	r->sample_count = c->samples;
	r->mark.n = c->marks;
	r->note[NOTE_FUTURE] = c->future;
	r->order = c->order;
	memcpy(r->bucket, c->bucket, sizeof(r->bucket));
}

/* Reads a record at `offset` into the batch, or into its bucket. */
static void
parse_record(struct parser *p, struct range *r, struct line_reader *lr, struct piece piece,
	     uint64_t offset)
{
	struct refusal why;
	enum bucket bucket = line_read(lr, piece.text, &p->record, &p->canon, &why);

	mark_lines(r, offset, piece.lines);
	r->bucket[BUCKET_CONTINUATION] += piece.lines - 1;
	if (bucket == BUCKET_REFUSED) {
		refuse(r, offset, &why);
		keep_refused(p, r, piece.text, offset);
		return;
	}
	r->bucket[bucket]++;
	if (bucket != BUCKET_ACCEPTED)
		return;
	r->note[NOTE_FUTURE] += p->record.ts > p->in->options.future;
	line_order_add(&r->order, p->record.ts);
	accept(p, piece.text, (uint64_t)r->file << WHERE_SHIFT | offset, lr->system);
}

/* Nothing more can come for its open quote: its first line is refused, and the next one read for itself. */
static struct piece
parse_torn(struct parser *p, struct range *r, const struct block *b, struct str rest)
{
	uint64_t offset = b->offset + (uint64_t)(rest.p - b->bytes.p);
	struct piece first = lines_first(rest);

	mark_lines(r, offset, 1);
	refuse(r, offset, &lines_torn);
	keep_refused(p, r, first.text, offset);
	return first;
}

/* A record torn where the block ends comes again, whole, with the next block: it is cut off this one. */
static bool
put_off(struct reader *reader, struct block *b, struct piece piece, struct str rest)
{
	if (piece.taken < rest.n || rest.n > LINE_MOST || !reader_again(reader, rest.n))
		return false;
	b->bytes.n -= rest.n;
	return true;
}

/* `more` of the block at hand.  Of what is packed the bytes as they lie count: those of the whole are known. */
static void
tell_progress(struct parser *p, const struct range *r, const struct reader *reader, size_t more)
{
	uint64_t taken = reader_taken(reader), bytes = taken ? taken : r->bytes + more;

	progress_add(bytes - p->told_bytes, r->lines - p->told_lines);
	p->told_bytes = bytes;
	p->told_lines = r->lines;
}

/* False when the bytes were not there. */
static bool
parse_block(struct parser *p, struct range *r, struct line_reader *lr, struct reader *reader,
	    struct block *b)
{
	struct str rest = b->bytes;
	struct counted good = counted(r);

	lines_move(lr);
	while (rest.n) {
		struct piece piece = lines_record(lr, rest);

		if (UNLIKELY(piece.torn)) {
			if (put_off(reader, b, piece, rest))
				piece.taken = rest.n;
			else
				piece = parse_torn(p, r, b, rest);
		} else {
			parse_record(p, r, lr, piece, b->offset + (uint64_t)(rest.p - b->bytes.p));
		}
		rest = str_skip(rest, piece.taken);
		if (p->n < BATCH && rest.n && LIKELY(p->refused.n < REFUSED_BATCH) &&
		    LIKELY(lines_fit(lr, LINE_MOST)))
			continue;
		if (!reader_held(reader)) {
			p->n = 0;
			p->refused.n = 0;
			put_back(r, &good);
			return false;
		}
		flush(p, lr->system);
		lr->parsing.room.used = 0;
		good = counted(r);
		tell_progress(p, r, reader, (size_t)(rest.p - b->bytes.p));
	}
	if (b->bytes.n)
		r->unterminated = b->bytes.p[b->bytes.n - 1] != '\n';
	return true;
}

struct parser *
range_parser_new(const struct ingest *in, const struct hash_key *line_key, uint64_t bytes)
{
	struct parser *p = xalloc(1, sizeof(*p));

	p->in = in;
	p->line_key = line_key;
	p->key = facts_key(in->facts);
	p->writer = facts_writer_new(in->facts);
	p->matcher = canon_matcher_new(in->policy);
	p->memo = tuple_memo_new(in->facts, in->policy, bytes);
	p->batch = xalloc(BATCH, sizeof(*p->batch));
	p->room = xalloc(ROOM, 1);
	p->day_from = INT64_MAX;
	return p;
}

void
range_parser_free(struct parser *p)
{
	canon_matcher_free(p->matcher);
	tuple_memo_free(p->memo);
	free(p->batch);
	VEC_FREE(&p->refused);
	free(p->room);
	free(p);
}

/* Its bytes are not held: lines that are too long are told apart by how long they are. */
static void
refuse_skipped(struct parser *p, struct range *r, const struct block *b)
{
	struct str length = { (const char *)&b->skipped, sizeof(b->skipped) };

	mark_lines(r, b->offset, 1);
	refuse(r, b->offset, &lines_too_long);
	facts_refuse(p->writer, hash128(p->line_key, length),
		     (uint64_t)r->file << WHERE_SHIFT | b->offset);
}

static void
note_lines(struct range *r, struct reader *reader, const struct line_reader *lr)
{
	r->proved = lr->vouched.to;
	r->note[NOTE_HEX_ESCAPES] = lr->parsing.hex;
	r->note[NOTE_UNDECIDED] = lr->parsing.undecided;
	r->note[NOTE_UNVERIFIED] = lines_unverified(lr, reader, r->lines);
}

void
range_parse(struct parser *p, struct range *r)
{
	const struct logfile *file = facts_file(p->in->facts, r->file);
	struct line_reader lr = { .system = file->system,
				  .matcher = p->matcher,
				  .since = p->in->options.since,
				  .until = p->in->options.until,
				  .late = p->in->options.late };
	struct errors mute = { 0 };
	const struct source *source = &p->in->source[file->system];
	struct reader *reader = lines_open(source, file->path, &p->in->options.reader, &mute);
	struct block b;

	errors_free(&mute);
	if (!reader) {
		r->end = END_UNREADABLE;
		return;
	}
	p->told_bytes = p->told_lines = 0;
	lines_begin(&lr, source, (struct room){ .p = p->room, .size = ROOM });
	reader_range(reader, r->from, r->to);
	while (reader_next(reader, &b)) {
		lines_vouch(&lr, reader, &b, r->lines);
		if (b.skipped) {
			refuse_skipped(p, r, &b);
		} else if (!parse_block(p, r, &lr, reader, &b)) {
			break;
		}
		r->bytes += b.skipped ? b.skipped : b.bytes.n;
		tell_progress(p, r, reader, 0);
	}
	r->end = reader_end(reader);
	note_lines(r, reader, &lr);
	lines_end(&lr);
	r->packing = reader_packing(reader);
	r->trailing = reader_trailing(reader);
	r->overshot = reader_overshot(reader);
	r->max_ratio = reader_max_ratio(reader);
	reader_close(reader);
}
