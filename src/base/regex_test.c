/*
 * regex_test.c - patterns of a rule file: bytes, flags, limits, and what does not compile.
 */
#include "base/test_wall.h"

#include "base/regex.h"

static void
patterns_are_searched_for(void **state UNUSED)
{
	static const struct {
		const char *name, *pattern;
		struct str subject;
		unsigned flags;
		enum regex_answer want;
	} cases[] = {
		{ "anywhere", "b+", BYTES("abbc"), 0, REGEX_YES },
		{ "nowhere", "d", BYTES("abbc"), 0, REGEX_NO },
		{ "case counts", "B", BYTES("abbc"), 0, REGEX_NO },
		{ "or not", "B", BYTES("abbc"), REGEX_CASELESS, REGEX_YES },
		{ "the end is the end", "c$", BYTES("abbc\n"), 0, REGEX_NO },
		{ "of a line", "c$", BYTES("abbc\n"), REGEX_MULTILINE, REGEX_YES },
		{ "a dot is no newline", "a.b", BYTES("a\nb"), 0, REGEX_NO },
		{ "or is one", "a.b", BYTES("a\nb"), REGEX_DOTALL, REGEX_YES },
		{ "nothing", "^$", BYTES(""), 0, REGEX_YES },
		{ "a NUL is a byte", "^a\\x00b$", BYTES("a\0b"), 0, REGEX_YES },
		{ "what is not UTF-8 too", "^\\xff.$", BYTES("\xff\xfe"), 0, REGEX_YES },
		{ "back in time", "^(a+)+$", BYTES("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"), 0,
		  REGEX_LIMIT },
	};
	struct regex_room *room = regex_room_new();

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena a = { 0 };
		char wrong[REGEX_MESSAGE];
		size_t at;
		struct regex *re =
			regex_new(str_of(cases[i].pattern), cases[i].flags, &a, wrong, &at);

		assert_non_null(re);
		for (int twice = 0; twice < 2; twice++)
			want_i64(cases[i].name, "answer", cases[i].want,
				 regex_search(re, room, walled(cases[i].subject)));
		arena_free(&a);
	}
	regex_room_free(room);
}

static void
what_does_not_compile_is_told(void **state UNUSED)
{
	static const struct {
		const char *pattern, *want;
	} cases[] = {
		{ "a(b", "missing closing parenthesis" },
		{ "a{2,1}", "numbers out of order in {} quantifier" },
		{ "\\C", "using \\C is disabled by the application" },
		{ "(*UTF)a", "using UTF is disabled by the application" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena a = { 0 };
		char wrong[REGEX_MESSAGE] = "";
		size_t at = 0;

		assert_null(regex_new(str_of(cases[i].pattern), 0, &a, wrong, &at));
		want_str(cases[i].pattern, "message", str_of(cases[i].want), str_of(wrong));
		arena_free(&a);
	}
}

/* Bombs for the compiler are refused at once: 300 parentheses, 4,097 bytes. */
static void
bombs_do_not_compile(void **state UNUSED)
{
	char pattern[REGEX_PATTERN_MOST + 1];
	char wrong[REGEX_MESSAGE];
	struct arena a = { 0 };
	size_t at;

	memset(pattern, 'a', sizeof(pattern));
	assert_null(regex_new((struct str){ pattern, sizeof(pattern) }, 0, &a, wrong, &at));
	assert_non_null(regex_new((struct str){ pattern, sizeof(pattern) - 1 }, 0, &a, wrong, &at));
	memset(pattern, '(', 300);
	memset(pattern + 300, ')', 300);
	assert_null(regex_new((struct str){ pattern, 600 }, 0, &a, wrong, &at));
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patterns_are_searched_for),
		cmocka_unit_test(what_does_not_compile_is_told),
		cmocka_unit_test(bombs_do_not_compile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
