/*
 * log_files.c - the files of one system's log: rotation, overlap, the copy delivered twice, gzip.
 * Hides their names; the tail that an overlap repeats never leaves the buffer before its part ends.
 */
#include "demo/sink.h"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

enum { TAIL_ROOM = 1 << 17, GZ_ROOM = 1 << 16 };

struct gz {
	z_stream z;
	unsigned char out[GZ_ROOM];
};

/* One write at a time, as it is deterministic: no name, no time in the header. */
static void
gz_put(struct sink *k, const char *p, size_t n, int flush)
{
	z_stream *z = &k->gz->z;
	union {
		const char *in;
		Bytef *out;
	} borrowed = { .in = p }; /* zlib reads it only */
	int rc;

	z->next_in = borrowed.out;
	z->avail_in = (uInt)n;
	do {
		z->next_out = k->gz->out;
		z->avail_out = GZ_ROOM;
		rc = deflate(z, flush);
		out_bytes(&k->file, (struct str){ .p = (const char *)k->gz->out,
						  .n = GZ_ROOM - z->avail_out });
	} while (z->avail_out == 0 || (flush == Z_FINISH && rc == Z_OK));
}

static void
write_bytes(struct sink *k, const char *p, size_t n)
{
	if (k->gz != NULL)
		gz_put(k, p, n, Z_NO_FLUSH);
	else
		out_bytes(&k->file, (struct str){ .p = p, .n = n });
}

/* Writes most of the buffer; the tail stays for an overlap. */
void
part_flush(struct sink *k)
{
	size_t n = k->streaming || k->n < TAIL_ROOM ? k->n : k->n - TAIL_ROOM;

	if (!k->streaming && k->n < TAIL_ROOM)
		return;
	write_bytes(k, k->buf, n);
	memmove(k->buf, k->buf + n, k->n - n);
	k->n -= n;
}

void
part_line(struct sink *k, enum line_kind kind)
{
	k->kinds[k->written++ & 255] = (uint8_t)kind;
	k->part_tally.kind[kind]++;
}

