/*
 * ledger_manual_test.c - sekisho-ledgers(5) has every ledger, column, Japanese name, type and word of the tables and no
 * others, and its examples load.
 */
#include "context/context_testing.h"

#include "base/out.h"
#include "context/ledgers.h"

static const char manual_path[] =
	"man/sekisho-ledgers.5"; /* from the top of the tree, where make runs */

static const struct ledger_table *const tables[] = {
#define LEDGER(name) &led_##name,
#include "context/ledgers.def"
#undef LEDGER
};

static const char *const type_words[CELL_TYPE_COUNT] = {
	[CELL_TEXT] = "text",       [CELL_ID] = "id",
	[CELL_NAME] = "name",       [CELL_NAMES] = "names",
	[CELL_FROM] = "from",       [CELL_TO] = "to",
	[CELL_INSTANT] = "time",    [CELL_YES_NO] = "yes or no",
	[CELL_WORD] = "word",       [CELL_FLAGS] = "words",
	[CELL_INTEGER] = "number",  [CELL_CIDR] = "block",
	[CELL_DAY] = "day",         [CELL_CLOCK] = "clock",
	[CELL_DEGREES] = "degrees", [CELL_SHA256] = "sha256",
};

static struct str manual;

/* What stands below `heading` until the next of its rank; empty when it does not stand. */
static struct str
section(struct str text, const char *rank, struct str heading)
{
	struct arena a = { 0 };
	struct str start = arena_printf(&a, "\n%s" STR_FMT "\n", rank, STR_ARG(heading));
	struct str stop = arena_printf(&a, "\n%s", rank), found = { 0 };
	const char *from = memmem(text.p, text.n, start.p, start.n), *to;

	if (from) {
		from += start.n;
		to = memmem(from, (size_t)(text.p + text.n - from), stop.p, stop.n);
		found = (struct str){ from, (size_t)((to ? to : text.p + text.n) - from) };
	}
	arena_free(&a);
	return found;
}

/* `a|b` as `a, b` */
static void
put_list(struct out *o, const char *list, const char *between)
{
	struct str rest = str_of(list);

	for (int i = 0; rest.n; i++) {
		out_text(o, i ? between : "");
		out_bytes(o, str_split(&rest, '|'));
	}
}

/* The lines that the manual must have of a column. */
static struct str
wanted(const struct column *c, struct arena *a)
{
	struct out o;
	struct str text;
	size_t first = c->type == CELL_WORD;

	out_memory(&o);
	out_printf(&o, ".It Ic %s ", c->name);
	put_list(&o, c->alias, " ");
	out_printf(&o, "\n.Em %s%s .\n", type_words[c->type], c->required ? " , required" : "");
	for (size_t i = first; i < c->word_count; i++) {
		out_printf(&o, "%s%s (", i > first ? ", " : "", c->words[i]);
		put_list(&o, c->other_words[i], ", ");
		out_text(&o, ")");
	}
	out_text(&o, c->word_count ? ".\n" : "");
	text = arena_str(a, out_taken(&o));
	out_discard(&o);
	return text;
}

static size_t
times(struct str text, const char *part)
{
	size_t n = 0;
	const char *p = text.p;

	while ((p = memmem(p, (size_t)(text.p + text.n - p), part, strlen(part))) != NULL) {
		p++;
		n++;
	}
	return n;
}

static void
every_column_and_no_other(void **state UNUSED)
{
	struct arena a = { 0 };
	struct str ledgers = section(manual, ".Sh ", STR("LEDGERS"));

	assert_int_equal(times(ledgers, "\n.Ss "), COUNT(tables));
	for (size_t t = 0; t < COUNT(tables); t++) {
		struct str text = section(ledgers, ".Ss ", str_of(tables[t]->name));

		if (text.n == 0)
			fail_msg("%s has no section in the manual", tables[t]->name);
		for (size_t i = 0; i < tables[t]->column_count; i++) {
			struct str want = wanted(&tables[t]->column[i], &a);

			if (!str_contains(text, want))
				fail_msg("%s wants in the manual:\n" STR_FMT, tables[t]->name,
					 STR_ARG(want));
		}
		if (times(text, "\n.It ") != tables[t]->column_count)
			fail_msg("%s has %zu columns, and the manual %zu", tables[t]->name,
				 tables[t]->column_count, times(text, "\n.It "));
	}
	arena_free(&a);
}

static void
examples_load(void **state UNUSED)
{
	struct str ledgers = section(manual, ".Sh ", STR("LEDGERS"));

	for (size_t t = 0; t < COUNT(tables); t++) {
		struct str text = section(ledgers, ".Ss ", str_of(tables[t]->name)), rows;
		struct bench *b = bench_new();

		rows = section(text, ".Bd ", STR("-literal -offset indent"));
		assert_true(str_ends(rows, STR(".Ed")));
		rows.n -= 3;
		if (times(rows, "\n") < 2)
			fail_msg("%s has no example row", tables[t]->name);
		bench_ledger(b, tables[t]->name, rows);
		if (bench_load(b) != 0)
			fail_msg("%s: " STR_FMT, tables[t]->name, STR_ARG(b->err.list.at[0]));
		bench_free(b);
	}
}

static int
read_manual(void **state UNUSED)
{
	enum { MOST = 262144 };
	static char bytes[MOST];
	FILE *f = fopen(manual_path, "re");

	if (!f) {
		print_error("%s cannot be read; run this from the top of the tree\n", manual_path);
		return -1;
	}
	manual = (struct str){ bytes, fread(bytes, 1, sizeof(bytes), f) };
	fclose(f);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_column_and_no_other),
		cmocka_unit_test(examples_load),
	};

	return cmocka_run_group_tests(tests, read_manual, NULL);
}
