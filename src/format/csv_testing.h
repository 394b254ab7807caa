/*
 * csv_testing.h - for tests of the tables among the formats: a text cut to records as a reader would, and each parsed.
 */
#ifndef SEKISHO_FORMAT_CSV_TESTING_H
#define SEKISHO_FORMAT_CSV_TESTING_H

#include "base/error.h"
#include "format/csv_rows.h"

extern const struct format fmt_csv, fmt_tsv;

/* The next record of *rest, without its line end; a quote that never closes makes its first line one. */
static inline struct str
next_record(const struct format *f, const struct parsing *r, struct str *rest)
{
	struct str all = *rest, first = str_split(rest, '\n'), after = *rest, line = first;
	bool open = f->open(r, first, false);

	while (open && rest->n) {
		line = str_split(rest, '\n');
		open = f->open(r, line, true);
	}
	if (open) {
		*rest = after;
		line = first;
	}
	all.n = (size_t)(line.p + line.n - all.p);
	all.n -= all.n && all.p[all.n - 1] == '\r';
	return all;
}

/* A reading whose room has just the bytes that a record may ask for. */
struct reading {
	struct arena arena;
	struct errors err;
	struct parsing parsing;
};

static inline bool
reading_begin(struct reading *r, const struct format *f, const struct format_spec *spec)
{
	*r = (struct reading){ 0 };
	if (f->compile(spec, &r->arena, &r->parsing.plan, &r->err) != 0)
		return false;
	r->parsing.state = arena_alloc(&r->arena, f->state_size);
	return true;
}

static inline void
reading_room(struct reading *r, struct str line)
{
	free(r->parsing.room.p);
	r->parsing.room = (struct room){ .size = 2 * line.n + 64 };
	r->parsing.room.p = xalloc(r->parsing.room.size, 1);
}

static inline void
reading_end(struct reading *r)
{
	free(r->parsing.room.p);
	errors_free(&r->err);
	arena_free(&r->arena);
}

#endif
