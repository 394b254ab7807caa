/*
 * record_diff_test.c - where two lines differ first, by the path that a reader can follow.
 */
#include "base/test_told.h"

#include "model/record_diff.h"

static void
the_first_difference_is_named(void **state)
{
	static const struct {
		const char *name, *a, *b, *path; /* NULL: the same */
	} cases[] = {
		{ "the same", "{\"a\":[1,{\"b\":null}]}", "{\"a\":[1,{\"b\":null}]}", NULL },
		{ "a number", "{\"a\":{\"b\":1},\"c\":2}", "{\"a\":{\"b\":2},\"c\":3}", "a.b" },
		{ "an item", "{\"a\":[1,2,3]}", "{\"a\":[1,2,4]}", "a[2]" },
		{ "inside an item", "{\"a\":[{\"b\":\"x\"}]}", "{\"a\":[{\"b\":\"y\"}]}",
		  "a[0].b" },
		{ "an item more", "{\"a\":[1]}", "{\"a\":[1,2]}", "a[1]" },
		{ "an item less", "{\"a\":[1,2]}", "{\"a\":[1]}", "a[1]" },
		{ "another name", "{\"a\":1}", "{\"b\":1}", "a" },
		{ "a member more", "{\"a\":1}", "{\"a\":1,\"b\":2}", "b" },
		{ "another kind", "{\"a\":\"1\"}", "{\"a\":1}", "a" },
		{ "true and false", "{\"a\":true}", "{\"a\":false}", "a" },
		{ "a number written otherwise", "{\"a\":1}", "{\"a\":1.0}", "a" },
		{ "a text written otherwise", "{\"a\":\"b\"}", "{\"a\":\"\\u0062\"}", NULL },
		{ "what is left out", "{\"a\":{\"path\":1},\"b\":2}",
		  "{\"a\":{\"path\":3},\"b\":2}", NULL },
		{ "behind what is left out", "{\"path\":[1],\"b\":2}", "{\"path\":{},\"b\":3}",
		  "b" },
	};
	static const char *const ignored[] = { "path", NULL };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena arena = { 0 };
		struct json_wrong wrong;
		struct record_diff d = { 0 };
		const struct json_value *a = json_tree(&arena, str_of(cases[i].a), &wrong);
		const struct json_value *b = json_tree(&arena, str_of(cases[i].b), &wrong);

		assert_non_null(a);
		assert_non_null(b);
		want_bool(cases[i].name, "difference", cases[i].path != NULL,
			  record_differs(a, b, ignored, &arena, &d));
		if (cases[i].path)
			want_str(cases[i].name, "path", str_of(cases[i].path), d.path);
		arena_free(&arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_difference_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
