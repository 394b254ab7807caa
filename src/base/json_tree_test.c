/*
 * json_tree_test.c - JSON as a tree: what is read and what is refused at which byte; written again it reads equal.
 *
 * With SEKISHO_CORPUS=FOLDER all of FOLDER/json/test_parsing is asked too: y_ must be read, n_ must not.
 */
#include "base/test_wall.h"

#include "base/json_tree.h"
#include "base/out.h"

#include <dirent.h>

enum { TEXT_MOST = 1 << 18 };

/* The text is walled: it must outlive the tree, so the tree is asked before the next one. */
static const struct json_value *
tree(struct arena *a, struct str text, struct json_wrong *wrong)
{
	return json_tree(a, walled(text), wrong);
}

static const struct {
	const char *name;
	struct str text, again; /* written again, when it is another */
} accepted[] = {
	{ "an empty map", BYTES("{}"), { NULL, 0 } },
	{ "an empty list", BYTES("[]"), { NULL, 0 } },
	{ "a text alone", BYTES("\"a\""), { NULL, 0 } },
	{ "a number as it was written",
	  BYTES("[-0.50e+10,0,1E5,123456789012345678901]"),
	  { NULL, 0 } },
	{ "words", BYTES("[true,false,null]"), { NULL, 0 } },
	{ "blanks of four kinds", BYTES("\t{ \"a\"\r:\n1 , \"b\" : [ ] } "),
	  BYTES("{\"a\":1,\"b\":[]}") },
	{ "every escape", BYTES("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\""),
	  BYTES("\"\\\"\\\\/\\u0008\\u000c\\u000a\\u000d\\u0009\xC3\xA9\"") },
	{ "a pair of surrogates is one character", BYTES("\"\\uD83D\\uDE00\""),
	  BYTES("\"\xF0\x9F\x98\x80\"") },
	{ "a character of three bytes", BYTES("\"\\u8a18\""), BYTES("\"\xE8\xA8\x98\"") },
	{ "NUL in a text", BYTES("\"a\\u0000b\""), { NULL, 0 } },
	{ "an empty name", BYTES("{\"\":1}"), { NULL, 0 } },
	{ "names twice, but in different maps",
	  BYTES("{\"a\":{\"a\":1},\"b\":[{\"a\":1},{\"a\":2}]}"),
	  { NULL, 0 } },
	{ "lists in lists in maps", BYTES("[[],[[]],{\"a\":[{}]},[1,[2,[3]]]]"), { NULL, 0 } },
	{ "32 lists in each other",
	  BYTES("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"),
	  { NULL, 0 } },
};

static void
json_is_read_and_written_again(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(accepted); i++) {
		struct arena a = { 0 };
		struct json_wrong wrong;
		const struct json_value *v = tree(&a, accepted[i].text, &wrong);
		struct out o;

		out_memory(&o);
		if (!v)
			fail_msg("%s: refused at byte %zu, expected %s", accepted[i].name,
				 wrong.byte, wrong.expected);
		json_print(&o, v);
		want_str(accepted[i].name, "text",
			 accepted[i].again.p ? accepted[i].again : accepted[i].text, out_taken(&o));
		out_discard(&o);
		arena_free(&a);
	}
}

