/*
 * csv_test.c - rows and cells as RFC 4180 wants them, from a table of pictures.
 */
#include <setjmp.h>
#include <stdarg.h>

#include "context/csv.h"

#include <cmocka.h>

/* Wanted: cells in [], rows ended by the line they began at; BAD(line:cell) for a refusal. */
static const struct {
	const char *name, *text, *want;
} cases[] = {
	{ "an empty text has no rows", "", "" },
	{ "a text of a byte order mark alone has no rows", "\xEF\xBB\xBF", "" },
	{ "one row without a newline", "a,b", "[a][b]1 " },
	{ "the last newline adds no row", "a,b\n", "[a][b]1 " },
	{ "CRLF ends a line and leaves no CR", "a,b\r\nc,d\r\n", "[a][b]1 [c][d]2 " },
	{ "a CR at the very end belongs to the line end", "a,b\r", "[a][b]1 " },
	{ "a CR inside a cell stays", "a\rb,c", "[a\rb][c]1 " },
	{ "a byte order mark is ignored", "\xEF\xBB\xBFx,y\n", "[x][y]1 " },
	{ "a byte order mark before a quote is ignored", "\xEF\xBB\xBF\"x\",y\n", "[x][y]1 " },
	{ "empty cells are cells", ",\n,,", "[][]1 [][][]2 " },
	{ "an empty line is a row of one empty cell", "a\n\nb", "[a]1 []2 [b]3 " },
	{ "quoted commas", "\"a,b\",c", "[a,b][c]1 " },
	{ "doubled quotes are one", "\"a\"\"b\",\"\"\"\"", "[a\"b][\"]1 " },
	{ "an empty quoted cell", "\"\",1\n\"\"", "[][1]1 []2 " },
	{ "quoted newlines count as lines", "\"a\nb\",c\nd\n", "[a\nb][c]1 [d]3 " },
	{ "a quoted CRLF is kept as it is", "\"a\r\nb\"\r\nc", "[a\r\nb]1 [c]3 " },
	{ "a quote in an unquoted cell is a byte", "5\" cable,x", "[5\" cable][x]1 " },
	{ "a blank before a quote makes it unquoted", " \"a\",b", "[ \"a\"][b]1 " },
	{ "an open quote is told with the line it opens on", "a\nb,\"c\nd\ne", "[a]1 BAD(2:2)" },
	{ "an open quote at the end of the text", "a,\"", "BAD(1:2)" },
	{ "a cell of three quotes never closes", "\"\"\"", "BAD(1:1)" },
	{ "text behind a closing quote", "\"a\"b,c\nd", "BAD(1:1)[d]2 " },
	{ "a blank behind a closing quote", "x,\"a\" ,c\nd", "BAD(1:2)[d]2 " },
	{ "text behind a quote that spans lines", "\"a\nb\"c\nd", "BAD(2:1)[d]3 " },
};

static struct str
picture(struct arena *a, struct str text)
{
	struct str got = STR("");
	struct csv c;
	enum csv_got row;

	csv_open(&c, text);
	while ((row = csv_next(&c)) != CSV_END) {
		if (row == CSV_BAD) {
			got = arena_printf(a, STR_FMT "BAD(%u:%u)", STR_ARG(got), c.wrong_line,
					   c.wrong_cell);
			continue;
		}
		for (size_t i = 0; i < c.cell.n; i++)
			got = arena_printf(a, STR_FMT "[" STR_FMT "]", STR_ARG(got),
					   STR_ARG(c.cell.at[i]));
		got = arena_printf(a, STR_FMT "%u ", STR_ARG(got), c.line);
	}
	csv_close(&c);
	return got;
}

/* Cells of every length and a quoted one behind them, so that stops fall on each byte of the blocks that csv.c looks at. */
static void
rows_longer_than_a_block(void **state UNUSED)
{
	struct arena a = { 0 };

	for (unsigned n = 0; n < 200; n++) {
		char *cell = arena_alloc(&a, n + 1);
		struct str text, want;

		memset(cell, 'x', n);
		text = arena_printf(&a, "%s,%s,\"%s,\n\",%s\r\n%s\n,%s", cell, cell, cell, cell,
				    cell, cell);
		want = arena_printf(&a, "[%s][%s][%s,\n][%s]1 [%s]3 [][%s]4 ", cell, cell, cell,
				    cell, cell, cell);
		assert_true(str_eq(picture(&a, text), want));
	}
	arena_free(&a);
}

static void
rows_and_cells(void **state UNUSED)
{
	struct arena a = { 0 };

	for (size_t i = 0; i < COUNT(cases); i++) {
		/* A heap copy of just these bytes, so that asan sees one byte too far. */
		struct str text = str_of(cases[i].text);
		char *exact = malloc(text.n ? text.n : 1);
		struct str got;

		memcpy(exact, text.p, text.n);
		got = picture(&a, (struct str){ .p = exact, .n = text.n });
		if (!str_is(got, cases[i].want))
			fail_msg("%s: wanted %s, got " STR_FMT, cases[i].name, cases[i].want,
				 STR_ARG(got));
		free(exact);
	}
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_and_cells),
		cmocka_unit_test(rows_longer_than_a_block),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
