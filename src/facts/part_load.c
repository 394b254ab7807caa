/*
 * part_load.c - a part into the facts; see part.h.  Whoever wrote the file may be hostile: every number is checked
 * before it is used, and nothing is allocated by a count that the bytes that follow have not paid for.
 */
#include "facts/facts_own.h"
#include "facts/part.h"
#include "facts/part_layout.h"
#include "facts/part_pick.h"

#include "base/civil.h"
#include "base/order.h"
#include "base/read_at.h"
#include "base/sha256_beside.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TEXT_MOST = 1 << 20, HEAD = 16 + PART_DIGEST + sizeof(struct part_origin) };

struct part_reader {
	int fd;
	const char *buffer; /* of `sha`, or all there is */
	size_t at, n;
	uint64_t left;      /* bytes of the stretch at hand that are not yet in the buffer */
	uint64_t bytes;     /* of the file */
	struct beside *sha; /* NULL: there is no more than the buffer holds */
	bool bad;
	int failed; /* the errno of a read that the machine refused; 0: none */
};

/* Bytes that are not there make a damaged part, bytes that nobody could read do not. */
static bool
read_behind(struct part_reader *r, void *to, size_t n, uint64_t at)
{
	if (read_all_at(r->fd, to, n, at))
		return true;
	r->failed = errno;
	return false;
}

static void
fill(struct part_reader *r)
{
	char *buffer;
	ssize_t got;

	if (!r->sha) {
		r->bad = true;
		return;
	}
	buffer = beside_buffer(r->sha);
	do
		got = read(r->fd, buffer, r->left < BESIDE_BUFFER ? r->left : BESIDE_BUFFER);
	while (got < 0 && errno == EINTR);
	if (got <= 0) {
		r->failed = got < 0 ? errno : 0;
		r->bad = true;
		return;
	}
	beside_hand(r->sha, (size_t)got);
	r->buffer = buffer;
	r->n = (size_t)got;
	r->at = 0;
	r->left -= (size_t)got;
}

static void
take_slowly(struct part_reader *r, char *p, size_t n)
{
	while (n && !r->bad) {
		size_t k;

		if (r->at == r->n) {
			fill(r);
			continue;
		}
		k = min_size(n, r->n - r->at);
		memcpy(p, r->buffer + r->at, k);
		r->at += k;
		p += k;
		n -= k;
	}
	if (n)
		memset(p, 0, n);
}

static inline void
take(struct part_reader *r, void *out, size_t n)
{
	if (UNLIKELY(n > r->n - r->at)) {
		take_slowly(r, out, n);
	} else if (n) {
		memcpy(out, r->buffer + r->at, n);
		r->at += n;
	}
}

static uint32_t
take_u32(struct part_reader *r)
{
	uint32_t v;

	take(r, &v, sizeof(v));
	return v;
}

static uint64_t
take_u64(struct part_reader *r)
{
	uint64_t v;

	take(r, &v, sizeof(v));
	return v;
}

/* Bytes that may still come: no count can be larger. */
static bool
plausible(struct part_reader *r, uint64_t count, size_t size)
{
	if (count > (r->left + r->n - r->at) / size)
		r->bad = true;
	return !r->bad;
}

static struct str
take_text(struct part_reader *r, struct arena *a)
{
	uint32_t n = take_u32(r);
	char *p;

	if (n > TEXT_MOST || !plausible(r, n, 1)) {
		r->bad = true;
		return (struct str){ 0 };
	}
	p = arena_alloc(a, n + 1UL);
	take(r, p, n);
	return (struct str){ .p = p, .n = n };
}

static void
take_notes(struct part_reader *r, struct logfile *file)
{
	for (int n = 0; n < NOTE_COUNT; n++)
		file->note[n] = take_u64(r);
	file->proved = take_u64(r);
	file->max_ratio = take_u64(r);
}