static const struct {
	const char *name;
	struct str text;
	size_t byte;
	const char *expected;
} refused[] = {
	{ "nothing", BYTES(""), 0, "a value" },
	{ "blanks alone", BYTES("  "), 2, "a value" },
	{ "a word that is none", BYTES("[nul]"), 1, "a value" },
	{ "two values", BYTES("{} {}"), 3, "nothing behind the value" },
	{ "a byte order mark", BYTES("\xEF\xBB\xBF{}"), 0, "a value" },
	{ "a list that is open", BYTES("[1"), 2, "',' or ']'" },
	{ "a list closed as a map", BYTES("[1}"), 2, "',' or ']'" },
	{ "a comma before the end", BYTES("[1,]"), 3, "a value" },
	{ "a comma alone", BYTES("[,1]"), 1, "a value" },
	{ "a map without a colon", BYTES("{\"a\" 1}"), 5, "':' behind a name" },
	{ "a name without quotes", BYTES("{a:1}"), 1, "a name in quotes" },
	{ "a comma before a map's end", BYTES("{\"a\":1,}"), 7, "a name in quotes" },
	{ "a name twice", BYTES("{\"a\":1,\"b\":2,\"a\":3}"), 18, "each name of a map once" },
	{ "a name twice, once escaped", BYTES("{\"a\":1,\"\\u0061\":3}"), 17,
	  "each name of a map once" },
	{ "a text that is open", BYTES("\"ab"), 3, "a closing \"" },
	{ "a text that ends in a backslash", BYTES("\"ab\\"), 4, "a closing \"" },
	{ "a newline in a text", BYTES("\"a\nb\""), 2,
	  "an escape in place of a control character" },
	{ "an escape that is none", BYTES("\"a\\x41\""), 3,
	  "one of \" \\ / b f n r t u behind a backslash" },
	{ "three hexadecimal digits", BYTES("\"\\u12g4\""), 3, "four hexadecimal digits" },
	{ "digits that the text's end cuts", BYTES("\"\\u12\""), 3, "four hexadecimal digits" },
	{ "the first half of a pair alone", BYTES("\"\\ud83d\""), 7, "the second half of a pair" },
	{ "two first halves", BYTES("\"\\ud83d\\ud83d\""), 7, "the second half of a pair" },
	{ "the second half alone", BYTES("\"\\ude00\""), 1,
	  "the first half of a pair before its second" },
	{ "bytes that are not UTF-8", BYTES("\"\xff\""), 1, "a text in UTF-8" },
	{ "a surrogate in UTF-8", BYTES("\"\xed\xa0\x80\""), 1, "a text in UTF-8" },
	{ "a zero before digits", BYTES("01"), 1, "nothing behind the value" },
	{ "a plus", BYTES("+1"), 0, "a value" },
	{ "a minus alone", BYTES("[-]"), 2, "a digit" },
	{ "a point without digits", BYTES("[1.]"), 3, "a digit" },
	{ "an exponent without digits", BYTES("[1e+]"), 4, "a digit" },
	{ "33 lists in each other",
	  BYTES("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"), 32,
	  "at most 32 lists and maps in each other" },
};

static void
what_is_none_is_refused_at_its_byte(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct arena a = { 0 };
		struct json_wrong wrong;

		want_bool(refused[i].name, "read", false,
			  tree(&a, refused[i].text, &wrong) != NULL);
		want_i64(refused[i].name, "byte", (int64_t)refused[i].byte, (int64_t)wrong.byte);
		want_str(refused[i].name, "expected", str_of(refused[i].expected),
			 str_of(wrong.expected));
		arena_free(&a);
	}
}

static void
a_name_twice_among_many_is_found(void **state UNUSED)
{
	struct arena a = { 0 };
	struct json_wrong wrong;
	struct out o;

	out_memory(&o);
	for (int i = 0; i < 200; i++)
		out_printf(&o, "%s\"n%d\":%d", i ? "," : "{", i, i);
	out_char(&o, '}');
	assert_non_null(tree(&a, out_taken(&o), &wrong));
	o.n--;
	out_text(&o, ",\"n77\":0}");
	assert_null(tree(&a, out_taken(&o), &wrong));
	assert_string_equal(wrong.expected, "each name of a map once");
	out_discard(&o);
	arena_free(&a);
}

static void
every_cut_of_a_text_is_refused(void **state UNUSED)
{
	struct str whole =
		STR("{\"a\":[1,-2.5e3,\"x\\u00e9\\ud83d\\ude00\",{\"b\":null}],\"c\":true}");

	for (size_t n = 0; n < whole.n; n++) {
		struct arena a = { 0 };
		struct json_wrong wrong = { 0 };

		want_bool("a cut", "read", false, tree(&a, str_head(whole, n), &wrong) != NULL);
		assert_true(wrong.byte <= n);
		arena_free(&a);
	}
}

