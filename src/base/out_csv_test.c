/*
 * out_csv_test.c - cells of any bytes through out_csv and a reader of RFC 4180 written here.
 */
#include "base/test_wall.h"

#include "base/out.h"

static void
fail_on(const char *what, struct str in, struct str got)
{
	char a[400], b[800];

	fail_msg("%s: [%s] became [%s]", what, shown(in, a, sizeof(a)), shown(got, b, sizeof(b)));
}

/* A quoted cell whose text begins at `at`; returns where its closing quote is, or the line's end. */
static size_t
quoted_cell(struct str line, size_t at, char **room)
{
	for (; at < line.n; at++) {
		if (line.p[at] == '"' && (at + 1 == line.n || line.p[++at] != '"'))
			return line.p[at] == '"' ? at : at - 1;
		*(*room)++ = line.p[at];
	}
	return at;
}

/* A bare cell: no quote, no line end. */
static size_t
bare_cell(struct str line, size_t at, char **room)
{
	for (; at < line.n && line.p[at] != ','; at++) {
		if (line.p[at] == '"' || line.p[at] == '\r' || line.p[at] == '\n')
			fail_on("a cell that must be quoted", line, line);
		*(*room)++ = line.p[at];
	}
	return at;
}

/* RFC 4180, as its grammar says: cells of one line until its end; 99 for what is none. */
static size_t
csv_cells(struct str line, struct str cell[3], char *room)
{
	size_t n = 0, at = 0;

	for (;;) {
		cell[n].p = room;
		if (at < line.n && line.p[at] == '"')
			at = quoted_cell(line, at + 1, &room) + 1;
		else
			at = bare_cell(line, at, &room);
		cell[n].n = (size_t)(room - cell[n].p);
		n++;
		if (at >= line.n || n == 3)
			return at == line.n ? n : 99;
		if (line.p[at++] != ',')
			return 99;
	}
}

static void
csv_comes_back(void **state UNUSED)
{
	static const char often[] = "\"\",,\r\n a1'=\0;\t";
	struct dice d = { 31 };
	struct out o;

	out_memory(&o);

	for (int i = 0; i < 300000; i++) {
		char in[3][8], room[64];
		struct str want[3], got[3] = { { 0 } };

		o.n = 0;
		for (int c = 0; c < 3; c++) {
			want[c] = (struct str){ in[c], throw_of(&d, 8) };
			for (size_t k = 0; k < want[c].n; k++)
				in[c][k] = throw_of(&d, 4) ? often[throw_of(&d, sizeof(often) - 1)]
							   : (char)throw_of(&d, 256);
			out_csv(&o, walled(want[c]));
			if (c < 2)
				out_char(&o, ',');
		}
		if (csv_cells(out_taken(&o), got, room) != 3 || !str_eq(want[0], got[0]) ||
		    !str_eq(want[1], got[1]) || !str_eq(want[2], got[2]))
			fail_on("not the same cells", want[0], out_taken(&o));
	}
	out_discard(&o);
}

static void
only_what_must_be_is_quoted(void **state UNUSED)
{
	static const struct {
		const char *name, *cell, *want;
	} cases[] = {
		{ "a plain cell", "pg0001", "pg0001" },
		{ "nothing", "", "" },
		{ "blanks", " a ", " a " },
		{ "a comma", "a,b", "\"a,b\"" },
		{ "quotes are doubled", "a\"b", "\"a\"\"b\"" },
		{ "a newline", "a\nb", "\"a\nb\"" },
		{ "a CR", "a\r", "\"a\r\"" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct out o;

		out_memory(&o);
		out_csv(&o, walled(str_of(cases[i].cell)));
		want_str(cases[i].name, "csv", str_of(cases[i].want), out_taken(&o));
		out_discard(&o);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(csv_comes_back),
		cmocka_unit_test(only_what_must_be_is_quoted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