static void
take_file(struct part_reader *r, struct facts *f)
{
	struct logfile file = { .path = take_text(r, &f->arena), .feed = take_text(r, &f->arena) };
	uint32_t flags;
	uint64_t marks;

	file.system = (uint16_t)take_u32(r);
	file.lineage = take_u64(r);
	file.from = take_u64(r);
	file.lines_before = take_u64(r);
	file.bytes = take_u64(r);
	file.lines = take_u64(r);
	for (int b = 0; b < BUCKET_COUNT; b++)
		file.bucket[b] = take_u64(r);
	file.end = (enum file_end)(take_u32(r) % END_COUNT);
	flags = take_u32(r);
	file.unterminated = flags & PART_UNTERMINATED;
	file.hashed = flags & PART_HASHED;
	take(r, file.sha256, sizeof(file.sha256));
	file.sample_count = take_u32(r);
	if (file.sample_count > REFUSED_SAMPLES) {
		r->bad = true;
		return;
	}
	for (size_t i = 0; i < file.sample_count; i++) {
		file.sample[i].offset = take_u64(r);
		file.sample[i].byte = take_u32(r);
		file.sample[i].expected = take_text(r, &f->arena).p;
	}
	marks = take_u64(r);
	for (uint64_t i = 0; plausible(r, marks, sizeof(struct line_mark)) && i < marks; i++) {
		uint64_t offset = take_u64(r);

		*VEC_PUSH(&file.mark) = (struct line_mark){ .offset = offset, .line = take_u64(r) };
	}
	if (flags & PART_NOTED)
		take_notes(r, &file);
	facts_file_new(f, &file);
}

/* Texts on their way into a dictionary: what each will touch there is fetched while the others are read. */
enum { BATCH = 32, TEXT_USUAL = 64 };

struct text_batch {
	const struct hash_key *key;
	struct dictionary *d;
	uint32_t n, *to;
	struct str text[BATCH];
	struct hash128 hash[BATCH];
	char room[BATCH][TEXT_USUAL];
};

static void
batch_intern(struct text_batch *b)
{
	for (uint32_t i = 0; i < b->n; i++)
		b->to[i] = dict_intern(b->d, b->text[i], b->hash[i]);
	b->to += b->n;
	b->n = 0;
}

static void
batch_add(struct part_reader *r, struct text_batch *b, uint64_t n)
{
	uint32_t i = b->n;
	char *text = b->room[i];

	if (n == 0 || n > TEXT_MOST || !plausible(r, n, 1)) {
		r->bad = true;
		return;
	}
	if (n > TEXT_USUAL)
		text = xalloc(n, 1);
	take(r, text, n);
	b->text[i] = (struct str){ .p = text, .n = n };
	b->hash[i] = hash128(b->key, b->text[i]);
	dict_fetch_slot(b->d, b->hash[i]);
	b->n++;
	if (b->n == BATCH || n > TEXT_USUAL)
		batch_intern(b);
	if (n > TEXT_USUAL)
		free(text);
}

/* A count of 64 bits, of things that are numbered with 32. */
static uint32_t
take_count(struct part_reader *r, size_t size)
{
	uint64_t n = take_u64(r);

	if (n >= UINT32_MAX || !plausible(r, n, size)) {
		r->bad = true;
		return 0;
	}
	return (uint32_t)n;
}

static void
take_dict(struct part_reader *r, struct facts *f, enum dict dict, struct translation *t)
{
	struct text_batch b UNINITIALIZED;
	uint32_t n = take_count(r, sizeof(uint64_t));
	uint64_t *at = xrealloc(NULL, n + 1UL, sizeof(*at));

	t->n = n;
	t->to = xalloc(n + 1UL, sizeof(*t->to));
	take(r, at, (n + 1UL) * sizeof(*at));
	b.key = facts_key(f);
	b.d = facts_dict(f, dict);
	b.n = 0;
	b.to = t->to + 1;
	r->bad |= at[0] != 0;
	for (uint32_t i = 0; i < n && !r->bad; i++)
		batch_add(r, &b, at[i + 1] - at[i]);
	batch_intern(&b);
	free(at);
}

