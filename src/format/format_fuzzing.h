/*
 * format_fuzzing.h - for fuzz targets of formats: a line in a heap block of its own size, a room as small as promised,
 * and what must hold of any record.
 */
#ifndef SEKISHO_FORMAT_FORMAT_FUZZING_H
#define SEKISHO_FORMAT_FORMAT_FUZZING_H

#include "model/format.h"

struct fuzz_line {
	char *own; /* the line's bytes */
	struct str line;
	struct room room;
	enum parsed parsed;
	struct record record;
	struct refusal why;
};

static inline const void *
fuzz_plan(const struct format *f, const struct format_spec *spec, struct arena *arena)
{
	struct errors err = { 0 };
	const void *plan = NULL;

	if (f->compile && f->compile(spec, arena, &plan, &err) != 0)
		plan = NULL;
	errors_free(&err);
	return plan;
}

static inline void
fuzz_inside(struct str part, const struct fuzz_line *f, const char *name)
{
	uintptr_t p = (uintptr_t)part.p, from = (uintptr_t)f->line.p, room = (uintptr_t)f->room.p;
	bool lent = p >= from && part.n <= f->line.n && p - from <= f->line.n - part.n;
	bool written = p >= room && part.n <= f->room.used && p - room <= f->room.used - part.n;

	if (part.n && !lent && !written)
		BUG("%s lies neither in its line nor in the room", name);
}

static inline void
fuzz_check(const struct fuzz_line *f, size_t extra_count)
{
	const int64_t least = -62135596800000, most = 253402300799999; /* 0001-01-01, 9999-12-31 */

	if (f->room.used > f->room.size)
		BUG("%zu of %zu bytes of room are used", f->room.used, f->room.size);
	if (f->parsed == PARSED_REFUSED &&
	    (f->why.byte > f->line.n || !f->why.expected || !*f->why.expected))
		BUG("refused at byte %u of %zu", f->why.byte, f->line.n);
	if (f->parsed != PARSED_EVENT)
		return;
	for (int i = 0; i < RAW_COUNT; i++)
		fuzz_inside(f->record.text[i], f, raw_names[i]);
	for (size_t i = 0; i < extra_count; i++)
		fuzz_inside(f->record.extra[i], f, "an extra field");
	fuzz_inside(f->record.who, f, "who");
	if (f->record.ts < least || f->record.ts > most)
		BUG("a time of %lld ms", (long long)f->record.ts);
	if (f->record.status != 0 && (f->record.status < 100 || f->record.status > 999))
		BUG("a status of %d", f->record.status);
}

/* `poison` stands where nothing was written: two of them tell what a parser forgot to set. */
static inline void
fuzz_parse(const struct format *format, struct parsing *r, struct str line, int poison,
	   size_t extra_count, struct fuzz_line *f)
{
	char *p = xalloc(line.n + 1, 1), *own = xrealloc(p, line.n ? line.n : 1, 1);

	if (line.n)
		memcpy(own, line.p, line.n);
	memset(f, poison, sizeof(*f));
	f->own = own;
	f->line = (struct str){ .p = own, .n = line.n };
	r->room = (struct room){ .p = xalloc(2 * line.n + 64, 1), .size = 2 * line.n + 64 };
	f->parsed = format->parse(r, f->line, &f->record, &f->why);
	f->room = r->room;
	fuzz_check(f, extra_count);
}

static inline void
fuzz_free(struct fuzz_line *f)
{
	free(f->own);
	free(f->room.p);
}

static inline void
fuzz_same(const struct fuzz_line *a, const struct fuzz_line *b, size_t extra_count,
	  const char *when)
{
	bool same = a->parsed == b->parsed;

	if (same && a->parsed == PARSED_REFUSED)
		same = a->why.byte == b->why.byte && strcmp(a->why.expected, b->why.expected) == 0;
	if (same && a->parsed == PARSED_EVENT) {
		same = a->record.ts == b->record.ts && a->record.status == b->record.status &&
		       a->record.again == b->record.again && a->record.escaped == b->record.escaped;
		for (int i = 0; i < RAW_COUNT; i++)
			same = same && str_eq(a->record.text[i], b->record.text[i]);
		for (size_t i = 0; i < extra_count; i++)
			same = same && str_eq(a->record.extra[i], b->record.extra[i]);
	}
	if (!same)
		BUG("not the same: %s", when);
}

#endif
