/*
 * str_test.c - borrowed bytes: every helper up to its last byte, with a wall behind it.
 */
#include "base/test_wall.h"

static void
blanks_are_trimmed(void **state UNUSED)
{
	static const struct {
		const char *name, *text, *want;
	} cases[] = {
		{ "nothing stays nothing", "", "" },
		{ "only blanks become nothing", " \t\r\n ", "" },
		{ "both ends lose theirs", "\t a b \r\n", "a b" },
		{ "inner blanks stay", "a \t b", "a \t b" },
		{ "one byte", "x", "x" },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		want_str(cases[i].name, "text", str_of(cases[i].want),
			 str_trim(walled(str_of(cases[i].text))));
}

static void
parts_are_found(void **state UNUSED)
{
	static const struct {
		const char *name, *text, *part;
		bool starts, ends, contains;
	} cases[] = {
		{ "everything has the empty part", "abc", "", true, true, true },
		{ "nothing has the empty part", "", "", true, true, true },
		{ "nothing holds no text", "", "a", false, false, false },
		{ "a text is its own part", "abc", "abc", true, true, true },
		{ "a longer part is in none", "abc", "abcd", false, false, false },
		{ "a head", "abcab", "abc", true, false, true },
		{ "a tail", "abcab", "cab", false, true, true },
		{ "a middle", "abcab", "bca", false, false, true },
		{ "case matters", "abc", "B", false, false, false },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct str part = str_of(cases[i].part), text = walled(str_of(cases[i].text));

		want_bool(cases[i].name, "starts", cases[i].starts, str_starts(text, part));
		want_bool(cases[i].name, "ends", cases[i].ends, str_ends(text, part));
		want_bool(cases[i].name, "contains", cases[i].contains, str_contains(text, part));
	}
}

static void
numbers_are_digits_in_range(void **state UNUSED)
{
	static const struct {
		const char *name, *text;
		bool ok;
		uint64_t want;
	} cases[] = {
		{ "nothing is no number", "", false, 0 },
		{ "zero", "0", true, 0 },
		{ "leading zeros are digits", "0007", true, 7 },
		{ "the greatest", "18446744073709551615", true, UINT64_MAX },
		{ "one more than the greatest", "18446744073709551616", false, 0 },
		{ "ten times too much", "184467440737095516150", false, 0 },
		{ "a sign is no digit", "-1", false, 0 },
		{ "a plus is no digit", "+1", false, 0 },
		{ "a blank is no digit", "1 ", false, 0 },
		{ "hex is no digit", "0x1", false, 0 },
		{ "the byte behind 9", "1:", false, 0 },
		{ "the byte before 0", "1/", false, 0 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		uint64_t got = 0;
		bool ok = str_to_u64(walled(str_of(cases[i].text)), &got);

		want_bool(cases[i].name, "a number", cases[i].ok, ok);
		if (ok)
			assert_true(got == cases[i].want);
	}
}

/* Wanted: the parts in [], in order, until nothing is left. */
static void
texts_are_split(void **state UNUSED)
{
	static const struct {
		const char *name, *text, *want;
	} cases[] = {
		{ "without the separator all is head", "abc", "[abc]" },
		{ "two parts", "a;b", "[a][b]" },
		{ "empty parts are parts", ";a;;b", "[][a][][b]" },
		{ "the last separator leaves nothing behind", "a;", "[a]" },
		{ "a separator alone", ";", "[]" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct str rest = walled(str_of(cases[i].text));
		char got[64] = "";
		size_t n = 0;

		while (rest.n) {
			struct str part = str_split(&rest, ';');

			n += (size_t)snprintf(got + n, sizeof(got) - n, "[" STR_FMT "]",
					      STR_ARG(part));
		}
		want_str(cases[i].name, "parts", str_of(cases[i].want), (struct str){ got, n });
	}
}

static int
sign(int v)
{
	return (v > 0) - (v < 0);
}

static void
order_is_bytewise_and_shorter_first(void **state UNUSED)
{
	static const struct {
		const char *name;
		struct str a, b;
		int want;
	} cases[] = {
		{ "equal", { "ab", 2 }, { "ab", 2 }, 0 },
		{ "nothing is nothing", { NULL, 0 }, { "", 0 }, 0 },
		{ "nothing comes first", { NULL, 0 }, { "\0", 1 }, -1 },
		{ "a prefix comes first", { "ab", 2 }, { "aba", 3 }, -1 },
		{ "the first difference decides", { "abz", 3 }, { "acaa", 4 }, -1 },
		{ "bytes are not negative", { "\x7f", 1 }, { "\x80", 1 }, -1 },
		{ "NUL does not end a text", { "a\0b", 3 }, { "a\0c", 3 }, -1 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		want_i64(cases[i].name, "order", cases[i].want,
			 sign(str_cmp(cases[i].a, cases[i].b)));
		want_i64(cases[i].name, "order turned round", -cases[i].want,
			 sign(str_cmp(cases[i].b, cases[i].a)));
		want_bool(cases[i].name, "equal", cases[i].want == 0,
			  str_eq(cases[i].a, cases[i].b));
	}
}

static void
the_first_byte_is_found(void **state UNUSED)
{
	want_i64("the first of two", "index", 1, (int64_t)str_find(walled(STR("abcb")), 'b'));
	want_i64("the last byte", "index", 3, (int64_t)str_find(walled(STR("abcd")), 'd'));
	want_i64("absent", "index", 4, (int64_t)str_find(walled(STR("abcd")), 'x'));
	want_i64("in nothing", "index", 0, (int64_t)str_find((struct str){ 0 }, 'x'));
	want_i64("NUL", "index", 2, (int64_t)str_find(walled(STR("ab\0c")), '\0'));
}

static unsigned
least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/*
 * By the definition, without a table: a letter changed, lost or added, or two the wrong way round.
 */
static unsigned
slow_distance(struct str a, struct str b)
{
	unsigned best;

	if (a.n == 0 || b.n == 0)
		return (unsigned)(a.n + b.n);
	best = slow_distance(str_skip(a, 1), str_skip(b, 1)) + (a.p[0] != b.p[0]);
	best = least(best, 1 + slow_distance(str_skip(a, 1), b));
	best = least(best, 1 + slow_distance(a, str_skip(b, 1)));
	if (a.n > 1 && b.n > 1 && a.p[0] == b.p[1] && a.p[1] == b.p[0])
		best = least(best, 1 + slow_distance(str_skip(a, 2), str_skip(b, 2)));
	return best;
}

static void
distance_is_the_definition_cut_at_9(void **state UNUSED)
{
	struct dice d = { 11 };
	char a[6], b[6], far[80];

	for (int i = 0; i < 2000; i++) {
		struct str x = { a, throw_of(&d, 7) }, y = { b, throw_of(&d, 7) };

		for (size_t k = 0; k < sizeof(a); k++) {
			a[k] = (char)('a' + throw_of(&d, 3));
			b[k] = (char)('a' + throw_of(&d, 3));
		}
		want_i64("random texts", "distance", slow_distance(x, y), str_distance(x, y));
	}
	memset(far, 'z', sizeof(far));
	want_i64("eight apart", "distance", 8, str_distance((struct str){ far, 8 }, STR("")));
	want_i64("nine apart", "distance", 9, str_distance((struct str){ far, 9 }, STR("")));
	want_i64("twenty apart", "distance", 9, str_distance((struct str){ far, 20 }, STR("abc")));
	want_i64("too long to compare", "distance", 9,
		 str_distance((struct str){ far, 80 }, (struct str){ far, 80 }));
}

/* What a loop over the bytes finds, however many are looked at at once and wherever the text lies. */
static void
bytes_are_found_16_at_a_time(void **state UNUSED)
{
	struct dice d = { 7 };

	for (int i = 0; i < 20000; i++) {
		char text[200];
		size_t n = throw_of(&d, sizeof(text)), at = 0;
		struct str s;

		for (size_t k = 0; k < n; k++)
			text[k] = throw_of(&d, 60) ? 'x' : "\"\\"[throw_of(&d, 2)];
		s = walled((struct str){ text, n });
		while (at < n && text[at] != '"' && text[at] != '\\')
			at++;
		want_i64("either", "at", (int64_t)at, find_either(s.p, s.p + n, '"', '\\') - s.p);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blanks_are_trimmed),
		cmocka_unit_test(parts_are_found),
		cmocka_unit_test(numbers_are_digits_in_range),
		cmocka_unit_test(texts_are_split),
		cmocka_unit_test(order_is_bytewise_and_shorter_first),
		cmocka_unit_test(the_first_byte_is_found),
		cmocka_unit_test(distance_is_the_definition_cut_at_9),
		cmocka_unit_test(bytes_are_found_16_at_a_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