static uint32_t
translate(struct part_reader *r, const struct translation *t, uint32_t number)
{
	if (number > t->n) {
		r->bad = true;
		return 0;
	}
	return t->to[number];
}

struct part_numbers {
	struct translation text[DICT_COUNT];
	uint8_t *partition; /* of an account */
};

static void
find_partitions(const struct facts *f, struct part_numbers *p)
{
	const struct translation *account = &p->text[DICT_ACCOUNT];

	p->partition = xalloc(account->n + 1UL, 1);
	for (uint32_t i = 0; i <= account->n; i++)
		p->partition[i] = (uint8_t)facts_partition(f, account->to[i]);
}

static bool
take_tuple(struct part_reader *r, const struct facts *f, const struct part_numbers *p,
	   struct tuple *t, struct filing *to)
{
	take(r, t, sizeof(*t));
	if (!r->bad && t->text[DICT_ACCOUNT] <= p->text[DICT_ACCOUNT].n)
		to->partition = p->partition[t->text[DICT_ACCOUNT]];
	for (int d = 0; d < DICT_OBJECT; d++)
		t->text[d] = translate(r, &p->text[d], t->text[d]);
	r->bad |= !part_tuple_said(t, f->options.systems);
	return !r->bad;
}

static void
take_tuples(struct part_reader *r, struct facts *f, const struct part_numbers *p, struct shelf *s)
{
	uint32_t n = take_count(r, sizeof(struct tuple));

	s->tuples = n;
	s->filing = xalloc(n + 1UL, sizeof(*s->filing));
	for (uint32_t at = 1, k; at <= n && !r->bad; at += k) {
		struct tuple t[BATCH];
		struct hash128 hash[BATCH];

		for (k = 0; k < BATCH && k <= n - at; k++) {
			if (!take_tuple(r, f, p, &t[k], &s->filing[at + k]))
				break;
			hash[k] = facts_tuple_fetch(f, &t[k]);
		}
		for (uint32_t i = 0; i < k; i++)
			s->filing[at + i].tuple = facts_tuple_hashed(f, &t[i], hash[i]);
	}
}

static void
take_files(struct part_reader *r, struct facts *f, struct shelf *s)
{
	s->first_file = facts_file_count(f);
	s->files = take_u32(r);
	for (uint32_t i = 0; i < s->files && plausible(r, s->files - i, 64); i++)
		take_file(r, f);
}

static void
take_names(struct part_reader *r, struct facts *f, struct shelf *s)
{
	struct part_numbers p = { .partition = NULL };

	for (int d = 0; d < DICT_COUNT; d++)
		take_dict(r, f, (enum dict)d, &p.text[d]);
	find_partitions(f, &p);
	take_tuples(r, f, &p, s);
	s->object = p.text[DICT_OBJECT];
	for (int d = 0; d < DICT_OBJECT; d++)
		free(p.text[d].to);
	free(p.partition);
}

static bool
day_said(int32_t day)
{
	return day >= -800000 && day <= 3000000;
}

/* Buckets come by column and day, one behind the other. */
static bool
bucket_follows(const struct shelf *s, size_t i, uint64_t *at)
{
	const struct part_bucket *b = &s->bucket[i];
	uint64_t offset = *at;

	if (b->column >= STORE_COLUMNS || b->n == 0 || b->n > UINT64_MAX / 64 ||
	    b->offset != offset || (b->day != REFUSED_ROW && !day_said(b->day)))
		return false;
	*at += b->n * sizeof(struct packed_event);
	return i == 0 || b[-1].column < b->column ||
	       (b[-1].column == b->column && b[-1].day < b->day);
}

static void
check_buckets(struct part_reader *r, const struct shelf *s, const struct part_footer *footer)
{
	uint64_t at = 0;

	for (size_t i = 0; i < s->buckets && !r->bad; i++)
		r->bad = !bucket_follows(s, i, &at) || at > footer->places - footer->events;
	r->bad |= at != footer->places - footer->events;
}

