/*
 * json_scan_test.c - what is JSON and what is not, which values are found, and what their texts mean.
 * With SEKISHO_CORPUS=FOLDER all of FOLDER/json/test_parsing is asked too: y_ must be valid, n_ must not.
 */
#include "base/test_wall.h"

#include "format/json_scan.h"

#include <dirent.h>

enum { TEXT_MOST = 1 << 18 };

static bool
scan(const struct json_wants *w, struct str text, unsigned how, struct json_value *value,
     struct json_fault *fault)
{
	*fault = (struct json_fault){ 0 };
	return json_scan(w, text, how, value, fault);
}

static bool
valid(struct str text, unsigned how, struct json_fault *fault)
{
	static struct json_wants nothing;
	struct json_value value[1];

	json_wants_begin(&nothing);
	return scan(&nothing, text, how, value, fault);
}

static const struct {
	const char *name;
	struct str text;
} accepted[] = {
	{ "an object", BYTES("{}") },
	{ "an array", BYTES("[]") },
	{ "a text that is one string", BYTES("\"a\"") },
	{ "a text that is one number", BYTES("-0.5e+10") },
	{ "a text that is one word", BYTES(" null ") },
	{ "blanks of four kinds", BYTES("\t{ \"a\"\r:\n1 , \"b\" : [ 1 , 2 ] } ") },
	{ "zeroes that numbers may have", BYTES("[0,-0,0.0,0e0,10,1E-02]") },
	{ "every escape", BYTES("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00\"]") },
	{ "half of a surrogate pair", BYTES("[\"\\ud800\"]") },
	{ "bytes that are not UTF-8", BYTES("[\"\xff\xc0\"]") },
	{ "the delete character", BYTES("[\"\x7f\"]") },
	{ "equal names in different objects",
	  BYTES("{\"a\":{\"a\":1},\"b\":{\"a\":2},\"c\":[{\"a\":1},{\"a\":1}]}") },
	{ "names that differ in their middle",
	  BYTES("{\"abcdefgh1abcdefgh\":1,\"abcdefgh2abcdefgh\":2}") },
	{ "an empty name", BYTES("{\"\":1}") },
	{ "32 arrays inside each other",
	  BYTES("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]") },
	{ "a byte order mark", BYTES("\xef\xbb\xbf{}") },
};

static void
json_is_accepted(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(accepted); i++) {
		struct json_fault f;

		want_bool(accepted[i].name, "valid", true,
			  valid(walled(accepted[i].text), JSON_STRICT, &f));
		want_bool(accepted[i].name, "valid", true,
			  valid(walled_before(accepted[i].text), JSON_STRICT, &f));
	}
}

/* The byte is that of the mark `^`, which is taken out before the text is asked. */
static const struct {
	const char *name;
	struct str text;
	const char *expected; /* part of what is said */
} refused[] = {
	{ "nothing", BYTES("^"), "a value" },
	{ "blanks only", BYTES("  ^"), "a value" },
	{ "two texts", BYTES("{}^{}"), "the end" },
	{ "a comma at the end of an array", BYTES("[1,^]"), "a value" },
	{ "a comma at the end of an object", BYTES("{\"a\":1,^}"), "a name in quotes" },
	{ "a name without quotes", BYTES("{^a:1}"), "a name in quotes" },
	{ "a number for a name", BYTES("{^1:1}"), "a name in quotes" },
	{ "no colon", BYTES("{\"a\"^,1}"), "a colon" },
	{ "no value", BYTES("{\"a\":^}"), "a value" },
	{ "an array that ends as an object", BYTES("[1^}"), "a comma or ]" },
	{ "an object that ends as an array", BYTES("{\"a\":1^]"), "a comma or }" },
	{ "an open object", BYTES("{\"a\":1^"), "a comma or }" },
	{ "an open string", BYTES("[\"a^"), "closing quote" },
	{ "a backslash at the end", BYTES("[\"a\\^"), "after the backslash" },
	{ "an escape that is none", BYTES("[\"^\\a\"]"), "an escape that JSON knows" },
	{ "\\x of nginx, where it is not let pass", BYTES("[\"^\\x22\"]"),
	  "an escape that JSON knows" },
	{ "\\u with three digits", BYTES("[\"\\u^12g4\"]"), "four hexadecimal digits" },
	{ "\\u cut off", BYTES("[\"\\u^12"), "four hexadecimal digits" },
	{ "a line feed in a string", BYTES("[\"a^\nb\"]"), "control characters" },
	{ "a NUL in a string", BYTES("[\"a^\0b\"]"), "control characters" },
	{ "a NUL behind", BYTES("{}^\0"), "the end" },
	{ "a zero before digits", BYTES("[0^1]"), "a comma or ]" },
	{ "a plus", BYTES("[^+1]"), "a value" },
	{ "a minus alone", BYTES("[-^]"), "a value" },
	{ "a point without digits", BYTES("[1.^]"), "a digit after the point" },
	{ "an exponent without digits", BYTES("[1e+^]"), "a digit in the exponent" },
	{ "not a number", BYTES("[^NaN]"), "a value" },
	{ "half a word", BYTES("[^tru]"), "a value" },
	{ "a longer word", BYTES("[true^e]"), "a comma or ]" },
	{ "a comment", BYTES("[1^/**/]"), "a comma or ]" },
	{ "a name twice", BYTES("{\"a\":1,\"b\":2,^\"a\":3}"), "dup_key" },
	{ "a name twice, escaped", BYTES("{\"user\":1,^\"\\u0075ser\":3}"), "dup_key" },
	{ "a long name twice, both escaped",
	  BYTES("{\"\\u0061bcdefghijkl\":1,^\"a\\u0062cdefghijkl\":3}"), "dup_key" },
	{ "a name twice in an inner object", BYTES("[{\"a\":{\"b\":1,\"c\":{\"b\":1},^\"b\":3}}]"),
	  "dup_key" },
	{ "33 arrays inside each other", BYTES("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[^["),
	  "at most 32" },
	{ "UTF-16", BYTES("^\xff\xfe[\0]\0"), "a value" },
};

