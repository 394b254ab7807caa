/*
 * json_scan.h - one JSON text (RFC 8259) in a line: valid or not, and the few values that are wanted of it.
 *
 * The values wanted are named by JSON pointers, all compiled into one table: a line is walked once, and what nobody
 * wants is stepped over.  Values are lent as they stand in the line; strings are unescaped when somebody asks.
 */
#ifndef SEKISHO_FORMAT_JSON_SCAN_H
#define SEKISHO_FORMAT_JSON_SCAN_H

#include "model/format.h"

enum {
	JSON_DEPTH = 32,   /* objects and arrays inside each other; deeper is refused */
	JSON_NAMES = 512,  /* names of one text that are held against each other; see json_scan() */
	JSON_WANTS = 128,  /* pointers of one table */
	JSON_NODES = 256,  /* parts of their paths */
	JSON_TABLE = 1024, /* twice as many places, for names and for numbers of elements */
	JSON_MEMO = 64,    /* names of the text before that are remembered */
	JSON_MEMO_BYTES = 48 /* of each, with its quotes and its colon */
};

enum json_kind {
	JSON_ABSENT,
	JSON_NULL,
	JSON_FALSE,
	JSON_TRUE,
	JSON_NUMBER,
	JSON_STRING,
	JSON_ARRAY,
	JSON_OBJECT
};

struct json_value {
	struct str text; /* as written: of a string what is between the quotes, of others all */
	uint8_t kind;    /* enum json_kind */
	bool escaped;    /* a string with backslashes in it */
};

/* A part of a path: `name` below `parent`. */
struct json_node {
	struct str name;
	uint32_t hash;
	uint32_t number; /* of an element; UINT32_MAX: the name is no number */
	uint16_t parent;
	int16_t slot; /* -1: only on the way to others */
	bool open;    /* others are below it */
};

/* What is wanted; const once it is compiled. */
struct json_wants {
	unsigned count, node_count;
	struct json_node node[JSON_NODES];
	uint16_t table[JSON_TABLE]; /* 0: nobody */
};

enum {
	JSON_STRICT = 0,
	JSON_HEX = 1,   /* \xHH in strings, as nginx writes where a template lacks escape=json */
	JSON_TWICE = 2, /* a name may come twice, as RFC 8259 lets it; the last one counts */
};

/* What is said of a text beside its values. */
struct json_fault {
	const char *at;
	const char *expected; /* a constant */
	/* Of a text that is valid too: */
	uint32_t hex;                    /* \xHH that were let pass */
	uint64_t found[JSON_WANTS / 64]; /* slots that have a value, a bit each */
};

/* A name as it stood in a text, and what was made of it. */
struct json_met {
	uint64_t place; /* the object it stands in: which one of the text, and its node */
	uint32_t hash;
	uint16_t node;              /* of its value */
	uint8_t size, name_size;    /* of text; of what is between the quotes */
	char text[JSON_MEMO_BYTES]; /* from its quote up to the value */
};

/*
 * The first names of the text that was walked last.  The lines of a log have the same names in the same order: so far
 * as they do, a name is compared with its bytes there, and need be neither looked up nor held against the others.
 * Only a cache: a text means the same whatever was walked before.  Zeroed at first; of one table and one `how`.
 */
struct json_memo {
	unsigned count;
	struct json_met met[JSON_MEMO];
};

/* Empties the table. */
void json_wants_begin(struct json_wants *w);

/* Adds a pointer (`/user/name`, `~0` is ~ and `~1` is /), or a top-level name; its slot, or -1: no pointer, or too
 * many.  The same pointer twice is one slot.  Unescaped names are kept in the arena, others borrowed. */
int json_want(struct json_wants *w, struct arena *arena, struct str pointer);

/*
 * Walks a text; value[] has w->count places.  False: not valid, and fault says why and where.  A name that comes twice
 * in an object is a fault: always where it is wanted, else among the first JSON_NAMES names of the text.
 */
bool json_scan(const struct json_wants *w, struct str text, unsigned how, struct json_value *value,
	       struct json_fault *fault);

/* The same, faster where the texts before were like this one; memo may be NULL. */
bool json_scan_like(const struct json_wants *w, struct json_memo *memo, struct str text,
		    unsigned how, struct json_value *value, struct json_fault *fault);

/* The bytes a value means: strings unescaped, into the room if they must be; null and what is absent is empty.
 * Half of a surrogate pair is U+FFFD: refusing it would let a client hide its line.  Takes at most value.text.n. */
struct str json_bytes(struct json_value value, struct room *room);

/* An array of strings, as one text with ", " between them (a header that came several times); else json_bytes(). */
struct str json_joined(struct json_value value, struct room *room);

#endif
