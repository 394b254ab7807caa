/*
 * shelf.h - the events of a part, left in its file and read bucket by bucket in our numbers.
 *
 * A shelf is read by all threads and changes nothing.  Its buckets were checked when the part was loaded; what no part may
 * say is looked for again whenever a bucket is read, because a file may change under us.
 */
#ifndef SEKISHO_FACTS_SHELF_H
#define SEKISHO_FACTS_SHELF_H

#include "facts/facts.h"
#include "facts/part_layout.h"

/* Refused lines have no day: they lie in a row of their own, which no cursor reads. */
enum { REFUSED_ROW = INT32_MIN };

/* Part number -> our number, [0] = 0. */
struct translation {
	uint32_t *to;
	uint32_t n;
};

/* What an event of a part's tuple becomes, and where it is filed. */
struct filing {
	uint32_t tuple; /* 0: there is none of that number */
	uint8_t partition;
};

struct shelf {
	int fd;
	struct str path;
	struct filing *filing;
	uint32_t tuples;
	struct translation object;
	uint32_t first_file, files; /* of the part, in our numbers */
	uint64_t events;            /* offset of the section */
	struct part_bucket *bucket; /* sorted by column, then day */
	size_t buckets;
	struct part_heard *heard; /* sorted by day, then system */
	size_t heards;
};

void shelf_close(struct shelf *s);

/* Days before this are not there any more. */
void shelf_begin(struct shelf *s, int32_t day);

/* Days of its events ascending, each once, into `out` (`heards` of room at most); how many. */
size_t shelf_days(const struct shelf *s, int32_t *out);
uint64_t shelf_count(const struct shelf *s, int32_t row, unsigned column);
uint64_t shelf_events(const struct shelf *s);
bool shelf_heard(const struct shelf *s, uint16_t system, int32_t day);
/* Widens the span to all that was heard. */
void shelf_span(const struct shelf *s, int64_t *first_ts, int64_t *last_ts);

/* A bucket, shelf_count() events.  False: it cannot be read, or says what no part can. */
bool shelf_read(const struct shelf *s, int32_t row, unsigned column, struct packed_event *out);

/* A bucket's events as they lie, to our numbers.  False: they say what no part can. */
bool shelf_translate(const struct shelf *s, const struct part_bucket *b, struct packed_event *e);

#endif
