/*
 * sink.h - one system's log: lines to rotated files (or to standard output), with the faults logs have.
 *
 *     req -> line -> buffer --[part ends]--> file      log_files.c: names, rotation, gzip, the copy delivered twice
 *                      \--- faults around it           log_faults.c: by counting lines, with dice of their own
 */
#ifndef SEKISHO_DEMO_SINK_H
#define SEKISHO_DEMO_SINK_H

#include "demo/faults.h"
#include "demo/line.h"

enum { PARTS = 4, SHUFFLE = 48, OVERLAP = 200, LONG_LINE = 70000, SINK_ROOM = 1 << 20 };

/* What a reader must make of a line that was written. */
enum line_kind { LINE_GOOD, LINE_REFUSED, LINE_BLANK, LINE_KINDS };

struct tally {
	uint64_t kind[LINE_KINDS], header, duplicate;
};

struct sink {
	struct world *w;
	int sys, part;
	bool faults, streaming;
	const struct line_format *format;
	struct out file;
	struct gz *gz; /* NULL: plain */
	struct str path;

	char *buf;
	size_t n;
	uint8_t kinds[256]; /* of the last lines, a ring by `written` */
	uint64_t written;   /* lines of this part, without its head */
	struct tally part_tally, total;

	int64_t part_end[PARTS];
	struct stamp stamp;
	struct rng deco, dice;

	uint64_t lines, expected, missing;
	uint64_t next_shuffle, next_bad, next_crlf, next_odd_name, next_repeat, long_at;
	int64_t skew_from, skew_to, renamed_from;
	int shuffling, crlf_left, bad_count, feed_left;
	size_t shuffle_at[SHUFFLE + 1];
	struct out other_feed;
};

struct sink *sink_open(struct world *w, int sys);
void sink_put(struct sink *k, const struct req *asked, bool scripted);
bool sink_broken(const struct sink *k); /* nobody reads any more, or the disk is full */
void sink_close(struct sink *k);

/* log_files.c */
void part_begin(struct sink *k, const char *name);
void part_flush(struct sink *k);
void part_finish(struct sink *k);
void part_line(struct sink *k, enum line_kind kind); /* counts what was just put at buf[n) */
void parts_open(struct sink *k);
void parts_turn(struct sink *k, int64_t at); /* rotates when it is time */
void parts_close(struct sink *k);

/* log_faults.c */
void faults_open(struct sink *k);
void faults_before(struct sink *k);
void faults_after(struct sink *k, size_t begin, bool scripted);
void faults_settle(struct sink *k); /* no stretch stays out of order over the end of a part */
void fault_tell(struct sink *k, const char *name, uint64_t lines);

#endif