static void
what_is_not_json_is_refused_at_its_byte(void **state UNUSED)
{
	static char text[4096];

	for (size_t i = 0; i < COUNT(refused); i++) {
		size_t mark = str_find(refused[i].text, '^');
		struct json_fault f;
		struct str s;

		memcpy(text, refused[i].text.p, mark);
		memcpy(text + mark, refused[i].text.p + mark + 1, refused[i].text.n - mark - 1);
		s = walled((struct str){ text, refused[i].text.n - 1 });
		want_bool(refused[i].name, "valid", false, valid(s, JSON_STRICT, &f));
		want_i64(refused[i].name, "byte", (int64_t)mark, f.at - s.p);
		want_bool(refused[i].name, refused[i].expected, true,
			  str_contains(str_of(f.expected), str_of(refused[i].expected)));
	}
}

static const struct {
	const char *name;
	struct str text;
	const char *pointer;
	enum json_kind kind;
	struct str want;
} found[] = {
	{ "a name at the top", BYTES("{\"a\":\"x\",\"b\":\"y\"}"), "b", JSON_STRING, BYTES("y") },
	{ "a pointer", BYTES("{\"user\":{\"id\":1,\"name\":\"pg\"}}"), "/user/name", JSON_STRING,
	  BYTES("pg") },
	{ "the whole text", BYTES(" [1, 2] "), "", JSON_ARRAY, BYTES("[1, 2]") },
	{ "an element", BYTES("{\"h\":[\"a\",[\"b\",\"c\"]]}"), "/h/1/0", JSON_STRING, BYTES("b") },
	{ "the tenth element", BYTES("[0,1,2,3,4,5,6,7,8,9,10]"), "/10", JSON_NUMBER, BYTES("10") },
	{ "a name of digits in an object", BYTES("{\"0\":5}"), "/0", JSON_NUMBER, BYTES("5") },
	{ "an element is not found by 00", BYTES("[7]"), "/00", JSON_ABSENT, BYTES("") },
	{ "~1 and ~0", BYTES("{\"a/b\":{\"m~n\":true}}"), "/a~1b/m~0n", JSON_TRUE, BYTES("true") },
	{ "~01 is ~1", BYTES("{\"~1\":false}"), "/~01", JSON_FALSE, BYTES("false") },
	{ "an empty name", BYTES("{\"\":{\"\":3}}"), "//", JSON_NUMBER, BYTES("3") },
	{ "a name that is written with escapes", BYTES("{\"\\u0075s\\u0065r\":4}"), "/user",
	  JSON_NUMBER, BYTES("4") },
	{ "a long name with escapes", BYTES("{\"h\":{\"X-Forwarded\\u002dFor\":9}}"),
	  "/h/X-Forwarded-For", JSON_NUMBER, BYTES("9") },
	{ "a name with a backslash", BYTES("{\"a\\\\u0062\":4}"), "/a\\u0062", JSON_NUMBER,
	  BYTES("4") },
	{ "a name that only begins so", BYTES("{\"username\":1}"), "/user", JSON_ABSENT,
	  BYTES("") },
	{ "a name inside another object", BYTES("{\"x\":{\"user\":1}}"), "/user", JSON_ABSENT,
	  BYTES("") },
	{ "a way through what is no object", BYTES("{\"user\":\"name\"}"), "/user/name",
	  JSON_ABSENT, BYTES("") },
	{ "null", BYTES("{\"a\":null}"), "/a", JSON_NULL, BYTES("") },
	{ "a number as text", BYTES("{\"a\":123456789012345678901234567890e5}"), "/a", JSON_NUMBER,
	  BYTES("123456789012345678901234567890e5") },
	{ "short escapes", BYTES("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]"), "/0", JSON_STRING,
	  BYTES("\"\\/\b\f\n\r\t") },
	{ "\\u of one to four bytes", BYTES("[\"\\u0041\\u00e9\\u65e5\\ud83d\\ude00\\u0000\"]"),
	  "/0", JSON_STRING, BYTES("A\xc3\xa9\xe6\x97\xa5\xf0\x9f\x98\x80\0") },
	{ "half pairs", BYTES("[\"\\ude00x\\ud83d\\n\\ud83d\\ud83d\\ude00\"]"), "/0", JSON_STRING,
	  BYTES("\xef\xbf\xbdx\xef\xbf\xbd\n\xef\xbf\xbd\xf0\x9f\x98\x80") },
	{ "an object as written", BYTES("{\"a\":{\"b\" : [1]}}"), "/a", JSON_OBJECT,
	  BYTES("{\"b\" : [1]}") },
};

