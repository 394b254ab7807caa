/*
 * yaml_test.c - trees, places, and the YAML that is refused; bombs must be refused at once.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "policy/yaml.h"

static struct yaml *
read_yaml(struct str text, struct arena *a, struct errors *err)
{
	/* On the heap and exact, so that a byte too far dies under a sanitizer. */
	char *copy = malloc(text.n ? text.n : 1);
	struct yaml *root;

	if (text.n)
		memcpy(copy, text.p, text.n);
	root = yaml_read((struct str){ copy, text.n }, STR("p.yaml"), a, err);
	free(copy);
	return root;
}

/* {k: v, ...}, [v, ...], 'quoted', plain; iterative like the reader is not needed at this size. */
static struct str
draw(struct arena *a, const struct yaml *node)
{
	struct str s = node->kind == YAML_MAP ? STR("{") : STR("[");

	if (node->kind == YAML_TEXT)
		return arena_printf(a, node->quoted ? "'" STR_FMT "'" : STR_FMT,
				    STR_ARG(node->text));
	for (const struct yaml *child = node->child; child; child = child->next) {
		struct str value = draw(a, child);

		s = arena_printf(a, STR_FMT "%s", STR_ARG(s), child == node->child ? "" : ", ");
		if (child->key)
			s = arena_printf(a, STR_FMT STR_FMT ": ", STR_ARG(s),
					 STR_ARG(child->key->text));
		s = arena_printf(a, STR_FMT STR_FMT, STR_ARG(s), STR_ARG(value));
	}
	return arena_printf(a, STR_FMT "%s", STR_ARG(s), node->kind == YAML_MAP ? "}" : "]");
}