void
part_begin(struct sink *k, const char *name)
{
	size_t head = strlen(k->format->head);
	bool packed = str_ends(str_of(name), STR(".gz"));

	k->path = arena_printf(&k->w->arena, STR_FMT "/logs/%s/%s", STR_ARG(k->w->o->out),
			       system_rows[k->sys].id, name);
	if (out_open(&k->file, k->path, k->w->err) != 0) {
		k->w->failed = true;
		out_memory(&k->file);
	}
	if (packed) {
		k->gz = xalloc(1, sizeof(*k->gz));
		if (deflateInit2(&k->gz->z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
			BUG("deflateInit2");
	}
	k->part_tally = (struct tally){ .header = k->format->head_lines };
	k->written = 0;
	memmove(k->buf + head, k->buf, k->n); /* what an overlap left there */
	memcpy(k->buf, k->format->head, head);
	k->n += head;
	if (k->faults && k->sys == 0 && k->part == 0 && faulty(k->w, FAULT_BOM)) {
		memmove(k->buf + 3, k->buf, k->n);
		memcpy(k->buf, "\xef\xbb\xbf", 3);
		k->n += 3;
		fault_tell(k, "bom", 1);
	}
}

static void
tally_add(struct tally *to, const struct tally *from)
{
	for (int i = 0; i < LINE_KINDS; i++)
		to->kind[i] += from->kind[i];
	to->header += from->header;
	to->duplicate += from->duplicate;
}

void
part_finish(struct sink *k)
{
	write_bytes(k, k->buf, k->n);
	k->n = 0;
	if (k->gz != NULL) {
		gz_put(k, "", 0, Z_FINISH);
		deflateEnd(&k->gz->z);
		free(k->gz);
		k->gz = NULL;
	}
	tally_add(&k->total, &k->part_tally);
	if (k->file.memory)
		out_discard(&k->file);
	else if (out_close(&k->file, k->w->err) != 0)
		k->w->failed = true;
}

/* The last lines of the part that ends, moved to the front of the buffer; how many of each kind in `t`. */
static size_t
tail_of(const struct sink *k, struct tally *t)
{
	size_t at = k->n;
	uint64_t most = k->written < OVERLAP ? k->written : OVERLAP;

	*t = (struct tally){ 0 };
	for (uint64_t i = 0; i < most; i++) {
		size_t begin = at;

		if (begin > 0)
			begin--; /* its own line end */
		while (begin > 0 && k->buf[begin - 1] != '\n')
			begin--;
		if (begin == 0)
			break; /* the rest has left the buffer */
		at = begin;
		t->kind[k->kinds[(k->written - 1 - i) & 255]]++;
	}
	return at;
}

static void
delivered_twice(struct sink *k, const char *name)
{
	struct arena scratch = { 0 };
	struct str from = arena_str(&scratch, k->path);
	struct tally copy = k->part_tally;
	char *buf = xalloc(1, GZ_ROOM);
	int fd = open(from.p, O_RDONLY | O_CLOEXEC);
	ssize_t got;

	part_begin(k, name);
	k->n = 0; /* the head comes with the copy */
	while (fd >= 0 && (got = read(fd, buf, GZ_ROOM)) > 0)
		out_bytes(&k->file, (struct str){ .p = buf, .n = (size_t)got });
	if (fd >= 0)
		close(fd);
	copy.duplicate = copy.kind[LINE_GOOD];
	copy.kind[LINE_GOOD] = 0;
	k->part_tally = copy;
	fault_tell(k, "doubled", copy.duplicate + copy.kind[LINE_REFUSED] + copy.kind[LINE_BLANK]);
	part_finish(k);
	free(buf);
	arena_free(&scratch);
}

/* "access.log", ".1", ".2", ... the oldest has the greatest; where .3 is a copy of .2, the oldest is .4. */
static const char *
part_name(struct sink *k, int number)
{
	bool packed = number >= 3 && !k->w->o->combined && k->sys == 0;

	if (number == 0)
		return k->format->file;
	return arena_printf(&k->w->arena, "%s.%d%s", k->format->file, number, packed ? ".gz" : "")
		.p;
}

static bool
doubled(const struct sink *k)
{
	return k->faults && k->sys == 0 && faulty(k->w, FAULT_DOUBLED);
}

static int
number_of_part(const struct sink *k)
{
	int number = PARTS - 1 - k->part;

	return doubled(k) && k->part == 0 ? number + 1 : number;
}

static void
part_next(struct sink *k)
{
	bool overlap = k->faults && faulty(k->w, FAULT_OVERLAP) && k->part == PARTS - 2;
	struct tally t = { 0 };
	char *tail = NULL;
	size_t size = 0;

	faults_settle(k);
	if (overlap) {
		size_t at = tail_of(k, &t);

		size = k->n - at;
		tail = xalloc(1, size + 1);
		memcpy(tail, k->buf + at, size);
	}
	part_finish(k);
	if (doubled(k) && k->part == 1)
		delivered_twice(k, arena_printf(&k->w->arena, "%s.3", k->format->file).p);
	k->part++;
	k->stamp.utc = false;
	k->stamp.at = -1;
	if (overlap) {
		memcpy(k->buf, tail, size);
		k->n = size;
	}
	part_begin(k, part_name(k, number_of_part(k)));
	free(tail);
	t.duplicate = t.kind[LINE_GOOD];
	t.kind[LINE_GOOD] = 0;
	t.header = 0;
	tally_add(&k->part_tally, &t);
	if (overlap)
		fault_tell(k, "overlap", t.duplicate + t.kind[LINE_REFUSED] + t.kind[LINE_BLANK]);
}

void
parts_turn(struct sink *k, int64_t at)
{
	while (k->part < PARTS - 1 && at >= k->part_end[k->part])
		part_next(k);
}

void
parts_open(struct sink *k)
{
	static const int percent[PARTS] = { 50, 58, 80, 100 };

	if (k->streaming) {
		k->part = PARTS - 1;
		out_stream(&k->file, STDOUT_FILENO, STR("standard output"));
		(void)fcntl(STDOUT_FILENO, F_SETPIPE_SZ,
			    SINK_ROOM); /* if it is a pipe: fewer turns */
		return;
	}
	for (int i = 0; i < PARTS; i++)
		k->part_end[i] = days_s(k->w->day0) + days_s(k->w->days) * percent[i] / 100;
	part_begin(k, part_name(k, number_of_part(k)));
}

void
parts_close(struct sink *k)
{
	while (k->part < PARTS - 1)
		part_next(k);
	faults_settle(k);
	if (k->faults && k->sys == 0 && k->n > 1 && faulty(k->w, FAULT_UNENDED)) {
		k->n--;
		k->n -= k->buf[k->n - 1] == '\r';
		fault_tell(k, "unended", 1);
	}
	part_finish(k);
	if (k->other_feed.n == 0)
		return;
	part_begin(k, "web2-access.log");
	k->n = 0;
	out_bytes(&k->file, out_taken(&k->other_feed));
	for (size_t i = 0; i < k->other_feed.n; i++)
		k->part_tally.kind[LINE_GOOD] += k->other_feed.buffer[i] == '\n';
	fault_tell(k, "second-feed", k->part_tally.kind[LINE_GOOD]);
	part_finish(k);
}
