/*
 * error.c - collects error messages in the order they were found.
 */
#include "base/error.h"

#include <stdarg.h>

enum { MOST_ERRORS = 1000 };

void
bug(const char *file, int line, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "sekisho: bug at %s:%d: ", file, line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	abort();
}

/* Nothing is printed for what is not kept: a ledger can have a mistake in every row. */
static bool
kept(struct errors *err)
{
	if (err->list.n < MOST_ERRORS)
		return true;
	err->dropped++;
	return false;
}

static PRINTFLIKE(3, 0) void add(struct errors *err, struct str where, const char *fmt, va_list ap)
{
	va_list again;
	int n;
	char *p;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	p = arena_alloc(&err->arena, where.n + (size_t)(n < 0 ? 0 : n) + 1);
	if (where.n)
		memcpy(p, where.p, where.n);
	if (n > 0)
		vsnprintf(p + where.n, (size_t)n + 1, fmt, again);
	va_end(again);
	*VEC_PUSH(&err->list) = (struct str){ .p = p, .n = where.n + (size_t)(n < 0 ? 0 : n) };
}

static struct str
place_text(struct arena *a, struct place at)
{
	if (at.line == 0)
		return arena_printf(a, STR_FMT ": ", STR_ARG(at.file));
	if (at.column == 0)
		return arena_printf(a, STR_FMT ":%u: ", STR_ARG(at.file), at.line);
	return arena_printf(a, STR_FMT ":%u:%u: ", STR_ARG(at.file), at.line, at.column);
}

int
error_add(struct errors *err, const char *fmt, ...)
{
	va_list ap;

	if (!kept(err))
		return -1;
	va_start(ap, fmt);
	add(err, (struct str){ 0 }, fmt, ap);
	va_end(ap);
	return -1;
}

int
error_at(struct errors *err, struct place at, const char *fmt, ...)
{
	va_list ap;

	if (!kept(err))
		return -1;
	va_start(ap, fmt);
	add(err, place_text(&err->arena, at), fmt, ap);
	va_end(ap);
	return -1;
}

void
errors_free(struct errors *err)
{
	arena_free(&err->arena);
	VEC_FREE(&err->list);
	*err = (struct errors){ 0 };
}
