/*
 * part_load.c - a part into the facts; see part.h.  Whoever wrote the file may be hostile: every number is checked
 * before it is used, and nothing is allocated by a count that the bytes that follow have not paid for.
 */
#include "facts/facts_own.h"
#include "facts/part.h"
#include "facts/part_layout.h"

#include "base/civil.h"
#include "base/sha256_beside.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TEXT_MOST = 1 << 20, AHEAD = 16 };

struct part_reader {
	int fd;
	const char *buffer; /* of `sha` */
	size_t at, n;
	uint64_t left; /* bytes of the file not yet in the buffer, without the trailer */
	struct beside *sha;
	bool bad;
};

static void
fill(struct part_reader *r)
{
	char *buffer = beside_buffer(r->sha);
	ssize_t got;

	do
		got = read(r->fd, buffer, r->left < BESIDE_BUFFER ? r->left : BESIDE_BUFFER);
	while (got < 0 && errno == EINTR);
	if (got <= 0) {
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

/* Part number -> our number, [0] = 0. */
struct translation {
	uint32_t *to;
	uint32_t n;
};

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
batch_add(struct part_reader *r, struct text_batch *b)
{
	uint32_t n = take_u32(r), i = b->n;
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

static void
take_dict(struct part_reader *r, struct facts *f, enum dict dict, struct translation *t)
{
	struct text_batch b UNINITIALIZED;
	uint32_t n = take_u32(r);

	if (!plausible(r, n, sizeof(uint32_t)))
		n = 0;
	t->n = n;
	t->to = xalloc(n + 1UL, sizeof(*t->to));
	b.key = facts_key(f);
	b.d = facts_dict(f, dict);
	b.n = 0;
	b.to = t->to + 1;
	for (uint32_t i = 0; i < n && !r->bad; i++)
		batch_add(r, &b);
	batch_intern(&b);
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

/* What an event of a part's tuple becomes, and where it is filed. */
struct filing {
	uint32_t tuple; /* 0: there is none of that number */
	uint16_t system;
	uint8_t partition;
};

struct part_numbers {
	struct translation text[DICT_COUNT];
	uint8_t *partition; /* of an account */
	struct filing *filing;
	uint32_t tuples;
	uint32_t first_file, files;
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
	if (take_u32(r) != sizeof(*t))
		r->bad = true;
	take(r, t, sizeof(*t));
	if (!r->bad && t->text[DICT_ACCOUNT] <= p->text[DICT_ACCOUNT].n)
		to->partition = p->partition[t->text[DICT_ACCOUNT]];
	to->system = t->system;
	for (int d = 0; d < DICT_OBJECT; d++)
		t->text[d] = translate(r, &p->text[d], t->text[d]);
	r->bad |= t->act >= ACT_COUNT || t->ok > 1 || t->masked > MASKED_YES || t->spare ||
		  t->reason >= REASON_COUNT || t->system >= f->options.systems;
	return !r->bad;
}

static void
take_tuples(struct part_reader *r, struct facts *f, struct part_numbers *p)
{
	uint32_t n = take_u32(r);

	if (!plausible(r, n, sizeof(uint32_t) + sizeof(struct tuple)))
		n = 0;
	p->tuples = n;
	p->filing = xalloc(n + 1UL, sizeof(*p->filing));
	for (uint32_t at = 1, k; at <= n && !r->bad; at += k) {
		struct tuple t[BATCH];
		struct hash128 hash[BATCH];

		for (k = 0; k < BATCH && k <= n - at; k++) {
			if (!take_tuple(r, f, p, &t[k], &p->filing[at + k]))
				break;
			hash[k] = facts_tuple_fetch(f, &t[k]);
		}
		for (uint32_t i = 0; i < k; i++)
			p->filing[at + i].tuple = facts_tuple_hashed(f, &t[i], hash[i]);
	}
}

/* False: it says what no event of this part can. */
static inline bool
file_event(struct facts_writer *w, const struct part_numbers *p, int32_t day,
	   const struct packed_event *in)
{
	const struct translation *object = &p->text[DICT_OBJECT];
	struct packed_event e = *in;
	const struct filing *to;

	if (UNLIKELY(e.tuple == 0 || e.tuple > p->tuples || e.object > object->n ||
		     e.ms >= DAY_MS || where_file(e.where) >= p->files))
		return false;
	to = &p->filing[e.tuple];
	e.tuple = to->tuple;
	e.object = object->to[e.object];
	e.where += (uint64_t)p->first_file << WHERE_SHIFT;
	facts_add(w, day, to->partition, to->system, &e);
	return true;
}

/* What no event may say is looked at first, so a fetched address is only ever one of ours. */
static inline void
fetch_event(const struct part_numbers *p, const char *at)
{
	struct packed_event e;

	memcpy(&e, at, sizeof(e));
	__builtin_prefetch(&p->filing[e.tuple <= p->tuples ? e.tuple : 0]);
	__builtin_prefetch(
		&p->text[DICT_OBJECT].to[e.object <= p->text[DICT_OBJECT].n ? e.object : 0]);
}

static void
take_events(struct part_reader *r, struct facts_writer *w, const struct part_numbers *p,
	    int32_t day, uint64_t n)
{
	for (uint64_t i = 0; i < n && !r->bad; i++) {
		struct packed_event e;

		if (i + AHEAD < n && r->n - r->at >= (AHEAD + 1) * sizeof(e))
			fetch_event(p, r->buffer + r->at + AHEAD * sizeof(e));
		take(r, &e, sizeof(e));
		if (!file_event(w, p, day, &e))
			r->bad = true;
	}
}

static void
take_refused(struct part_reader *r, struct facts_writer *w, const struct part_numbers *p,
	     uint64_t n)
{
	for (uint64_t i = 0; i < n && !r->bad; i++) {
		struct packed_event e;

		take(r, &e, sizeof(e));
		if (r->bad || where_file(e.where) >= p->files) {
			r->bad = true;
			return;
		}
		facts_refuse(
			w,
			(struct hash128){ .lo = (uint64_t)e.object << 32 | e.digest, .hi = e.ms },
			e.where + ((uint64_t)p->first_file << WHERE_SHIFT));
	}
}

static void
take_all(struct part_reader *r, struct facts *f)
{
	struct part_numbers p = { .first_file = facts_file_count(f) };
	struct facts_writer *w;

	p.files = take_u32(r);
	for (uint32_t i = 0; i < p.files && plausible(r, p.files - i, 64); i++)
		take_file(r, f);
	for (int d = 0; d < DICT_COUNT; d++)
		take_dict(r, f, (enum dict)d, &p.text[d]);
	find_partitions(f, &p);
	take_tuples(r, f, &p);
	w = facts_writer_new(f);
	while (!r->bad) {
		int32_t day = (int32_t)take_u32(r);
		uint64_t n = take_u64(r);

		if (n == 0)
			break;
		if ((day != REFUSED_ROW && (day < -800000 || day > 3000000)) ||
		    !plausible(r, n, sizeof(struct packed_event)))
			r->bad = true;
		if (day == REFUSED_ROW)
			take_refused(r, w, &p, n);
		else
			take_events(r, w, &p, day, n);
	}
	for (int d = 0; d < DICT_COUNT; d++)
		free(p.text[d].to);
	free(p.partition);
	free(p.filing);
}

static int
open_part(struct part_reader *r, struct str path, struct errors *err)
{
	struct arena scratch = { 0 };
	struct stat st;

	r->fd = open(arena_str(&scratch, path).p, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	arena_free(&scratch);
	if (r->fd < 0 || fstat(r->fd, &st) != 0)
		return error_add(err, "cannot read part '" STR_FMT "': %s", STR_ARG(path),
				 strerror(errno));
	if (!S_ISREG(st.st_mode) || st.st_size < 64)
		return error_add(err,
				 "'" STR_FMT
				 "' is not a part; `sekisho scan --partial FILE` writes one",
				 STR_ARG(path));
	r->left = (uint64_t)st.st_size - SHA256_SIZE;
	r->sha = beside_new();
	return 0;
}

static bool
sealed(const struct part_reader *r, const uint8_t digest[PART_DIGEST])
{
	uint8_t trailer[SHA256_SIZE];

	return !r->bad && r->at == r->n && r->left == 0 &&
	       read(r->fd, trailer, sizeof(trailer)) == (ssize_t)sizeof(trailer) &&
	       memcmp(trailer, digest, sizeof(trailer)) == 0;
}

int
part_load(struct facts *f, struct str path, const uint8_t parse_digest[PART_DIGEST],
	  uint8_t identity[PART_DIGEST], struct errors *err)
{
	struct part_reader r = { .fd = -1 };
	char magic[32] = "";
	uint8_t digest[PART_DIGEST], seal[PART_DIGEST] = { 0 };
	int rc = open_part(&r, path, err);

	if (rc == 0) {
		take(&r, magic, PART_MAGIC.n);
		take(&r, digest, sizeof(digest));
		if (memcmp(magic, PART_MAGIC.p, PART_MAGIC.n) != 0)
			rc = error_add(err,
				       "'" STR_FMT
				       "' is not a part; `sekisho scan --partial FILE` writes one",
				       STR_ARG(path));
		else if (memcmp(digest, parse_digest, sizeof(digest)) != 0)
			rc = error_add(
				err,
				"part '" STR_FMT
				"' was read under another policy (format, extract, "
				"resources or normalise differ); read its logs again with this one",
				STR_ARG(path));
	}
	if (rc == 0)
		take_all(&r, f);
	if (r.sha)
		beside_end(r.sha, seal);
	if (rc == 0) {
		memcpy(identity, seal, sizeof(seal));
		if (!sealed(&r, seal))
			rc = error_add(
				err,
				"part '" STR_FMT
				"' is damaged; its bytes do not have the digest it ends with",
				STR_ARG(path));
	}
	if (r.fd >= 0)
		close(r.fd);
	return rc;
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
