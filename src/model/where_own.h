/*
 * where_own.h - what a field says of one line, shared by where.c and where_field.c.
 */
#ifndef SEKISHO_MODEL_WHERE_OWN_H
#define SEKISHO_MODEL_WHERE_OWN_H

#include "model/where.h"

struct where_value {
	enum judged known; /* HIT, or why it is unknown */
	bool absent;       /* known to be nothing */
	struct str text;   /* of a text */
	unsigned word;     /* of a word or number: which of the field's */
};

/* `buf` is the room of an address, and lives as long as the value. */
struct where_value where_value(enum where_field field, const struct where_input *in,
			       char buf[ADDRESS_TEXT]);

#endif
