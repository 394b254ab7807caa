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

struct json_fault {
	const char *at;
	const char *expected; /* a constant */
	uint32_t hex;         /* \xHH that were let pass, also of a text that is valid */
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

/* The bytes a value means: strings unescaped, into the room if they must be; null and what is absent is empty.
 * Half of a surrogate pair is U+FFFD: refusing it would let a client hide its line.  Takes at most value.text.n. */
struct str json_bytes(struct json_value value, struct room *room);

/* An array of strings, as one text with ", " between them (a header that came several times); else json_bytes(). */
struct str json_joined(struct json_value value, struct room *room);

#endif
