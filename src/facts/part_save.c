/*
 * part_save.c - facts to a file; see part.h.
 *
 *     every bucket once: which tuples and objects its events use, when systems were heard
 *       -> names in the order of their hash -> every bucket again, in the part's numbers
 */
#include "base/civil.h"
#include "facts/facts_own.h"
#include "facts/part.h"
#include "facts/part_layout.h"

/* Ours -> the part's; 0: not used. */
struct renumber {
	uint32_t *to;
	uint32_t *from; /* the part's number - 1 -> ours */
	uint32_t n;
};

struct saving {
	struct facts *f;
	const struct part_choice *which;
	struct hash_key key;
	struct out *o;
	struct sha256 sha;
	uint64_t at; /* bytes written */
	struct renumber text[DICT_COUNT], tuple;
	int32_t *day;
	size_t days;
	VEC(struct part_heard) heard;
	VEC(struct part_bucket) bucket;
	uint64_t *place; /* by the part's number of an object */
	struct packed_event *event;
	size_t room;
	struct part_footer footer;
	struct part_directory directory;
	char *piece; /* of the names, not yet whole; NULL: they are written */
	size_t piece_n;
	VEC(struct hash128) pieces;
	bool failed;
};

static void
end_piece(struct saving *s)
{
	struct str piece = { .p = s->piece, .n = s->piece_n };

	if (piece.n)
		*VEC_PUSH(&s->pieces) = hash128(&s->key, piece);
	s->piece_n = 0;
}

static void
add_to_pieces(struct saving *s, const char *p, size_t n)
{
	while (n) {
		size_t k = min_size(n, NAMES_PIECE - s->piece_n);

		memcpy(s->piece + s->piece_n, p, k);
		s->piece_n += k;
		p += k;
		n -= k;
		if (s->piece_n == NAMES_PIECE)
			end_piece(s);
	}
}

static void
put(struct saving *s, const void *p, size_t n)
{
	out_bytes(s->o, (struct str){ .p = p, .n = n });
	s->at += n;
	if (s->piece)
		add_to_pieces(s, p, n);
}

static void
put_u32(struct saving *s, uint32_t v)
{
	put(s, &v, sizeof(v));
}

static void
put_u64(struct saving *s, uint64_t v)
{
	put(s, &v, sizeof(v));
}

static void
put_text(struct saving *s, struct str t)
{
	put_u32(s, (uint32_t)t.n);
	put(s, t.p, t.n);
}

static void
put_file(struct saving *s, const struct logfile *f)
{
	bool noted = f->max_ratio && f->end == END_BOMB;

	for (int n = 0; n < NOTE_COUNT; n++)
		noted |= f->note[n] > 0;
	put_text(s, f->path);
	put_text(s, f->feed);
	put_u32(s, f->system);
	put_u64(s, f->lineage);
	put_u64(s, f->from);
	put_u64(s, f->lines_before);
	put_u64(s, f->bytes);
	put_u64(s, f->lines);
	/* As it was read: what stands beside it may be another when the part is. */
	for (int b = 0; b < BUCKET_COUNT; b++)
		put_u64(s, f->bucket[b] + (b == BUCKET_ACCEPTED ? f->settled : 0) -
				   (b == BUCKET_DUPLICATE ? f->settled : 0));
	put_u32(s, (uint32_t)f->end);
	put_u32(s, (f->unterminated ? PART_UNTERMINATED : 0U) | (f->hashed ? PART_HASHED : 0U) |
			   (noted ? PART_NOTED : 0U));
	put(s, f->sha256, sizeof(f->sha256));
	put_u32(s, (uint32_t)f->sample_count);
	for (size_t i = 0; i < f->sample_count; i++) {
		put_u64(s, f->sample[i].offset);
		put_u32(s, f->sample[i].byte);
		put_text(s, str_of(f->sample[i].expected));
	}
	put_u64(s, f->mark.n);
	for (size_t i = 0; i < f->mark.n; i++) {
		put_u64(s, f->mark.at[i].offset);
		put_u64(s, f->mark.at[i].line);
	}
	for (int n = 0; noted && n < NOTE_COUNT; n++)
		put_u64(s, f->note[n]);
	if (noted) {
		put_u64(s, f->proved);
		put_u64(s, f->max_ratio);
	}
}

/* The bucket, read; how many events.  Of refused lines, too. */
static uint64_t
take(struct saving *s, int32_t row, unsigned column)
{
	uint64_t n = bucket_count(s->f, s->which->own, row, column);

	if (n > s->room) {
		free(s->event);
		s->room = n + n / 4;
		s->event = xrealloc(NULL, s->room, sizeof(*s->event));
	}
	if (n && !bucket_read(s->f, s->which->own, row, column, s->event)) {
		s->failed = true;
		return 0;
	}
	return n;
}

