/*
 * json_template.h - nginx log_format texts that write a JSON object: which variable stands under which name.
 *
 *     {"time":"$time_iso8601","request":{"uri":"$request_uri"},"status":$status}
 *         /time -> time_iso8601      /request/uri -> request_uri      /status -> status
 */
#ifndef SEKISHO_FORMAT_JSON_TEMPLATE_H
#define SEKISHO_FORMAT_JSON_TEMPLATE_H

#include "model/format.h"

enum { JSON_TEMPLATE_MOST = 64 };

/* A member whose whole value is one variable. */
struct json_slot {
	const char *pointer;  /* for struct format_spec's field[]; in the arena */
	const char *variable; /* without $ and braces; in the arena */
};

struct json_template {
	size_t count;
	struct json_slot slot[JSON_TEMPLATE_MOST];
};

/* Is the log_format an object, and not a line with braces somewhere?  Looks at its first character only. */
bool json_template_looks(struct str log_format);

/*
 * Reads it.  Members whose value is text, or text and variables mixed, are left out: they say nothing that could be
 * taken apart.  -1, with the mistake told at the byte where it stands: no such object, or a value that is an array.
 */
int json_template_read(struct str log_format, struct arena *arena, struct json_template *out,
		       struct errors *err, struct place at);

#endif
