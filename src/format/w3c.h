/*
 * w3c.h - logs whose columns are named by a line `#Fields:` before them, and again whenever they change.
 */
#ifndef SEKISHO_FORMAT_W3C_H
#define SEKISHO_FORMAT_W3C_H

#include "format/labels.h"

/* What one family of writers does. */
struct w3c_dialect {
	struct label_usual usual;
	char separator;   /* of values; 0: what stands between the names */
	bool url_encoded; /* agent and forwarded addresses: %20; else an agent has + for blanks */
};

struct w3c_plan {
	const struct labels *labels;
	const struct w3c_dialect *dialect;
};

struct w3c_state {
	size_t count; /* of columns; 0: no #Fields yet, or a wrong one */
	char separator;
	uint64_t slots[LABELS_OF_A_LINE];
};

/* Times without an offset are UTC unless the policy says otherwise. */
int w3c_compile(const struct w3c_dialect *dialect, const struct format_spec *spec,
		struct arena *arena, const void **plan, struct errors *err);
enum parsed w3c_parse(struct parsing *r, struct str line, struct record *out, struct refusal *why);

#endif
