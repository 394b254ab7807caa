/*
 * json_memo_test.c - a text means the same whatever was walked before it: its names are compared with those of the text
 * before, and what is told of it is not.
 */
#include "base/test_wall.h"

#include "format/json_scan.h"

/* Texts that are alike up to somewhere.  `want`: the bytes of /a, /b/a and /l/1/a, or what is said of the text. */
static const struct {
	const char *name;
	struct str text;
	const char *want[3];
	const char *expected; /* NULL: it is valid */
} texts[] = {
	{ "two names", BYTES("{\"a\":1,\"c\":2}"), { "1", "", "" }, NULL },
	{ "the same names, other values",
	  BYTES("{\"a\":\"x,\",\"c\":{}}"),
	  { "x,", "", "" },
	  NULL },
	{ "a name less", BYTES("{\"a\":3}"), { "3", "", "" }, NULL },
	{ "a name more", BYTES("{\"a\":4,\"c\":2,\"d\":3}"), { "4", "", "" }, NULL },
	{ "the other way round", BYTES("{\"c\":2,\"a\":5}"), { "5", "", "" }, NULL },
	{ "a known name again behind the known ones",
	  BYTES("{\"a\":1,\"c\":2,\"c\":3}"),
	  { 0 },
	  "dup_key" },
	{ "a wanted one again", BYTES("{\"a\":1,\"c\":2,\"a\":3}"), { 0 }, "dup_key" },
	{ "again, and escaped", BYTES("{\"c\":2,\"d\":1,\"\\u0063\":3}"), { 0 }, "dup_key" },
	{ "blanks around the colon", BYTES("{\"a\" : 6 , \"c\" : 2 }"), { "6", "", "" }, NULL },
	{ "more blanks", BYTES("{\"a\" :  7 ,\t\"c\" : 2 }"), { "7", "", "" }, NULL },
	{ "an inner object", BYTES("{\"a\":1,\"b\":{\"a\":2,\"c\":3}}"), { "1", "2", "" }, NULL },
	{ "inner names behind it",
	  BYTES("{\"a\":1,\"b\":{\"a\":2},\"c\":3}"),
	  { "1", "2", "" },
	  NULL },
	{ "inner names behind it, one of them twice",
	  BYTES("{\"a\":1,\"b\":{\"c\":2},\"c\":3,\"b\":1}"),
	  { 0 },
	  "dup_key" },
	{ "no object where one was",
	  BYTES("{\"a\":1,\"b\":\"x\",\"c\":3}"),
	  { "1", "", "" },
	  NULL },
	{ "objects in an array", BYTES("{\"l\":[{\"a\":1},{\"a\":2}]}"), { "", "", "2" }, NULL },
	{ "the same object in another place",
	  BYTES("{\"l\":[0,{\"a\":1}]}"),
	  { "", "", "1" },
	  NULL },
	{ "and in a third", BYTES("{\"l\":[{\"a\":9}]}"), { "", "", "" }, NULL },
	{ "a name in an array", BYTES("{\"a\":[1,\"c\":2]}"), { 0 }, "a comma or ]" },
	{ "a name and nothing", BYTES("{\"a\":1,\"c\""), { 0 }, "a colon" },
	{ "a name and no value", BYTES("{\"a\":1,\"c\":"), { 0 }, "a value" },
	{ "a name cut off", BYTES("{\"a\":1,\"c"), { 0 }, "closing quote" },
	{ "a comma and nothing", BYTES("{\"a\":1,"), { 0 }, "a name in quotes" },
	{ "a long name",
	  BYTES("{\"abcdefghijklmnopqrstuvwxyz\":1,\"a\":8}"),
	  { "8", "", "" },
	  NULL },
	{ "one that differs at its end",
	  BYTES("{\"abcdefghijklmnopqrstuvwxyy\":1,\"a\":8}"),
	  { "8", "", "" },
	  NULL },
	{ "one too long to be remembered",
	  BYTES("{\"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz\":1,\"a\":8,\"c\":0}"),
	  { "8", "", "" },
	  NULL },
	{ "an array", BYTES("[{\"a\":1}]"), { "", "", "" }, NULL },
	{ "an empty object", BYTES("{}"), { "", "", "" }, NULL },
	{ "a string", BYTES("\"a\""), { "", "", "" }, NULL },
};

static void
want_table(struct json_wants *w)
{
	json_wants_begin(w);
	assert_int_equal(json_want(w, NULL, STR("/a")), 0);
	assert_int_equal(json_want(w, NULL, STR("/b/a")), 1);
	assert_int_equal(json_want(w, NULL, STR("/l/1/a")), 2);
}

static void
want_text(const struct json_wants *w, struct json_memo *memo, size_t i, size_t before)
{
	struct json_value value[JSON_WANTS];
	struct json_fault fault = { 0 };
	char name[256], bytes[64];
	bool valid = json_scan_like(w, memo, walled(texts[i].text), JSON_STRICT, value, &fault);

	snprintf(name, sizeof(name), "%s, behind %s", texts[i].name, texts[before].name);
	want_bool(name, "valid", !texts[i].expected, valid);
	if (!valid && !str_contains(str_of(fault.expected), str_of(texts[i].expected)))
		fail_msg("%s: it says '%s'", name, fault.expected);
	for (unsigned slot = 0; valid && slot < 3; slot++) {
		struct room room = { .p = bytes, .size = sizeof(bytes) };
		struct str got = json_bytes(value[slot], &room);

		if (!str_is(got, texts[i].want[slot]))
			fail_msg("%s: value %u is '" STR_FMT "'", name, slot, STR_ARG(got));
		want_bool(name, "found", value[slot].kind != JSON_ABSENT,
			  fault.found[0] >> slot & 1);
	}
}

static void
a_text_means_the_same_behind_any_two_others(void **state UNUSED)
{
	static struct json_wants w;

	want_table(&w);
	for (size_t first = 0; first < COUNT(texts); first++) {
		for (size_t second = 0; second < COUNT(texts); second++) {
			for (size_t i = 0; i < COUNT(texts); i++) {
				struct json_memo memo = { 0 };

				want_text(&w, &memo, first, first);
				want_text(&w, &memo, second, first);
				want_text(&w, &memo, i, second);
				want_text(&w, &memo, i, i);
			}
		}
	}
}

/* More names than are remembered, and the first and the last of them again. */
static void
names_beyond_the_memo_are_still_held_against_it(void **state UNUSED)
{
	static struct json_wants w;
	static struct json_memo memo;
	struct json_value value[JSON_WANTS];
	struct json_fault fault = { 0 };
	char text[2048];
	size_t n = 0, behind;

	want_table(&w);
	text[n++] = '{';
	for (int i = 0; i <= JSON_MEMO; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "\"n%d\":1,", i);
	behind = n;
	for (int round = 0; round < 3; round++) {
		static const struct {
			const char *last;
			bool valid;
		} ends[] = { { "\"a\":1}", true },
			     { "\"n0\":1}", false },
			     { "\"n64\":1}", false } };

		for (size_t i = 0; i < COUNT(ends); i++) {
			n = behind + (size_t)snprintf(text + behind, sizeof(text) - behind, "%s",
						      ends[i].last);
			want_bool(ends[i].last, "valid", ends[i].valid,
				  json_scan_like(&w, &memo, walled((struct str){ text, n }),
						 JSON_STRICT, value, &fault));
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_means_the_same_behind_any_two_others),
		cmocka_unit_test(names_beyond_the_memo_are_still_held_against_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
