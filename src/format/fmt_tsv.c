/*
 * fmt_tsv.c - a table with tabs between its cells; see csv_rows.h.
 */
#include "format/csv_rows.h"

static int
tsv_compile(const struct format_spec *spec, struct arena *arena, const void **plan,
	    struct errors *err)
{
	return csv_rows_compile(spec, '\t', arena, plan, err);
}

const struct format fmt_tsv = {
	.name = "tsv",
	.summary = "a header row, then cells with tabs between them; quotes as in RFC 4180",
	.whole = true,
	.names_fields = true,
	.state_size = sizeof(struct csv_state),
	.compile = tsv_compile,
	.parse = csv_rows_parse,
	.open = csv_rows_open,
};
