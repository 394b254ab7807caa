/*
 * regex_fuzz.c - the first line as a pattern of a policy, the others as lines of a log: what compiles ends within its
 * limits, says the same twice, and gives nothing that does not lie in the line.
 */
#include "format/format_fuzzing.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

extern const struct format fmt_regex;

enum { LINES_MOST = 8 };

static void
try_lines(const void *plan, struct str rest, size_t extra_count)
{
	struct parsing one, two;

	parsing_begin(&one, &fmt_regex, plan, (struct room){ 0 });
	for (int i = 0; rest.n && i < LINES_MOST; i++) {
		struct str line = str_split(&rest, '\n');
		struct fuzz_line a, b;

		parsing_begin(&two, &fmt_regex, plan, (struct room){ 0 });
		fuzz_parse(&fmt_regex, &one, line, 0x5a, extra_count, &a);
		fuzz_parse(&fmt_regex, &two, line, 0xa5, extra_count, &b);
		fuzz_same(&a, &b, extra_count, "after other lines");
		fuzz_free(&a);
		fuzz_free(&b);
		parsing_end(&two, &fmt_regex);
	}
	parsing_end(&one, &fmt_regex);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct str extra[] = { { "x", 1 } };
	struct str rest = { .p = (const char *)data, .n = size };
	struct format_spec spec = { .argument = str_split(&rest, '\n') };
	struct arena arena = { 0 };
	const void *plan;

	if (str_contains(spec.argument, (struct str){ .p = "(?<x>", .n = 5 })) {
		spec.extra = extra;
		spec.extra_count = 1;
	}
	plan = fuzz_plan(&fmt_regex, &spec, &arena);
	if (plan)
		try_lines(plan, rest, spec.extra_count);
	arena_free(&arena);
	return 0;
}