static void
values_are_found_and_unescaped(void **state UNUSED)
{
	static struct json_wants w;
	static char bytes[4096];

	for (size_t i = 0; i < COUNT(found); i++) {
		struct json_value value[2];
		struct json_fault f;
		struct arena arena = { 0 };
		struct room room = { .p = bytes, .size = sizeof(bytes) };
		int slot;

		json_wants_begin(&w);
		slot = json_want(&w, &arena, str_of(found[i].pointer));
		want_i64(found[i].name, "slot", 0, slot);
		want_i64(found[i].name, "the slot when asked again", 0,
			 json_want(&w, &arena, str_of(found[i].pointer)));
		want_bool(found[i].name, "valid", true,
			  scan(&w, walled(found[i].text), JSON_STRICT, value, &f));
		want_i64(found[i].name, "kind", (int64_t)found[i].kind, value[0].kind);
		want_str(found[i].name, "text", found[i].want, json_bytes(value[0], &room));
		arena_free(&arena);
	}
}

static void
hex_escapes_are_let_pass_and_counted_when_asked(void **state UNUSED)
{
	static struct json_wants w;
	struct str text = STR("{\"a\":\"\\x22x\\xE3\\x81\\x82\",\"b\":\"\\x\"}");
	struct json_value value[1];
	struct json_fault f;
	struct arena arena = { 0 };
	char bytes[64];
	struct room room = { .p = bytes, .size = sizeof(bytes) };

	json_wants_begin(&w);
	json_want(&w, &arena, STR("a"));
	want_bool("\\x without digits", "valid", false,
		  scan(&w, walled(text), JSON_HEX, value, &f));
	text = STR("{\"a\":\"\\x22x\\xE3\\x81\\x82\",\"\\x62\":\"\\x00\"}");
	want_bool("\\xHH", "valid", true, scan(&w, walled(text), JSON_HEX, value, &f));
	want_i64("\\xHH", "counted", 6, f.hex);
	want_str("\\xHH", "text", STR("\"x\xe3\x81\x82"), json_bytes(value[0], &room));
	arena_free(&arena);
}

static void
an_array_of_strings_is_joined(void **state UNUSED)
{
	static const struct {
		struct str text, want;
	} joined[] = {
		{ BYTES("[\"192.0.2.7, 10.9.0.1\",\"10.9.0.2\"]"),
		  BYTES("192.0.2.7, 10.9.0.1, 10.9.0.2") },
		{ BYTES("[ \"a\\\"\" , \"\\u0062\" ]"), BYTES("a\", b") },
		{ BYTES("[]"), BYTES("") },
		{ BYTES("[1,2]"), BYTES("[1,2]") },
		{ BYTES("[\"a\",[\"b\"]]"), BYTES("[\"a\",[\"b\"]]") },
		{ BYTES("\"a\\/b\""), BYTES("a/b") },
	};
	static struct json_wants w;
	struct arena arena = { 0 };

	json_wants_begin(&w);
	json_want(&w, &arena, STR(""));
	for (size_t i = 0; i < COUNT(joined); i++) {
		struct json_value value[1];
		struct json_fault f;
		char bytes[64];
		struct room room = { .p = bytes, .size = sizeof(bytes) };

		assert_true(scan(&w, walled(joined[i].text), JSON_STRICT, value, &f));
		want_str(joined[i].text.p, "joined", joined[i].want, json_joined(value[0], &room));
	}
	arena_free(&arena);
}

