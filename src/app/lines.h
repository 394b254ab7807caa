/*
 * lines.h - one record of a log as the policy understands it; shared by `parse`, which prints it, ingest, which keeps
 * it, and evidence, which cites it.
 */
#ifndef SEKISHO_APP_LINES_H
#define SEKISHO_APP_LINES_H

#include "app/sources.h"
#include "format/canon.h"
#include "input/reader.h"
#include "model/logfile.h"

/* What one record may take of the room, beside twice its bytes. */
enum { RECORD_ROOM = CANON_ROOM + 64, ROOM_LEAST = 2 * LINE_MOST + RECORD_ROOM };

/* How the lines of one file, or of a range of it, are read. */
struct line_reader {
	const struct format *format;
	struct parsing parsing;
	unsigned system;
	struct canon_matcher *matcher;
	int64_t since, until;
	int64_t late;     /* lines of before this have no day to go to any more; INT64_MIN: none */
	bool fields_only; /* canon is not asked for, and could not refuse a line */
	const char *open_to; /* what lines_joined() remembers of a block; only a cache */
	struct {             /* by checksums of a packed file: up to this offset, so many lines */
		uint64_t to, lines;
	} vouched;
};

/* The input at `path` (NUL behind it), turned from the source's encoding.  NULL: told. */
struct reader *lines_open(const struct source *source, struct str path,
			  const struct reader_options *options, struct errors *err);

/* `room` of ROOM_LEAST bytes or more is the caller's. */
void lines_begin(struct line_reader *lr, const struct source *source, struct room room);
void lines_end(struct line_reader *lr);

/* A record at the front of a block: a line, or several when a quote stands open at its end. */
struct piece {
	struct str text; /* without the last newline and the CR before it */
	size_t taken;    /* bytes of the block */
	uint32_t lines;
	bool torn; /* its quote is still open where the block, or what we read of a record, ends */
};

struct piece lines_joined(struct line_reader *lr, struct str rest);

/* The bytes that follow lie somewhere else than those before. */
static inline void
lines_move(struct line_reader *lr)
{
	lr->open_to = NULL;
}

static inline struct piece
lines_first(struct str rest)
{
	const char *nl = memchr(rest.p, '\n', rest.n);
	size_t n = nl ? (size_t)(nl - rest.p) : rest.n;
	struct piece p = { .text = { .p = rest.p, .n = n }, .taken = n + (nl != NULL), .lines = 1 };

	if (n && rest.p[n - 1] == '\r')
		p.text.n--;
	return p;
}

static inline struct piece
lines_record(struct line_reader *lr, struct str rest)
{
	return LIKELY(!lr->format->open) ? lines_first(rest) : lines_joined(lr, rest);
}

/* Before the lines of a block are counted, of which there were `lines` up to here. */
void lines_vouch(struct line_reader *lr, const struct reader *reader, const struct block *b,
		 uint64_t lines);

/* After the end, of `lines` lines: how many stand in a member that nothing vouches for. */
uint64_t lines_unverified(const struct line_reader *lr, struct reader *reader, uint64_t lines);

extern const struct refusal lines_torn, lines_too_long;

/* Is there room for another record as long as this? */
static inline bool
lines_fit(const struct line_reader *lr, size_t n)
{
	return lr->parsing.room.size - lr->parsing.room.used >= 2 * n + RECORD_ROOM;
}

/* The bucket a record's first line falls in; BUCKET_ACCEPTED fills record and canon, BUCKET_REFUSED `why`. */
enum bucket line_read(struct line_reader *lr, struct str line, struct record *record,
		      struct canon *canon, struct refusal *why);

#endif
