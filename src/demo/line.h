/*
 * line.h - one request to one line, in the format of its system.  The room for a line is the caller's: LINE_ROOM is
 * enough.  A format is one file and one line in line_formats.def.
 */
#ifndef SEKISHO_DEMO_LINE_H
#define SEKISHO_DEMO_LINE_H

#include "demo/world.h"

enum { LINE_ROOM = 1024 };

struct phrase {
	const char *p;
	size_t n;
};
#define PHRASE(s)                                                                                  \
	{                                                                                          \
		s, sizeof(s) - 1                                                                   \
	}
#define PUT(p, literal) put((p), "" literal, sizeof(literal) - 1)

static inline char *
put(char *p, const char *s, size_t n)
{
	memcpy(p, s, n);
	return p + n;
}

/* Copies 32 bytes where fewer count: both sides have the room, and a call with a length costs more. */
static inline char *
put_short(char *p, const char *s, size_t n)
{
	memcpy(p, s, 32);
	return p + n;
}

/* The time as the format writes it, made once a second. */
struct stamp {
	char text[48];
	size_t n;
	int64_t at;
	bool utc;
};

/* What is to be printed, and how this line deviates. */
struct line_in {
	const struct world *w;
	const struct req *q;
	const struct stamp *stamp;
	uint64_t deco; /* dice for what no rule looks at */
	bool upper, wide, renamed;
};

struct line_format {
	const char *name, *file; /* file: what the newest log is called */
	const char *head;        /* lines a file begins with */
	unsigned head_lines;
	const char *policy; /* what the policy says of the format, behind `format: NAME` */
	void (*stamp)(struct stamp *st);
	char *(*line)(char *p, const struct line_in *in); /* without the line end */
};

/* What the policy takes from a request's target, where the format logs it whole. */
#define EXTRACT_FROM_TARGET                                                                        \
	"    extract: {object: 'path:/consumers/{object}/{class}', terminal: 'query:t', "          \
	"masked: 'query:m'}\n"

/* line.c: what formats share */
char *put_ip(char *p, const struct net *n, uint64_t host);
char *put_account(char *p, const struct line_in *in, char nobody);
char *put_consumer(char *p, const struct line_in *in);
char *put_target(char *p, const struct line_in *in); /* path, then the query with its '?' */
char *put_date(char *p, int64_t at, char sep);       /* 2022-11-01 */
char *put_clock(char *p, int64_t at);                /* 00:00:00 */
const struct phrase *agent_of(const struct line_in *in);
uint32_t bytes_of(const struct line_in *in);
const char *method_of(const struct req *q);
void stamp_clf(struct stamp *st); /* [01/Nov/2022:00:00:00 +0900] */

const struct line_format *line_format_named(const char *name);

#endif
