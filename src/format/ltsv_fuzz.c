/*
 * ltsv_fuzz.c - any bytes as lines of LTSV: a line says the same after any other, and an accepted line is rebuilt from
 * its own labels, each asked for by its name.
 */
#include "format/format_fuzzing.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

extern const struct format fmt_ltsv;

enum { LINES_MOST = 16 };

static struct parsing warm;
static const void *usual;

/* Asks for the first labels of a line as its own fields: together they are the head of the line. */
static void
rebuild(struct str line)
{
	struct str name[EXTRA_MOST], rest = line;
	struct format_spec spec = { .extra = name };
	struct arena arena = { 0 };
	struct parsing r;
	struct fuzz_line f;
	size_t at = 0;

	while (rest.n && spec.extra_count < EXTRA_MOST) {
		struct str field = str_split(&rest, '\t');

		name[spec.extra_count++] = str_head(field, str_find(field, ':'));
	}
	parsing_begin(&r, &fmt_ltsv, fuzz_plan(&fmt_ltsv, &spec, &arena), (struct room){ 0 });
	fuzz_parse(&fmt_ltsv, &r, line, 0x33, spec.extra_count, &f);
	if (f.parsed != PARSED_EVENT)
		BUG("refused when asked for its own labels");
	for (size_t i = 0; i < spec.extra_count; i++) {
		struct str value = f.record.extra[i];

		if (!str_eq(str_head(str_skip(line, at), name[i].n), name[i]))
			BUG("label %zu is not where it stood", i);
		at += name[i].n + 1;
		if (!str_eq(str_head(str_skip(line, at), value.n), value))
			BUG("value %zu is not where it stood", i);
		at += value.n;
		if (at < line.n && line.p[at] != '\t')
			BUG("value %zu is cut", i);
		at += at < line.n;
	}
	fuzz_free(&f);
	parsing_end(&r, &fmt_ltsv);
	arena_free(&arena);
}

static void
try_line(struct str line)
{
	struct parsing fresh;
	struct fuzz_line alone, again, after;

	parsing_begin(&fresh, &fmt_ltsv, usual, (struct room){ 0 });
	fuzz_parse(&fmt_ltsv, &fresh, line, 0x5a, 0, &alone);
	fuzz_parse(&fmt_ltsv, &fresh, line, 0xa5, 0, &again);
	fuzz_parse(&fmt_ltsv, &warm, line, 0xa5, 0, &after);
	fuzz_same(&alone, &again, 0, "twice");
	fuzz_same(&alone, &after, 0, "after other lines");
	if (alone.parsed == PARSED_EVENT)
		rebuild(alone.line);
	fuzz_free(&alone);
	fuzz_free(&again);
	fuzz_free(&after);
	parsing_end(&fresh, &fmt_ltsv);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena arena;
	struct str rest = { .p = (const char *)data, .n = size };

	if (!usual) {
		usual = fuzz_plan(&fmt_ltsv, &(struct format_spec){ 0 }, &arena);
		parsing_begin(&warm, &fmt_ltsv, usual, (struct room){ 0 });
	}
	for (int i = 0; rest.n && i < LINES_MOST; i++)
		try_line(str_split(&rest, '\n'));
	return 0;
}