/* Days that were heard and days of buckets are the same days. */
static bool
days_agree(const struct shelf *s)
{
	int32_t *day = xalloc(s->heards + s->buckets + 1, sizeof(*day));
	int32_t *other = day + s->heards;
	size_t days = shelf_days(s, day), n = 0, unique = 0;
	bool agree;

	for (size_t i = 0; i < s->buckets; i++) {
		if (s->bucket[i].day != REFUSED_ROW)
			other[n++] = s->bucket[i].day;
	}
	qsort(other, n, sizeof(*other), order_i32);
	for (size_t i = 0; i < n; i++) {
		if (unique == 0 || other[unique - 1] != other[i])
			other[unique++] = other[i];
	}
	agree = unique == days && memcmp(day, other, days * sizeof(*day)) == 0;
	free(day);
	return agree;
}

static void
check_heard(struct part_reader *r, const struct facts *f, const struct shelf *s)
{
	for (size_t i = 0; i < s->heards && !r->bad; i++) {
		const struct part_heard *h = &s->heard[i];

		r->bad = !day_said(h->day) || h->system >= f->options.systems ||
			 h->first_ms > h->last_ms || h->last_ms >= DAY_MS ||
			 (i && (h[-1].day > h->day ||
				(h[-1].day == h->day && h[-1].system >= h->system)));
	}
	r->bad |= !r->bad && !days_agree(s);
}

/* What the directory says beside the shelf's. */
struct directory {
	struct part_directory head;
	struct hash128 *piece;
};

static void
take_directory(struct part_reader *r, const struct facts *f, struct shelf *s,
	       const struct part_footer *footer, struct directory *d)
{
	take(r, &d->head, sizeof(d->head));
	if (d->head.pieces != (footer->events + NAMES_PIECE - 1) / NAMES_PIECE ||
	    !plausible(r, d->head.pieces, sizeof(*d->piece)) ||
	    !plausible(r, d->head.buckets, sizeof(*s->bucket)) ||
	    !plausible(r, d->head.heard, sizeof(*s->heard))) {
		r->bad = true;
		return;
	}
	s->buckets = d->head.buckets;
	s->heards = d->head.heard;
	d->piece = xrealloc(NULL, d->head.pieces + 1, sizeof(*d->piece));
	take(r, d->piece, d->head.pieces * sizeof(*d->piece));
	s->bucket = xrealloc(NULL, s->buckets + 1, sizeof(*s->bucket));
	s->heard = xrealloc(NULL, s->heards + 1, sizeof(*s->heard));
	take(r, s->bucket, s->buckets * sizeof(*s->bucket));
	take(r, s->heard, s->heards * sizeof(*s->heard));
	check_buckets(r, s, footer);
	check_heard(r, f, s);
}

/* What the SHA-256 does not cover. */
static void
check_bytes(struct part_reader *r, const struct shelf *s, const struct part_footer *footer,
	    const struct hash_key *key, struct hash128 places)
{
	struct part_room room = { .p = NULL };

	if (!r->bad)
		r->bad = footer->directory - footer->places !=
				 (s->object.n + 1UL) * sizeof(uint64_t) ||
			 !part_bytes_hold(r->fd, key, footer->places,
					  footer->directory - footer->places, places, &room);
	for (size_t i = 0; i < s->buckets && !r->bad; i++) {
		const struct part_bucket *b = &s->bucket[i];

		r->bad = !part_bytes_hold(r->fd, key, footer->events + b->offset,
					  b->n * sizeof(struct packed_event), b->check, &room) ||
			 !shelf_translate(s, b, (struct packed_event *)(void *)room.p);
	}
	r->failed = r->failed ? r->failed : room.failed;
	free(room.p);
}

/* The sections lie one behind the other between the head and the footer. */
static bool
footer_holds(const struct part_footer *f, uint64_t end)
{
	uint64_t at = HEAD;

	for (int d = 0; d < DICT_COUNT; d++) {
		if (f->dict[d] < at || f->dict[d] > end)
			return false;
		at = f->dict[d];
	}
	return f->tuples >= at && f->events >= f->tuples && f->places >= f->events &&
	       f->directory >= f->places && f->directory <= end;
}

