/*
 * csv_test.c - rows and cells as RFC 4180 wants them, from a table of pictures.
 */
#include "base/test_wall.h"

#include "base/csv.h"

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

static const struct {
	const char *name, *lines;
	bool before, after;
} opens[] = {
	{ "no quote leaves it closed", "a,b", false, false },
	{ "no quote leaves it open", "a,b", true, true },
	{ "an empty line changes nothing", "", true, true },
	{ "a quote at the beginning of a cell opens", "a,\"b", false, true },
	{ "a quote at the beginning of the line opens", "\"b", false, true },
	{ "behind a byte order mark too", "\xEF\xBB\xBF\"b", false, true },
	{ "a byte order mark inside a cell is text", "\xEF\xBB\xBF\",\"b\"", true, false },
	{ "a quote inside an unquoted cell does not", "5\" cable,b", false, false },
	{ "a blank before the quote makes it unquoted", "a, \"b", false, false },
	{ "the next quote closes", "a\",b", true, false },
	{ "a doubled quote does not", "a\"\",b", true, true },
	{ "a doubled quote and one more do", "a\"\"\",b", true, false },
	{ "an empty cell opens and closes", "\"\",b", false, false },
	{ "three quotes are open", "\"\"\"", false, true },
	{ "closed and opened again", "a\",\"b", true, true },
	{ "text behind a closing quote opens nothing", "\"a\"b\"c", false, false },
	{ "several lines", "\"a\nb\",c\n\"d", false, true },
};

static void
quotes_that_stay_open(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(opens); i++) {
		struct str lines = walled(str_of(opens[i].lines));

		want_bool(opens[i].name, "open", opens[i].after,
			  csv_quote_open(lines, ',', opens[i].before));
	}
}

/* In memory of ours, with a wall behind the text, another comma, and no more cells than there is room for. */
static void
rows_in_memory_of_ours(void **state UNUSED)
{
	static const char text[] = "a\t\"b\t\"\"c\"\"\"\t,\t\"\"";
	static const struct str want[] = { BYTES("a"), BYTES("b\t\"c\""), BYTES(","), BYTES("") };
	struct str cell[5];
	char undone[sizeof(text)];
	struct csv_memory memory = { .cell = cell, .most = COUNT(want), .undone = undone };
	struct csv c;

	csv_open_in(&c, walled(str_of(text)), '\t', memory);
	assert_int_equal(csv_next(&c), CSV_ROW);
	assert_int_equal(c.cell.n, COUNT(want));
	for (size_t i = 0; i < COUNT(want); i++)
		want_str(text, "cell", want[i], c.cell.at[i]);
	assert_int_equal(csv_next(&c), CSV_END);
	for (memory.most = 0; memory.most < COUNT(want); memory.most++) {
		csv_open_in(&c, walled(str_of(text)), '\t', memory);
		assert_int_equal(csv_next(&c), CSV_BAD);
		assert_true(c.cell.n <= memory.most);
	}
}

/* On every length of text, so that what is read past a block's end would show. */
static void
walls_behind_rows(void **state UNUSED)
{
	static const char text[] = "aaaaaaaaaaaaaaa,bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb,\"cc,"
				   "cc\",\"d\"\"d\",eeeeeeeeeeeeeeeeeee"
				   ",ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
				   "ffffff,\"g\ng\",h\r\ni";
	struct arena a = { 0 };

	for (size_t n = 0; n < sizeof(text); n++) {
		struct str s = str_head(STR(text), n);

		want_str(text, "rows", picture(&a, s), picture(&a, walled(s)));
	}
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_and_cells),        cmocka_unit_test(rows_longer_than_a_block),
		cmocka_unit_test(quotes_that_stay_open), cmocka_unit_test(rows_in_memory_of_ours),
		cmocka_unit_test(walls_behind_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
