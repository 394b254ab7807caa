/*
 * layout.h - lines as a server's own format string describes them: a list of steps, and one runner for all of them.
 *
 *     draft: literal, field, literal, field ...  --layout_compile()-->  plan  --layout_parse()-->  record
 *
 * What lies between two bare quotes is a stretch.  Servers write a quote in a value as \" or \x22, so stretches are
 * found without knowing what they hold; inside one, fields are cut where only one cut is possible (layout_cut.c).
 */
#ifndef SEKISHO_FORMAT_LAYOUT_H
#define SEKISHO_FORMAT_LAYOUT_H

#include "model/format.h"

/* What the server does to values. */
enum layout_escape {
	LAYOUT_BACKSLASH, /* \xHH, \" and friends; a value that is absent is "-" */
	LAYOUT_JSON,      /* \" and \uHHHH; absent is empty */
	LAYOUT_NONE       /* nothing: quotes are bytes like others */
};

/* Which bytes a value can hold, outside what its server escapes. */
enum layout_class {
	CLASS_FREE,
	CLASS_WORD, /* no blank and no quote */
	CLASS_TOKEN, /* nor brackets, braces, '|', ',' and ';': addresses, names of the server's own */
	CLASS_NAME,   /* nor a colon, unless in [...]: a server's name */
	CLASS_NUMBER, /* digits, '.' and '-' */
	CLASS_LIST,   /* words with ", " or " : " between them */
	CLASS_TIME    /* what its pattern says */
};

/* What a field is, beside enum raw. */
enum { LAYOUT_NOTHING = -1, LAYOUT_REQUEST = RAW_COUNT };

/* `how` of a target with arguments behind it that are "-" when there are none. */
#define LAYOUT_ARGS "args"

/* A variable or directive and what it is; of several that are the same, the one of the lowest rank counts. */
struct layout_known {
	const char *name;
	enum layout_class class;
	int8_t raw;
	uint8_t rank;
	const char *how; /* of a time: as in when.h */
};

enum { LAYOUT_MOST = 64 };

struct layout_draft {
	struct arena *arena;
	size_t count;
	struct {
		VEC(char) literal; /* before it */
		struct str name;   /* as written */
		struct layout_known known;
		size_t at;        /* of its first character, from 1 */
	} field[LAYOUT_MOST + 1]; /* the last holds the literal at the end */
};

void layout_literal(struct layout_draft *d, char c);
/* false: too many. */
bool layout_field(struct layout_draft *d, struct str name, const struct layout_known *known,
		  size_t at);
void layout_draft_free(struct layout_draft *d);

struct layout_how {
	enum layout_escape escape;
	bool empty_user;   /* an account of no bytes is written as two quotes: Apache */
	bool percent_user; /* accounts are URL-encoded: Squid */
	bool whole_url;   /* targets are URLs: their path is the target, their authority the host */
	bool padded;      /* a blank may be several */
	const char *what; /* "a log_format" */
};

struct layout;

/* -1 with every mistake told. */
int layout_compile(const struct layout_draft *d, const struct layout_how *how,
		   const struct format_spec *spec, const void **plan, struct errors *err);

enum parsed layout_parse(struct parsing *r, struct str line, struct record *out,
			 struct refusal *why);

#endif
