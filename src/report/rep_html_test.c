/*
 * rep_html_test.c - the pages of the samples against golden files, and what a page must not claim or hold.
 *
 * SEKISHO_GOLDEN_UPDATE=1 accepts today's pages; then look at them, and read the diff.
 */
#include "report/rep_html_testing.h"

#define SAMPLES_AT "testdata/report-sample/"

static struct arena arena;

static int
free_arena(void **state UNUSED)
{
	arena_free(&arena);
	return 0;
}

static const char *const edition_names[] = {
	[EDITION_CONTINUOUS] = "continuous",
	[EDITION_SEMIANNUAL] = "semiannual",
};

static void
golden(const char *sample, enum language language, enum edition edition)
{
	struct str path =
		arena_printf(&arena, SAMPLES_AT "%s.%s.%s.html", sample,
			     language == LANGUAGE_JA ? "ja" : "en", edition_names[edition]);
	struct str text =
		testing_file(&arena, arena_printf(&arena, SAMPLES_AT "%s.ndjson", sample).p);
	struct str page, want;
	FILE *f;

	assert_true(text.n > 0);
	page = testing_page(&arena, text, language, edition);
	if (getenv("SEKISHO_GOLDEN_UPDATE")) {
		f = fopen(path.p, "wb");
		assert_non_null(f);
		assert_int_equal(fwrite(page.p, 1, page.n, f), page.n);
		assert_int_equal(fclose(f), 0);
		return;
	}
	want = testing_file(&arena, path.p);
	if (!str_eq(page, want))
		fail_msg(STR_FMT " is not what the sample gives now", STR_ARG(path));
}

static void
pages_are_golden(void **state UNUSED)
{
	static const char *const samples[] = { "dirty", "clean" };

	for (size_t i = 0; i < COUNT(samples); i++) {
		for (int e = EDITION_CONTINUOUS; e <= EDITION_SEMIANNUAL; e++) {
			golden(samples[i], LANGUAGE_JA, (enum edition)e);
			golden(samples[i], LANGUAGE_EN, (enum edition)e);
		}
	}
}

/* A run record alone, with what the cases differ in. */
static struct str
run_text(const char *complete, const char *rules)
{
	return arena_printf(
		&arena,
		"{\"schema\":\"sekisho/run/1\",\"version\":\"1\",\"now\":\"2023-01-31T00:"
		"00:00.000+09:00\",\"complete\":%s,\"findings\":0,\"rules\":[%s],"
		"\"lines\":9,\"buckets\":{\"accepted\":9},\"files\":[]}\n",
		complete, rules);
}

#define RULE(evaluated, hits, more)                                                                \
	"{\"rule\":\"ORG-01\",\"version\":\"1.0\",\"evaluated\":" evaluated ",\"hits\":" hits more \
	"}"

static void
none_is_said_only_with_its_proof(void **state UNUSED)
{
	static const struct {
		const char *name, *complete, *rules, *says;
		bool none;
	} cases[] = {
		{ "complete, evaluated and fired on a planted line", "true",
		  RULE("9", "0", ",\"canary\":\"fired\""), "none, proved", true },
		{ "an incomplete run", "false", RULE("9", "0", ",\"canary\":\"fired\""),
		  "cannot say none: the run is incomplete", false },
		{ "nothing evaluated", "true", RULE("0", "0", ",\"canary\":\"fired\""),
		  "nothing to evaluate", false },
		{ "no planted line on record", "true", RULE("9", "0", ""),
		  "cannot say none: no record of a planted test", false },
		{ "a planted line that did not fire", "true",
		  RULE("9", "0", ",\"canary\":\"silent\""),
		  "cannot say none: the planted test failed", false },
		{ "a rule that lacks its ledger", "true",
		  "{\"rule\":\"TRM-01\",\"version\":\"1.0\",\"lacks\":[\"terminals\"]}",
		  "not evaluable: needs", false },
		{ "one proved, one with nothing to evaluate", "true",
		  RULE("9", "0", ",\"canary\":\"fired\"") "," RULE("0", "0", ""),
		  "nothing to evaluate", true },
		{ "no rule at all", "true", "", "None can be said of no rule", false },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct str page = testing_page(&arena, run_text(cases[i].complete, cases[i].rules),
					       LANGUAGE_EN, EDITION_SEMIANNUAL);

		want_i64(cases[i].name, "0 findings", cases[i].none,
			 str_contains(page, STR("<p>0 findings.")));
		want_i64(cases[i].name, "not proved", !cases[i].none,
			 str_contains(page, STR(">not proved</a>")));
		want_i64(cases[i].name, "what the rule's row says", true,
			 str_contains(page, str_of(cases[i].says)));
	}
}

static void
lines_that_do_not_add_up_are_told(void **state UNUSED)
{
	struct str text = arena_printf(
		&arena, "{\"schema\":\"sekisho/run/1\",\"complete\":true,\"findings\":0,"
			"\"rules\":[],\"lines\":10,\"buckets\":{\"accepted\":9},\"files\":[]}\n");
	struct str page = testing_page(&arena, text, LANGUAGE_EN, EDITION_CONTINUOUS);

	assert_true(str_contains(page, STR("The buckets hold 9 lines and the files 10")));
	page = testing_page(&arena, run_text("true", ""), LANGUAGE_EN, EDITION_CONTINUOUS);
	assert_false(str_contains(page, STR("The buckets hold")));
}

