/*
 * range.c - the hot loop: see range.h, and ingest.h for the way of the data.
 */
#include "app/range.h"

#include "app/lines.h"
#include "base/civil.h"

enum {
	BATCH = 64,
	WHO_SLOTS = 1 << 17,
	SCREEN_SLOTS = 1 << 12,
	MARK_EVERY = 4 << 20,
	ROOM = 512 * 1024
};

_Static_assert((int)ROOM >= (int)ROOM_LEAST, "a record of LINE_MOST bytes must fit an empty room");

/* A line between the passes over its batch: what it needs next is being fetched while its neighbours are served. */
struct pending {
	struct record record;
	struct hash128 who, screen, object, tuple_hash;
	struct tuple tuple;
	uint32_t digest, partition;
	uint64_t where;
	struct canon canon;
};

/* Caches, not dictionaries: bytes seen before, to the numbers they got.  One miss in a cache line, then none. */
struct who_memo { /* address, account, terminal */
	struct hash128 key;
	uint32_t account, address, terminal, partition;
};

struct screen_memo { /* agent, class */
	struct hash128 key;
	uint32_t client, class;
};

struct parser {
	const struct ingest *in;
	const struct hash_key *line_key;
	struct facts_writer *writer;
	struct canon_matcher *matcher;
	const struct hash_key *key;
	struct who_memo *who;
	struct screen_memo *screen;
	struct pending *batch;
	char *room;
	unsigned n;
	int64_t day_from, day_until;
	int32_t day;
	char apart[128]; /* no cache line is shared with the next parser */
};

static uint32_t
number_of(struct facts *f, enum dict d, struct str text)
{
	return text.n ? dict_number(facts_dict(f, d), text) : 0;
}

/* The slow way, once per distinct bytes: undo escapes, normalise, intern. */
static void
learn_who(struct parser *p, const struct pending *l, unsigned system, struct who_memo *m)
{
	struct facts *f = p->in->facts;
	const struct canon *c = &l->canon;
	struct canon_who who UNINITIALIZED;

	canon_who(&p->in->policy->system[system], &l->record, c->field[FIELD_ACCOUNT], &who);
	m->key = l->who;
	m->account = number_of(f, DICT_ACCOUNT, who.account);
	m->address = who.has_address
			     ? number_of(f, DICT_ADDRESS,
					 (struct str){ .p = who.address, .n = ADDRESS_SIZE })
			     : 0;
	m->terminal = number_of(f, DICT_TERMINAL, c->field[FIELD_TERMINAL]);
	m->partition = facts_partition(f, m->account);
}

static void
learn_screen(struct parser *p, const struct pending *l, struct screen_memo *m)
{
	m->key = l->screen;
	m->client = number_of(p->in->facts, DICT_CLIENT, client_family(l->record.text[RAW_AGENT]));
	m->class = number_of(p->in->facts, DICT_CLASS, l->canon.field[FIELD_CLASS]);
}

static bool
same_hash(struct hash128 a, struct hash128 b)
{
	return a.lo == b.lo && a.hi == b.hi;
}

static void
make_tuple(struct parser *p, struct pending *l, unsigned system)
{
	struct who_memo *w = &p->who[l->who.lo % WHO_SLOTS];
	struct screen_memo *s = &p->screen[l->screen.lo % SCREEN_SLOTS];
	const struct canon *c = &l->canon;

	if (UNLIKELY(!same_hash(w->key, l->who)))
		learn_who(p, l, system, w);
	if (UNLIKELY(!same_hash(s->key, l->screen)))
		learn_screen(p, l, s);
	l->partition = w->partition;
	l->tuple = (struct tuple){ .text = { [DICT_ACCOUNT] = w->account,
					     [DICT_ADDRESS] = w->address,
					     [DICT_TERMINAL] = w->terminal,
					     [DICT_CLIENT] = s->client,
					     [DICT_CLASS] = s->class },
				   .system = (uint16_t)system,
				   .act = c->act,
				   .ok = c->ok,
				   .masked = c->masked,
				   .reason = c->reason };
	l->tuple_hash = facts_tuple_fetch(p->in->facts, &l->tuple);
}