static void
good_files_become_trees(void **state)
{
	static const struct {
		const char *name, *text, *want;
	} cases[] = {
		{ "a scalar alone", "a b", "a b" },
		{ "a block map", "a: 1\nb: two words\n", "{a: 1, b: two words}" },
		{ "lists in maps", "a:\n  - x\n  - [y, z]\nb: []\n", "{a: [x, [y, z]], b: []}" },
		{ "maps in lists", "- a: 1\n  b: 2\n- {c: 3}\n", "[{a: 1, b: 2}, {c: 3}]" },
		{ "text is never typed", "[no, 1e3, 0x10, 012, null, ~, true]",
		  "[no, 1e3, 0x10, 012, null, ~, true]" },
		{ "quotes are told", "[a, 'a', \"a\\tb\", '']", "[a, 'a', 'a\tb', '']" },
		{ "a literal block", "a: |\n  x\n  y\n", "{a: 'x\ny\n'}" },
		{ "an empty value", "a:\nb: 1\n", "{a: , b: 1}" },
		{ "comments and Japanese", "# c\n名: 託送 # d\n", "{名: 託送}" },
		{ "a byte order mark",
		  "\xef\xbb\xbf"
		  "a: 1\n",
		  "{a: 1}" },
		{ "CRLF", "a: 1\r\nb:\r\n- c\r\n", "{a: 1, b: [c]}" },
		{ "document marks", "---\na: 1\n...\n", "{a: 1}" },
		{ "the same key in two maps", "[{a: 1}, {a: 2}]", "[{a: 1}, {a: 2}]" },
		{ "a quoted << is a key", "'<<': 1", "{<<: 1}" },
		{ "no newline at the end", "a: b", "{a: b}" },
		{ "a last line of blanks", "a: |\n  x\n   ", "{a: 'x\n \n'}" },
		{ "questions that are text", "[a?b, 'x?', c?, \"?d\"]\n", "[a?b, 'x?', c?, '?d']" },
		{ "an explicit key", "? a\n: b\n", "{a: b}" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena a = { 0 };
		struct errors err = { 0 };
		struct yaml *root = read_yaml(str_of(cases[i].text), &a, &err);
		struct str got = root ? draw(&a, root) : STR("refused");

		if (err.list.n || !str_is(got, cases[i].want))
			fail_msg("%s: got %s, wanted %s; %s", cases[i].name, got.p, cases[i].want,
				 err.list.n ? err.list.at[0].p : "");
		errors_free(&err);
		arena_free(&a);
	}
}

static void
nodes_know_their_place(void **state)
{
	struct arena a = { 0 };
	struct errors err = { 0 };
	struct yaml *root = read_yaml(STR("a: 1\n名前:\n  - {b: 'x',  c: y}\n"), &a, &err);
	const struct yaml *map;

	(void)state;
	assert_non_null(root);
	map = yaml_get(root, "名前");
	assert_int_equal(map->key->at.line, 2);
	assert_int_equal(map->key->at.column, 1);
	assert_int_equal(map->at.line, 3);
	assert_int_equal(map->at.column, 3);
	map = map->child;
	assert_int_equal(map->at.column, 5);
	assert_int_equal(yaml_get(map, "b")->at.column, 9);
	assert_int_equal(yaml_get(map, "c")->key->at.column, 15);
	assert_int_equal(yaml_get(map, "c")->at.column, 18);
	assert_null(yaml_get(map, "d"));
	assert_true(str_is(map->at.file, "p.yaml"));
	errors_free(&err);
	arena_free(&a);
}

static void
what_is_not_wanted_is_refused(void **state)
{
	static const struct {
		const char *name;
		struct str text;
		const char *want;
	} cases[] = {
		{ "nothing", { "", 0 }, "p.yaml: the file is empty" },
		{ "only a comment", { "# c\n", 4 }, "p.yaml:1:1: the file says nothing" },
		{ "an anchor", { "a: &x 1", 7 }, "p.yaml:1:4: anchors ('&') are refused" },
		{ "an anchor on a list", { "a: &x [1]", 9 }, "p.yaml:1:4: anchors ('&') are" },
		{ "an alias", { "a: 1\nb: *x", 10 }, "p.yaml:2:4: aliases ('*') are refused" },
		{ "a tag", { "a: !!str 1", 10 }, "p.yaml:1:4: tags ('!') are refused" },
		{ "a local tag on a map",
		  { "!x {a: 1}", 9 },
		  "p.yaml:1:1: tags ('!') are refused" },
		{ "a tag directive", { "%TAG ! x:\n--- a", 15 }, "p.yaml:1:1: %TAG is refused" },
		{ "a merge key", { "a: 1\n<<: {b: 1}", 15 }, "p.yaml:2:1: merge keys ('<<') are" },
		{ "a second document", { "a: 1\n---\nb: 1", 13 }, "p.yaml:2:1: a second document" },
		{ "a key twice", { "a: 1\nb: 2\na: 3", 14 }, "p.yaml:3:1: 'a' stands twice in" },
		{ "a key twice, quoted", { "{a: 1, 'a': 2}", 14 }, "p.yaml:1:8: 'a' stands twice" },
		{ "a list as a key", { "[a]: 1", 6 }, "p.yaml:1:1: a list cannot be a key" },
		{ "a NUL in quotes", { "a: \"x\\0y\"", 9 }, "p.yaml:1:4: the text has a NUL" },
		{ "a NUL", { "a: b\0c", 6 }, "p.yaml:1:5: a policy is printable text" },
		{ "a bad byte", { "a: 1\nb: \xff", 9 }, "p.yaml:2:4: byte 0xff is not UTF-8" },
		{ "an overlong form", { "a: \xc0\xaf", 5 }, "p.yaml:1:4: byte 0xc0 is not" },
		{ "a surrogate", { "名: \xed\xa0\x80", 8 }, "p.yaml:1:4: byte 0xed is not" },
		{ "a cut character", { "a: \xe3\x81", 5 }, "p.yaml:1:4: byte 0xe3 is not" },
		{ "UTF-16", { "\xff\xfe\x61\0", 4 }, "p.yaml:1:1: byte 0xff is not UTF-8" },
		{ "an open bracket", { "a: [b\n", 6 }, "p.yaml:2:1: did not find expected ','" },
		{ "a question in braces",
		  { "{a: 1, ?b: 2}", 13 },
		  "p.yaml:1:9: a '?' right before" },
		{ "a question behind Japanese",
		  { "[託, ?b]", 9 },
		  "p.yaml:1:6: a '?' right before" },
		{ "a tab for indent", { "a:\n\tb: 1", 8 }, "p.yaml:2:1: found character that" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena a = { 0 };
		struct errors err = { 0 };

		read_yaml(cases[i].text, &a, &err);
		if (err.list.n != 1 || !str_starts(err.list.at[0], str_of(cases[i].want)))
			fail_msg("%s: %zu mistakes, first '%s', wanted one: '%s'", cases[i].name,
				 err.list.n, err.list.n ? err.list.at[0].p : "", cases[i].want);
		errors_free(&err);
		arena_free(&a);
	}
}

/* `unit` over and over up to n bytes. */
static char *
repeat(const char *unit, size_t n)
{
	char *p = malloc(n);
	size_t length = strlen(unit);

	for (size_t i = 0; i < n; i++)
		p[i] = unit[i % length];
	return p;
}

static void
bombs_are_refused_at_once(void **state)
{
	static const struct {
		const char *name, *unit, *want;
		size_t n;
	} cases[] = {
		{ "brackets on lines", "[\n", "p.yaml:33:1: nested deeper", 1 << 20 },
		{ "braces", "{a: ", "p.yaml:1:129: nested deeper", 1 << 20 },
		{ "lists on a line", "- ", "p.yaml:1:65: nested deeper", 1 << 20 },
		{ "explicit keys", "? ", "p.yaml:1:3: a map cannot be a key", 1 << 20 },
		{ "too long", "# comment\n", "p.yaml: longer than", (1 << 20) + 1 },
		{ "too many pieces", "-\n", "p.yaml:199998:2: more than 200000 pieces", 1 << 20 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *text = repeat(cases[i].unit, cases[i].n);
		struct arena a = { 0 };
		struct errors err = { 0 };
		clock_t from = clock();
		double ms;

		assert_null(read_yaml((struct str){ text, cases[i].n }, &a, &err));
		ms = 1000.0 * (double)(clock() - from) / CLOCKS_PER_SEC;
		if (err.list.n != 1 || !str_starts(err.list.at[0], str_of(cases[i].want)))
			fail_msg("%s: got '%s', wanted '%s'", cases[i].name,
				 err.list.n ? err.list.at[0].p : "", cases[i].want);
		if (ms >
		    1000) /* libyaml alone needs up to 12 s; sanitizers are allowed their share */
			fail_msg("%s: %.0f ms", cases[i].name, ms);
		print_message("%s: %.1f ms\n", cases[i].name, ms);
		errors_free(&err);
		arena_free(&a);
		free(text);
	}
}

/* Sanitizers and valgrind are slower; what is quadratic is slower by far more. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__OPTIMIZE__)
enum { BOMB_MS = 1000 };
#else
enum { BOMB_MS = 50 };
#endif

static void
assert_defused(const char *name, struct str text, const char *want)
{
	struct arena a = { 0 };
	struct errors err = { 0 };
	clock_t from = clock();
	double ms;

	yaml_read(text, STR("p.yaml"), &a, &err);
	ms = 1000.0 * (double)(clock() - from) / CLOCKS_PER_SEC;
	if (err.list.n == 0 || !str_starts(err.list.at[0], str_of(want)))
		fail_msg("%s: got '%s', wanted '%s'", name, err.list.n ? err.list.at[0].p : "",
			 want);
	if (ms > BOMB_MS)
		fail_msg("%s: %.1f ms", name, ms);
	print_message("%s: %.1f ms\n", name, ms);
	errors_free(&err);
	arena_free(&a);
}

/* Each line nine times the one before; eleven lines are thirty billion laughs. */
static void
laughs_are_not_counted(void **state)
{
	char text[2000];
	size_t n = (size_t)snprintf(text, sizeof(text), "a: &a [ha, ha, ha, ha, ha, ha, ha, ha]\n");

	(void)state;
	for (int c = 'b'; c <= 'k'; c++) {
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%c: &%c [", c, c);
		for (int i = 0; i < 9; i++)
			n += (size_t)snprintf(text + n, sizeof(text) - n, "%s*%c", i ? ", " : "",
					      c - 1);
		n += (size_t)snprintf(text + n, sizeof(text) - n, "]\n");
	}
	assert_defused("billion laughs", (struct str){ text, n },
		       "p.yaml:1:4: anchors ('&') are refused");
}

/* A map in a map, each a blank further in: as many as a mebibyte holds, and 5,000, which it does not. */
static void
deep_blocks_are_not_read(void **state)
{
	static const struct {
		const char *name, *want;
		size_t depth;
	} cases[] = {
		{ "block maps, 1,400 deep", "p.yaml:33:33: nested deeper than 32", 1400 },
		{ "block maps, 5,000 deep", "p.yaml: longer than 1048576 bytes", 5000 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t n = 0, depth = cases[i].depth;
		char *text = malloc(depth * (depth + 3));

		for (size_t d = 0; d < depth; d++) {
			memset(text + n, ' ', d);
			n += d;
			text[n++] = 'a';
			text[n++] = ':';
			text[n++] = '\n';
		}
		assert_defused(cases[i].name, (struct str){ text, n }, cases[i].want);
		free(text);
	}
}

static void
deep_brackets_are_not_read(void **state)
{
	static const size_t counts[] = { 20000, 40000, 80000 };
	static const char *const names[] = { "20,000 open brackets", "40,000 open brackets",
					     "80,000 open brackets" };

	(void)state;
	for (size_t i = 0; i < COUNT(counts); i++) {
		char *text = repeat("[", counts[i]);

		assert_defused(names[i], (struct str){ text, counts[i] },
			       "p.yaml:1:33: nested deeper than 32");
		free(text);
	}
}

static void
depth_32_is_read(void **state)
{
	char text[64];
	struct arena a = { 0 };
	struct errors err = { 0 };

	(void)state;
	memset(text, '[', 32);
	memset(text + 32, ']', 32);
	assert_non_null(read_yaml((struct str){ text, 64 }, &a, &err));
	assert_int_equal(err.list.n, 0);
	arena_free(&a);
}

static void
a_cut_file_never_reads_too_far(void **state)
{
	static const char text[] =
		"a: {b: 'c', d: [e, \"f\\n\"]}\n名: |\n  託送\n? x\n: !t &y *z\n--- 1\n";

	(void)state;
	for (size_t n = 0; n < sizeof(text); n++) {
		struct arena a = { 0 };
		struct errors err = { 0 };

		read_yaml((struct str){ text, n }, &a, &err);
		errors_free(&err);
		arena_free(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_files_become_trees),
		cmocka_unit_test(nodes_know_their_place),
		cmocka_unit_test(what_is_not_wanted_is_refused),
		cmocka_unit_test(bombs_are_refused_at_once),
		cmocka_unit_test(laughs_are_not_counted),
		cmocka_unit_test(deep_blocks_are_not_read),
		cmocka_unit_test(deep_brackets_are_not_read),
		cmocka_unit_test(depth_32_is_read),
		cmocka_unit_test(a_cut_file_never_reads_too_far),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
