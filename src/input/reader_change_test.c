/*
 * reader_change_test.c - a file that is cut, rewritten or grown under its reader: never a signal,
 * never a line that was not there, and always told.
 */
#include "base/test_wall.h"

#include "base/guard.h"
#include "input/reader.h"

#include <fcntl.h>
#include <sys/stat.h>

enum { LINE = 100, LINES = 20000, SIZE = LINE * LINES, WINDOW = 128 * 1024 };

enum change {
	CUT_TO_NOTHING,
	CUT_IN_A_PAGE,
	CUT_A_BYTE,
	REWRITE,
	CUT_AND_REGROW,
	GROW,
	UNLINK,
	NO_CHANGE
};

static char path[64];
static int fd = -1;

/* Line k of the file, or of one that was put in its place. */
static void
put_line(char *p, unsigned k, char mark)
{
	memset(p, mark, LINE - 1);
	for (size_t i = 6; i > 0; i--, k /= 10)
		p[i] = (char)('0' + k % 10);
	p[LINE - 1] = '\n';
}

static void
write_lines(unsigned from, unsigned to, char mark)
{
	char *text = malloc((size_t)(to - from) * LINE);

	assert_non_null(text);
	for (unsigned k = from; k < to; k++)
		put_line(text + (size_t)(k - from) * LINE, k, mark);
	assert_true(pwrite(fd, text, (size_t)(to - from) * LINE, (off_t)from * LINE) ==
		    (ssize_t)((to - from) * LINE));
	free(text);
}

static void
change(enum change c)
{
	switch (c) {
	case CUT_TO_NOTHING:
		assert_int_equal(ftruncate(fd, 0), 0);
		break;
	case CUT_IN_A_PAGE:
		assert_int_equal(ftruncate(fd, 5 * WINDOW + 123), 0);
		break;
	case CUT_A_BYTE:
		assert_int_equal(ftruncate(fd, SIZE - 1), 0);
		break;
	case REWRITE:
		write_lines(0, LINES, 'b');
		break;
	case CUT_AND_REGROW:
		assert_int_equal(ftruncate(fd, 0), 0);
		write_lines(0, LINES, 'b');
		break;
	case GROW:
		write_lines(LINES, LINES + 500, 'c');
		break;
	case UNLINK:
		assert_int_equal(unlink(path), 0);
		break;
	case NO_CHANGE:
		break;
	}
}

struct outcome {
	unsigned lines;
	enum file_end end;
};

/* Reads all; the change comes after `before` blocks, and again while a block is being looked at. */
static struct outcome
read_through(enum reader_way how, enum change c, unsigned before)
{
	struct reader_options o = { .how = how, .window = WINDOW };
	struct errors err = { 0 };
	struct outcome got = { 0, END_WHOLE };
	struct reader *r;
	struct block b;
	char want[LINE];

	guard_install(); /* here: cmocka takes SIGBUS for itself before every test */
	snprintf(path, sizeof(path), "/tmp/sekisho-change-XXXXXX");
	fd = mkstemp(path);
	assert_true(fd >= 0);
	write_lines(0, LINES, 'a');
	r = reader_open(path, &o, &err);
	assert_non_null(r);
	reader_range(r, 0, UINT64_MAX);
	if (before == 0)
		change(c);
	for (unsigned blocks = 1; reader_next(r, &b); blocks++) {
		unsigned wrong = 0, whole = 0;

		if (blocks == before)
			change(c);
		for (size_t at = 0; at + LINE <= b.bytes.n; at += LINE) {
			put_line(want, got.lines + whole++, 'a');
			wrong += memcmp(want, b.bytes.p + at, LINE) != 0;
		}
		/*
		 * What is held was there: before the change, or, mapped, changed in place under
		 * us.
		 */
		if (!reader_held(r))
			break;
		if (c == CUT_TO_NOTHING || c == CUT_IN_A_PAGE || how == READ_PRIVATE)
			want_i64("held lines", "wrong", 0, wrong);
		got.lines += whole;
	}
	got.end = reader_end(r);
	reader_close(r);
	errors_free(&err);
	unlink(path);
	close(fd);
	return got;
}

static void
a_change_is_told(void **state UNUSED)
{
	static const struct {
		const char *name;
		enum change change;
		enum reader_way how;
		enum file_end end, or_end;
	} cases[] = {
		{ "cut to nothing, mapped", CUT_TO_NOTHING, READ_MAPPED, END_SHRANK, END_SHRANK },
		{ "cut to nothing, private", CUT_TO_NOTHING, READ_PRIVATE, END_SHRANK,
		  END_REWRITTEN },
		{ "cut inside a page, mapped", CUT_IN_A_PAGE, READ_MAPPED, END_SHRANK, END_SHRANK },
		{ "cut inside a page, private", CUT_IN_A_PAGE, READ_PRIVATE, END_SHRANK,
		  END_SHRANK },
		{ "a byte less, mapped", CUT_A_BYTE, READ_MAPPED, END_SHRANK, END_SHRANK },
		{ "a byte less, private", CUT_A_BYTE, READ_PRIVATE, END_SHRANK, END_SHRANK },
		{ "rewritten in place, private", REWRITE, READ_PRIVATE, END_REWRITTEN,
		  END_REWRITTEN },
		{ "cut and grown again, private", CUT_AND_REGROW, READ_PRIVATE, END_REWRITTEN,
		  END_SHRANK },
		{ "grown, mapped", GROW, READ_MAPPED, END_WHOLE, END_WHOLE },
		{ "grown, private", GROW, READ_PRIVATE, END_WHOLE, END_WHOLE },
		{ "unlinked, mapped", UNLINK, READ_MAPPED, END_WHOLE, END_WHOLE },
		{ "unlinked, private", UNLINK, READ_PRIVATE, END_WHOLE, END_WHOLE },
		{ "left alone, mapped", NO_CHANGE, READ_MAPPED, END_WHOLE, END_WHOLE },
		{ "left alone, private", NO_CHANGE, READ_PRIVATE, END_WHOLE, END_WHOLE },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		for (unsigned before = 1; before <= 5; before++) {
			struct outcome got = read_through(cases[i].how, cases[i].change, before);

			if (got.end != cases[i].end && got.end != cases[i].or_end)
				fail_msg("%s after %u blocks: wanted %s, got %s", cases[i].name,
					 before, file_end_names[cases[i].end],
					 file_end_names[got.end]);
			if (got.end == END_WHOLE)
				want_i64(cases[i].name, "lines", LINES, got.lines);
			else
				assert_true(got.lines <= LINES);
		}
	}
}

/* Cut after opening and before the first byte: nothing was read, and that is told. */
static void
a_file_cut_before_its_first_block_has_no_lines(void **state UNUSED)
{
	struct outcome mapped = read_through(READ_MAPPED, CUT_TO_NOTHING, 0);
	struct outcome private = read_through(READ_PRIVATE, CUT_TO_NOTHING, 0);

	want_i64("mapped", "lines", 0, mapped.lines);
	want_i64("mapped", "end", END_SHRANK, mapped.end);
	want_i64("private", "lines", 0, private.lines);
	want_i64("private", "end", END_SHRANK, private.end);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_change_is_told),
		cmocka_unit_test(a_file_cut_before_its_first_block_has_no_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