static void
members_are_found(void **state UNUSED)
{
	struct arena a = { 0 };
	struct json_wrong wrong;
	const struct json_value *v =
		tree(&a,
		     STR("{\"a\":{\"b\":{\"c\":\"deep\"}},\"n\":[0,-5,9223372036854775807,-"
			 "9223372036854775808,"
			 "9223372036854775808,1.0,1e2],\"t\":true,\"f\":false,\"list\":[1,2]}"),
		     &wrong);
	static const int64_t want[] = { 0, -5, INT64_MAX, INT64_MIN, 77, 77, 77 };
	size_t i = 0;

	assert_non_null(v);
	want_str("a path", "text", STR("deep"), json_text_of(json_path(v, "a.b.c")));
	want_bool("a path that leads nowhere", "found", false, json_path(v, "a.x.c") != NULL);
	want_bool("a path through a text", "found", false, json_path(v, "a.b.c.d") != NULL);
	JSON_EACH(n, json_member(v, "n"))
	{
		want_i64("a number", "integer, else 77", want[i++], json_integer(n, 77));
	}
	want_i64("numbers", "count", COUNT(want), (int64_t)i);
	want_bool("true", "true", true, json_is_true(json_member(v, "t")));
	want_bool("false", "true", false, json_is_true(json_member(v, "f")));
	want_bool("a number", "true", false, json_is_true(json_member(v, "n")));
	want_i64("a list", "count", 2, (int64_t)json_member(v, "list")->count);
	want_i64("nothing", "integer", 7, json_integer(NULL, 7));
	want_str("nothing", "text", STR(""), json_text_of(NULL));
	want_bool("nothing", "a member", false, json_member(NULL, "a") != NULL);
	arena_free(&a);
}

/* Names come twice in them, which the suite lets pass. */
static bool
stricter(const char *name)
{
	return strcmp(name, "y_object_duplicated_key.json") == 0 ||
	       strcmp(name, "y_object_duplicated_key_and_value.json") == 0;
}

static struct str
file_text(struct arena *a, const char *folder, const char *name)
{
	char *p = arena_alloc(a, TEXT_MOST);
	FILE *f = fopen(arena_printf(a, "%s/%s", folder, name).p, "rb");
	size_t n = f ? fread(p, 1, TEXT_MOST, f) : 0;

	if (!f)
		fail_msg("%s is not there", name);
	else
		fclose(f);
	return (struct str){ .p = p, .n = n };
}

static void
the_test_suite_agrees(void **state UNUSED)
{
	const char *corpus = getenv("SEKISHO_CORPUS");
	struct arena a = { 0 };
	const struct dirent *e;
	const char *folder;
	size_t count[2] = { 0 };
	DIR *d;

	if (!corpus)
		skip();
	folder = arena_printf(&a, "%s/json/test_parsing", corpus).p;
	d = opendir(folder);
	if (!d)
		fail_msg("no folder %s", folder);
	while (d && (e = readdir(d)) != NULL) {
		struct json_wrong wrong;
		bool must = e->d_name[0] == 'y';

		if ((!must && e->d_name[0] != 'n') || e->d_name[1] != '_')
			continue;
		want_bool(e->d_name, "read", must && !stricter(e->d_name),
			  tree(&a, file_text(&a, folder, e->d_name), &wrong) != NULL);
		count[must]++;
	}
	if (d)
		closedir(d);
	assert_true(count[0] > 0 && count[1] > 0);
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_is_read_and_written_again),
		cmocka_unit_test(what_is_none_is_refused_at_its_byte),
		cmocka_unit_test(a_name_twice_among_many_is_found),
		cmocka_unit_test(every_cut_of_a_text_is_refused),
		cmocka_unit_test(members_are_found),
		cmocka_unit_test(the_test_suite_agrees),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
