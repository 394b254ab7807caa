/*
 * format.h - the socket of log formats: one record in, its raw fields out.
 *
 *     spec --compile (once a system)--> plan          parse(parsing, line) --> EVENT, HEADER, NOTHING or REFUSED
 *
 * A format is a pure function of the line, its plan and, for formats with header rows, of the lines before it in the
 * file: no allocation, no I/O, no globals; it reads exactly line.p[0..n).  What it lends lies inside the line or in
 * the caller's room, and dies with the batch.  A bad line is data, never an error.
 */
#ifndef SEKISHO_MODEL_FORMAT_H
#define SEKISHO_MODEL_FORMAT_H

#include "base/error.h"
#include "base/when.h"

enum parsed {
	PARSED_EVENT,
	PARSED_NOTHING, /* blank, or a comment */
	PARSED_HEADER,  /* says what the columns are */
	PARSED_REFUSED
};

/* What a line of an access log holds, by the usual names; what only this system's log holds is extra[]. */
enum raw {
	RAW_ADDRESS,
	RAW_ACCOUNT,
	RAW_METHOD,
	RAW_TARGET,
	RAW_AGENT,
	RAW_FORWARDED, /* X-Forwarded-For: addresses, nearest last */
	RAW_TIME,      /* given to `ts` too */
	RAW_STATUS,    /* given to `status` too */
	RAW_IDENT,
	RAW_PROTOCOL,
	RAW_HOST,
	RAW_BYTES,
	RAW_REFERER,
	RAW_DURATION,
	RAW_COUNT
};

extern const char *const raw_names[RAW_COUNT];

/* extra[]: as many fields of its own as a policy may ask a source for. */
enum { EXTRA_MOST = 16 };

struct record {
	int64_t ts;     /* ms UTC */
	int32_t again;  /* the hour that comes twice: ms to the second time it can be; else 0 */
	int16_t status; /* 100..999; 0: the source has none */
	bool escaped; /* text is as the server wrote it, \xHH and \" not undone; else it is bytes */
	struct str
		who; /* one stretch of the line that holds address and account and nothing that changes; or empty */
	struct str text[RAW_COUNT]; /* empty: absent */
	struct str extra[EXTRA_MOST];
};

struct refusal {
	const char *
		expected; /* "a time like [04/Jul/2022:09:12:31 +0900]"; a constant, or the plan's */
	uint32_t byte;    /* of the record, from 0 */
};

/* Where a format puts what it must write anew (escapes undone); the caller leaves at least 2 x line.n + 64 bytes. */
struct room {
	char *p;
	size_t size, used;
};

/* What one going through one file knows.  Zeroed, but for plan, room and state. */
struct parsing {
	const void *plan;
	struct clock_cache clock; /* only a cache */
	struct room room;
	void *state; /* state_size bytes, zero at the beginning of the file */
	/* Counted by the format, over all lines: */
	uint64_t hex; /* \xHH in JSON strings that were let pass */
	uint64_t
		undecided; /* lines refused because a limit was hit, which might have been events */
};

struct format;

/* What the policy says of a source.  Lasts as long as the plan. */
struct format_spec {
	struct str argument;         /* what stands behind `name:` */
	struct str field[RAW_COUNT]; /* the source's own name of a field; empty: the usual ones */
	const struct str *extra;     /* its names for extra[] */
	size_t extra_count;
	struct str time; /* how times are written; empty: as the format's are, or by their shape */
	const struct zone *zone; /* of times without an offset; NULL: each must carry its own */
	int match_limit;         /* steps a pattern may take for each byte of a line; 0: as usual */
	int year;                /* of times without a year; 0: each must carry its own */
	const struct format *inner; /* of a format that only unwraps another, with its plan */
	const void *inner_plan;
	struct place at;
};

/* A line and what it says, both for readers and for tests. */
struct format_sample {
	const char *spec; /* what is written behind `format:` */
	const char *line;
	const char *want; /* "ts=1656893551000 address=10.1.2.3 account=pg0001 method=GET ..." */
};

struct format {
	const char *name, *summary;
	const char *argument; /* what must stand behind `name:`, in words; NULL: nothing may */
	bool unwraps;         /* the argument is another format */
	bool whole; /* a line depends on those before it: a file is read from its beginning */
	bool names_fields; /* `field:NAME` and `fields:` can be asked for */
	size_t state_size;

	/* NULL: nothing to prepare.  -1 with the mistakes told. */
	int (*compile)(const struct format_spec *spec, struct arena *arena, const void **plan,
		       struct errors *err);
	enum parsed (*parse)(struct parsing *r, struct str line, struct record *out,
			     struct refusal *why);
	/*
	 * NULL: a record is a line.  Else: does a quote stand open at the end of these lines, when it stood so (or
	 * not) at their beginning?  A record with an open quote goes on in the next line.
	 */
	bool (*open)(const struct parsing *r, struct str line, bool open);
	/* Around the going through one file: memory that parse needs and may not ask for.  NULL: nothing. */
	void (*begin)(struct parsing *r);
	void (*end)(struct parsing *r);
	const struct format_sample *sample; /* ends with a NULL line */
};

/* Who goes through a file begins and ends with these. */
static inline void
parsing_begin(struct parsing *r, const struct format *f, const void *plan, struct room room)
{
	*r = (struct parsing){ .plan = plan, .room = room };
	if (f->state_size)
		r->state = xalloc(1, f->state_size);
	if (f->begin)
		f->begin(r);
}

static inline void
parsing_end(struct parsing *r, const struct format *f)
{
	if (f->end)
		f->end(r);
	free(r->state);
	r->state = NULL;
}

static inline enum parsed
format_refuse(struct str line, const char *at, const char *expected, struct refusal *why)
{
	why->expected = expected;
	why->byte = (uint32_t)(at - line.p);
	return PARSED_REFUSED;
}

/* The status in three digits; -1: no such number. */
static inline int
format_status(struct str s)
{
	if (s.n != 3 || s.p[0] < '1' || s.p[0] > '9' || s.p[1] < '0' || s.p[1] > '9' ||
	    s.p[2] < '0' || s.p[2] > '9')
		return -1;
	return (s.p[0] - '0') * 100 + (s.p[1] - '0') * 10 + (s.p[2] - '0');
}

/* 0 where the source has none: nothing, a dash, or the 0 and 000 of a request that was broken off.  False: no status. */
static inline bool
format_status_of(struct str s, int16_t *out)
{
	int status = format_status(s);

	if (UNLIKELY(status < 0) &&
	    (s.n == 0 || str_is(s, "-") || str_is(s, "0") || str_is(s, "000")))
		status = 0;
	*out = (int16_t)status;
	return status >= 0;
}

/* n bytes of the room, taken. */
static inline char *
room_take(struct room *room, size_t n)
{
	char *p = room->p + room->used;

	room->used += n;
	return p;
}

#endif
