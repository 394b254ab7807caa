/*
 * syslog_fuzz.c - any bytes as a line that came by syslog: what is said of it is what the inner format says of its
 * tail; and any tail behind a header of ours is read, or refused, as it would be alone.
 */
#include "format/format_fuzzing.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

extern const struct format fmt_syslog, fmt_combined;

static const void *plan;

/* The tail of an accepted line begins with its address: combined lends the line's first byte. */
static void
check_tail(const struct fuzz_line *f)
{
	size_t at = (size_t)(f->record.text[RAW_ADDRESS].p - f->line.p);
	struct parsing r = { 0 };
	struct fuzz_line tail;

	fuzz_parse(&fmt_combined, &r, str_skip(f->line, at), 0xa5, 0, &tail);
	fuzz_same(f, &tail, 0, "a tail alone");
	fuzz_free(&tail);
}

static void
check_header(const char *header, struct str line)
{
	struct arena arena = { 0 };
	struct str whole = arena_printf(&arena, "%s", header), all;
	char *p = arena_alloc(&arena, whole.n + line.n);
	struct parsing r = { 0 }, outer;
	struct fuzz_line alone, wrapped;

	memcpy(p, whole.p, whole.n);
	if (line.n)
		memcpy(p + whole.n, line.p, line.n);
	all = (struct str){ .p = p, .n = whole.n + line.n };
	parsing_begin(&outer, &fmt_syslog, plan, (struct room){ 0 });
	fuzz_parse(&fmt_combined, &r, line, 0x5a, 0, &alone);
	fuzz_parse(&fmt_syslog, &outer, all, 0x5a, 0, &wrapped);
	if (wrapped.parsed == PARSED_REFUSED && alone.parsed == PARSED_REFUSED)
		wrapped.why.byte -= (uint32_t)whole.n;
	fuzz_same(&alone, &wrapped, 0, header);
	parsing_end(&outer, &fmt_syslog);
	fuzz_free(&alone);
	fuzz_free(&wrapped);
	arena_free(&arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena arena;
	struct format_spec spec = { .inner = &fmt_combined };
	struct str line = { .p = (const char *)data, .n = size };
	struct parsing r;
	struct fuzz_line f;

	if (!plan)
		plan = fuzz_plan(&fmt_syslog, &spec, &arena);
	parsing_begin(&r, &fmt_syslog, plan, (struct room){ 0 });
	fuzz_parse(&fmt_syslog, &r, line, 0x5a, 0, &f);
	if (f.parsed == PARSED_EVENT)
		check_tail(&f);
	fuzz_free(&f);
	parsing_end(&r, &fmt_syslog);
	check_header("<190>Jul  4 09:12:31 web1 nginx: ", line);
	if (!str_starts(line, (struct str){ .p = "\xef\xbb\xbf", .n = 3 }))
		check_header("<190>1 - web1 nginx - - [a b=\"\\]\"] ", line);
	return 0;
}