/* From there on `n` bytes through a SHA-256 of their own. */
static void
begin_stretch(struct part_reader *r, uint64_t at, uint64_t n)
{
	r->sha = beside_new();
	r->left = n;
	r->at = r->n = 0;
	if (lseek(r->fd, (off_t)at, SEEK_SET) < 0)
		r->bad = true;
}

/* All of it was wanted, and it is what was written. */
static void
end_stretch(struct part_reader *r, const uint8_t want[SHA256_SIZE])
{
	uint8_t digest[SHA256_SIZE];

	r->bad |= r->left || r->at != r->n;
	beside_end(r->sha, digest);
	r->sha = NULL;
	r->bad |= memcmp(digest, want, sizeof(digest)) != 0;
}

static void
take_head(struct part_reader *r)
{
	char head[HEAD];

	take(r, head, sizeof(head));
}

static void
take_whole(struct part_reader *r, struct facts *f, struct shelf *s,
	   const struct part_footer *footer, const struct directory *d, const struct hash_key *key)
{
	begin_stretch(r, 0, footer->events);
	take_head(r);
	take_files(r, f, s);
	take_names(r, f, s);
	end_stretch(r, d->head.names);
	check_bytes(r, s, footer, key, d->head.places);
	if (f->from_day)
		shelf_begin(s, f->from_day);
}

/* All names as they lie, each piece by its check. */
static char *
read_names(struct part_reader *r, uint64_t n, const struct hash128 *piece,
	   const struct hash_key *key)
{
	char *names = xrealloc(NULL, n, 1);

	r->bad |= !read_behind(r, names, n, 0);
	for (uint64_t at = 0; at < n && !r->bad; at += NAMES_PIECE, piece++) {
		struct str bytes = { .p = names + at, .n = min_size(NAMES_PIECE, n - at) };
		struct hash128 is = hash128(key, bytes);

		r->bad = is.lo != piece->lo || is.hi != piece->hi;
	}
	return names;
}

/* Files are taken in, and of all else what is asked for. */
static void
take_picked(struct part_reader *r, struct facts *f, struct shelf *s,
	    const struct part_footer *footer, const struct directory *d, const struct hash_key *key)
{
	struct picking pick = { .f = f, .s = s, .footer = footer, .key = key, .fd = r->fd };
	char *names = read_names(r, footer->events, d->piece, key);

	*r = (struct part_reader){ .fd = r->fd,
				   .buffer = names,
				   .n = footer->events,
				   .bytes = r->bytes,
				   .bad = r->bad,
				   .failed = r->failed };
	if (f->from_day)
		shelf_begin(s, f->from_day);
	if (!r->bad) {
		take_head(r);
		take_files(r, f, s);
		r->bad |= r->at != footer->dict[0];
	}
	if (!r->bad)
		r->bad = !picking_names(&pick, names + footer->dict[0]) ||
			 !picking_events(&pick, d->head.places);
	r->failed = r->failed ? r->failed : pick.failed;
	picking_end(&pick);
	free(names);
}

/* First the directory and its SHA-256, which is the part's own: all else is proved by what stands there. */
static void
take_all(struct part_reader *r, struct facts *f, struct shelf *s, const struct hash_key *key,
	 uint8_t seal[SHA256_SIZE])
{
	uint64_t end = r->bytes - sizeof(struct part_footer);
	struct part_footer footer, again;
	struct directory d = { .piece = NULL };

	if (!read_behind(r, &footer, sizeof(footer), end) || !footer_holds(&footer, end)) {
		r->bad = true;
		return;
	}
	memcpy(seal, footer.sha256, SHA256_SIZE);
	begin_stretch(r, footer.directory, r->bytes - footer.directory - SHA256_SIZE);
	take_directory(r, f, s, &footer, &d);
	take(r, &again, sizeof(again) - SHA256_SIZE);
	r->bad |= memcmp(&again, &footer, sizeof(again) - SHA256_SIZE) != 0;
	end_stretch(r, footer.sha256);
	s->events = footer.events;
	if (!r->bad && f->pick)
		take_picked(r, f, s, &footer, &d, key);
	else if (!r->bad)
		take_whole(r, f, s, &footer, &d, key);
	free(d.piece);
}