static void
hear(struct part_heard *h, uint16_t system, int32_t day, uint32_t ms)
{
	struct part_heard *at = &h[system];

	if (at->day == INT32_MIN)
		*at = (struct part_heard){ day, system, ms, ms };
	at->first_ms = at->first_ms < ms ? at->first_ms : ms;
	at->last_ms = at->last_ms > ms ? at->last_ms : ms;
}

/* Marks what the events use, and notes when systems were heard. */
static void
look_through(struct saving *s)
{
	size_t systems = s->f->options.systems;
	struct part_heard *day = xalloc(systems + 1, sizeof(*day));

	for (size_t d = 0; d < s->days; d++) {
		for (size_t i = 0; i < systems; i++)
			day[i].day = INT32_MIN;
		for (unsigned c = 0; c < STORE_COLUMNS; c++) {
			uint64_t n = take(s, s->day[d], c);

			for (uint64_t i = 0; i < n; i++) {
				const struct packed_event *e = &s->event[i];

				s->tuple.to[e->tuple] = 1;
				s->text[DICT_OBJECT].to[e->object] = 1;
				hear(day, facts_tuple_at(s->f, e->tuple)->system, s->day[d], e->ms);
			}
		}
		for (size_t i = 0; i < systems; i++) {
			if (day[i].day != INT32_MIN)
				*VEC_PUSH(&s->heard) = day[i];
		}
	}
	free(day);
	for (uint32_t t = 1; t <= dict_count(s->f->tuples); t++) {
		const struct tuple *tuple = facts_tuple_at(s->f, t);

		for (int d = 0; s->tuple.to[t] && d < DICT_OBJECT; d++)
			s->text[d].to[tuple->text[d]] = 1;
	}
}

struct placed {
	uint64_t hash;
	uint32_t number;
};

static int
placed_order(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	if (x->hash != y->hash)
		return (x->hash > y->hash) - (x->hash < y->hash);
	return (x->number > y->number) - (x->number < y->number);
}

static void
number(struct saving *s, const struct dictionary *d, struct renumber *r)
{
	uint32_t all = dict_count(d);
	struct placed *placed = xrealloc(NULL, all + 1UL, sizeof(*placed));

	for (uint32_t i = 1; i <= all; i++) {
		if (r->to[i])
			placed[r->n++] =
				(struct placed){ .hash = hash128(&s->key, dict_text(d, i)).lo,
						 .number = i };
	}
	qsort(placed, r->n, sizeof(*placed), placed_order);
	r->from = xrealloc(NULL, r->n + 1UL, sizeof(*r->from));
	for (uint32_t i = 0; i < r->n; i++) {
		r->from[i] = placed[i].number;
		r->to[placed[i].number] = i + 1;
	}
	r->to[0] = 0;
	free(placed);
}

static void
put_dict(struct saving *s, const struct dictionary *d, const struct renumber *r)
{
	uint64_t at = 0;

	put_u64(s, r->n);
	for (uint32_t i = 0; i < r->n; i++) {
		put_u64(s, at);
		at += dict_text(d, r->from[i]).n;
	}
	put_u64(s, at);
	for (uint32_t i = 0; i < r->n; i++) {
		struct str text = dict_text(d, r->from[i]);

		put(s, text.p, text.n);
	}
}

static void
put_tuples(struct saving *s)
{
	put_u64(s, s->tuple.n);
	for (uint32_t i = 0; i < s->tuple.n; i++) {
		struct tuple t = *facts_tuple_at(s->f, s->tuple.from[i]);

		for (int d = 0; d < DICT_OBJECT; d++)
			t.text[d] = s->text[d].to[t.text[d]];
		put(s, &t, sizeof(t));
	}
}

static void
put_bucket(struct saving *s, int32_t row, unsigned column)
{
	uint64_t n = take(s, row, column);
	size_t bytes = n * sizeof(*s->event);

	if (n == 0)
		return;
	for (uint64_t i = 0; i < n; i++) {
		struct packed_event *e = &s->event[i];

		e->where -= (uint64_t)s->which->first_file << WHERE_SHIFT;
		if (row == REFUSED_ROW)
			continue;
		e->tuple = s->tuple.to[e->tuple];
		e->object = s->text[DICT_OBJECT].to[e->object];
		s->place[e->object] |= 1ULL << column / PLACE_COLUMNS;
	}
	*VEC_PUSH(&s->bucket) =
		(struct part_bucket){ .day = row,
				      .column = column,
				      .n = n,
				      .offset = s->at - s->footer.events,
				      .check = part_check(&s->key, s->event, bytes) };
	put(s, s->event, bytes);
}

