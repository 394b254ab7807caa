/*
 * world_log.c - lines to rotated files, with the faults logs have.
 * Hides the buffer, the rotation names and every fault; faults draw from their own dice, so the lines
 * themselves are the same with and without them.
 */
#include "tools/world_line.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BUF_SIZE (4u << 20)
#define PARTS 4
#define LONG_LINE 70000u
#define SHUFFLE 48
#define OVERLAP 200

struct sink {
	const struct world *w;
	int sys, fd, part;
	bool faults;
	char *buf;
	size_t n;
	int64_t part_end[PARTS];
	struct stamp stamp;
	bool utc;
	struct rng deco, dice;

	uint64_t lines, expected;
	uint64_t next_shuffle, next_bad, next_crlf, next_upper, next_repeat, long_at;
	int shuffling, crlf_left, bad_count, feed_left;
	size_t shuffle_at[SHUFFLE + 1];
	struct text other_feed;
	char path[4096];
};

static void
flush(struct sink *k)
{
	size_t at = 0;

	while (at < k->n) {
		ssize_t got = write(k->fd, k->buf + at, k->n - at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			die("cannot write", k->path);
		at += (size_t)got;
	}
	k->n = 0;
}

static const char *const part_names[2][PARTS] = {
	{ "access.log.3", "access.log.2", "access.log.1", "access.log" },
	{ "access.log.4", "access.log.2", "access.log.1", "access.log" }, /* .3 is a copy of .2 */
};

static const char *
path_set(struct sink *k, const char *name)
{
	snprintf(k->path, sizeof(k->path), "%s/logs/%s/%s", k->w->out, system_ids[k->sys], name);
	return k->path;
}

static void
create(struct sink *k, const char *name)
{
	k->fd = open(path_set(k, name), O_WRONLY | O_CREAT | O_TRUNC, 0644);
	if (k->fd < 0)
		die("cannot create", k->path);
}

/* A rotation that copied: the new file begins with the last lines of the old one. */
static void
overlap_put(struct sink *k, const char *name)
{
	const off_t most = 1 << 18; /* far more than OVERLAP lines */
	int fd = open(path_set(k, name), O_RDONLY), lines = 0;
	off_t size;
	ssize_t got;
	size_t at;

	if (fd < 0)
		die("cannot read", k->path);
	size = lseek(fd, 0, SEEK_END);
	got = size < 0 ? -1 : pread(fd, k->buf, (size_t)most, size > most ? size - most : 0);
	if (got < 0)
		die("cannot read", k->path);
	close(fd);
	at = (size_t)got;
	while (at > 0 && (k->buf[at - 1] != '\n' || lines++ < OVERLAP))
		at--;
	k->n = (size_t)got - at;
	memmove(k->buf, k->buf + at, k->n);
}

static void
delivered_twice(struct sink *k)
{
	int from = open(path_set(k, "access.log.2"), O_RDONLY);
	ssize_t got;

	if (from < 0)
		die("cannot read", k->path);
	create(k, "access.log.3");
	while ((got = read(from, k->buf, BUF_SIZE)) > 0) {
		k->n = (size_t)got;
		flush(k);
	}
	close(from);
	close(k->fd);
}

static void
shuffle_end(struct sink *k)
{
	size_t from = k->shuffle_at[0], size = k->n - from, out = 0;
	char *copy = grown(NULL, size);
	int order[SHUFFLE], n = SHUFFLE - k->shuffling;

	k->shuffle_at[n] = k->n;
	memcpy(copy, k->buf + from, size);
	for (int i = 0; i < n; i++)
		order[i] = i;
	for (int i = n; i > 1; i--) {
		int j = (int)rng_below(&k->dice, (uint32_t)i), t = order[i - 1];

		order[i - 1] = order[j];
		order[j] = t;
	}
	for (int i = 0; i < n; i++) {
		size_t a = k->shuffle_at[order[i]], len = k->shuffle_at[order[i] + 1] - a;

		memcpy(k->buf + from + out, copy + (a - from), len);
		out += len;
	}
	free(copy);
	k->shuffling = 0;
}

static void
part_end(struct sink *k)
{
	if (k->shuffling != 0)
		shuffle_end(k);
	if (k->faults && k->part == PARTS - 1 && k->sys == 0 && k->n > 1) {
		k->n--;
		k->n -= k->buf[k->n - 1] == '\r';
	}
	flush(k);
	if (k->fd != 1 && close(k->fd) != 0)
		die("cannot write", k->path);
}

static void
part_next(struct sink *k)
{
	part_end(k);
	if (k->faults && k->part == 1 && k->sys == 0)
		delivered_twice(k);
	k->part++;
	assert(k->part > 0 && k->part < PARTS);
	k->utc = false;
	k->stamp.at = -1;
	if (k->faults && k->part == PARTS - 1)
		overlap_put(k, part_names[1][PARTS - 2]);
	create(k, part_names[k->faults && k->sys == 0][k->part]);
}

static void
bad_line(struct sink *k)
{
	static const struct phrase bad[] = {
		PHRASE("!! logger: buffer lost 17 messages !!"),
		PHRASE("10.1.2.3 - pg0001 [31/Foo/2022:25:61:61 +0900] \"GET / HTTP/1.1\" 200 5 "
		       "\"-\" \"-\""),
		PHRASE("10.1.2.3 - pg0001 [04/Nov/2022:09:12:31 +0900] \"GET /consumers/03100000"),
		PHRASE("10.1.2.3 - pg0001 [04/Nov/2022:09:12:31 +0900] \"GET / HTTP/1.1\" abc 5 "
		       "\"-\" \"-\""),
		PHRASE("\x00\x01\x02\xff\xfe binary rubbish"),
		PHRASE(""),
		PHRASE("999.1.2.3 - - [04/Nov/2022:09:12:31 +0900"),
	};
	const struct phrase *b = &bad[(size_t)k->bad_count++ % (sizeof(bad) / sizeof(bad[0]))];

	k->n = (size_t)(put(k->buf + k->n, b->p, b->n) - k->buf);
	k->buf[k->n++] = '\n';
}

/* A static hit without an account: taken or refused, no rule may care. */
static void
long_line(struct sink *k)
{
	char *p = k->buf + k->n;

	p = PUT(p, "10.1.0.9 - -");
	p = put(p, k->stamp.text, k->stamp.n);
	p = PUT(p, "GET /img/icon-00.svg HTTP/1.1\" 200 99 \"-\" \"");
	memset(p, 'x', LONG_LINE);
	p = PUT(p + LONG_LINE, "\"\n");
	k->n = (size_t)(p - k->buf);
}

/* What goes wrong around a line, by counting lines. */
static void
faults_before(struct sink *k)
{
	if (k->shuffling != 0) {
		k->shuffle_at[SHUFFLE - k->shuffling] = k->n;
		return;
	}
	if (k->lines >= k->next_bad) {
		k->next_bad += k->expected / 12 + 300 + rng_below(&k->dice, 100);
		bad_line(k);
	}
	if (k->lines >= k->long_at && k->sys == 0) {
		k->long_at = UINT64_MAX;
		long_line(k);
	}
	if (k->lines >= k->next_crlf) {
		k->next_crlf += k->expected / 3 + 500;
		k->crlf_left = 60;
	}
	if (k->lines >= k->next_shuffle) {
		k->next_shuffle += k->expected / 9 + 400 + rng_below(&k->dice, 100);
		k->shuffling = SHUFFLE;
		k->shuffle_at[0] = k->n;
	}
}

static void
faults_after(struct sink *k, size_t begin, bool scripted)
{
	size_t len = k->n - begin;

	if (k->shuffling != 0) {
		if (--k->shuffling == 0)
			shuffle_end(k);
		return;
	}
	/* honest repeats: a client that tried twice within the second */
	if (k->lines >= k->next_repeat && !scripted) {
		k->next_repeat += 400 + rng_below(&k->dice, 400);
		memcpy(k->buf + k->n, k->buf + begin, len);
		k->n += len;
	}
	/* a second front end, that is a second feed: the same bytes count there again */
	if (k->feed_left > 0 && !scripted && k->sys == 0) {
		k->feed_left--;
		text_add(&k->other_feed, "%.*s", (int)len, k->buf + begin);
	}
}

void
sink_put(struct sink *k, const struct req *q, bool scripted)
{
	bool upper = false;
	size_t begin;
	char *p;

	while (k->part < PARTS - 1 && q->at >= k->part_end[k->part])
		part_next(k);
	/* room for a shuffled stretch or an over-long line is always there */
	if (k->n > BUF_SIZE - SHUFFLE * LINE_ROOM - 2 * LONG_LINE && k->shuffling == 0)
		flush(k);
	if (q->at != k->stamp.at)
		stamp_set(&k->stamp, q->at, k->utc);
	if (k->faults) {
		faults_before(k);
		if (k->lines >= k->next_upper && k->sys == 0) { /* that system folds case */
			k->next_upper += 300 + rng_below(&k->dice, 300);
			upper = true;
		}
	}
	begin = k->n;
	p = line_put(k->buf + begin, k->w, q, &k->stamp, rng_next(&k->deco), upper);
	if (k->crlf_left > 0) {
		k->crlf_left--;
		*p++ = '\r';
	}
	*p++ = '\n';
	k->n = (size_t)(p - k->buf);
	k->lines++;
	if (k->faults)
		faults_after(k, begin, scripted);
}

struct sink *
sink_open(const struct world *w, int sys)
{
	static const int percent[PARTS] = { 50, 58, 80, 100 };
	static const char *const stale[] = { "access.log.1", "access.log.2", "access.log.3",
					     "access.log.4", "access.log",   "web2-access.log" };
	struct sink *k = grown(NULL, sizeof(*k));
	int64_t begin = days_s(w->day0);

	*k = (struct sink){ .w = w, .sys = sys, .fd = 1, .stamp.at = -1 };
	k->faults = w->faults && !w->to_stdout;
	k->buf = grown(NULL, BUF_SIZE);
	k->deco.s = mix64(w->seed ^ (0xdec0u + (uint64_t)sys));
	k->dice.s = mix64(w->seed ^ (0xd1ceu + (uint64_t)sys));
	k->expected = w->lines / (uint64_t)w->systems;
	k->next_shuffle = 150;
	k->next_bad = 100 + rng_below(&k->dice, 50);
	k->next_crlf = k->expected / 4;
	k->next_upper = 20;
	k->next_repeat = 30;
	k->long_at = k->expected * 2 / 5;
	k->feed_left = 40;
	if (w->to_stdout) {
		k->part = PARTS - 1;
		return k;
	}
	for (size_t i = 0; i < sizeof(stale) / sizeof(stale[0]); i++)
		unlink(path_set(k, stale[i]));
	for (int i = 0; i < PARTS; i++)
		k->part_end[i] = begin + days_s(w->days) * percent[i] / 100;
	k->utc = sys == w->systems - 1; /* its oldest file: a server that wrote UTC */
	create(k, part_names[k->faults && sys == 0][0]);
	return k;
}

void
sink_close(struct sink *k)
{
	while (!k->w->to_stdout && k->part < PARTS - 1)
		part_next(k);
	part_end(k);
	if (k->other_feed.n != 0) {
		create(k, "web2-access.log");
		memcpy(k->buf, k->other_feed.p, k->other_feed.n);
		k->n = k->other_feed.n;
		flush(k);
		close(k->fd);
	}
	free(k->other_feed.p);
	free(k->buf);
	free(k);
}