static void
keep(struct parser *p, const struct pending *l, unsigned system)
{
	struct facts *f = p->in->facts;
	int64_t ts = l->record.ts;
	struct packed_event e;

	if (UNLIKELY(ts < p->day_from || ts >= p->day_until)) {
		p->day = jst_day(ts);
		p->day_from = jst_day_start(p->day);
		p->day_until = jst_day_start(p->day + 1);
	}
	e = (struct packed_event){
		.tuple = facts_tuple_hashed(f, &l->tuple, l->tuple_hash),
		.ms = (uint32_t)(ts - p->day_from),
		.object = l->canon.field[FIELD_OBJECT].n
				  ? dict_intern(facts_dict(f, DICT_OBJECT),
						l->canon.field[FIELD_OBJECT], l->object)
				  : 0,
		.digest = l->digest,
		.where = l->where,
	};
	facts_add(p->writer, p->day, l->partition, (uint16_t)system, &e);
}

/* Each pass asks for what the next one will touch. */
static void
flush(struct parser *p, unsigned system)
{
	const struct dictionary *objects = facts_dict(p->in->facts, DICT_OBJECT);

	for (unsigned i = 0; i < p->n; i++) {
		make_tuple(p, &p->batch[i], system);
		if (p->batch[i].canon.field[FIELD_OBJECT].n)
			dict_fetch_entry(objects, p->batch[i].object);
	}
	for (unsigned i = 0; i < p->n; i++)
		facts_tuple_fetch_entry(p->in->facts, p->batch[i].tuple_hash);
	for (unsigned i = 0; i < p->n; i++)
		keep(p, &p->batch[i], system);
	p->n = 0;
}

/* Of everything canon_who() is asked with, and the terminal. */
static struct hash128
hash_who(const struct parser *p, const struct pending *l, unsigned system)
{
	const struct canon *c = &l->canon;
	const struct str *text = l->record.text;
	struct hash128 rest = hash128(p->key, c->field[FIELD_TERMINAL]);

	/* The system is part of it: it decides how an account is normalised. */
	rest.hi += system;
	if (UNLIKELY(c->field[FIELD_ACCOUNT].n))
		rest = hash_join(p->key, rest, hash128(p->key, c->field[FIELD_ACCOUNT]));
	if (UNLIKELY(p->in->policy->system[system].proxy_count))
		rest = hash_join(p->key, rest, hash128(p->key, text[RAW_FORWARDED]));
	if (LIKELY(l->record.who.n))
		return hash_join(p->key, hash128(p->key, l->record.who), rest);
	rest = hash_join(p->key, rest, hash128(p->key, text[RAW_ADDRESS]));
	return hash_join(p->key, rest, hash128(p->key, text[RAW_ACCOUNT]));
}

static void
accept(struct parser *p, struct pending *l, struct str line, uint64_t where, unsigned system)
{
	const struct canon *c = &l->canon;

	l->who = hash_who(p, l, system);
	__builtin_prefetch(&p->who[l->who.lo % WHO_SLOTS]);
	l->screen = hash_join(p->key, hash128(p->key, l->record.text[RAW_AGENT]),
			      hash128(p->key, c->field[FIELD_CLASS]));
	if (c->field[FIELD_OBJECT].n) {
		l->object = hash128(p->key, c->field[FIELD_OBJECT]);
		dict_fetch_slot(facts_dict(p->in->facts, DICT_OBJECT), l->object);
	}
	l->digest = (uint32_t)hash128(p->line_key, line).lo;
	l->where = where;
	p->n++;
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
	size_t samples, marks;
};