/* `n` findings of one severity, and the run. */
static struct str
many(size_t n, const char *severity)
{
	struct out o;
	struct str text;

	out_memory(&o);
	for (size_t i = 0; i < n; i++)
		out_printf(&o,
			   "{\"schema\":\"sekisho/finding/"
			   "1\",\"rule\":\"DRF-01\",\"kind\":\"anomaly\","
			   "\"severity\":\"%s\",\"fp_case\":\"sk1c:%032zx\",\"subject\":{\"acct\":"
			   "\"pg%zu\"},"
			   "\"first\":\"2022-11-01T09:00:00.000+09:00\",\"last\":\"2022-11-02T09:"
			   "00:00.000+"
			   "09:00\",\"counts\":{\"lines\":3},\"explain\":{\"ja\":\"あ\",\"en\":"
			   "\"a\"}}\n",
			   severity, i, i);
	out_printf(&o,
		   "{\"schema\":\"sekisho/run/1\",\"complete\":true,\"findings\":%zu,\"rules\":[],"
		   "\"lines\":0,\"buckets\":{},\"files\":[]}\n",
		   n);
	text = arena_str(&arena, out_taken(&o));
	out_discard(&o);
	return text;
}

static void
what_is_folded_away_is_counted(void **state UNUSED)
{
	static const struct {
		const char *severity;
		size_t n;
		const char *says; /* NULL: all of them have a place */
	} cases[] = {
		{ "info", 1000, NULL },
		{ "info", 1001, "1 more findings are told as numbers" },
		{ "low", 20000, "19,000 more findings are told as numbers" },
		{ "critical", 1120, NULL }, /* 120 in full, 1,000 as rows */
		{ "critical", 20000, "18,880 more findings are told as numbers" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct str page = testing_page(&arena, many(cases[i].n, cases[i].severity),
					       LANGUAGE_EN, EDITION_SEMIANNUAL);

		want_i64(cases[i].severity, "folded", cases[i].says != NULL,
			 str_contains(page, STR("more findings are told as numbers")));
		if (cases[i].says)
			want_i64(cases[i].says, "said", true,
				 str_contains(page, str_of(cases[i].says)));
		want_i64(cases[i].severity, "small enough to open", true, page.n < 2000000);
	}
}

static void
numbers_are_grouped(void **state UNUSED)
{
	static const struct {
		uint64_t n;
		const char *want;
	} cases[] = {
		{ 0, "0" },
		{ 999, "999" },
		{ 1000, "1,000" },
		{ 85783, "85,783" },
		{ 1234567, "1,234,567" },
		{ UINT64_MAX, "18,446,744,073,709,551,615" },
	};
	struct html h = { 0 };

	for (size_t i = 0; i < COUNT(cases); i++)
		want_str(cases[i].want, "grouped", str_of(cases[i].want),
			 html_count(&h, cases[i].n));
	want_str("one", "English", str_of("1 line"), html_units(&h, HT_N_LINES, 1));
	want_str("two", "English", str_of("2 lines"), html_units(&h, HT_N_LINES, 2));
	h.ja = true;
	want_str("one", "Japanese", str_of("1行"), html_units(&h, HT_N_LINES, 1));
	arena_free(&h.arena);
}

/* Six bits of a character of base64, 64 for what is none. */
static unsigned
sextet(char c)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	unsigned v = 0;

	while (v < 64 && digits[v] != c)
		v++;
	return v;
}

static void
policy_names_the_style(void **state UNUSED)
{
	struct str page =
		testing_page(&arena, run_text("true", ""), LANGUAGE_JA, EDITION_CONTINUOUS);
	const char *hash = strstr(page.p, "style-src 'sha256-");
	const char *from = strstr(page.p, "<style>"), *to = strstr(page.p, "</style>");
	uint8_t want[SHA256_SIZE], got[36] = { 0 };

	assert_non_null(hash);
	assert_non_null(from);
	assert_non_null(to);
	from += 7;
	sha256_of((struct str){ .p = from, .n = (size_t)(to - from) }, want);
	hash += 18;
	for (size_t i = 0, bits = 0; i < 43; i++, bits += 6) {
		unsigned v = sextet(hash[i]);

		assert_true(v < 64);
		for (unsigned b = 0; b < 6; b++)
			got[(bits + b) / 8] |=
				(uint8_t)((v >> (5 - b) & 1) << (7 - (bits + b) % 8));
	}
	assert_memory_equal(got, want, SHA256_SIZE);
	assert_int_equal(hash[43], '=');
	assert_int_equal(hash[44], '\'');
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(pages_are_golden, free_arena),
		cmocka_unit_test_teardown(none_is_said_only_with_its_proof, free_arena),
		cmocka_unit_test_teardown(lines_that_do_not_add_up_are_told, free_arena),
		cmocka_unit_test_teardown(what_is_folded_away_is_counted, free_arena),
		cmocka_unit_test(numbers_are_grouped),
		cmocka_unit_test_teardown(policy_names_the_style, free_arena),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
