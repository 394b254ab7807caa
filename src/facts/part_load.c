/*
 * part_load.c - a part into the facts; see part.h.  Whoever wrote the file may be hostile: every number is checked
 * before it is used, and nothing is allocated by a count that the bytes that follow have not paid for.
 */
#include "facts/facts_own.h"
#include "facts/part.h"
#include "facts/part_layout.h"

#include "base/civil.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER = 1 << 20, TEXT_MOST = 1 << 20, EVENTS_AT_ONCE = 4096 };

struct part_reader {
	int fd;
	char *buffer;
	size_t at, n;
	uint64_t left; /* bytes of the file not yet in the buffer, without the trailer */
	struct sha256 sha;
	bool bad;
	char *text; /* the dictionary text at hand */
	size_t text_room;
};

static void
take(struct part_reader *r, void *out, size_t n)
{
	char *p = out;

	if (n == 0)
		return;
	if (LIKELY(n <= r->n - r->at)) {
		memcpy(p, r->buffer + r->at, n);
		r->at += n;
		return;
	}
	while (n && !r->bad) {
		size_t k;

		if (r->at == r->n) {
			ssize_t got = read(r->fd, r->buffer, r->left < BUFFER ? r->left : BUFFER);

			if (got < 0 && errno == EINTR)
				continue;
			if (got <= 0) {
				r->bad = true;
				break;
			}
			r->n = (size_t)got;
			r->at = 0;
			r->left -= (size_t)got;
			sha256_add(&r->sha, r->buffer, r->n);
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

/* A text that lives until the next one is taken: dictionaries keep their own copy. */
static struct str
borrow_text(struct part_reader *r)
{
	uint32_t n = take_u32(r);

	if (n > TEXT_MOST || !plausible(r, n, 1)) {
		r->bad = true;
		return (struct str){ 0 };
	}
	if (n > r->text_room) {
		r->text_room = n;
		r->text = xrealloc(r->text, n, 1);
	}
	take(r, r->text, n);
	return (struct str){ .p = r->text, .n = n };
}

static void
take_dict(struct part_reader *r, struct dictionary *d, struct translation *t)
{
	uint32_t n = take_u32(r);

	if (!plausible(r, n, sizeof(uint32_t)))
		n = 0;
	t->n = n;
	t->to = xalloc(n + 1UL, sizeof(*t->to));
	for (uint32_t i = 1; i <= n && !r->bad; i++) {
		struct str s = borrow_text(r);

		if (s.n == 0)
			r->bad = true;
		else
			t->to[i] = dict_number(d, s);
	}
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

/* What a translated tuple needs to be filed: its partition and system. */
struct filing {
	uint8_t partition;
	uint16_t system;
};

struct part_numbers {
	struct translation text[DICT_COUNT], tuple;
	struct filing *filing;
	uint32_t first_file, files;
	size_t systems;
};

static void
take_tuples(struct part_reader *r, struct facts *f, struct part_numbers *p)
{
	uint32_t n = take_u32(r);

	if (!plausible(r, n, sizeof(uint32_t) + sizeof(struct tuple)))
		n = 0;
	p->tuple.n = n;
	p->tuple.to = xalloc(n + 1UL, sizeof(*p->tuple.to));
	p->filing = xalloc(n + 1UL, sizeof(*p->filing));
	for (uint32_t i = 1; i <= n && !r->bad; i++) {
		struct tuple t;

		if (take_u32(r) != sizeof(t)) {
			r->bad = true;
			break;
		}
		take(r, &t, sizeof(t));
		for (int d = 0; d < DICT_OBJECT; d++)
			t.text[d] = translate(r, &p->text[d], t.text[d]);
		r->bad |= t.act >= ACT_COUNT || t.ok > 1 || t.masked > MASKED_YES || t.spare ||
			  t.reason >= REASON_COUNT || t.system >= f->options.systems;
		if (r->bad)
			break;
		p->tuple.to[i] = facts_tuple(f, &t);
		p->filing[i] = (struct filing){
			.partition = (uint8_t)facts_partition(f, t.text[DICT_ACCOUNT]),
			.system = t.system,
		};
	}
}

static void
take_events(struct part_reader *r, struct facts_writer *w, const struct part_numbers *p,
	    int32_t day, uint64_t n)
{
	for (uint64_t i = 0; i < n && !r->bad; i++) {
		struct packed_event e;
		uint32_t tuple;

		take(r, &e, sizeof(e));
		tuple = e.tuple;
		r->bad |= tuple == 0 || e.ms >= DAY_MS || where_file(e.where) >= p->files;
		e.tuple = translate(r, &p->tuple, tuple);
		e.object = translate(r, &p->text[DICT_OBJECT], e.object);
		e.where += (uint64_t)p->first_file << WHERE_SHIFT;
		if (!r->bad)
			facts_add(w, day, p->filing[tuple].partition, p->filing[tuple].system, &e);
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
		take_dict(r, f->dict[d], &p.text[d]);
	take_tuples(r, f, &p);
	w = facts_writer_new(f);
	while (!r->bad) {
		int32_t day = (int32_t)take_u32(r);
		uint64_t n = take_u64(r);

		if (n == 0)
			break;
		if (day < -800000 || day > 3000000 || !plausible(r, n, sizeof(struct packed_event)))
			r->bad = true;
		take_events(r, w, &p, day, n);
	}
	for (int d = 0; d < DICT_COUNT; d++)
		free(p.text[d].to);
	free(p.tuple.to);
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
	r->buffer = xalloc(BUFFER, 1);
	sha256_init(&r->sha);
	return 0;
}

static bool
sealed(struct part_reader *r, uint8_t digest[PART_DIGEST])
{
	uint8_t trailer[SHA256_SIZE];

	sha256_end(&r->sha, digest);
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
	uint8_t digest[PART_DIGEST];
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
	if (rc == 0) {
		take_all(&r, f);
		if (!sealed(&r, identity))
			rc = error_add(
				err,
				"part '" STR_FMT
				"' is damaged; its bytes do not have the digest it ends with",
				STR_ARG(path));
	}
	if (r.fd >= 0)
		close(r.fd);
	free(r.buffer);
	free(r.text);
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
