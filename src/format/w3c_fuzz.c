/*
 * w3c_fuzz.c - any bytes as a log with #Fields, read as W3C and as CloudFront: a file says the same twice, comments
 * say nothing, and where no quote stands each column is what lies between two separators.
 */
#include "format/format_fuzzing.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

extern const struct format fmt_w3c, fmt_cloudfront;

enum { LINES_MOST = 64 };

static const struct str extra[] = { { "x-1", 3 }, { "cs-uri-stem", 11 }, { "time", 4 } };

/* The value of column `name`, by the plainest way. */
static struct str
column(struct str fields, struct str line, char separator, struct str name)
{
	str_split(&fields, ':');
	while (fields.n) {
		size_t n = 0;
		struct str one;

		while (n < fields.n && fields.p[n] != ' ' && fields.p[n] != '\t')
			n++;
		one = str_head(fields, n);
		fields = str_skip(fields, n < fields.n ? n + 1 : n);
		if (one.n == 0)
			continue;
		if (str_eq(one, name))
			return str_head(line, str_find(line, separator));
		str_split(&line, separator);
	}
	return (struct str){ 0 };
}

static void
check_column(struct str fields, const struct fuzz_line *f, char separator)
{
	struct str got = f->record.extra[0], want = column(fields, f->line, separator, extra[0]);

	if (str_eq(want, (struct str){ .p = "-", .n = 1 }))
		want.n = 0;
	if (!str_eq(got, want))
		BUG("column x-1 is another one");
}

static void
try_log(const struct format *format, const void *plan, struct str log, char separator)
{
	struct parsing one, two;
	struct fuzz_line a, b;
	struct str fields = { 0 };

	parsing_begin(&one, format, plan, (struct room){ 0 });
	parsing_begin(&two, format, plan, (struct room){ 0 });
	for (int i = 0; log.n && i < LINES_MOST; i++) {
		struct str line = str_split(&log, '\n');
		bool header = str_starts(line, (struct str){ .p = "#Fields:", .n = 8 });

		fuzz_parse(format, &one, line, 0x5a, COUNT(extra), &a);
		fuzz_parse(format, &two, line, 0xa5, COUNT(extra), &b);
		fuzz_same(&a, &b, COUNT(extra), "the same log");
		if (line.n && line.p[0] == '#' && a.parsed != PARSED_HEADER && !header &&
		    fields.n == 0)
			BUG("a comment is more than one");
		if (header && a.parsed == PARSED_HEADER)
			fields = line;
		if (a.parsed == PARSED_EVENT && separator == '\t' && str_find(line, '"') == line.n)
			check_column(fields, &a, separator);
		if (a.parsed == PARSED_EVENT && fields.n == 0)
			BUG("a record before any #Fields");
		fuzz_free(&a);
		fuzz_free(&b);
	}
	parsing_end(&one, format);
	parsing_end(&two, format);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena arena;
	static const void *plan[2];
	static const struct format_spec spec = { .extra = extra, .extra_count = COUNT(extra) };
	struct str log = { .p = (const char *)data, .n = size };

	if (!plan[0]) {
		plan[0] = fuzz_plan(&fmt_w3c, &spec, &arena);
		plan[1] = fuzz_plan(&fmt_cloudfront, &spec, &arena);
	}
	try_log(&fmt_w3c, plan[0], log, ' ');
	try_log(&fmt_cloudfront, plan[1], log, '\t');
	return 0;
}
