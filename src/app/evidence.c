/*
 * evidence.c - sorted by file and offset, so every cited file is opened once and counted through once.
 */
#include "app/evidence.h"

#include "app/lines.h"
#include "base/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { RAW_MOST = 4096, READ_MOST = LINE_MOST + 2, COUNT_BUFFER = 256 * 1024 };

static int
where_order(const void *a, const void *b)
{
	const struct evidence *x = *(struct evidence *const *)a, *y = *(struct evidence *const *)b;

	return (x->fact.where > y->fact.where) - (x->fact.where < y->fact.where);
}

static size_t
read_at(int fd, char *p, size_t n, uint64_t offset)
{
	size_t got = 0;

	while (got < n) {
		ssize_t k = pread(fd, p + got, n - got, (off_t)(offset + got));

		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			break;
		got += (size_t)k;
	}
	return got;
}

/* Lines that begin in [from, to). */
static uint64_t
newlines(int fd, uint64_t from, uint64_t to, char *buffer)
{
	uint64_t n = 0;

	while (from < to) {
		size_t want = to - from < COUNT_BUFFER ? (size_t)(to - from) : COUNT_BUFFER;
		size_t got = read_at(fd, buffer, want, from);

		for (const char *p = buffer;
		     (p = memchr(p, '\n', (size_t)(buffer + got - p))) != NULL; p++)
			n++;
		if (got < want)
			break;
		from += got;
	}
	return n;
}

struct fetch {
	const struct hash_key *key;
	const struct source *source;
	struct arena *arena;
	char *buffer;
	int fd;
	uint64_t at, line; /* counted so far: `line` lines begin before `at` */
};

static uint64_t
line_number(struct fetch *f, const struct logfile *file, uint64_t offset)
{
	size_t lo = 0, hi = file->mark.n;

	while (lo < hi) { /* the last mark not behind offset */
		size_t mid = (lo + hi) / 2;

		if (file->mark.at[mid].offset <= offset)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == 0)
		return 0;
	if (f->at < file->mark.at[lo - 1].offset) {
		f->at = file->mark.at[lo - 1].offset;
		f->line = file->mark.at[lo - 1].line;
	}
	f->line += newlines(f->fd, f->at, offset, f->buffer);
	f->at = offset;
	return f->line + 1;
}

static void
fetch_line(struct fetch *f, const struct logfile *file, struct evidence *e)
{
	uint64_t offset = where_offset(e->fact.where);
	struct str bytes = { .p = f->buffer, .n = read_at(f->fd, f->buffer, READ_MOST, offset) };
	struct line_reader lr;
	struct str line;

	lines_begin(&lr, &f->source[file->system], (struct room){ 0 });
	line = lines_record(&lr, bytes).text;
	lines_end(&lr);
	if ((uint32_t)hash128(f->key, line).lo != e->fact.digest)
		return;
	e->raw = arena_str(f->arena, str_head(line, RAW_MOST));
	e->fetched = true;
	e->line = line_number(f, file, offset);
}

void
evidence_fetch(struct verdicts *v, const struct fact_source *facts, const struct policy *policy,
	       const struct source *sources)
{
	VEC(struct evidence *) all = { 0 };
	struct hash_key key;
	struct fetch f = { .key = &key, .source = sources, .arena = &v->arena, .fd = -1 };
	uint32_t open_file = UINT32_MAX;

	hash_key_from(&key, (struct str){ .p = (const char *)policy->parse_digest, .n = 32 });
	for (size_t i = 0; i < v->finding.n; i++) {
		for (size_t k = 0; k < v->finding.at[i]->sample_count; k++)
			*VEC_PUSH(&all) = &v->finding.at[i]->sample[k];
	}
	if (all.n)
		qsort(all.at, all.n, sizeof(*all.at), where_order);
	f.buffer = xalloc(COUNT_BUFFER, 1);
	for (size_t i = 0; i < all.n; i++) {
		uint32_t number = where_file(all.at[i]->fact.where);
		const struct logfile *file = facts->file(facts->facts, number);

		if (number != open_file) {
			if (f.fd >= 0)
				close(f.fd);
			f.fd = open(file->path.p, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
			f.at = f.line = 0;
			open_file = number;
		}
		if (f.fd >= 0)
			fetch_line(&f, file, all.at[i]);
	}
	if (f.fd >= 0)
		close(f.fd);
	free(f.buffer);
	VEC_FREE(&all);
}
