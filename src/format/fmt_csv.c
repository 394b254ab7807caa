/*
 * fmt_csv.c - a table with commas between its cells; see csv_rows.h.
 */
#include "format/csv_rows.h"

static int
csv_compile(const struct format_spec *spec, struct arena *arena, const void **plan,
	    struct errors *err)
{
	return csv_rows_compile(spec, ',', arena, plan, err);
}

const struct format fmt_csv = {
	.name = "csv",
	.summary = "a header row, then comma-separated cells; quotes as in RFC 4180",
	.whole = true,
	.names_fields = true,
	.state_size = sizeof(struct csv_state),
	.compile = csv_compile,
	.parse = csv_rows_parse,
	.open = csv_rows_open,
};
