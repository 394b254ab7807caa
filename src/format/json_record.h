/*
 * json_record.h - formats whose lines are JSON objects: one table says where a source keeps what a record holds.
 * A format of this kind is a shape and two lines of code; see fmt_caddy.c.
 */
#ifndef SEKISHO_FORMAT_JSON_RECORD_H
#define SEKISHO_FORMAT_JSON_RECORD_H

#include "format/json_scan.h"

/* A word for how it ended, or `*` and the end of one, and the HTTP status that says the same; 0: it does not say. */
struct json_outcome {
	const char *word;
	int16_t status;
};

struct json_shape {
	/* Pointers or top-level names with a blank between them: the first one that the line has and that is not null
	 * counts. */
	const char *raw[RAW_COUNT];
	const char *request; /* METHOD TARGET PROTOCOL in one; split where the line has no target */
	const char *time;    /* how times are written; NULL: by their shape */
	const char *only;    /* lines without this are not of access: PARSED_NOTHING */
	const char *outcome; /* where a source without a status says how it ended */
	const struct json_outcome *outcomes; /* the first that fits; ends with a NULL word */
	bool hex;                            /* \xHH in strings is let pass */
};

/* For .state_size: what makes lines that are like those before them fast.  Without it (state NULL) all goes as well. */
#define JSON_RECORD_STATE sizeof(struct json_memo)

/* For .compile and .parse.  Where the spec's field[] has a name, it stands instead of the shape's. */
int json_record_compile(const struct json_shape *shape, const struct format_spec *spec,
			struct arena *arena, const void **out, struct errors *err);
enum parsed json_record_parse(struct parsing *r, struct str line, struct record *out,
			      struct refusal *why);

#endif