static struct counted
counted(const struct range *r)
{
	struct counted c = { .lines = r->lines,
			     .future = r->note[NOTE_FUTURE],
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
	memcpy(r->bucket, c->bucket, sizeof(r->bucket));
}

/* Reads a record at `offset` into the batch, or into its bucket. */
static void
parse_record(struct parser *p, struct range *r, struct line_reader *lr, struct piece piece,
	     uint64_t offset)
{
	struct pending *l = &p->batch[p->n];
	struct refusal why;
	enum bucket bucket = line_read(lr, piece.text, &l->record, &l->canon, &why);

	mark_lines(r, offset, piece.lines);
	r->bucket[BUCKET_CONTINUATION] += piece.lines - 1;
	if (bucket == BUCKET_REFUSED) {
		refuse(r, offset, &why);
		return;
	}
	r->bucket[bucket]++;
	if (bucket != BUCKET_ACCEPTED)
		return;
	r->note[NOTE_FUTURE] += l->record.ts > p->in->options.future;
	accept(p, l, piece.text, (uint64_t)r->file << WHERE_SHIFT | offset, lr->system);
}

/* Nothing more can come for its open quote: its first line is refused, and the next one read for itself. */
static struct piece
parse_torn(struct range *r, const struct block *b, struct str rest)
{
	uint64_t offset = b->offset + (uint64_t)(rest.p - b->bytes.p);

	mark_lines(r, offset, 1);
	refuse(r, offset, &lines_torn);
	return lines_first(rest);
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
				piece = parse_torn(r, b, rest);
		} else {
			parse_record(p, r, lr, piece, b->offset + (uint64_t)(rest.p - b->bytes.p));
		}
		rest = str_skip(rest, piece.taken);
		if (p->n < BATCH && rest.n && LIKELY(lines_fit(lr, LINE_MOST)))
			continue;
		if (!reader_held(reader)) {
			p->n = 0;
			put_back(r, &good);
			return false;
		}
		flush(p, lr->system);
		lr->parsing.room.used = 0;
		good = counted(r);
	}
	if (b->bytes.n)
		r->unterminated = b->bytes.p[b->bytes.n - 1] != '\n';
	return true;
}

struct parser *
range_parser_new(const struct ingest *in, const struct hash_key *line_key)
{
	struct parser *p = xalloc(1, sizeof(*p));

	p->in = in;
	p->line_key = line_key;
	p->key = facts_key(in->facts);
	p->writer = facts_writer_new(in->facts);
	p->matcher = canon_matcher_new(in->policy);
	p->who = xalloc(WHO_SLOTS, sizeof(*p->who));
	p->screen = xalloc(SCREEN_SLOTS, sizeof(*p->screen));
	p->batch = xalloc(BATCH, sizeof(*p->batch));
	p->room = xalloc(ROOM, 1);
	p->day_from = INT64_MAX;
	return p;
}

void
range_parser_free(struct parser *p)
{
	canon_matcher_free(p->matcher);
	free(p->who);
	free(p->screen);
	free(p->batch);
	free(p->room);
	free(p);
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
				  .until = p->in->options.until };
	struct errors mute = { 0 };
	const struct source *source = &p->in->source[file->system];
	struct reader *reader = lines_open(source, file->path, &p->in->options.reader, &mute);
	struct block b;

	errors_free(&mute);
	if (!reader) {
		r->end = END_UNREADABLE;
		return;
	}
	lines_begin(&lr, source, (struct room){ .p = p->room, .size = ROOM });
	reader_range(reader, r->from, r->to);
	while (reader_next(reader, &b)) {
		lines_vouch(&lr, reader, &b, r->lines);
		if (b.skipped) {
			mark_lines(r, b.offset, 1);
			refuse(r, b.offset, &lines_too_long);
		} else if (!parse_block(p, r, &lr, reader, &b)) {
			break;
		}
		r->bytes += b.skipped ? b.skipped : b.bytes.n;
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
