/*
 * lines_test.c - records of several lines: where they end, and what it costs to know it.
 */
#include "base/test_wall.h"

#include "app/lines.h"
#include "base/csv.h"

enum { ROWS = 1200, WIDE = 200, TEXT = 400000 };

static size_t asked;

static bool
counted_open(const struct parsing *r UNUSED, struct str line, bool open)
{
	asked++;
	return csv_quote_open(line, ',', open);
}

static const struct format quoted = { .name = "quoted", .open = counted_open };

/* Lines that leave a quote open however it stood before, then `tail`, and lines without any. */
static struct str
hostile(char *p, const char *tail)
{
	static const char row[WIDE + 1] = "a\"b";
	struct str t = str_of(tail);
	size_t n = 0;

	for (int i = 0; i < ROWS; i++, n += sizeof(row)) {
		memcpy(p + n, row, sizeof(row));
		p[n + WIDE - 2] = ',';
		p[n + WIDE - 1] = '"';
		p[n + WIDE] = '\n';
	}
	memcpy(p + n, t.p, t.n);
	return (struct str){ .p = p, .n = n + t.n };
}

static struct piece
next_piece(struct line_reader *lr, struct str *rest)
{
	struct piece p = lines_record(lr, *rest);

	if (p.torn)
		p = lines_first(*rest);
	*rest = str_skip(*rest, p.taken);
	return p;
}

static void
a_line_is_asked_about_twice_at_most(void **state UNUSED)
{
	char *p = xalloc(TEXT, 1);
	struct source source = { .format = &quoted };
	struct line_reader lr;
	struct str rest = hostile(p, "");

	lines_begin(&lr, &source, (struct room){ 0 });
	for (asked = 0; rest.n;)
		next_piece(&lr, &rest);
	want_bool("hostile rows", "few questions", true, asked <= 3 * (size_t)ROWS);
	lines_end(&lr);
	free(p);
}

static void
what_is_remembered_changes_no_record(void **state UNUSED)
{
	static const char *const tails[] = { "", "c\"\nd\n", "\"\"\n\"\ne", "c\"d\n,\"e\nf\"\n" };
	char *p = xalloc(TEXT, 1);
	struct source source = { .format = &quoted };

	for (size_t i = 0; i < COUNT(tails); i++) {
		struct line_reader with, without;
		struct str rest = hostile(p, tails[i]), plain = rest;

		lines_begin(&with, &source, (struct room){ 0 });
		lines_begin(&without, &source, (struct room){ 0 });
		while (rest.n) {
			struct piece a = next_piece(&with, &rest), b;

			lines_move(&without);
			b = next_piece(&without, &plain);
			want_i64(tails[i], "taken", (int64_t)b.taken, (int64_t)a.taken);
			want_i64(tails[i], "lines", (int64_t)b.lines, (int64_t)a.lines);
			want_i64(tails[i], "bytes", (int64_t)b.text.n, (int64_t)a.text.n);
		}
		lines_end(&with);
		lines_end(&without);
	}
	free(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_is_asked_about_twice_at_most),
		cmocka_unit_test(what_is_remembered_changes_no_record),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