static void
pointers_that_are_none_are_refused(void **state UNUSED)
{
	static struct json_wants w;
	struct arena arena = { 0 };
	char name[16];

	json_wants_begin(&w);
	want_i64("a tilde at the end", "slot", -1, json_want(&w, &arena, STR("/a~")));
	want_i64("~2", "slot", -1, json_want(&w, &arena, STR("/a~2b")));
	for (int i = 0; i < JSON_WANTS; i++) {
		int n = snprintf(name, sizeof(name), "/%d", i);

		want_i64("a table that fills up", "slot", i,
			 json_want(&w, &arena, arena_str(&arena, (struct str){ name, (size_t)n })));
	}
	want_i64("one too many", "slot", -1, json_want(&w, &arena, STR("/last")));
	want_i64("one that is in the table", "slot", 7, json_want(&w, &arena, STR("/7")));
	arena_free(&arena);
}

/* Wanted names are told apart without limit; the others among the first JSON_NAMES. */
static void
a_wanted_name_comes_once_however_many_stand_between(void **state UNUSED)
{
	static struct json_wants w;
	static char text[TEXT_MOST];
	struct arena arena = { 0 };
	struct json_value value[1];
	struct json_fault f;
	size_t n = (size_t)snprintf(text, sizeof(text), "{\"user\":1");

	json_wants_begin(&w);
	json_want(&w, &arena, STR("user"));
	for (int i = 0; i < 3 * JSON_NAMES; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, ",\"n%d\":0", i);
	n += (size_t)snprintf(text + n, sizeof(text) - n, ",\"us\\u0065r\":2}");
	want_bool("a wanted name twice", "valid", false,
		  scan(&w, walled((struct str){ text, n }), JSON_STRICT, value, &f));
	want_str("a wanted name twice", "expected", STR("each name once in an object (dup_key)"),
		 str_of(f.expected));
	want_bool("where names may come twice", "valid", true,
		  scan(&w, walled((struct str){ text, n }), JSON_TWICE, value, &f));
	want_str("where names may come twice", "the last", STR("2"), value[0].text);
	arena_free(&arena);
}

/* No head of a line is valid, and none makes the scanner read behind it. */
static void
every_cut_of_a_text_is_refused(void **state UNUSED)
{
	struct str line = STR("{\"a\\u0062\":[1.5e+3,true,{\"x\":null,\"y\":\"\\ud83d\\ude00\"}],"
			      "\"long name here\":\"0123456789abcdef0123456789abcdef\"}");
	struct json_fault f;

	for (size_t n = 0; n < line.n; n++) {
		struct str cut = walled(str_head(line, n));

		want_bool("a cut text", "valid", false, valid(cut, JSON_STRICT, &f));
		assert_true(f.at >= cut.p && f.at <= cut.p + cut.n);
		valid(walled(str_skip(line, n)), JSON_HEX, &f);
	}
}

static struct str
file_text(const char *folder, const char *name, char *room)
{
	char path[4096];
	FILE *f;
	size_t n;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "rbe");
	assert_non_null(f);
	n = fread(room, 1, TEXT_MOST, f);
	fclose(f);
	return (struct str){ room, n };
}

static void
the_test_suite_agrees(void **state UNUSED)
{
	static char room[TEXT_MOST], folder[4000];
	const char *corpus = getenv("SEKISHO_CORPUS");
	const struct dirent *e;
	unsigned count[2] = { 0 };
	DIR *d;

	if (!corpus)
		skip();
	snprintf(folder, sizeof(folder), "%s/json/test_parsing", corpus);
	d = opendir(folder);
	if (!d) {
		fail_msg("no folder %s", folder);
		return;
	}
	while ((e = readdir(d)) != NULL) {
		struct json_fault f;
		bool must = e->d_name[0] == 'y', is;

		if ((!must && e->d_name[0] != 'n') || e->d_name[1] != '_')
			continue;
		is = valid(walled(file_text(folder, e->d_name, room)), JSON_TWICE, &f);
		want_bool(e->d_name, "valid", must, is);
		count[must]++;
	}
	closedir(d);
	print_message("# %u must be valid and are, %u must not be and are not\n", count[1],
		      count[0]);
	assert_true(count[0] > 0 && count[1] > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_is_accepted),
		cmocka_unit_test(what_is_not_json_is_refused_at_its_byte),
		cmocka_unit_test(values_are_found_and_unescaped),
		cmocka_unit_test(hex_escapes_are_let_pass_and_counted_when_asked),
		cmocka_unit_test(an_array_of_strings_is_joined),
		cmocka_unit_test(pointers_that_are_none_are_refused),
		cmocka_unit_test(a_wanted_name_comes_once_however_many_stand_between),
		cmocka_unit_test(every_cut_of_a_text_is_refused),
		cmocka_unit_test(the_test_suite_agrees),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