static enum part_loaded
no_part(struct str path, struct errors *err)
{
	error_add(err, "'" STR_FMT "' is not a part; `sekisho scan --partial FILE` writes one",
		  STR_ARG(path));
	return PART_REFUSED;
}

static enum part_loaded
unread_part(struct str path, int why, struct errors *err)
{
	error_add(err, "cannot read part '" STR_FMT "': %s", STR_ARG(path), strerror(why));
	return PART_UNREAD;
}

static enum part_loaded
open_part(struct part_reader *r, struct str path, const uint8_t parse_digest[PART_DIGEST],
	  struct part_origin *origin, struct errors *err)
{
	struct arena scratch = { 0 };
	struct stat st;
	char magic[32] = "";
	uint8_t digest[PART_DIGEST];

	do
		r->fd = open(arena_str(&scratch, path).p,
			     O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	while (r->fd < 0 && errno == EINTR);
	arena_free(&scratch);
	if (r->fd < 0 || fstat(r->fd, &st) != 0)
		return unread_part(path, errno, err);
	if (!S_ISREG(st.st_mode) || (uint64_t)st.st_size < HEAD + sizeof(struct part_footer))
		return no_part(path, err);
	r->bytes = (uint64_t)st.st_size;
	if (!read_behind(r, magic, PART_MAGIC.n, 0) ||
	    !read_behind(r, digest, sizeof(digest), PART_MAGIC.n) ||
	    !read_behind(r, origin, sizeof(*origin), PART_MAGIC.n + sizeof(digest)))
		return r->failed ? unread_part(path, r->failed, err) : no_part(path, err);
	if (memcmp(magic, PART_MAGIC.p, PART_MAGIC.n) != 0)
		return no_part(path, err);
	if (memcmp(digest, parse_digest, sizeof(digest)) == 0)
		return PART_LOADED;
	error_add(err,
		  "part '" STR_FMT "' was read under another policy (format, extract, resources or "
		  "normalise differ); read its logs again with this one",
		  STR_ARG(path));
	return PART_REFUSED;
}

enum part_loaded
part_load(struct facts *f, struct str path, const uint8_t parse_digest[PART_DIGEST],
	  struct part_label *label, struct errors *err)
{
	struct part_reader r = { .fd = -1 };
	struct shelf *s = xalloc(1, sizeof(*s));
	struct hash_key key;
	enum part_loaded how = open_part(&r, path, parse_digest, &label->origin, err);

	hash_key_from(&key, (struct str){ .p = (const char *)parse_digest, .n = PART_DIGEST });
	if (how == PART_LOADED)
		take_all(&r, f, s, &key, label->identity);
	if (how == PART_LOADED && r.failed) {
		how = unread_part(path, r.failed, err);
	} else if (how == PART_LOADED && r.bad) {
		how = PART_DAMAGED;
		error_add(err,
			  "part '" STR_FMT "' is damaged; its bytes do not have the digest it ends "
			  "with",
			  STR_ARG(path));
	}
	s->fd = r.fd;
	s->path = arena_str(&f->arena, path);
	if (how != PART_LOADED)
		shelf_close(s);
	else if (f->pick)
		picking_leave(f, s);
	else
		*VEC_PUSH(&f->shelf) = s;
	return how;
}

bool
part_is(struct str path)
{
	struct arena scratch = { 0 };
	char magic[32] = "";
	int fd = open(arena_str(&scratch, path).p, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	bool is = fd >= 0 && read(fd, magic, PART_MAGIC.n) == (ssize_t)PART_MAGIC.n &&
		  memcmp(magic, PART_MAGIC.p, PART_MAGIC.n) == 0;

	if (fd >= 0)
		close(fd);
	arena_free(&scratch);
	return is;
}