static void
put_events(struct saving *s)
{
	s->footer.events = s->at;
	s->place = xalloc(s->text[DICT_OBJECT].n + 1UL, sizeof(*s->place));
	for (unsigned c = 0; c < STORE_COLUMNS; c++) {
		put_bucket(s, REFUSED_ROW, c);
		for (size_t d = 0; d < s->days; d++)
			put_bucket(s, s->day[d], c);
	}
	s->footer.places = s->at;
	put(s, s->place, (s->text[DICT_OBJECT].n + 1UL) * sizeof(*s->place));
}

static void
put_directory(struct saving *s)
{
	struct part_directory *d = &s->directory;

	d->pieces = s->pieces.n;
	d->buckets = s->bucket.n;
	d->heard = s->heard.n;
	d->places =
		part_check(&s->key, s->place, (s->text[DICT_OBJECT].n + 1UL) * sizeof(*s->place));
	s->footer.directory = s->at;
	put(s, d, sizeof(*d));
	put(s, s->pieces.at, s->pieces.n * sizeof(*s->pieces.at));
	put(s, s->bucket.at, s->bucket.n * sizeof(*s->bucket.at));
	put(s, s->heard.at, s->heard.n * sizeof(*s->heard.at));
}

static void
put_names(struct saving *s, const uint8_t *parse_digest)
{
	static const struct part_origin unsaid = { .now = INT64_MIN };
	struct facts *f = s->f;

	s->piece = xrealloc(NULL, NAMES_PIECE, 1);
	sha256_init(&s->sha);
	out_watch(s->o, &s->sha);
	put(s, PART_MAGIC.p, PART_MAGIC.n);
	put(s, parse_digest, PART_DIGEST);
	put(s, s->which->origin ? s->which->origin : &unsaid, sizeof(unsaid));
	put_u32(s, (uint32_t)f->file.n - s->which->first_file);
	for (size_t i = s->which->first_file; i < f->file.n; i++)
		put_file(s, &f->file.at[i]);
	for (int d = 0; d < DICT_COUNT; d++) {
		s->footer.dict[d] = s->at;
		put_dict(s, f->dict[d], &s->text[d]);
	}
	s->footer.tuples = s->at;
	put_tuples(s);
	out_watch(s->o, NULL);
	sha256_end(&s->sha, s->directory.names);
	end_piece(s);
	free(s->piece);
	s->piece = NULL;
}

static void
put_part(struct saving *s, const uint8_t *parse_digest)
{
	put_names(s, parse_digest);
	put_events(s);
	sha256_init(&s->sha);
	out_watch(s->o, &s->sha);
	put_directory(s);
	put(s, &s->footer, sizeof(s->footer) - SHA256_SIZE);
	out_watch(s->o, NULL);
}

static void
number_all(struct saving *s)
{
	struct facts *f = s->f;

	for (int d = 0; d < DICT_COUNT; d++)
		s->text[d].to = xalloc(dict_count(f->dict[d]) + 1UL, sizeof(uint32_t));
	s->tuple.to = xalloc(dict_count(f->tuples) + 1UL, sizeof(uint32_t));
	look_through(s);
	for (int d = 0; d < DICT_COUNT; d++)
		number(s, f->dict[d], &s->text[d]);
	number(s, f->tuples, &s->tuple);
}

static void
saving_free(struct saving *s)
{
	for (int d = 0; d < DICT_COUNT; d++) {
		free(s->text[d].to);
		free(s->text[d].from);
	}
	free(s->tuple.to);
	free(s->tuple.from);
	free(s->day);
	free(s->event);
	free(s->place);
	VEC_FREE(&s->heard);
	VEC_FREE(&s->bucket);
	VEC_FREE(&s->pieces);
}

int
part_save(struct facts *f, const struct part_choice *which, const uint8_t parse_digest[PART_DIGEST],
	  struct out *o, struct part_made *made)
{
	struct saving s = { .f = f, .which = which, .o = o };
	uint8_t digest[SHA256_SIZE];

	hash_key_from(&s.key, (struct str){ .p = (const char *)parse_digest, .n = PART_DIGEST });
	s.day = facts_days(f, which->own, &s.days);
	number_all(&s);
	put_part(&s, parse_digest);
	sha256_end(&s.sha, digest);
	put(&s, digest, sizeof(digest));
	*made = (struct part_made){ .first_day = s.days ? s.day[0] : INT32_MAX,
				    .last_day = s.days ? s.day[s.days - 1] : INT32_MIN };
	memcpy(made->identity, digest, sizeof(digest));
	for (size_t i = 0; i < s.bucket.n; i++)
		made->events += s.bucket.at[i].day == REFUSED_ROW ? 0 : s.bucket.at[i].n;
	saving_free(&s);
	return s.failed ? -1 : 0;
}
