/*
 * csv_spectrum_test.c - the files of csv-spectrum, where they lie (SEKISHO_CORPUS), with their answers in JSON.
 *
 * An answer is a list of objects with texts alone, so its strings, in order, are heading, cell, heading, cell ...
 */
#include "base/test_wall.h"

#include "base/csv.h"

static const char *const files[] = {
	"comma_in_quotes",
	"empty",
	"empty_crlf",
	"escaped_quotes",
	"json",
	"newlines",
	"newlines_crlf",
	"quotes_and_newlines",
	"simple",
	"simple_crlf",
	"utf8",
	"location_coordinates",
};

/* Its answer has another number than its table: there, one cell is not compared. */
static bool
known_mistake(size_t file, struct str answer)
{
	return strcmp(files[file], "location_coordinates") == 0 && str_is(answer, "1234567890");
}

static struct str
whole_file(struct arena *a, const char *folder, const char *kind, const char *name)
{
	struct str path =
		arena_printf(a, "%s/csv/csv-spectrum/%ss/%s.%s", folder, kind, name, kind);
	enum { MOST = 1 << 14 };
	char *p = arena_alloc(a, MOST);
	FILE *f;
	size_t n;

	if (strcmp(kind, "json") == 0)
		path = arena_printf(a, "%s/csv/csv-spectrum/json/%s.json", folder, name);
	f = fopen(path.p, "rb");
	if (!f)
		fail_msg("%s is not there", path.p);
	n = f ? fread(p, 1, MOST, f) : 0;
	if (f)
		fclose(f);
	return (struct str){ .p = p, .n = n };
}

/* The next string of *json, its escapes undone; false when there is none. */
static bool
next_string(struct str *json, struct arena *a, struct str *out)
{
	char *to = arena_alloc(a, json->n + 1);
	size_t at = str_find(*json, '"'), n = 0;

	if (at == json->n)
		return false;
	for (at++; at < json->n && json->p[at] != '"'; at++) {
		char c = json->p[at];

		if (c == '\\') {
			c = json->p[++at];
			assert_true(c == 'n' || c == 'r' || c == '"' || c == '\\');
			c = c == 'n' ? '\n' : c == 'r' ? '\r' : c;
		}
		to[n++] = c;
	}
	*json = str_skip(*json, at + 1);
	*out = (struct str){ .p = to, .n = n };
	return true;
}

static void
compare_rows(size_t file, struct str text, struct str json, struct arena *a)
{
	struct str heading[16], want = STR("");
	struct csv c;
	size_t columns;

	csv_open(&c, text);
	assert_int_equal(csv_next(&c), CSV_ROW);
	columns = c.cell.n;
	assert_true(columns <= COUNT(heading));
	memcpy(heading, c.cell.at, columns * sizeof(*heading));
	while (csv_next(&c) == CSV_ROW) {
		assert_int_equal(c.cell.n, columns);
		for (size_t i = 0; i < columns; i++) {
			assert_true(next_string(&json, a, &want));
			want_str(files[file], "heading", want, heading[i]);
			assert_true(next_string(&json, a, &want));
			if (!known_mistake(file, want))
				want_str(files[file], "cell", want, c.cell.at[i]);
		}
	}
	want_bool(files[file], "the end", true, c.wrong == NULL);
	want_bool(files[file], "more in the answer", false, next_string(&json, a, &want));
	csv_close(&c);
}

static void
spectrum(void **state UNUSED)
{
	const char *folder = getenv("SEKISHO_CORPUS");
	struct arena a = { 0 };

	if (!folder) {
		print_message("skipped: SEKISHO_CORPUS names no folder\n");
		return;
	}
	for (size_t i = 0; i < COUNT(files); i++)
		compare_rows(i, walled(whole_file(&a, folder, "csv", files[i])),
			     whole_file(&a, folder, "json", files[i]), &a);
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spectrum),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
